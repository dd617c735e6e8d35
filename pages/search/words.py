"""Words: taken out of a text, folded, stemmed."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock

import snowballstemmer

from pages.word_lists import read_word_lists

MAX_LENGTH = 40  # of a word; the longest in use have 30 letters

WORD = re.compile(r"[^\W_]+")
# Groups of digits are one number: "020-390 000" and "020390000" are called alike.
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ \u00a0\u2009-](?=\d)")
_OTHER_LETTERS = str.maketrans({"ø": "o", "æ": "a", "ß": "ss"})

# By language: what is known of its words. A language without a file has neither stems nor stop words.
_LANGUAGES = read_word_lists(Path(__file__).parent / "languages")
STOP_WORDS = {language: frozenset(known["stop_words"]) for language, known in _LANGUAGES.items()}
_RULES = {
    language: [(re.compile(pattern), replacement) for pattern, replacement in known["rules"]]
    for language, known in _LANGUAGES.items()
}
# A stemmer holds the word while it works on it: one thread at a time.
_STEMMERS = {language: snowballstemmer.stemmer(known["stemmer"]) for language, known in _LANGUAGES.items()}
_STEMMING = Lock()


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, in order."""
    text = _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", text).casefold())
    return [word[:MAX_LENGTH] for word in WORD.findall(text)]


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return a word without case and diacritics: Betänketid → betanketid."""
    decomposed = unicodedata.normalize("NFKD", word).casefold()
    return "".join(filter(str.isalnum, decomposed)).translate(_OTHER_LETTERS)


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """Return what the forms of a word have in common; of a language without a stemmer, the word itself."""
    if language not in _LANGUAGES:
        return word
    for pattern, replacement in _RULES[language]:
        word = pattern.sub(replacement, word)
    with _STEMMING:
        return str(_STEMMERS[language].stemWord(word))


def telling(phrase: Sequence[str], language: str) -> tuple[str, ...]:
    """Return the words that tell something; all, where none does."""
    return tuple(word for word in phrase if word not in STOP_WORDS.get(language, ())) or tuple(phrase)


def phrase_stems(phrase: Sequence[str], language: str) -> tuple[str, ...]:
    """Return the stems of the words of an expression that tell something, without diacritics."""
    return tuple(stem(fold(word), language) for word in telling(phrase, language))
