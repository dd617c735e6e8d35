"""Markdown of the starter content to the blocks of a page's body.

A fence `::: kind argument` … `:::` is a block of that kind; Markdown tables are table blocks;
everything between is text, and `[^1]: text` on a line of its own a footnote. Links to `page:key` become Wagtail's
page links, and `<number:danger>` the number that the register holds under that key.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import batched
from typing import Any
from uuid import UUID, uuid5

from bs4 import BeautifulSoup
from bs4.element import Tag
from django.conf import settings
from markdown_it import MarkdownIt

from pages.manual.models.parts import part_code
from pages.manual.references import part_address

FENCE = re.compile(
    r"^::: *(?P<kind>[a-z]+)(?: +(?P<argument>[^\n]+))?\n(?P<inside>.*?)^::: *$", re.MULTILINE | re.DOTALL
)
TABLE = re.compile(r"^[A-ZÅÄÖ][a-zåäö]+: (?P<caption>.+)\n(?P<rows>(?:\|.*\n?)+)", re.MULTILINE)
LINK_ITEM = re.compile(
    r"^- (?:\{(?P<icon>\w+)\} )?\[(?P<text>.+?)\]\((?P<target>.+?)\)(?:: (?P<description>.+))?$", re.MULTILINE
)

PART = re.compile(r"^## (?P<heading>[^{\n]+?) *\{#(?P<key>\S+)(?P<concerns>[^}]*)\}\n", re.MULTILINE)
FOOTNOTE = re.compile(r"^\[\^(?P<number>\d+)\]: *(?P<text>.+)\n?", re.MULTILINE)
PART_NAMESPACE = UUID("6d0f4d06-2f5c-5b0e-9a51-3f1f7c0b9a11")  # of the parts of the starter content
CONCERNS = {"adult": "ages", "child": "ages", "with-permit": "permits", "without-permit": "permits"}

_markdown = MarkdownIt("commonmark").enable("table")

PageIds = Mapping[str, int]
Block = tuple[str, Any]


def rich_text(markdown: str, page_ids: PageIds) -> str:
    """Return Wagtail's rich text for Markdown.

    A link to an unknown page raises KeyError, and a list with an empty line in it, which Markdown reads as paragraphs
    that the editor would take apart, ValueError.
    """
    soup = BeautifulSoup(_markdown.render(markdown), "html.parser")
    if loose := soup.select_one("li > p"):
        raise ValueError(f"empty line in the list at {loose.get_text()!r}")
    for link in soup.find_all("a"):
        scheme, _colon, key = str(link["href"]).partition(":")
        if scheme == "part":
            link["href"] = part_address(part_code(starter_part_id(key)), settings.LANGUAGE_CODE)
        if scheme == "number":
            link.replace_with(soup.new_tag("embed", embedtype="number", number=key))
        if scheme == "page":
            link.attrs = {"linktype": "page", "id": str(page_ids[key])}
    for strong in soup.find_all("strong"):
        strong.name = "b"
    return str(soup).strip()


def body_blocks(markdown: str, page_ids: PageIds) -> list[dict[str, Any]]:
    """Return the blocks of a body as they are stored: plain data, rows by their ids."""
    return [{"type": kind, "value": value} for kind, value in _split(markdown, page_ids)]


def without_footnotes(markdown: str, page_ids: PageIds) -> tuple[str, list[str]]:
    """Return what stands before and between the lines `[^1]: text`, and these notes in order, as rich text.

    Raises ValueError when they are not numbered from 1.
    """
    notes = {int(note["number"]): note["text"] for note in FOOTNOTE.finditer(markdown)}
    if sorted(notes) != list(range(1, len(FOOTNOTE.findall(markdown)) + 1)):
        raise ValueError(f"footnotes not numbered from 1: {sorted(notes)}")
    return FOOTNOTE.sub("", markdown), [rich_text(notes[number], page_ids) for number in sorted(notes)]


def starter_part_id(key: str) -> str:
    """Return the id of a part of the starter content: "manual/safe-return/2" has the key 2 in its step."""
    return str(uuid5(PART_NAMESPACE, key))


def manual_parts(step_key: str, markdown: str, page_ids: PageIds) -> tuple[str, list[dict[str, Any]]]:
    """Return what stands before the first `## heading`, and a part for each, as parts are stored.

    `## Heading {#2 social-services police child without-permit}` gives the part's key in its step, which stays when
    parts come before it, and says whom it concerns. `without_footnotes` finds its notes.
    """
    intro, *rest = PART.split(markdown)
    parts = []
    for heading, key, concerns, text in batched(rest, 4):
        value: dict[str, Any] = {"heading": heading, "actors": [], "ages": [], "permits": []}
        for word in concerns.split():
            value[CONCERNS.get(word, "actors")].append(word.removesuffix("-permit"))
        body, value["footnotes"] = without_footnotes(text, page_ids)
        value["body"] = body_blocks(body, page_ids)
        parts.append({"type": "part", "id": starter_part_id(f"{step_key}/{key}"), "value": value})
    return intro, parts


def _split(markdown: str, page_ids: PageIds) -> Iterator[Block]:
    end = 0
    for match in sorted([*FENCE.finditer(markdown), *TABLE.finditer(markdown)], key=re.Match.start):
        yield from _text(markdown[end : match.start()], page_ids)
        if match.re is TABLE:
            yield "table", _table(match["caption"], match["rows"], page_ids)
        else:
            yield match["kind"], FENCES[match["kind"]](match["argument"] or "", match["inside"], page_ids)
        end = match.end()
    yield from _text(markdown[end:], page_ids)


def _text(markdown: str, page_ids: PageIds) -> Iterator[Block]:
    if markdown.strip():
        yield "text", rich_text(markdown, page_ids)


def _items(markdown: str, page_ids: PageIds) -> list[str]:
    """Return the inner rich text of each list item."""
    items = BeautifulSoup(rich_text(markdown, page_ids), "html.parser").find_all("li")
    return [item.decode_contents().strip() for item in items]


def _paragraphs(html: str) -> str:
    return html if html.startswith("<p>") else f"<p>{html}</p>"


def _table(caption: str, rows: str, page_ids: PageIds) -> dict[str, Any]:
    table = BeautifulSoup(rich_text(rows, page_ids), "html.parser")

    def cells(row: Tag) -> list[str]:
        return [_paragraphs(cell.decode_contents()) for cell in row.find_all("td")]

    columns = [{"type": "text", "heading": heading.get_text()} for heading in table.find_all("th")]
    body = [{"values": cells(row)} for row in table.find_all("tr") if row.find("td")]
    return {"table": {"columns": columns, "rows": body, "caption": caption}, "row_headers": True}


def _links(heading: str, inside: str, page_ids: PageIds) -> dict[str, Any]:
    links = []
    for item in LINK_ITEM.finditer(inside):
        target = item["target"]
        is_page = target.startswith("page:")
        links.append(
            {
                "page": page_ids[target.removeprefix("page:")] if is_page else None,
                "url": "" if is_page else target,
                "link_text": item["text"],
                "description": item["description"] or "",
                "icon": item["icon"] or "",
            }
        )
    return {"heading": heading, "links": links}


FENCES: dict[str, Callable[[str, str, PageIds], dict[str, Any]]] = {
    "callout": lambda kind, inside, ids: {"kind": kind, "text": rich_text(inside, ids)},
    "steps": lambda heading, inside, ids: {
        "heading": heading,
        "steps": [_paragraphs(item) for item in _items(inside, ids)],
    },
    "checklist": lambda heading, inside, ids: {"heading": heading, "items": _plain_items(inside)},
    "question": lambda question, inside, ids: {"question": question, "answer": rich_text(inside, ids)},
    "details": lambda summary, inside, ids: {"summary": summary, "text": rich_text(inside, ids)},
    "links": _links,
    "contact": lambda kind, inside, ids: {"kind": kind},
    "resources": lambda topic_and_kind, inside, ids: {
        "heading": "",
        "chosen": [],
        **dict(zip(("topic", "kind"), topic_and_kind.split(), strict=False)),
        "count": 10,
    },
}


def _plain_items(markdown: str) -> list[str]:
    return [line.removeprefix("- ").strip() for line in markdown.splitlines() if line.startswith("- ")]
