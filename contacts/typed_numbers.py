"""Telephone numbers that somebody typed into a text, told from the other numbers that texts are full of.

A typed number would stay when the stored one changes, so texts refer to it instead (`contacts.numbers`).
"""

import re
from collections.abc import Iterator
from itertools import chain

from django.utils.translation import gettext as _
from phonenumbers import PhoneNumberMatcher

from pages.html.plain_text import text_lines

COUNTRY = "SE"  # of numbers without a country code
SPACE = r"[ \u00a0\u202f]"  # a plain one, and those that do not break
CLOCK = r"[012]?\d[.:][0-5]\d"
# What looks like a number to call: addresses, dates, times from and to, law numbers, bills.
OTHERS = re.compile(
    rf"""
    \b(?:https?://|www\.)\S+
    | (?<![\d-])\d{{4}}-\d\d-\d\d(?![\d-])
    | (?<![\d/.-])\d{{1,2}}([/.-])\d{{1,2}}\1\d{{4}}(?!\d)
    | (?<!\d){CLOCK}{SPACE}?[–-]{SPACE}?{CLOCK}(?!\d|[.:–-]\d)
    | (?<!\d){CLOCK}(?!\d|[.:–-]\d|{SPACE}\d)
    | (?<!\d)(?:1[5-9]|20)\d\d(?:/\d\d)?:\d+
    """,
    re.VERBOSE,
)
# The numbers that no library takes for any. Not as a part of a longer one, nor counting money, shares, pages or law.
SHORT = re.compile(
    rf"""
    (?<!\w)(?<!\d[.,:–-])(?<!\d{{4}}/)(?<!\d{SPACE})
    (?<!§)(?<!§{SPACE})(?<!\bkap\.{SPACE})(?<!\bkapitel{SPACE})(?<!\b[sp]\.{SPACE})(?<!\bsida{SPACE})
    (?<!\bsidan{SPACE})(?<!\bpage{SPACE})(?<!\bchapter{SPACE})(?<!\bsection{SPACE})(?<!\bart\.{SPACE})
    (?<!\bartikel{SPACE})(?<!\barticle{SPACE})
    (?:112 | 114(?:{SPACE}|-)?14 | 116(?:{SPACE}|-)?111)
    (?!\w|[.,:–-]\d|{SPACE}\d)
    (?!{SPACE}?(?:[§%€$]|kap\b|kr\b|kronor\b|SEK\b|EUR\b|euros?\b|procent|per{SPACE}?cent|mkr\b|tkr\b|miljon|million))
    """,
    re.VERBOSE | re.IGNORECASE,
)
DIALLED = re.compile(r'<a\b[^>]*\bhref="tel:([^"]*)"')
EMBED = re.compile(r"<embed\b[^>]*/?>")
AROUND = 30  # characters that are shown before and after


def typed_numbers(text: str) -> Iterator[tuple[str, str]]:
    """Yield each telephone number in a plain text, as it is written, with the words around it."""
    hidden = OTHERS.sub(lambda match: "#" * len(match[0]), text)
    found = chain(
        ((match.start(), match.end()) for match in SHORT.finditer(hidden)),
        ((match.start, match.end) for match in PhoneNumberMatcher(hidden, COUNTRY)),
    )
    for start, end in sorted(found):
        number = text[start:end]
        is_opened = number.startswith("(") and number.count("(") > number.count(")")  # of the sentence
        yield number[is_opened:], _around(text, start, end)


def _around(text: str, start: int, end: int) -> str:
    before, after = text[:start][-AROUND:], text[end:][:AROUND]
    if len(before) < start:
        before = f"…{before.partition(' ')[2] or before}"
    if len(after) < len(text) - end:
        after = f"{after.rpartition(' ')[0] or after}…"
    return f"{before}{text[start:end]}{after}"


def refused_numbers(text: str, is_rich: bool) -> Iterator[str]:
    """Yield what to do about each number that was typed; a rule for texts."""
    if not is_rich:
        for number, around in typed_numbers(text):
            told = _(
                "“%(number)s” is typed: “%(around)s”. A plain field takes no telephone number: leave it out, or write "
                "it in a text, with the button “Telephone number”."
            )
            yield told % {"number": number, "around": around}
        return
    lines = text_lines(EMBED.sub("#", text))
    typed = [found for line in lines for found in typed_numbers(line)]
    typed += [(number, _("a link that calls it")) for number in DIALLED.findall(text)]
    for number, around in typed:
        told = _(
            "“%(number)s” is typed: “%(around)s”. Mark it, press the button “Telephone number” (the telephone) and "
            "choose the number. Then it changes everywhere when the stored number does."
        )
        yield told % {"number": number, "around": around}
