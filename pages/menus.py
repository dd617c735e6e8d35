"""What menus are made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A way to a page."""

    title: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Section:
    """What stands beside a text: the pages that belong together, in order."""

    title: str
    pages: list[MenuItem]
