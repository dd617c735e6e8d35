"""The words of each language that stand around names of places; `languages/` says what they are."""

from itertools import chain
from pathlib import Path

from pages.word_lists import read_word_lists

_LANGUAGES = read_word_lists(Path(__file__).parent / "languages")


def words_in_any_language(name: str) -> frozenset[str]:
    """Return the words of the lists with a name."""
    return frozenset(chain.from_iterable(known.get(name, ()) for known in _LANGUAGES.values()))


def kind_words(name: str) -> frozenset[str]:
    """Return the folded words that say of a place that it is of a kind."""
    return frozenset(chain.from_iterable(known.get("kinds", {}).get(name, ()) for known in _LANGUAGES.values()))
