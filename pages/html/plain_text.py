"""The words of HTML, a paragraph a line."""

import re
from html.parser import HTMLParser
from typing import Any

BLOCK_LEVEL = {"p", "li", "h2", "h3", "h4", "td", "th", "caption", "summary", "figcaption", "blockquote", "div"}
NOT_TEXT = {"script", "style", "template"}


class _Words(HTMLParser):
    """Collects text, and a line end at both ends of each block-level element.

    A tree of the elements, as BeautifulSoup makes it, would take five times as long: whoever saves a number waits
    until every page that shows it has been read.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._hidden = 0  # how many elements whose text is none are open

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._hidden += tag in NOT_TEXT
        self.handle_data("\n" * (tag in BLOCK_LEVEL))

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in NOT_TEXT
        self.handle_data("\n" * (tag in BLOCK_LEVEL))

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.append(data)


def text_lines(html: str) -> list[str]:
    """Return the text of HTML whose elements are closed, a block-level element a line, without empty lines."""
    words = _Words()
    words.feed(re.sub(r"\s+", " ", html))  # the line ends of the source are spaces
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.found).split("\n"))
    return [line for line in lines if line]
