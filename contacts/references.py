"""What is not done to a contact while texts refer to its number."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from pages.refusals import RefusedError
from pages.text_places import TextPlace


def texts_refer(places: Sequence[TextPlace]) -> str:
    """Say where a number stands, and what to do about it."""
    told = _("Texts refer to this number: %(places)s. Take it out of them first.")
    return told % {"places": "; ".join(map(str, places))}


class StillReferredToError(RefusedError):
    """A contact was to be deleted whose number texts show."""

    def __init__(self, contact: Any, places: Sequence[TextPlace]) -> None:
        super().__init__(contact, texts_refer(places), {})

    @property
    def text(self) -> str:
        """What is told on the form of the contact."""
        return _("“%(contact)s” was not deleted. %(reason)s") % {"contact": self.thing, "reason": self.summary}
