"""References in texts to parts of the manual."""

import re
from collections.abc import Callable

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, override

from pages.manual.index import ManualIndex
from pages.manual.models.parts import CODE_LENGTH, anchor

CODE = f"[0-9a-f]{{{CODE_LENGTH}}}"
PART_PATH = "/manual/p/"  # where the permanent addresses of parts are
ANCHOR = anchor("")
SITE = rf"(?:{re.escape(settings.SITE_URL)})?"  # before a path, since addresses are copied as they stand
# A link to a part as stored: to its permanent address, or to where it was that day, copied from the page.
PERMANENT = rf"(?:/[a-z]{{2}})?{PART_PATH}(?P<code>{CODE})/?"
PLACE = rf'/(?!/)[^"#]*#{ANCHOR}(?P<anchor>{CODE})'
PART_LINK = re.compile(rf'<a href="{SITE}(?:{PERMANENT}|{PLACE})">(?P<text>.*?)</a>', re.DOTALL)
# A link to a part as written for readers: to where the part is now.
PART_PLACE = re.compile(rf'href="[^"#]+#(?P<anchor>{ANCHOR}(?P<code>{CODE}))"')
# An address of a part, also of one that never was, in HTML or in HTML that is a string of JSON.
_REFERENCE = re.compile(
    rf"""{PART_PATH}(?P<code>[^/"'\\<>\s?#]+)|(?<=["']){SITE}/(?!/)[^"'\\<>\s#]*#{ANCHOR}(?P<anchor>{CODE})"""
)
# Parts that are chosen in a block, as a stored list of codes.
_CHOSEN = re.compile(r'"parts": \[(?P<items>[^\[\]]*)\]')
_CHOSEN_CODE = re.compile(rf'"value": "(?P<code>{CODE})"')


def referenced_codes(text: str) -> list[str]:
    """Return the codes of the parts that a stored text refers to, each once, in order; some may be of no part."""
    linked = [match["code"] or match["anchor"] for match in _REFERENCE.finditer(text)]
    chosen = [code for match in _CHOSEN.finditer(text) for code in _CHOSEN_CODE.findall(match["items"])]
    return list(dict.fromkeys([*linked, *chosen]))


def part_address(code: str, language: str | None = None) -> str:
    """Return the permanent path of a part, in the active language by default."""
    with override(language or get_language()):
        return reverse("part", args=[code])


def resolve_part_links(html: str, index: Callable[[], ManualIndex], query: str = "") -> str:
    """Write each link to a part with its number and heading of today; to a removed part, as the text it had.

    `query` goes along with the reader. `index` is called once, and only where there are such links.
    """
    if not PART_LINK.search(html):
        return html
    known = index()

    def written(match: re.Match[str]) -> str:
        part = known.part(match["code"] or match["anchor"])
        if part is None:
            return match["text"]
        url, language = part.url_with(query), part.language
        if language == get_language():
            return format_html('<a href="{}">{} {}</a>', url, part.number, part.heading)
        return format_html(
            '<a href="{}" hreflang="{}" lang="{}">{} {}</a>', url, language, language, part.number, part.heading
        )

    return PART_LINK.sub(written, html)
