"""Names that are near to what was typed: its beginning, a slip of the finger, an abbreviation, another alphabet.

What these find is a guess, and never followed.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from contacts.named_places import NamedPlace
from contacts.place_names import ParsedName, fold_word, words_of
from contacts.transliteration import is_latin, romanized, skeleton, skeletons

# One letter is the beginning of dozens of names.
MIN_PART_LENGTH = 2
MIN_LOCALITY_LENGTH = 4
MAX_SLIPS = 2
_CONSONANTS = re.compile(r"[^aeiouy]{3,}")

type _ByKey = dict[str, list[NamedPlace]]


class NameMatcher:
    """Looks for names that are near to a text, among official and other names and among those of localities."""

    def __init__(
        self, official: Sequence[NamedPlace], others: Sequence[NamedPlace], localities: Sequence[NamedPlace]
    ) -> None:
        names = [*official, *others]
        self._official = official
        self._by_key = _grouped(names, lambda each: [each.key])
        self._by_word = _grouped(official, lambda each: each.parsed.words if len(each.parsed.words) > 1 else [])
        self._localities_by_key = _grouped(localities, lambda each: [each.key])
        self._by_skeleton = _grouped(names, lambda each: [skeleton(each.parsed.spelled)])
        self._by_any_skeleton = _grouped([*names, *localities], lambda each: skeletons(each.parsed.spelled))
        # What a text can be the beginning of, in order, so that few are compared: a name, or another word in it.
        self._begins = sorted((text, each) for each in official for text in (each.key, *each.parsed.words[1:]))
        self._localities_begin = sorted((each.key, each) for each in localities)

    def with_word(self, asked: ParsedName) -> list[NamedPlace]:
        """Return the names of which this is a whole word: Väsby, Edet."""
        if len(asked.folded) < MIN_PART_LENGTH:
            return []
        return sorted([*self._by_word.get(asked.folded, []), *self._by_word.get(asked.without_s, [])])

    def near(self, asked: ParsedName, query: str) -> list[NamedPlace]:
        """Return what the first of these ways finds, best first: all of them would find half the register.

        `asked` is what of the query may be a name.
        """
        if not is_latin(asked.spelled):
            return self._sounding_like(asked)
        words = [folded for _, folded in words_of(query)]
        return (
            self._with_consonants("".join(words))
            or self._begun(asked)
            or self.misspelled(asked)
            or self._shortened(words)
            or self._sounding_like(asked)
            or _nearest({asked.folded}, self._by_key, _allowed_slips_at_last)
        )

    def _begun(self, asked: ParsedName) -> list[NamedPlace]:
        if len(asked.folded) < MIN_PART_LENGTH:
            return []
        names = _beginning(self._begins, asked.folded)
        if asked.spelled != asked.folded:
            names = [each for each in names if asked.is_spelled_in(each.parsed)] or names
        # The beginning of a name before that of another word; then those that are spelled so.
        names.sort(key=lambda each: (not each.key.startswith(asked.folded), not asked.is_spelled_in(each.parsed)))
        if len(asked.folded) < MIN_LOCALITY_LENGTH:
            return names
        return (
            [*names, *self._misspelled_official(asked)] if names else _beginning(self._localities_begin, asked.folded)
        )

    def misspelled(self, asked: ParsedName) -> list[NamedPlace]:
        """Return the names at the smallest distance, those with the same first letter first."""
        towns = _nearest({asked.folded}, self._localities_by_key, _allowed_slips_of_locality)
        return [*self._misspelled_official(asked), *towns]

    def _misspelled_official(self, asked: ParsedName) -> list[NamedPlace]:
        # An s is a genitive only before a kind word here: "Mosås" is not near "Mora".
        forms = {asked.folded, asked.without_s} if asked.kind else {asked.folded}
        return [
            *_nearest(forms, self._by_key, _allowed_slips),
            *_nearest(forms, self._by_key, _allowed_slips_in_first),
        ]

    def _with_consonants(self, text: str) -> list[NamedPlace]:
        """Return the names that hold the consonants of an abbreviation in order: Vbg, Mlm."""
        if not _CONSONANTS.fullmatch(text):
            return []
        return sorted(each for each in self._official if _is_within(text, each.key))

    def _shortened(self, words: list[str]) -> list[NamedPlace]:
        """Return the names that begin and end like "K-stad" or "Svall"."""
        text = "".join(words)
        cut = len(words[0]) if len(words) > 1 else 1
        if cut >= MIN_LOCALITY_LENGTH or len(text) < MIN_LOCALITY_LENGTH - (len(words) > 1):
            return []
        return sorted(each for each in self._official if _begins_and_ends(each.key, text[:cut], text[cut:]))

    def _sounding_like(self, asked: ParsedName) -> list[NamedPlace]:
        """Return the names with the same consonants, or with one more, less or other."""
        if is_latin(asked.spelled):
            names, wanted = self._by_skeleton, {skeleton(asked.spelled)}
            wanted = {each for each in wanted if len(each) > MIN_PART_LENGTH}
        else:
            names, wanted = self._by_any_skeleton, {skeleton(text) for text in (asked.spelled, *asked.words)}
        same = [each for consonants in wanted for each in names.get(consonants, [])]
        near = [
            each
            for consonants in wanted
            if len(consonants) > MIN_LOCALITY_LENGTH
            for key, _, _ in process.extract(consonants, names.keys(), scorer=OSA.distance, score_cutoff=1, limit=None)
            for each in names[key]
        ]
        latin = fold_word(romanized(asked.spelled))
        return sorted(same or near, key=lambda each: (each.is_locality, OSA.distance(latin, each.key)))


def _grouped(names: Iterable[NamedPlace], keys: Callable[[NamedPlace], Iterable[str]]) -> _ByKey:
    groups: _ByKey = {}
    for each in names:
        for key in keys(each):
            groups.setdefault(key, []).append(each)
    return groups


def _beginning(texts: list[tuple[str, NamedPlace]], text: str) -> list[NamedPlace]:
    first, end = (bisect_left(texts, each, key=lambda pair: pair[0]) for each in (text, f"{text}\U0010ffff"))
    return sorted(each for _, each in texts[first:end])


def _nearest(forms: set[str], names: _ByKey, allowed: Callable[..., int]) -> list[NamedPlace]:
    near: dict[int, list[NamedPlace]] = {}
    for form in forms:
        for key, distance, _ in process.extract(
            form, names.keys(), scorer=OSA.distance, score_cutoff=MAX_SLIPS, limit=None
        ):
            if distance <= allowed(len(form), same_start=key[:1] == form[:1]):
                near.setdefault(int(distance), []).extend(names[key])
    return sorted(near[min(near)]) if near else []


def _allowed_slips(length: int, *, same_start: bool) -> int:
    """How many letters may be wrong. With two slips in eight letters, Rinkeby would be Ronneby."""
    if not same_start:
        return 0
    return MAX_SLIPS if length >= 9 else int(length >= MIN_PART_LENGTH)


def _allowed_slips_in_first(length: int, *, same_start: bool) -> int:
    return int(not same_start and length > MIN_PART_LENGTH)


def _allowed_slips_of_locality(length: int, *, same_start: bool) -> int:
    return int(length >= (5 if same_start else 7))


def _allowed_slips_at_last(length: int, *, same_start: bool) -> int:
    """What is allowed when nothing else is near: rather a question than no answer."""
    return MAX_SLIPS if same_start and length >= 7 else 0


def _begins_and_ends(name: str, first: str, last: str) -> bool:
    return name.startswith(first) and name.endswith(last) and len(name) > len(first) + len(last)


def _is_within(letters: str, name: str) -> bool:
    """Tell whether a name begins with the first letter and has the others in this order."""
    rest = iter(name)
    return name.startswith(letters[0]) and all(letter in rest for letter in letters)
