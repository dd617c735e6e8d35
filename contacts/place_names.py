"""Names of places taken apart, as the lookup compares them.

A text is *folded* when case and diacritics are gone ("Gävle" → "gavle"), *spelled* when only case is. The
*kind words* say what a place is ("kommun", "County") and belong to no name.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from contacts.place_words import kind_words
from pages.search.words import fold


class PlaceKind(StrEnum):
    COUNTY = "county"
    MUNICIPALITY = "municipality"


KIND_WORDS: dict[str, PlaceKind | None] = {
    **dict.fromkeys(kind_words("beside_them")),
    **{word: kind for kind in PlaceKind for word in kind_words(kind)},
}
# "stad" is not here: Halmstad and Ystad are whole names.
_JOINED_KIND_WORD = re.compile(r"(?<=\w{3})(kommun(?:en)?s?|l[aä]n(?:et)?s?|region(?:en)?s?)\b")
_WORD = re.compile(r"[^\W_]+")
# Danish and Norwegian keyboards; Swedish sorted w as v until 2006, and old names still mix them.
_OTHER_LETTERS = str.maketrans({"ø": "ö", "æ": "ä", "w": "v"})
# Where ö, ä and å cannot be written: Joenkoeping, Vaesteraas.
_DIGRAPHS = re.compile(r"(?<=a)[ae]|(?<=o)e")


def fold_word(word: str) -> str:
    """Return a word without case and diacritics, with v for w."""
    return fold(word).replace("w", "v")


def without_kind_words(name: str) -> str:
    """Return a name as it is written, without what says its kind; "Region" alone is left as it is."""
    return " ".join(word for word in name.split() if fold_word(word) not in KIND_WORDS) or name


def words_of(text: str) -> list[tuple[str, str]]:
    """Return the words of a text in order, each in lower case and folded; "göteborgskommun" is two."""
    text = _JOINED_KIND_WORD.sub(r" \1", unicodedata.normalize("NFC", text).casefold())
    text = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return [(word.translate(_OTHER_LETTERS), fold_word(word)) for word in _WORD.findall(text)]


@dataclass(frozen=True, slots=True)
class ParsedName:
    """The name of a place, or a query for one, taken apart.

    Words are joined without a space, so that "Upplands-Väsby" and "upplandsväsby" are the same.
    """

    whole: str  # folded, kind words included
    folded: str
    spelled: str
    words: tuple[str, ...]  # folded
    kind: PlaceKind | None

    @classmethod
    def read(cls, text: str) -> Self:
        """Take a text apart."""
        return cls.from_words(words_of(text))

    @classmethod
    def from_words(cls, words: list[tuple[str, str]]) -> Self:
        """Take apart what `words_of` returns."""
        kinds = {KIND_WORDS[folded] for _, folded in words if folded in KIND_WORDS} - {None}
        named = [pair for pair in words if pair[1] not in KIND_WORDS]
        if len(named) > 1 and named[-1] == words[-1] and any(kind.startswith(named[-1][1]) for kind in KIND_WORDS):
            named.pop()  # "Göteborgs kom": on the way to "kommun"
        return cls(
            whole="".join(folded for _, folded in words),
            folded="".join(folded for _, folded in named),
            spelled="".join(spelled for spelled, _ in named),
            words=tuple(folded for _, folded in named),
            kind=kinds.pop() if len(kinds) == 1 else None,
        )

    @property
    def without_s(self) -> str:
        """The folded text without a genitive s, which may have been part of the name."""
        return self.folded.removesuffix("s")

    @property
    def without_digraphs(self) -> str:
        """The folded text as it is where ö was written as oe, ä as ae and å as aa."""
        return _DIGRAPHS.sub("", self.folded)

    def is_spelled_in(self, name: Self) -> bool:
        """Tell whether a name has these letters, å, ä and ö as they are, but for a genitive s."""
        return self.spelled.removesuffix("s") in name.spelled

    def may_spell(self, name: Self) -> bool:
        """Tell whether each letter is that of the name, or that letter without its diacritic: Håbo is not Habo."""
        typed = self.spelled if len(self.spelled) == len(self.folded) else self.folded
        return all(letter in {own, plain} for letter, own, plain in zip(typed, name.spelled, name.folded, strict=False))
