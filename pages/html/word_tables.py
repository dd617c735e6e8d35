"""Tables in a copied text, which stand between its other pieces."""

from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, PageElement, Tag


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption, the cells of its first row as plain text, the others as HTML."""

    caption: str
    headings: list[str]
    rows: list[list[str]]


def split(body: Tag) -> Iterator[str | Table]:
    """Yield the pieces between tables, and the tables with what stands next to them as their caption."""
    gathered = ""
    for child in list(body.children):
        if child.parent is None or not str(child).strip():
            continue
        if not (isinstance(child, Tag) and child.name == "table"):
            gathered += "" if _is_caption(child) else _html(child)
            continue
        near = (child.find_previous_sibling(), child.find_next_sibling())
        beside = [each for each in near if each and _is_caption(each)]
        caption = " ".join(beside[0].get_text().split()) if beside else ""
        if table := _table(child, caption):
            if gathered:
                yield gathered
            gathered = ""
            yield table
    if gathered:
        yield gathered


def _is_caption(element: object) -> bool:
    return isinstance(element, Tag) and "MsoCaption" in element.get_attribute_list("class")


def _table(element: Tag, caption: str) -> Table | None:
    rows = [row.find_all(["td", "th"], recursive=False) for row in element.find_all("tr")]
    cells = [[text for cell in row for text in _spread(cell)] for row in rows if row]
    if not cells:
        return None
    width = max(map(len, cells))
    heads = [BeautifulSoup(cell, "html.parser").get_text(" ", strip=True) for cell in cells[0]]
    filled = [row + [""] * (width - len(row)) for row in [heads, *cells[1:]]]
    return Table(caption, filled[0], filled[1:])


def _spread(cell: Tag) -> list[str]:
    """Return the HTML of a cell, with an empty one for each further column that it covers."""
    covered = str(cell.get("colspan", "1"))
    inner = "".join(map(_html, cell.children)).strip()
    return [inner, *[""] * (int(covered) - 1 if covered.isdigit() else 0)]


def _html(element: PageElement) -> str:
    if isinstance(element, Tag):
        for each in [element, *element.find_all(True)]:
            each.attrs = {name: value for name, value in each.attrs.items() if name == "href"}
    return str(element)
