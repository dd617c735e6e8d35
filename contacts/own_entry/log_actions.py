"""What the own pages write in Wagtail's audit log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

CHANGE = "contacts.own_entry.change"
CONFIRM = "contacts.own_entry.confirm"
REVERT = "contacts.own_entry.revert"
CORRECT = "contacts.municipality.correct"


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(CHANGE, _("Changed on the own pages"), _("Changed on the coordinator's own pages"))
    actions.register_action(CONFIRM, _("Still right"), _("Confirmed as still right on the coordinator's own pages"))
    actions.register_action(REVERT, _("Change taken back"), _("A change of numbers or e-mail taken back"))
    actions.register_action(CORRECT, _("Corrected"), _("A municipality's numbers corrected by a coordinator"))
