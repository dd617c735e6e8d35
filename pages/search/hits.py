"""Hits as the page shows them: where they are, when they changed, and a line of text with the words marked."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page

from pages.search.models import SearchEntry
from pages.search.parsed_query import ParsedQuery
from pages.search.vocabulary import Pin
from pages.search.words import WORD, token, words

SNIPPET_LENGTH = 180  # characters
BEFORE_MATCH = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry to show; `trail` are the titles of what it lies in, `text_language` only where it is another one."""

    kind: str
    title: str
    url: str
    trail: tuple[str, ...]
    date: datetime.date | None
    snippet: SafeString
    text_language: str = ""


def read_hits(
    entries: Sequence[SearchEntry], parsed: ParsedQuery, pins: Sequence[Pin], known: Iterable[Page], *, is_first: bool
) -> list[Hit]:
    """Return a page of entries, ranked before, without those that are pinned; the first page begins with these.

    One query; one more for pages far below `known`.
    """
    keys = [pin.key for pin in pins if pin.key]
    wanted = Q(pk__in=[entry.pk for entry in entries]) | Q(source="", key__in=keys, language=get_language())
    read = SearchEntry.objects.filter(wanted).select_related("page")
    rows, pages = {row.pk: row for row in read}, {row.key: row for row in read if not row.source}
    pinned = [pages[key] for key in keys if key in pages]
    others = [rows[entry.pk] for entry in entries if entry.pk in rows and rows[entry.pk] not in pinned]
    shown = pinned + others if is_first else others
    above = {page.path: page for page in known}
    if missing := {path for entry in shown for path in _paths_above(entry)} - above.keys():
        above |= {page.path: page for page in Page.objects.live().filter(path__in=missing)}
    marked = parsed.answering()
    elsewhere = [Hit("", pin.title, pin.url, (), None, escape(pin.description)) for pin in pins if pin.url and is_first]
    return elsewhere + [_hit(entry, marked, above) for entry in shown]


def _hit(entry: SearchEntry, marked: frozenset[str], above: Mapping[str, Page]) -> Hit:
    kind = entry.get_kind_display()
    trail = tuple(above[path].title for path in _paths_above(entry) if path in above)
    trail += (entry.page.title,) if entry.path else ()
    trail = trail[1:] if trail[:1] == (kind,) else trail  # "The manual › The manual"
    return Hit(
        kind=kind,
        title=entry.title,
        url=entry.url,
        trail=trail,
        date=entry.date,
        snippet=_snippet(entry, marked),
        text_language=entry.text_language,
    )


def _paths_above(entry: SearchEntry) -> list[str]:
    """Return the tree paths between the start page, at depth 2, and the page of an entry."""
    page = entry.page
    return [page.path[: depth * Page.steplen] for depth in range(3, page.depth)]


def _snippet(entry: SearchEntry, marked: frozenset[str]) -> SafeString:
    """Return the line that holds most of what was asked for, the lead's first line when none does."""
    lines = [line for line in f"{entry.lead}\n{entry.text}".split("\n") if line]
    if not lines:
        return SafeString("")
    found = [(len({written for word in words(line) if (written := token(word)) in marked}), line) for line in lines]
    most = max(count for count, _line in found)
    line = next(line for count, line in found if count == most)
    return _marked(line, marked)


def _marked(line: str, marked: frozenset[str]) -> SafeString:
    matches = [match for match in WORD.finditer(line) if _is_marked(match[0], marked)]
    start = 0
    if matches and len(line) > SNIPPET_LENGTH and matches[0].start() > BEFORE_MATCH:
        start = line.rfind(" ", 0, matches[0].start() - BEFORE_MATCH) + 1
    end = len(line) if len(line) - start <= SNIPPET_LENGTH else line.rfind(" ", start, start + SNIPPET_LENGTH)
    end = end if end > start else start + SNIPPET_LENGTH
    pieces, position = [], start
    for match in matches:
        if start <= match.start() and match.end() <= end:
            pieces.append((line[position : match.start()], match[0]))
            position = match.end()
    text = format_html_join("", "{}<mark>{}</mark>", pieces)
    before, after = "… " if start else "", " …" if end < len(line) else ""
    return format_html("{}{}{}{}", before, text, line[position:end], after)


def _is_marked(word: str, marked: frozenset[str]) -> bool:
    return any(token(part) in marked for part in words(word))
