"""Graphs for tests, and every way through one."""

from collections.abc import Iterator

from contacts.guide.graph import Answer, Graph, Question, Result, Visit, answer_slug

PART = "14e61959"


def question(name: str, *targets: str, takes_place: bool = False) -> Question:
    """Return a question whose answers lead to these nodes, with words of their own."""
    answers = tuple(
        Answer(f"To {target}", target, answer_slug(f"To {target}"), f"{name}-{target}") for target in targets
    )
    return Question(name, f"Which {name}?", answers, takes_place=takes_place)


def result(name: str, *numbers: str, part: str = PART) -> Result:
    """Return a result with these numbers, that of the police where none is given."""
    return Result(name, f"Do {name}", numbers or ("urgent",), (part,))


def every_visit(graph: Graph) -> Iterator[Visit]:
    """Yield every node on every way to it; the graph must have no loop."""
    waiting = [graph.visit("")]
    while waiting:
        visit = waiting.pop()
        assert visit
        yield visit
        waiting += [graph.follow(visit, answer) for answer in graph.answers_of(visit.node)]
