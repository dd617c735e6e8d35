"""What a search knows beside the words: what means the same, what is pinned, numbers, what is not translated."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language, override
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page

from pages.languages import localized_values
from pages.manual.pages.step import read_index
from pages.search.models import SearchEntry, SearchSynonyms
from pages.search.words import fold, phrase_stems, words

NUMBERED = re.compile(r"(?P<word>(?:steg|step|del|part)\s*)?(?P<number>\d{1,2}(?:\.\d{1,2})?)")  # "steg 3", "2.1"

type Phrase = tuple[str, ...]  # the words of an expression


@dataclass(frozen=True, slots=True)
class Additions:
    """What a search needs to know beside the words of the entries."""

    synonyms: dict[Phrase, list[Phrase]] = field(default_factory=dict)  # by the stems of what else is said for them
    translated: frozenset[Phrase] = frozenset()  # the stems of expressions that are said in another language alone
    spellings: dict[str, str] = field(default_factory=dict)  # the words of all expressions, as in `WordIndex`
    promotions: dict[Phrase, list[SearchPromotion]] = field(default_factory=dict)  # by the words of the query
    numbers: dict[str, str] = field(default_factory=dict)  # "3", "3.1" of the manual, by the keys of their entries
    elsewhere: frozenset[int] = frozenset()  # entries of the main language whose pages are not in this one

    def promoted(self, query: str) -> list[SearchPromotion]:
        """Return what editors pinned to a query."""
        return self.promotions.get(_key(query), [])

    def pinned(self, query: str) -> list[str]:
        """Return the keys of the entries that come before all hits."""
        pages = [str(promotion.page_id) for promotion in self.promoted(query) if promotion.page_id]
        numbered = NUMBERED.fullmatch(query.casefold())
        asked = numbered["number"] if numbered and (numbered["word"] or "." in query) else ""
        return pages + [key for key, number in self.numbers.items() if number == asked]


@lru_cache(maxsize=4)
def additions(version: int, language: str) -> Additions:
    """Return what is added at a version of the site; the last few are kept. Four queries, or none."""
    promotions: dict[Phrase, list[SearchPromotion]] = defaultdict(list)
    for promotion in SearchPromotion.objects.select_related("query").order_by("query_id", "sort_order", "pk"):
        promotions[_key(promotion.query.query_string)].append(promotion)
    with override(language):
        return Additions(*_read_synonyms(language), promotions, dict(_read_numbers()), _read_elsewhere(language))


def _read_synonyms(language: str) -> tuple[dict[Phrase, list[Phrase]], frozenset[Phrase], dict[str, str]]:
    synonyms: dict[Phrase, dict[Phrase, None]] = defaultdict(dict)  # each other expression once, in order
    said: set[Phrase] = set()
    translated: set[Phrase] = set()
    spellings: dict[str, str] = {}
    for row in SearchSynonyms.objects.order_by("pk"):
        stems: dict[Phrase, Phrase] = {}
        for code, text in localized_values(row, "words").items():
            phrases = {
                (phrase := tuple(words(line))): phrase_stems(phrase, language) for line in SearchSynonyms.lines(text)
            }
            (said if code == language else translated).update(phrases.values())
            stems |= phrases
        spellings |= {word: fold(word) for phrase in stems for word in phrase}
        for own in stems.values():
            synonyms[own] |= {phrase: None for phrase, other in stems.items() if other != own}
    return {own: list(others) for own, others in synonyms.items()}, frozenset(translated - said), spellings


def _key(query: str) -> Phrase:
    return tuple(map(fold, words(query)))


def _read_numbers() -> Iterator[tuple[str, str]]:
    index = read_index()
    own = [step for step in index.steps if step.locale.language_code == get_language()]
    for step in own:
        yield str(step.pk), str(index.beside(step).index(step) + 1)
    for part in index.parts:
        if part.step in own:
            yield f"{part.step.pk}:{part.code}", part.number


def _read_elsewhere(language: str) -> frozenset[int]:
    if language == settings.LANGUAGE_CODE:
        return frozenset()
    translated = Page.objects.live().filter(locale__language_code=language).values("translation_key")
    own = SearchEntry.objects.filter(language=settings.LANGUAGE_CODE, source="")
    return frozenset(own.exclude(page__translation_key__in=translated).values_list("pk", flat=True))
