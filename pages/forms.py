"""The forms of pages in the admin, where they ask more than Wagtail's own."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page

from pages import publication

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


class PageCopyForm(CopyForm):
    """Refuses an alias of the manual or of what it lies in."""

    def clean(self) -> dict[str, Any]:
        """Look at every page that would get an alias."""
        from pages.models.manual import ALIAS_REFUSED, ManualPage, ManualStepPage  # noqa: PLC0415  (it reads this form)

        cleaned = super().clean()
        if cleaned.get("alias"):
            copied = self.page.get_descendants(inclusive=True)
            if not cleaned.get("copy_subpages"):
                copied = Page.objects.filter(pk=self.page.pk)
            if copied.type(ManualPage, ManualStepPage).exists():
                self.add_error("alias", ALIAS_REFUSED)
        return cleaned
