"""The words that stand around the name of a place: "i Åre", "Umeås socialjour", "Who do I call in Lund?".

Such a word says nothing of where, so a name is straight also with these at its sides. Any other word
beside a name makes it a question: "Karin Lund" is no place.
"""

import re
from dataclasses import dataclass
from itertools import chain

from contacts.place_names import KIND_WORDS, ParsedName, words_of
from contacts.place_words import words_in_any_language
from pages.search.words import STOP_WORDS

MOST_WORDS = 20  # of a query that are read
LONGEST_NAME = 4  # words


def _folded(*names: str) -> frozenset[str]:
    return frozenset(folded for name in names for _, folded in words_of(" ".join(words_in_any_language(name))))


_BEFORE_PLACES, _SERVICE_WORDS = _folded("before_places"), _folded("services")
WORDS_AROUND = _folded("before_places", "services", "questions", "surroundings")
MARKS = KIND_WORDS.keys() | _SERVICE_WORDS  # beside a name they say that it is one
WORDS_TOO = frozenset(chain.from_iterable(STOP_WORDS.values())) | words_in_any_language("names_too")
IN = words_in_any_language("in")
_POSTCODE = re.compile(r"(?<!\d)(?:s(?:e)?[ -]?)?\d{3} ?\d{2}(?![ -]?\d)", re.IGNORECASE)


def is_postcode(text: str) -> bool:
    """Tell whether a text is nothing but a Swedish postcode."""
    return bool(_POSTCODE.fullmatch(text.strip()))


def without_surroundings(text: str) -> ParsedName:
    """Return what is left of a text without such words before and after it; their kind words are kept in mind."""
    words = words_of(_POSTCODE.sub(" ", text))[:MOST_WORDS]
    kinds = [word for word in words if word[1] in KIND_WORDS]
    first, last = 0, len(words)
    while first < last and _is_around(words[first][1]):
        first += 1
    while last > first and _is_around(words[last - 1][1]):
        last -= 1
    left = words[first:last]
    return (
        ParsedName.from_words([*left, *(word for word in kinds if word not in left)]) if left else ParsedName.read("")
    )


def is_said_to_be_place(text: str, name: ParsedName) -> bool:
    """Tell whether a name in a text is no other word, or a word beside it says that it is a place: "i Vara"."""
    if name.spelled not in WORDS_TOO:
        return True
    words = ["", *(folded for _, folded in words_of(text)), ""]
    return any(
        word == name.folded and (before in IN or not MARKS.isdisjoint({before, after}))
        for before, word, after in zip(words, words[1:], words[2:], strict=False)
    )


def _is_around(folded: str) -> bool:
    return folded in WORDS_AROUND or folded in KIND_WORDS


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a text that stand together, and whether a word beside them says that they are a place."""

    positions: frozenset[int]
    name: ParsedName
    is_marked: bool


def runs_of_words(text: str) -> list[Run]:
    """Return the runs of words that may be a name, longest first."""
    words = words_of(text)[:MOST_WORDS]
    runs = []
    for length in range(min(LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            run, end = words[start : start + length], start + length
            if {run[0][1], run[-1][1]} & WORDS_AROUND or all(folded in KIND_WORDS for _, folded in run):
                continue
            before = words[start - 1][1] if start else ""
            after = words[end : end + 1]
            beside = {before, *(folded for _, folded in (*run, *after))}
            is_marked = before in _BEFORE_PLACES or not beside.isdisjoint(MARKS)
            kind = [word for word in after if word[1] in KIND_WORDS]
            runs.append(Run(frozenset(range(start, end)), ParsedName.from_words([*run, *kind]), is_marked))
    return runs
