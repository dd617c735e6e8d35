"""The form of a step in the admin."""

from pages.manual import publication
from pages.models.forms import TextsForm


class StepForm(TextsForm):
    """Asks what changed in a part when the step is to be published; drafts and previews are never asked."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if "parts" not in self.cleaned_data:
            return
        publication.keep_ids_apart(self.instance)  # a preview shows their addresses too
        if self.leads_to_readers:
            self.refuse_with(publication.refuse_unexplained_changes)
