"""What is drafted unfinished and published finished."""

from typing import Any

from django.core.exceptions import ValidationError

from pages.refusals import RefusedError


class FinishedWhenPublished:
    """A row with drafts, of which `refuse_unfinished` raises ValidationError for what readers must not get.

    A draft may have it. Comes before Wagtail's DraftStateMixin.
    """

    is_kept_as_draft = False  # by the form that it is being validated for

    def refuse_unfinished(self) -> None:
        """Raise ValidationError for what keeps this version from readers."""
        raise NotImplementedError

    def clean(self) -> None:
        """Refuse what is unfinished, unless a form keeps it as a draft."""
        super().clean()  # type: ignore[misc]
        if not self.is_kept_as_draft:
            self.refuse_unfinished()

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Publish a version, on whatever path, unless it is unfinished."""
        try:
            revision.as_object().refuse_unfinished()
        except ValidationError as error:
            errors = {name: ValidationError(found) for name, found in error.error_dict.items()}
            raise RefusedError(self, " ".join(error.messages), errors) from error
        return super().publish(revision, *args, **kwargs)  # type: ignore[misc]
