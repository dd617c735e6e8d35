"""The glossary, to which the terms in the manual lead."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel

from pages.manual.models.terms import GlossaryTerm
from pages.models.base import BasePage
from pages.search.documents import LIST, SearchKind


class GlossaryPage(BasePage):
    """Shows the terms and their definitions."""

    search_kind = SearchKind.MANUAL
    search_boost = LIST

    parent_page_types = ["pages.ManualPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    page_description = _("The glossary, to which the terms in the manual lead.")

    content_panels = [*BasePage.content_panels, HelpPanel(template="pages/admin/glossary_terms.html")]

    class Meta:
        verbose_name = _("glossary")
        verbose_name_plural = _("glossaries")

    @property
    def terms(self) -> list[GlossaryTerm]:
        """The terms, in order. One query."""
        return GlossaryTerm.objects.in_order()

    def search_text(self, body: str) -> str:
        """Return the text of the page with its terms."""
        return "\n".join([super().search_text(body), *(f"{term.term}: {term.definition}" for term in self.terms)])
