"""What editors and administrators may do with the contacts."""

from django.db import migrations

from pages.roles import ADMINISTRATOR, EDITOR, give

RIGHTS = {
    "coordinator": ("add", "change", "delete", "view", "publish"),
    "supportline": ("add", "change", "view"),
    "supportservice": ("add", "change", "delete", "view"),
    "municipality": ("change", "view"),
    "county": ("view",),
    "readermessage": ("view", "delete"),
}


def give_rights(apps, schema_editor):
    for model, actions in RIGHTS.items():
        give(apps, (EDITOR, ADMINISTRATOR), "contacts", model, *actions)


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial"), ("pages", "0002_roles")]
    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
