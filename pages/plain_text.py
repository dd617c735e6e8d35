"""The words of a part of the manual, a paragraph a line: what readers find, and what comparisons compare."""

import re
from functools import cache
from typing import Any

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _
from wagtail.blocks import Block

# Numbers and addresses for mail are in the text already.
PLACE_LINK = re.compile(r'<a [^>]*href="(?P<address>(?:https?:/)?/[^"]+)"[^>]*>.*?</a>', re.DOTALL)
BLOCK_LEVEL = ["p", "li", "h2", "h3", "h4", "td", "th", "caption", "summary", "figcaption", "blockquote", "div"]


def plain_text(content: dict[str, Any]) -> str:
    """Return the text of a part's content as stored; what other apps show in it is left out."""
    return "\n".join([content["heading"], *text_lines(_html(content))])


def compared_text(content: dict[str, Any]) -> str:
    """Return the same with whom the part is for and where its links lead, in the active language. One query."""
    from pages.models.actors import Actor  # noqa: PLC0415  (models read this module)
    from pages.models.parts import concerned  # noqa: PLC0415

    concerns = " · ".join(map(str, concerned(_part_block().to_python(content), list(Actor.objects.all()))))
    html = PLACE_LINK.sub(r"\g<0> (\g<address>)", _html(content))
    lines = [_("Concerns: %(concerns)s") % {"concerns": concerns}] if concerns else []
    return "\n".join([content["heading"], *lines, *text_lines(html)])


def _html(content: dict[str, Any]) -> str:
    block = _part_block()
    return block.render(block.to_python(content), {"is_kept": True})


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
