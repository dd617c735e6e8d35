"""What readers find a page by."""

from html import unescape
from typing import Any

from pages.html.footnotes import without_marks
from pages.html.headings import linked_headings
from pages.html.links import preloaded_links
from pages.html.plain_text import text_lines
from pages.search.documents import SearchDocument, SearchKind


class SearchedPage:
    """A page that readers find; types that show more than their body override what tells of it."""

    body: Any
    footnotes: Any
    title: str
    heading: Any
    lead: Any
    search_description: str
    updated_on: Any
    link_targets: Any

    # How search names a page of this type, and how it stands beside pages that answer as well.
    search_kind = SearchKind.PAGE
    search_boost = 100

    def search_text(self, body: str) -> str:
        """Return the text in which readers find this page, a paragraph a line; a hook for types that show more."""
        return "\n".join(text_lines(body))

    def search_headings(self, body: str) -> str:
        """Return the headings within the text, a line each: what this page is about, as its lead."""
        return "\n".join(unescape(heading.text) for heading in linked_headings(body).headings)

    def _search_body(self) -> str:
        """Return the rendered body without its links to pages: it must not change when another page does."""
        with preloaded_links(dict.fromkeys(self.link_targets)):
            return without_marks(self.body.render_as_block({"page": self, "is_snapshot": True}))

    @property
    def search_notes(self) -> str:
        """The footnotes: readers find this page by them, and do not see them as a part of its text."""
        with preloaded_links(dict.fromkeys(self.link_targets)):
            return "\n".join(line for note in self.footnotes for line in text_lines(str(note.value)))

    @property
    def search_lead(self) -> str:
        """The words that tell what this page is about, beside its title; a hook for types that tell more."""
        return "\n".join(filter(None, [self.lead, self.search_description]))

    def search_documents(self) -> dict[str, SearchDocument]:
        """Return what readers find of this page: itself under "", parts of it under other keys."""
        body = self._search_body()
        found = SearchDocument(
            self.search_kind,
            self.title,
            self.search_lead,
            self.search_text(body),
            heading=self.heading,
            context=self.search_headings(body),
            hidden=self.search_notes,
            date=self.updated_on,
            boost=self.search_boost,
        )
        return {"": found}
