"""The words of HTML, a paragraph a line."""

import re

from bs4 import BeautifulSoup

BLOCK_LEVEL = ["p", "li", "h2", "h3", "h4", "td", "th", "caption", "summary", "figcaption", "blockquote", "div"]


def text_lines(html: str) -> list[str]:
    """Return the text of HTML, a block-level element a line, without empty lines."""
    soup = BeautifulSoup(re.sub(r"\s+", " ", html), "html.parser")  # the line ends of the source are spaces
    for element in soup.find_all(BLOCK_LEVEL):
        element.insert_before("\n")
        element.insert_after("\n")
    lines = (" ".join(line.split()) for line in soup.get_text().split("\n"))
    return [line for line in lines if line]
