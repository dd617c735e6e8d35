"""Names of places by their consonants: what is left of them in another alphabet or another language's spelling.

Стокгольм, ستوكهولم and Sztokholm all have the skeleton of Stockholm. Vowels, h, j and w say nothing here: Arabic
leaves vowels out, Russian writes г for h, Swedish says j for g and sh for k before a soft vowel, so a
name has two skeletons, as it is written and as it is said.
"""

import re
import unicodedata

from anyascii import anyascii

_SOFT = "[eiyäö]"
_SH = "§"  # one letter for the sound that is written sh, ch, tj, kj, sj, sk and k
_WRITTEN = (
    (re.compile(r"x(?=j)"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"shch|stj|skj|tch|sch|tj|kj|sj|sh|zh"), _SH),
    (re.compile(r"ph"), "f"),
    (re.compile(r"kh"), "h"),
)
_SAID = (
    (re.compile(rf"sk(?={_SOFT})|(?<!c)k(?={_SOFT})"), _SH),
    (re.compile(rf"g(?={_SOFT})|(?<=[lr])g$"), ""),
)
_SAME = str.maketrans({"c": "k", "q": "k", "z": "s", "v": "f"})
_DOUBLE = re.compile(r"(.)\1+")
_SILENT = re.compile(rf"[^bdfgklmnprst{_SH}]")


def is_latin(text: str) -> bool:
    """Tell whether every letter is a Latin one."""
    return all("LATIN" in unicodedata.name(letter, "") for letter in text if letter.isalpha())


def romanized(text: str) -> str:
    """Return a text in Latin letters, in lower case; Latin text as it is."""
    return text.casefold() if is_latin(text) else anyascii(text).casefold().replace("ch", _SH)


def skeleton(text: str) -> str:
    """Return the consonants of a text as it is written; "" without any."""
    return _consonants(_replaced(romanized(text), _WRITTEN))


def skeletons(name: str) -> frozenset[str]:
    """Return the consonants of a Swedish name as it is written and as it is said, with b for p too: Arabic has no p."""
    written = _replaced(name, _WRITTEN)
    found = {_consonants(written), _consonants(_replaced(written, _SAID))}
    return frozenset(found | {each.replace("p", "b") for each in found}) - {""}


def _replaced(text: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text


def _consonants(text: str) -> str:
    return _SILENT.sub("", _DOUBLE.sub(r"\1", text.translate(_SAME)))
