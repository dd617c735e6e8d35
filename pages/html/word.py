"""Text copied from a word processor, as this site writes it: headings, lists, tables and footnotes, no dead links.

Word marks what it means in styles (`mso-list`, `mso-element`) and leaves the tags to browsers. What has no place here
is left out, and counted by kind, so that the editor can be told.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bs4 import BeautifulSoup, Comment, Tag

from pages.html.word_lists import MARKER, join_lists
from pages.html.word_tables import Table, split

LIVING_LINK = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)
HEADING = re.compile(r"h([1-6])")
CONDITION = re.compile(r"<!(--)?\[(if|endif)[^\]]*\](--)?>", re.IGNORECASE)
HIDDEN_CODE = re.compile(r"<!--\[if.*?<!\[endif\]-->", re.IGNORECASE | re.DOTALL)
TITLES = {"MsoTitle": 1, "MsoSubtitle": 2}
KEPT = {"p", "h2", "h3", "h4", "ul", "ol", "li", "b", "i", "a", "br", "table", "tr", "td", "th"}
KEPT_ATTRIBUTES = ("href", "class", "colspan")
UNREAD = ["head", "style", "script", "title", "meta", "link", "xml"]


class Dropped(StrEnum):
    """What is left out."""

    PICTURE = "picture"
    COMMENT = "comment"
    CONTENTS = "contents"
    DELETED = "deleted"
    LINK = "link"
    NOTE = "note"


DROPPED = {
    Dropped.COMMENT: "a[style*='mso-comment-reference']",
    Dropped.PICTURE: "img, object, svg",
    Dropped.CONTENTS: "p[class^=MsoToc], p[class^=MsoTOC]",
    Dropped.DELETED: "del",
}
NOTE_WITHOUT_TEXT = ", ".join(f"a[href^='#{name}']" for name in ("_ftn", "_edn", "sdfootnote", "sdendnote"))


@dataclass(slots=True)
class Pasted:
    """What a copied text holds: HTML and tables in their order, footnotes in the order of their marks."""

    pieces: list[str | Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    dropped: Counter[Dropped] = field(default_factory=Counter)


def read_word(html: str, levels: Sequence[str], first_note: int) -> Pasted:
    """Read a copied text; its headings become those of `levels`, its first footnote the mark [^first_note]."""
    soup = BeautifulSoup(CONDITION.sub("", HIDDEN_CODE.sub("", html)), "html.parser")
    pasted = Pasted()
    body = soup.body or soup
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for element in [*soup(UNREAD), *soup.select("[style*='mso-element:comment-list']")]:
        element.decompose()
    _drop(body, pasted, DROPPED)
    _take_notes(body, pasted, first_note)
    _drop(body, pasted, {Dropped.NOTE: NOTE_WITHOUT_TEXT})
    _mend_links(body, pasted)
    _name_headings(soup, body, levels)
    join_lists(soup, body)
    _simplify(body)
    pasted.pieces = list(split(body))
    return pasted


def _take_notes(body: Tag, pasted: Pasted, first: int) -> None:
    """Replace each reference that a note leads back to by a mark, and take the note out of the text."""
    names = {link["name"]: link for link in body.select("a[name]")}
    for link in body.select("a[name][href^='#']"):
        anchor = None if link.decomposed else names.get(str(link["href"])[1:])
        if anchor is None or anchor is link or anchor.get("href") != f"#{link['name']}":
            continue
        note = anchor.find_parent("div", id=True) or anchor.find_parent(["p", "li"])
        if note is None or note in link.parents:
            continue
        anchor.decompose()
        link.replace_with(f"[^{first + len(pasted.notes)}]")
        words = note.find_all("p") or [note]
        _mend_links(note, pasted)
        _simplify(note)
        pasted.notes.append("".join(f"<p>{each.decode_contents().strip()}</p>" for each in words))
        note.decompose()
    for element in body.select("[style*='mso-element:footnote-list'], [style*='mso-element:endnote-list']"):
        element.decompose()


def _drop(body: Tag, pasted: Pasted, selectors: Mapping[Dropped, str]) -> None:
    """Leave out what has no place in a text, and count it."""
    for kind, selector in selectors.items():
        found = [element for element in body.select(selector) if not any(each.name == "a" for each in element.parents)]
        pasted.dropped[kind] += 1 if kind == Dropped.CONTENTS and found else len(found)
        for element in found:
            element.decompose()


def _mend_links(body: Tag, pasted: Pasted) -> None:
    """Keep links that lead somewhere; of the others only the words."""
    for link in body.find_all("a"):
        address = str(link.get("href", "")).strip()
        link.attrs = {"href": address} if LIVING_LINK.match(address) else {}
        if not link.attrs:
            pasted.dropped[Dropped.LINK] += bool(address and link.get_text(strip=True))
            link.unwrap()


def _name_headings(soup: BeautifulSoup, body: Tag, levels: Sequence[str]) -> None:
    """Give headings the levels that a text has here; where it has none they are bold."""
    for element, level in [(element, level) for element in body.find_all(True) if (level := _level(element))]:
        for number in element.select(MARKER):
            number.decompose()
        element.attrs = {}
        if levels and not element.find_parent("table"):
            element.name = levels[min(level, len(levels)) - 1]
        else:
            element.name = "b"
            element.wrap(soup.new_tag("p"))


def _level(element: Tag) -> int:
    if match := HEADING.fullmatch(element.name):
        return int(match[1])
    if element.get("role") == "heading":
        return int(str(element.get("aria-level", "2")))
    return next((level for name in element.get_attribute_list("class") if (level := TITLES.get(str(name)))), 0)


def _simplify(body: Tag) -> None:
    """Keep the tags that mean something, bold and italic also where a style says so, and single spaces."""
    for element in body.find_all(True):
        style = str(element.get("style", "")).replace(" ", "").lower()
        bold, italic = "font-weight:bold" in style or "font-weight:700" in style, "font-style:italic" in style
        if element.name == "span" and (bold or italic):
            element.name = "b" if bold else "i"
        element.name = {"strong": "b", "em": "i"}.get(element.name, element.name)
        element.attrs = {name: element[name] for name in KEPT_ATTRIBUTES if element.has_attr(name)}
    for element in body.find_all(lambda element: element.name not in KEPT):
        element.unwrap()
    for text in body.find_all(string=True):
        text.replace_with(re.sub(r"[\s\xa0]+", " ", text.replace("\xad", "")))
    for element in reversed(body.find_all(KEPT - {"br", "table", "tr", "td", "th"})):
        if not element.get_text(strip=True) and not element.find("table"):
            element.replace_with(" " if element.name in {"b", "i", "a"} else "")
