"""What strangers may send: random and hostile text, and the marks it must not leave in an answer."""

import random
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import islice

# Each carries the word by which `Marks` knows its own again.
PROBES = [
    "<xprobe>", '"><xprobe a="', "'><xprobe>", '" onxprobe="1', "' onxprobe='1", "`onxprobe=1", "</textarea><xprobe>",
    "</title><xprobe>", "</script><xprobe>", "<script>xprobe</script>", "<svg/onload=xprobe>", "<!--<xprobe>-->",
    "<![CDATA[<xprobe>]]>", "&lt;xprobe&gt;", "&#60;xprobe&#62;", "%3Cxprobe%3E", "%253Cxprobe%253E", "＜xprobe＞",
    "\\u003cxprobe\\u003e", "javascript:xprobe", "JaVaScRiPt&colon;xprobe", "java\tscript:xprobe",
    "data:text/html,<xprobe>", "{{ xprobe }}", "{% xprobe %}", "{{ settings.SECRET_KEY }}<xprobe>", "%(xprobe)s",
    "%s%d%n xprobe", "{0.xprobe}", "${xprobe}", "=xprobe()", "+xprobe", "-xprobe", "@xprobe", "\t=xprobe",
    "\r=xprobe", '";=xprobe;"', ",=xprobe", "a\n=xprobe", "＝xprobe", '=HYPERLINK("http://xprobe")',
    "\r\nSet-Cookie: xprobe=1", "\nBcc: xprobe@example.org", "\r\nEND:VCARD\r\nBEGIN:VCARD\r\nxprobe", "\\n;,xprobe",
    "' OR 1=1 -- xprobe", '"; DROP TABLE xprobe; --', "1 xprobe\\", "../../xprobe", "..%2f..%2fxprobe",
    "//xprobe.example/", "/\\xprobe.example", "https://xprobe.example/", "/xprobe/", "\0xprobe", "\x1b[31mxprobe\x7f",
    "\u202exprobe\u2066", "\ufeffxprobe\u200b", "\u2028xprobe\u2029", "xprobe\U000e0001", "xprobe@example.se",
    "*)(xprobe=*", "$(xprobe)", "xprobe|id", '{"xprobe": [1e999]}', "__proto__[xprobe]", "NaN xprobe",
]  # fmt: skip
ORDINARY = ["Göteborg", "Upplands Väsby", "skåne län", "Gbg", "040-628 04 01", "+46406280401", "namn@example.se", " "]
RANGES = [(0x20, 0x7E), (0xA0, 0x24F), (0x300, 0x36F), (0x370, 0x6FF), (0x2000, 0x206F), (0x4E00, 0x4FFF)]
RANGES += [(0xFB00, 0xFDFF), (0xFF00, 0xFFEF), (0x1F300, 0x1F6FF), (0, 0x1F)]
HARMFUL_SCHEMES = ("javascript:", "data:", "vbscript:")
_AWAY = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?[/\\]{2,}[^/]*xprobe", re.IGNORECASE)


def hostile_texts(count: int, seed: str) -> list[str]:
    """Return texts, the same for the same seed."""
    return list(islice(_texts(random.Random(seed)), count))  # noqa: S311 (the same each time is what it is for)


def _texts(chance: random.Random) -> Iterator[str]:
    while True:
        pieces = [chance.choice(PROBES)]
        pieces += [_any_text(chance) for _more in range(chance.randrange(4))]
        chance.shuffle(pieces)
        text = "".join(pieces)
        yield text * chance.choice([1] * 60 + [50, 2000]) if chance.random() < 0.9 else text.swapcase()


def _any_text(chance: random.Random) -> str:
    match chance.randrange(3):
        case 0:
            return chance.choice(PROBES)
        case 1:
            return chance.choice(ORDINARY)
        case _:
            low, high = chance.choice(RANGES)
            return "".join(chr(chance.randint(low, high)) for _character in range(chance.randint(1, 12)))


def leads_away(link: str) -> bool:
    """Tell whether a link runs code, or leads to a site that somebody typed."""
    link = "".join(link.split())
    return link.lower().startswith(HARMFUL_SCHEMES) or _AWAY.match(link) is not None


class Marks(HTMLParser):
    """Collects what in a page became markup though somebody only typed it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    @classmethod
    def left_in(cls, html: str) -> list[str]:
        """Return a line for each mark in a page."""
        page = cls()
        page.feed(html)
        page.close()
        return page.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag: its own name, the names of its attributes, and where its links lead."""
        names = [tag, *(name for name, _value in attrs)]
        links = [value or "" for name, value in attrs if name in {"href", "src", "action"}]
        is_data = dict(attrs).get("type") in {"application/json", "application/ld+json"}  # which no browser runs
        is_ours = tag != "script" or is_data or any(link.startswith("/static/") for link in links)
        if any("xprobe" in name for name in names) or any(name.startswith("on") for name in names[1:]):
            self.found.append(f"markup: {self.get_starttag_text()}")
        elif any(map(leads_away, links)) or not is_ours:
            self.found.append(f"leads away: {self.get_starttag_text()}")

    def handle_comment(self, data: str) -> None:
        """Look at a comment."""
        if "xprobe" in data.lower():
            self.found.append(f"comment: {data}")

    handle_decl = unknown_decl = handle_pi = handle_comment
