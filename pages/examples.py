"""What a demonstration shows and nobody stands behind: invented people, hours, publications."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder

from pages.registry import registered_functions

TAKE_DOWN = (
    "Take them all down, so that nothing is lost but readers see none: manage.py init --take-down-examples. Or edit "
    "each in the admin, while SITE_LIVE is false: enter what is true, and untick that it is an example."
)


@dataclass(frozen=True, slots=True)
class Example:
    """A published row that is invented, and what keeps it from readers."""

    row: Any
    take_down: Callable[[], object]

    def __str__(self) -> str:
        path = AdminURLFinder().get_edit_url(self.row)
        return f"{self.row._meta.verbose_name} “{self.row}” ({settings.SITE_URL}{path})"


def refuse_example(field: str, *, is_example: bool) -> None:
    """Raise ValidationError for the field that calls a row an example, on a live site, which must not show it.

    Drafts too: a live site that had published one could not be started again.
    """
    if is_example and settings.SITE_LIVE:
        raise ValidationError({field: _("The site is in use and must not show examples. Enter what is true first.")})


def published_examples() -> list[Example]:
    """Return what a live site must not show."""
    return [example for find in registered_functions("example_finders") for example in find()]
