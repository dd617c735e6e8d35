"""The links of a page as readers get it, and the places that links can lead to."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(slots=True)
class Link:
    """A link or picture; `is_content` where it is in the main part of the page."""

    target: str
    text: str
    is_content: bool


@dataclass(slots=True)
class ReadPage:
    """The links of a page, and the ids in it."""

    links: list[Link] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = ReadPage()
        self._main = 0
        self._open: Link | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._main += tag == "main"
        if place := values.get("id"):
            self.page.ids.add(place)
        target = values.get("href") if tag == "a" else values.get("src") if tag == "img" else None
        if target:
            link = Link(target, values.get("alt") or "", bool(self._main))
            self.page.links.append(link)
            if tag == "a":
                self._open = link

    def handle_endtag(self, tag: str) -> None:
        self._main -= tag == "main"
        if tag == "a":
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open.text = f"{self._open.text}{data}"


def read_page(html: str) -> ReadPage:
    """Return what a page leads to and what can be led to in it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    for link in reader.page.links:
        link.text = " ".join(link.text.replace("\N{SOFT HYPHEN}", "").split())
    return reader.page
