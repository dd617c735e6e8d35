"""Lists as Word writes them: paragraphs that say to which list and level they belong, each with its own marker."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

IN_LIST = re.compile(r"mso-list:\s*(l\d+) level(\d+)", re.IGNORECASE)
MARKER = "[style*='mso-list:Ignore'], [style*='mso-list: Ignore']"
NUMBER = re.compile(r"\(?(\d+|[ivx]+|[a-z])[.)]", re.IGNORECASE)


def join_lists(soup: BeautifulSoup, body: Tag) -> None:
    """Make lists of the paragraphs that are items, level by level."""
    for items in list(_runs(body)):
        lists: list[Tag] = []  # the open ones, the innermost last
        for item, level in items:
            marker = item.select_one(MARKER)
            is_numbered = bool(marker and NUMBER.match(marker.get_text(strip=True)))
            for element in item.select(MARKER):
                element.decompose()
            del lists[level:]
            if len(lists) == level and lists[-1].name != ("ol" if is_numbered else "ul"):
                lists.pop()  # another list at the same level
            while len(lists) < level:
                opened = soup.new_tag("ol" if is_numbered else "ul")
                if lists:
                    (lists[-1].find_all("li", recursive=False) or [lists[-1]])[-1].append(opened)
                else:
                    item.insert_before(opened)
                lists.append(opened)
            lists[-1].append(item.extract())
            item.name, item.attrs = "li", {}


def _runs(body: Tag) -> Iterator[list[tuple[Tag, int]]]:
    """Yield the items that follow one another, with their levels."""
    run: list[tuple[Tag, int]] = []
    for paragraph in body.find_all("p"):
        match = IN_LIST.search(str(paragraph.get("style", "")))
        before = paragraph.find_previous_sibling()
        if run and not (match and before is run[-1][0]):
            yield run
            run = []
        if match and paragraph.get_text(strip=True):
            run.append((paragraph, min(int(match[2]), run[-1][1] + 1 if run else 1)))
    if run:
        yield run
