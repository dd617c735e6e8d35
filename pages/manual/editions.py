"""Which edition of the manual a copy or a citation is of. Until editors state one it is an example, and says so."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from pages.manual.index import ManualIndex

EXAMPLE = _("Example edition, not the agency’s text")


def edition_beside(page: Page, index: ManualIndex) -> str | Promise:
    """Return the edition of the manual that a page below it is of."""
    return next((step.edition for step in index.beside(page)), "") or EXAMPLE
