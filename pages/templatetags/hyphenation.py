"""Where a long word of a heading may be broken: not every browser knows Swedish hyphenation."""

import re
from functools import cache

import pyphen
from django import template
from django.utils.translation import get_language

register = template.Library()

LONG_WORD = re.compile(r"\w{20,}")  # wider than a phone, when it is the heading of a page
SOFT_HYPHEN = "\N{SOFT HYPHEN}"


@register.filter
def hyphenated(text: str) -> str:
    """Put soft hyphens into long words of a text in the active language; without rules for it, return it as it is."""
    rules = pyphen.language_fallback(get_language() or "")
    return LONG_WORD.sub(lambda word: _dictionary(rules).inserted(word[0], SOFT_HYPHEN), text) if rules else text


def in_pieces(text: str, letters: int) -> str:
    """Return a text whose words longer than so many letters are divided, with a hyphen and a space, where they may."""
    rules = pyphen.language_fallback(get_language() or "")
    if not rules:
        return text
    pieces: list[str] = []
    for word in text.split():
        divided = _dictionary(rules).wrap(word, letters) if len(word) > letters else None
        pieces += divided or [word]
    return " ".join(pieces)


@cache
def _dictionary(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=language, left=4, right=4)
