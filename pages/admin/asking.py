"""Forms that ask for something before they publish, and let drafts and previews be."""

from typing import Any

from pages.faulty_texts import refuse_faulty_texts
from pages.refusals import RefusedError

# The buttons that publish, at once or at a time, and those that lead there through a workflow.
PUBLISHING_BUTTONS = {"action-publish", "action-submit", "action-restart-workflow"}


class KeepsDrafts:
    """A form of Wagtail's for something that is finished when it is published."""

    instance: Any
    is_deferred_validation: bool

    def _post_clean(self) -> None:
        self.instance.is_kept_as_draft = self.is_deferred_validation
        super()._post_clean()  # type: ignore[misc]


class AsksBeforePublishing:
    """A form of Wagtail's for something with drafts."""

    instance: Any
    data: Any
    fields: Any
    add_error: Any
    is_deferred_validation: bool

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.leads_to_readers:
            self.refuse_with(refuse_faulty_texts)

    @property
    def leads_to_readers(self) -> bool:
        """Whether the form was sent to publish, now or later, or to have it approved."""
        if self.is_deferred_validation:
            return False
        return not PUBLISHING_BUTTONS.isdisjoint(self.data) or self.data.get("workflow-action-name") == "approve"

    def refuse_with(self, rule: Any) -> None:
        """Show beside its fields what a function of the instance refuses."""
        try:
            rule(self.instance)
        except RefusedError as refusal:
            for name, error in refusal.errors.items():
                self.add_error(name if name in self.fields else None, error)
