"""The words of a part of the manual, a paragraph a line: what comparisons compare."""

import re
from functools import cache
from typing import Any

from bs4 import BeautifulSoup
from wagtail.blocks import Block

BLOCK_LEVEL = ["p", "li", "h2", "h3", "h4", "td", "th", "caption", "summary", "figcaption", "blockquote", "div"]


def plain_text(content: dict[str, Any]) -> str:
    """Return the text of a part's content as stored; what other apps show in it is left out."""
    block = _part_block()
    html = block.render(block.to_python(content), {"is_kept": True})
    return "\n".join([content["heading"], *text_lines(html)])


@cache
def _part_block() -> Block:
    from pages.blocks.manual import PartBlock  # noqa: PLC0415  (blocks of other apps are read after the models)

    return PartBlock()


def text_lines(html: str) -> list[str]:
    """Return the text of HTML, a block-level element a line, without empty lines."""
    soup = BeautifulSoup(re.sub(r"\s+", " ", html), "html.parser")  # the line ends of the source are spaces
    for element in soup.find_all(BLOCK_LEVEL):
        element.insert_before("\n")
        element.insert_after("\n")
    lines = (" ".join(line.split()) for line in soup.get_text().split("\n"))
    return [line for line in lines if line]
