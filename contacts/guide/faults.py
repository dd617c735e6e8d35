"""What keeps a guide from readers: ways that lead nowhere, round, past a node, or to an end without a number."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from contacts.guide.graph import Graph, Question, Result

MAX_ANSWERS = 6  # on one way, the place not counted
# The numbers that answer at any hour.
ALWAYS_ANSWERED = frozenset({"danger", "urgent"})


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the node at an index; None for the guide as a whole."""

    index: int | None
    text: str


def faults(graph: Graph, known_parts: Collection[str]) -> list[Fault]:
    """Return all that is wrong; `known_parts` are the codes of the parts that readers can open."""
    if not graph.nodes or isinstance(graph.nodes[0], Result):
        return [Fault(None, _("The guide begins with a question."))]
    found = [*_names(graph), *_nodes(graph, known_parts)]
    if loops := list(_loops(graph)):
        return [*found, *loops]
    return [*found, *_unreached(graph), *_too_long(graph)]


def _names(graph: Graph) -> Iterator[Fault]:
    counts = Counter(node.name for node in graph.nodes)
    for index, node in enumerate(graph.nodes):
        if counts[node.name] > 1:
            yield Fault(index, _("“%(name)s” is the name of two: answers could lead to either.") % {"name": node.name})


def _nodes(graph: Graph, known_parts: Collection[str]) -> Iterator[Fault]:
    for index, node in enumerate(graph.nodes):
        told = _question(node, graph) if isinstance(node, Question) else _result(node, known_parts)
        yield from (Fault(index, text) for text in told)


def _question(question: Question, graph: Graph) -> Iterator[str]:
    counts = Counter(answer.slug for answer in question.answers)
    for answer in question.answers:
        told = {"question": question.heading, "answer": answer.label, "name": answer.target}
        if answer.target not in graph.by_name:
            yield _("“%(question)s”, answer “%(answer)s”: leads to “%(name)s”, which is not there.") % told
        if counts[answer.slug] > 1 or not answer.slug:
            yield _("“%(question)s”, answer “%(answer)s”: has no address of its own. Use other words.") % told


def _result(result: Result, known_parts: Collection[str]) -> Iterator[str]:
    told = {"result": result.heading}
    if ALWAYS_ANSWERED.isdisjoint(result.numbers):
        yield (
            _("“%(result)s” ends without a number that always answers: add that for acute danger or the police.") % told
        )
    if not result.parts or not set(result.parts) <= set(known_parts):
        yield _("“%(result)s” refers to a part of the manual that is not published.") % told


def _loops(graph: Graph) -> Iterator[Fault]:
    """Yield a fault for each question that a way from it leads back to."""
    for index, node in enumerate(graph.nodes):
        others = Graph((node, *(other for other in graph.nodes if other != node)))
        if any(node.name in others.onward[name] for name in others.reached):
            yield Fault(index, _("“%(question)s” leads back to itself.") % {"question": node.heading})


def _unreached(graph: Graph) -> Iterator[Fault]:
    for index, node in enumerate(graph.nodes):
        if node.name not in graph.reached:
            yield Fault(index, _("“%(node)s” cannot be reached: no answer leads to it.") % {"node": node.heading})


def _too_long(graph: Graph) -> Iterator[Fault]:
    for index, node in enumerate(graph.nodes):
        if graph.pressed[node.name] > MAX_ANSWERS:
            told = {"node": node.heading, "number": MAX_ANSWERS}
            yield Fault(index, _("“%(node)s” takes more than %(number)d answers.") % told)
