"""The guide as a figure: where its boxes, texts and arrows are drawn. Lengths are in pixels of an SVG.

Boxes stand in columns, each to the right of all that lead to it; an arrow goes from the line of an answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from textwrap import wrap

from django.utils.translation import gettext

from contacts.guide.graph import Graph, Node, Question
from pages.templatetags.hyphenation import in_pieces

WIDTH, GAP, BETWEEN = 126, 22, 16  # of a box, from column to column, from box to box
LINE, MARGIN, INDENT = 15, 6, 6
LETTERS = 16  # that fit into a line of a box


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with its place; `y` is that of its baseline."""

    text: str
    x: int
    y: int
    is_heading: bool = False


@dataclass(slots=True)
class Box:
    """A node as it is drawn; `outlets` are the heights from which its answers' arrows start, by their targets."""

    number: int
    node: Node
    x: int
    y: int = 0
    height: int = 0
    lines: list[Line] = field(default_factory=list)
    outlets: list[tuple[str, int]] = field(default_factory=list)

    width: int = WIDTH

    @property
    def is_result(self) -> bool:
        """Whether a way ends here."""
        return not isinstance(self.node, Question)

    @property
    def inlet(self) -> int:
        """The height at which arrows end."""
        return self.y + MARGIN + LINE // 2

    def place(self, y: int) -> None:
        """Lay the text out below a height."""
        self.y = y
        self._add(f"{self.number}. {self.node.heading}", MARGIN, is_heading=True)
        for label, target in _ways(self.node):
            top = self._bottom
            self._add(f"– {label}", MARGIN + INDENT)
            self.outlets.append((target, (top + self._bottom) // 2 + 2))
        self.height = self._bottom - self.y + MARGIN

    @property
    def _bottom(self) -> int:
        return self.y + MARGIN + len(self.lines) * LINE

    def _add(self, text: str, indent: int, *, is_heading: bool = False) -> None:
        for part in wrap(in_pieces(text, LETTERS), LETTERS):
            self.lines.append(Line(part, self.x + indent, self._bottom + LINE - 3, is_heading))


@dataclass(frozen=True, slots=True)
class Figure:
    """All boxes in the editors' order, and the paths of the arrows."""

    boxes: list[Box]
    arrows: list[str]
    width: int
    height: int

    @classmethod
    def of(cls, graph: Graph) -> "Figure":
        """Lay a guide out; a draft too, whose answers may lead nowhere, or round."""
        depths = graph.depths
        columns: dict[int, list[Box]] = {}
        boxes = []
        for number, node in enumerate(graph.nodes, start=1):
            box = Box(number, node, x=1 + depths[node.name] * (WIDTH + GAP))
            boxes.append(box)
            columns.setdefault(depths[node.name], []).append(box)
        for column in columns.values():
            y = 1
            for box in column:
                box.place(y)
                y += box.height + BETWEEN
        by_name = {box.node.name: box for box in reversed(boxes)}
        arrows = [
            _arrow(box, height, by_name[target]) for box in boxes for target, height in box.outlets if target in by_name
        ]
        width = max((box.x + WIDTH for box in boxes), default=0) + 1
        return cls(boxes, arrows, width, max((box.y + box.height for box in boxes), default=0) + 1)

    @property
    def numbers(self) -> dict[str, int]:
        """The numbers of the boxes by the names of their nodes."""
        return {box.node.name: box.number for box in reversed(self.boxes)}

    @property
    def outline(self) -> list[tuple[Box, list[tuple[str, int | None]]]]:
        """The boxes with the words of each answer and the number that it leads to, for those who read the text."""
        return [(box, [(label, self.numbers.get(target)) for label, target in _ways(box.node)]) for box in self.boxes]


def _ways(node: Node) -> Iterator[tuple[str, str]]:
    """Yield the words of each answer with the name that it leads to; a place is typed, and no answer of editors."""
    for answer in node.answers:
        if node.takes_place:
            yield gettext("A municipality or a county"), answer.target
        yield answer.label, answer.target


def _arrow(start: Box, height: int, end: Box) -> str:
    x, y = start.x + WIDTH, height
    return f"M{x} {y}C{x + GAP} {y} {end.x - GAP} {end.inlet} {end.x - 1} {end.inlet}"
