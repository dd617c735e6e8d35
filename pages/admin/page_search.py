"""The search for pages in the admin, which reads their texts too: what names a number, a statute, an expression."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Value, When
from django.utils import translation
from wagtail.admin.views.pages.search import SearchView
from wagtail.rich_text import expand_db_html
from wagtail.rich_text.rewriters import FIND_EMBED_TAG
from wagtail.search.query import MATCH_ALL
from wagtail.search.utils import parse_query_string

from pages.text_places import stored_texts

LIVE_FILTERS = {"live", "published"}
ESCAPED = re.compile(r"\\u([0-9a-f]{4})")  # as JSON is stored
PARAGRAPH = re.compile(r"</(?:p|li|h\d)>|<br/?>")
TAG = re.compile(r"<[^>]*>")
WITHIN_NUMBER = re.compile(r"(?<=\d)[\s‑–-](?=\d)")  # 020-390 000 is 020390000, too


class PageSearchView(SearchView):
    """Finds pages by their titles as Wagtail does, then those whose text, published or drafted, holds the query."""

    all_pages: Any

    def get_queryset(self) -> Any:
        """Add the pages found by their text, after those found by title."""
        by_title = super().get_queryset()
        filters = set(parse_query_string(self.search_query)[0])
        said = comparable(self.search_query)
        if not said or filters & LIVE_FILTERS:
            return by_title
        # Wagtail takes 2018:1937 for a filter, of which it knows nothing, and finds every page.
        titles = set() if filters else {page.pk for page in self.all_pages}
        texts = {page_id for page_id, text in comparable_texts() if said in text}
        found = self.permission_policy.explorable_instances(self.request.user).filter(pk__in=titles | texts)
        self.all_pages = found.search(MATCH_ALL)
        counts = self.all_pages.facet("content_type_id").items()
        self.content_types = [(ContentType.objects.get_for_id(pk), count) for pk, count in counts]
        if self.selected_content_type:
            found = found.filter(content_type=self.selected_content_type)
        found = self.annotate_queryset(found.select_related("locale"))
        if self.ordering:
            return found.order_by(self.ordering)
        rank = Case(When(pk__in=titles, then=Value(0)), default=Value(1))
        return found.annotate(rank=rank).order_by("rank", "path")


def comparable_texts() -> Iterator[tuple[int, str]]:
    """Yield what each page says to readers, and what its draft says, by the page's id. Ten queries or so."""
    shown: dict[str, str] = {}

    def show(mark: re.Match[str]) -> str:
        return shown.setdefault(mark[0], expand_db_html(mark[0]))

    for page, stored, _is_draft in stored_texts():
        text = ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), stored).replace("\\", "")
        words = TAG.sub("", PARAGRAPH.sub(" ", FIND_EMBED_TAG.sub(show, text)))
        with translation.override(page.locale.language_code):
            beside = page.search_text("")  # what it shows that is stored elsewhere, as the glossary its terms
        yield page.pk, comparable(" ".join([page.title, page.heading, page.lead, unescape(words), beside]))


def comparable(text: str) -> str:
    """Return a text as it is compared: in one case, with single spaces, and none within numbers."""
    return WITHIN_NUMBER.sub("", " ".join(text.casefold().split()))
