"""What a search finds: the pages that editors pinned, the entries that answer, and those of the main language alone."""

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from wagtail.contrib.search_promotions.models import SearchPromotion

from pages.search.additions import additions
from pages.search.index import IndexedEntry, word_index
from pages.search.query import ParsedQuery, parse_query
from pages.search.ranking import ranked

MOST_GUESSES = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """What is found, best first."""

    parsed: ParsedQuery
    entries: list[IndexedEntry]
    links: list[SearchPromotion]  # to other sites, before all entries
    numbers: dict[str, str]  # of steps and parts of the manual, by the keys of their entries
    is_guess: bool  # nothing answers: the entries have words that look like those asked for

    @property
    def counts(self) -> Counter[str]:
        """How many entries answer, by kind."""
        return Counter(() if self.is_guess else (entry.kind for entry in self.entries))


def find(query: str, version: int, language: str) -> Finding:
    """Return what a query finds at a version of the site; what is not in the language comes last.

    At most seven queries, and none once the words of the version are in memory.
    """
    added = additions(version, language)
    parsed, pinned, entries = _answers(query, version, language)
    if added.elsewhere:
        other, *found = _answers(query, version, settings.LANGUAGE_CODE)
        elsewhere = [entry for some in found for entry in some if entry.pk in added.elsewhere]
        if elsewhere and not other.is_guess:
            entries = elsewhere if parsed.is_guess else entries + elsewhere
            parsed = other if parsed.is_guess else parsed
    links = [promotion for promotion in added.promoted(query) if promotion.external_link_url]
    is_guess = parsed.is_guess and not pinned and not links
    entries = entries[:MOST_GUESSES] if parsed.is_guess else entries
    return Finding(parsed, pinned + entries, links, added.numbers, is_guess)


def _answers(query: str, version: int, language: str) -> tuple[ParsedQuery, list[IndexedEntry], list[IndexedEntry]]:
    """Return a query as it is understood in a language, the entries that are pinned to it, and the others."""
    added = additions(version, language)
    keys = added.pinned(query)
    index = word_index(language)
    with index.lock:
        index.refresh(version)
        parsed = parse_query(query, index, added)
        by_key = {entry.key: entry for entry in index.entries.values() if entry.key in keys} if keys else {}
        pinned = [by_key[key] for key in keys if key in by_key]
        return parsed, pinned, [entry for entry in ranked(parsed, index) if entry.key not in by_key]
