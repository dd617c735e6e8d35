"""The guide as a graph of questions and results, which knows neither pages nor the database."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from django.utils.text import slugify


@dataclass(frozen=True, slots=True)
class Answer:
    """A way on to the node of the name `target`; `id` is the same in every language."""

    label: str
    target: str
    slug: str  # its part of the address
    id: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. One `takes_place` has a single answer, which goes on with or without a place."""

    name: str
    heading: str
    answers: tuple[Answer, ...]
    note: str = ""
    takes_place: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """An end: the kinds of number in the order to call, and the codes of the parts to read.

    `todo` is what to do, as editors wrote it; `group` is whose coordinators are meant.
    """

    name: str
    heading: str
    numbers: tuple[str, ...]
    parts: tuple[str, ...]
    group: str = ""
    todo: Sequence[Any] = ()

    answers: ClassVar[tuple[Answer, ...]] = ()
    takes_place: ClassVar[bool] = False


type Node = Question | Result


def answer_slug(text: str) -> str:
    """Return the part of the address for an answer, or for a question of the place."""
    return slugify(text)[:60].strip("-")


@dataclass(frozen=True, slots=True)
class Visit:
    """A node, and each question with its answer on the way there."""

    node: Node
    given: tuple[tuple[Node, Answer], ...] = ()

    @property
    def path(self) -> str:
        """The answers as a part of the address; "" at the first question."""
        return "/".join(answer.slug for _question, answer in self.given)

    @property
    def number(self) -> int:
        """The place of the node on this way, from 1."""
        return len(self.given) + 1

    @property
    def has_passed_place(self) -> bool:
        """Whether it was asked for a place on the way."""
        return any(question.takes_place for question, _answer in self.given)

    def before(self, number: int) -> "Visit":
        """Return the visit of a question that was answered, numbered from 1."""
        return Visit(self.given[number - 1][0], self.given[: number - 1])


@dataclass(frozen=True)
class Graph:
    """The nodes in the editors' order; the first is where readers begin."""

    nodes: tuple[Node, ...] = field(default=())

    @cached_property
    def by_name(self) -> dict[str, Node]:
        """The nodes by name; of two with the same name, the first."""
        return {node.name: node for node in reversed(self.nodes)}

    def answers_of(self, node: Node) -> tuple[Answer, ...]:
        """Return the answers of a question that lead to a node; none of a result."""
        return tuple(answer for answer in node.answers if answer.target in self.by_name)

    def follow(self, visit: Visit, answer: Answer) -> Visit:
        """Return where one of the answers at a visit leads."""
        return Visit(self.by_name[answer.target], (*visit.given, (visit.node, answer)))

    def visit(self, path: str) -> Visit | None:
        """Return where a part of an address leads; None where it is that of no answers."""
        if not self.nodes:
            return None
        visit = Visit(self.nodes[0])
        for slug in filter(None, path.split("/")):
            answer = next((each for each in self.answers_of(visit.node) if each.slug == slug), None)
            if answer is None:
                return None
            visit = self.follow(visit, answer)
        return visit

    @cached_property
    def reached(self) -> set[str]:
        """The names of the nodes that some way from the first one leads to, itself included."""
        found: set[str] = set()
        waiting = [self.nodes[0].name] if self.nodes else []
        while waiting:
            name = waiting.pop()
            found.add(name)
            waiting += self.onward[name] - found
        return found

    @cached_property
    def onward(self) -> dict[str, set[str]]:
        """The names that the answers of each node lead to."""
        return {node.name: {answer.target for answer in self.answers_of(node)} for node in self.nodes}

    @cached_property
    def back(self) -> dict[str, set[str]]:
        """The names from which an answer leads to each node."""
        return {name: {other for other in self.onward if name in self.onward[other]} for name in self.by_name}

    def questions_of(self, visit: Visit) -> int:
        """Return how many questions there are at most on a way through a visit."""
        counts = longest(self.onward, lambda name: isinstance(self.by_name[name], Question))
        return len(visit.given) + counts[visit.node.name]

    @property
    def pressed(self) -> dict[str, int]:
        """How many answers it takes at most to come to each node, the place not counted."""
        own = {name: isinstance(node, Question) and not node.takes_place for name, node in self.by_name.items()}
        counts = longest(self.back, own.__getitem__)
        return {name: count - own[name] for name, count in counts.items()}

    @property
    def depths(self) -> dict[str, int]:
        """How many nodes there are at most before each."""
        return {name: count - 1 for name, count in longest(self.back, lambda _name: 1).items()}

    def translated(self, visit: Visit, into: "Graph") -> Visit | None:
        """Return the same answers in another language; None where they are not the same there."""
        found = into.visit("")
        for _question, given in visit.given:
            answers = into.answers_of(found.node) if found else ()
            answer = next((each for each in answers if each.id == given.id), None)
            if found is None or answer is None:
                return None
            found = into.follow(found, answer)
        return found


def longest(onward: Mapping[str, Iterable[str]], weight: Callable[[str], int]) -> dict[str, int]:
    """Return the greatest weight of a way on from each name, its own included; no name counts twice."""
    known: dict[str, int] = {}

    def count(name: str, before: frozenset[str]) -> int:
        if name not in known:
            seen = before | {name}
            known[name] = weight(name) + max((count(other, seen) for other in set(onward[name]) - seen), default=0)
        return known[name]

    for name in onward:
        count(name, frozenset())
    return known
