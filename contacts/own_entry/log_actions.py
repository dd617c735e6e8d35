"""What the own pages write in Wagtail's audit log; its words are in `contacts.wagtail_hooks`."""

CHANGE = "contacts.own_entry.change"
CONFIRM = "contacts.own_entry.confirm"
REVERT = "contacts.own_entry.revert"
READ = "contacts.own_entry.read"
CORRECT = "contacts.municipality.correct"
