"""Give the headings of rendered text an id, and list them."""

import re
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

# Wagtail renders the headings of rich text without attributes; blocks of ours that make headings give them an id.
HEADING = re.compile(r"<h(?P<level>[234])>(?P<content>.*?)</h(?P=level)>", re.DOTALL)

MARK = re.compile(r"<sup>.*?</sup>", re.DOTALL)  # of a footnote: no part of what the heading says
HEADING_TAG = re.compile(r"(</?h)([2-4])\b")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that can be linked to; `text` is HTML-escaped."""

    id: str
    text: SafeString
    level: int


@dataclass(frozen=True, slots=True)
class Body:
    """Rendered text and its headings."""

    html: SafeString
    headings: list[Heading]

    @property
    def contents(self) -> list[Heading]:
        """The entries of the contents list: the top headings, from three up."""
        top = [heading for heading in self.headings if heading.level == 2]
        return top if len(top) >= 3 else []


def lowered(html: str) -> SafeString:
    """Set every heading a level lower."""
    return mark_safe(HEADING_TAG.sub(lambda tag: f"{tag[1]}{int(tag[2]) + 1}", html))  # noqa: S308  (rendered HTML)


def linked_headings(html: str, taken: set[str] | None = None) -> Body:
    """Return the HTML with an id on every h2–h4, made from its words and unique on the page.

    `taken` are the ids that the page has already; those given here are added to it.
    """
    headings: list[Heading] = []
    taken = set() if taken is None else taken

    def add_id(match: re.Match[str]) -> str:
        text = strip_tags(MARK.sub("", match["content"])).strip()
        base = slugify(text) or "rubrik"
        candidates = (f"{base}-{number}" if number > 1 else base for number in range(1, len(taken) + 2))
        anchor = next(candidate for candidate in candidates if candidate not in taken)
        taken.add(anchor)
        level = int(match["level"])
        # Already escaped: it comes out of rendered HTML.
        headings.append(Heading(anchor, mark_safe(text), level))  # noqa: S308
        return f'<h{level} id="{anchor}">{match["content"]}</h{level}>'

    return Body(mark_safe(HEADING.sub(add_id, html)), headings)  # noqa: S308
