"""The form of a step in the admin."""

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from pages.manual import publication

# The buttons that publish, at once or at a time, and those that lead there through a workflow.
PUBLISHING_BUTTONS = {"action-publish", "action-submit", "action-restart-workflow"}


class StepForm(WagtailAdminPageForm):
    """Asks what changed in a part when the step is to be published; drafts and previews are never asked."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if "parts" not in self.cleaned_data:
            return
        publication.keep_ids_apart(self.instance)  # a preview shows their addresses too
        if self.is_deferred_validation or not self._leads_to_readers():
            return
        try:
            publication.refuse_unexplained_changes(self.instance)
        except ValidationError as refusal:
            self.add_error(None, refusal)

    def _leads_to_readers(self) -> bool:
        return not PUBLISHING_BUTTONS.isdisjoint(self.data) or self.data.get("workflow-action-name") == "approve"
