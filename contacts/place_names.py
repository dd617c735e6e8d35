"""Names of places taken apart, as the lookup compares them.

A text is *folded* when case and diacritics are gone ("Gävle" → "gavle"), *spelled* when only case is. The
*kind words* say what a place is ("kommun", "County") and belong to no name.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from pages.search.words import fold


class PlaceKind(StrEnum):
    COUNTY = "county"
    MUNICIPALITY = "municipality"


# "of" is no kind, but stands only beside one ("City of Gothenburg").
_KIND_WORDS: dict[str, PlaceKind | None] = {
    **dict.fromkeys(("lan", "lanet", "region", "regionen", "county"), PlaceKind.COUNTY),
    **dict.fromkeys(("kommun", "kommunen", "stad", "staden"), PlaceKind.MUNICIPALITY),
    **dict.fromkeys(("municipality", "city"), PlaceKind.MUNICIPALITY),
    "of": None,
}
# "stad" is not here: Halmstad and Ystad are whole names.
_JOINED_KIND_WORD = re.compile(r"(?<=\w{3})(kommun(?:en)?|l[aä]n(?:et)?|region(?:en)?)\b")
_WORD = re.compile(r"[^\W_]+")


def _fold(word: str) -> str:
    """Return a word without case and diacritics; Swedish sorted w as v until 2006, and old names still mix them."""
    return fold(word).replace("w", "v")


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
        text = _JOINED_KIND_WORD.sub(r" \1", unicodedata.normalize("NFC", text).casefold())
        words = [(word, _fold(word)) for word in _WORD.findall(text)]
        kinds = {_KIND_WORDS[folded] for _, folded in words if folded in _KIND_WORDS} - {None}
        named = [pair for pair in words if pair[1] not in _KIND_WORDS]
        if len(named) > 1 and named[-1] == words[-1] and any(kind.startswith(named[-1][1]) for kind in _KIND_WORDS):
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

    def is_spelled_in(self, name: Self) -> bool:
        """Tell whether a name has these letters, å, ä and ö as they are, but for a genitive s."""
        return self.spelled.removesuffix("s") in name.spelled
