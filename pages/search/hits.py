"""Hits as the page shows them: where they are, when they changed, and a line of text with the words marked."""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page

from pages.search.documents import SearchKind
from pages.search.finding import Finding
from pages.search.index import IndexedEntry
from pages.search.models import SearchEntry
from pages.search.query import ParsedQuery, weights
from pages.search.words import WORD, words

SNIPPET_LENGTH = 180  # characters
BEFORE_MATCH = 60
_IN_A_NUMBER = re.compile(r"(?<=\d) (?=\d)")  # where no line may end


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry to show; `trail` are the titles of what it lies in, `text_language` only where it is another one."""

    kind: str
    icon: str
    title: str
    url: str
    trail: tuple[str, ...]
    date: datetime.date | None
    snippet: SafeString
    number: str = ""  # of a part of the manual
    text_language: str = ""
    only_in: str = ""  # the name of the one language that the page is in, where it is another one


def read_hits(entries: Iterable[IndexedEntry], finding: Finding, known: Iterable[Page] = ()) -> list[Hit]:
    """Return the entries of a page of hits. One query; one more for pages far below `known`."""
    rows = SearchEntry.objects.select_related("page").in_bulk([entry.pk for entry in entries])
    above = {page.path: page.title for page in known}
    if missing := {path for row in rows.values() for path in _paths_above(row)} - above.keys():
        above |= dict(Page.objects.live().filter(path__in=missing).values_list("path", "title"))
    return [_hit(rows[entry.pk], finding, above) for entry in entries if entry.pk in rows]


def linked_hits(finding: Finding) -> list[Hit]:
    """Return the addresses elsewhere that editors pinned."""
    return [
        Hit("", "", link.external_link_text or "", link.external_link_url, (), None, escape(link.description))
        for link in finding.links
    ]


def _hit(entry: SearchEntry, finding: Finding, titles: Mapping[str, str]) -> Hit:
    kind = SearchKind(entry.kind)
    trail = tuple(titles[path] for path in _paths_above(entry) if path in titles)
    trail += (entry.page.title,) if entry.path else ()
    trail = trail[1:] if trail[:1] in {(kind.label,), (kind.singular,)} else trail  # "The manual › The manual"
    is_elsewhere = entry.language != get_language()
    return Hit(
        kind=kind.singular,
        icon=kind.icon,
        title=entry.title,
        url=entry.url,
        trail=trail,
        date=entry.date,
        snippet=_snippet(entry, finding.parsed),
        number=finding.numbers.get(entry.key, "") if entry.path and not entry.source else "",
        text_language=entry.language if is_elsewhere else entry.text_language,
        only_in=get_language_info(entry.language)["name_translated"] if is_elsewhere else "",
    )


def _paths_above(entry: SearchEntry) -> list[str]:
    """Return the tree paths between the start page, at depth 2, and the page of an entry."""
    page = entry.page
    return [page.path[: depth * Page.steplen] for depth in range(3, page.depth)]


def _snippet(entry: SearchEntry, parsed: ParsedQuery) -> SafeString:
    """Return the line that holds most of what was asked for; the first one where the title says all of that."""
    text = _IN_A_NUMBER.sub("\u00a0", f"{entry.lead}\n{entry.text}")
    answering = {line: parsed.answering_in(set(words(line))) for line in text.split("\n") if line}
    title = words(entry.title)
    is_named = not any(weights(term).keys().isdisjoint(title) for term in parsed.terms)
    lines = list(answering)[: 1 if is_named else None]
    line = max(lines, key=lambda line: len(answering[line]), default="")
    return _marked(line, answering.get(line, set()))


def _marked(line: str, marked: set[str]) -> SafeString:
    """Return as much of a line as an excerpt shows, around the first of the marked words."""
    first = next((match.start() for match in WORD.finditer(line) if marked.intersection(words(match[0]))), 0)
    is_long = len(line) > SNIPPET_LENGTH and first > BEFORE_MATCH
    start = line.rfind(" ", 0, first - BEFORE_MATCH) + 1 if is_long else 0
    end = start + SNIPPET_LENGTH
    if end < len(line) and (space := line.rfind(" ", start, end)) > start:
        end = space
    parts = re.split(rf"({WORD.pattern})", line[start:end])
    marks = (format_html("<mark>{}</mark>", part) if marked.intersection(words(part)) else part for part in parts)
    text = format_html_join("", "{}", ((mark,) for mark in marks))
    return format_html("{}{}{}", "…\u00a0" if start else "", text, "\u00a0…" if end < len(line) else "")
