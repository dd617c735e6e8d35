"""What keeps a guide from being published: in the form beside what is wrong, and on every other path."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from contacts.guide.blocks import graph_of
from contacts.guide.faults import faults
from pages.manual.pages.step import read_index
from pages.models.forms import TextsForm
from pages.refusals import RefusedError


class BrokenGuideError(RefusedError):
    """A guide that some readers could not follow to a number."""


def refuse_broken_guide(page: Any) -> None:
    """Raise BrokenGuideError where a way through the guide leads nowhere, or to no number."""
    found = faults(graph_of(page.nodes), {part.code for part in read_index().parts})
    if not found:
        return
    beside: dict[int, list[ValidationError]] = {}
    for fault in found:
        if fault.index is not None:
            beside.setdefault(fault.index, []).append(ValidationError(fault.text))
    blocks = {index: StructBlockValidationError(non_block_errors=errors) for index, errors in beside.items()}
    others = [ValidationError(fault.text) for fault in found if fault.index is None]
    error = StreamBlockValidationError(blocks, others)
    raise BrokenGuideError(page, " ".join(fault.text for fault in found), {"nodes": error})


class GuideForm(TextsForm):
    """Shows what is wrong with the guide beside each question when it is to be published."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.leads_to_readers and "nodes" in self.cleaned_data:
            self.refuse_with(refuse_broken_guide)
