"""The guide as a graph, and what is found to be wrong with one."""

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from contacts.guide.faults import MAX_ANSWERS, faults
from contacts.guide.figure import GAP, WIDTH, Figure
from contacts.guide.graph import Graph, Visit
from tests.contacts.guide.graphs import PART, every_visit, question, result

GOOD = Graph(
    (
        question("start", "where", "end"),
        question("where", "last", takes_place=True),
        question("last", "end", "other"),
        result("end"),
        result("other", "advice", "danger"),
    )
)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


def told(graph: Graph) -> list[str]:
    return [fault.text for fault in faults(graph, {PART})]


def test_answers_lead_on_and_their_addresses_back():
    visit = GOOD.visit("to-where/to-last/to-other")
    assert visit
    assert (visit.node.name, visit.number, visit.path) == ("other", 4, "to-where/to-last/to-other")
    assert visit.has_passed_place
    assert visit.before(2) == GOOD.visit("to-where")
    assert {each.path: each.node.name for each in every_visit(GOOD)} == {
        "": "start",
        "to-end": "end",
        "to-where": "where",
        "to-where/to-last": "last",
        "to-where/to-last/to-end": "end",
        "to-where/to-last/to-other": "other",
    }


@pytest.mark.parametrize("path", ["to-nowhere", "to-end/to-end", "to-last", "TO-WHERE"])
def test_answers_that_nobody_can_give_lead_nowhere(path):
    assert GOOD.visit(path) is None


def test_empty_guide_has_no_first_question():
    assert Graph().visit("") is None


@pytest.mark.parametrize(("path", "most"), [("", 3), ("to-end", 1), ("to-where", 3), ("to-where/to-last", 3)])
def test_questions_are_counted_on_the_longest_way(path, most):
    visit = GOOD.visit(path)
    assert visit
    assert GOOD.questions_of(visit) == most


def test_way_is_found_in_another_language_by_the_ids_of_its_answers():
    other = Graph((*(node for node in GOOD.nodes if node.name != "last"), question("last", "other")))
    there, gone = GOOD.visit("to-where/to-last/to-other"), GOOD.visit("to-where/to-last/to-end")
    assert isinstance(there, Visit)
    assert isinstance(gone, Visit)
    translated = GOOD.translated(there, other)
    assert translated
    assert translated.path == there.path
    assert GOOD.translated(gone, other) is None


def test_good_guide_has_no_faults():
    assert told(GOOD) == []


START = question("start", "end", "other")


@pytest.mark.parametrize(
    ("graph", "index", "said"),
    [
        (Graph(), None, "begins with a question"),
        (Graph((result("end"), START)), None, "begins with a question"),
        (Graph((question("start", "end", "gone"), result("end"))), 0, "answer “To gone”: leads to “gone”"),
        (Graph((question("start", "end", "end"), result("end"))), 0, "no address of its own"),
        (Graph((START, result("end"), result("other"), result("third"))), 3, "“Do third” cannot be reached"),
        (Graph((START, result("end"), result("other"), result("other"))), 3, "is the name of two"),
        (Graph((START, result("end"), result("other", "advice", "coordinator"))), 2, "without a number that always"),
        (Graph((START, result("end"), result("other", part="00000000"))), 2, "a part of the manual that is not"),
        (Graph((START, result("end"), question("other", "start", "end"))), 0, "“Which start?” leads back to itself"),
        (Graph((START, result("end"), question("other", "start", "end"))), 2, "“Which other?” leads back to itself"),
        (Graph((START, result("end"), question("other", "other", "end"))), 2, "“Which other?” leads back to itself"),
    ],
)
def test_fault_is_told_with_its_place(graph, index, said):
    found = faults(graph, {PART})
    assert [fault for fault in found if fault.index == index and said in fault.text], found


@pytest.mark.parametrize(("count", "is_refused"), [(MAX_ANSWERS, False), (MAX_ANSWERS + 1, True)])
def test_way_of_more_than_six_answers_is_refused_the_place_not_counted(count, is_refused):
    chain = [question(f"q{number}", f"q{number + 1}") for number in range(count)]
    graph = Graph((question("place", "q0", takes_place=True), *chain, result(f"q{count}")))
    assert [text for text in told(graph) if "more than 6 answers" in text] == (
        [f"“Do q{count}” takes more than 6 answers."] if is_refused else []
    )


def test_ladder_of_many_questions_is_looked_through_at_once():
    """Three answers to each of thirty questions make more ways than anybody can count."""
    ladder = [question(f"q{number}", f"q{number + 1}", "end", f"q{number + 2}") for number in range(30)]
    graph = Graph((*ladder, result("q30"), result("q31"), result("end")))
    assert all("more than 6 answers" in text for text in told(graph))
    assert Figure.of(graph).boxes


def test_figure_draws_each_node_once_to_the_right_of_what_leads_to_it():
    figure = Figure.of(GOOD)
    assert [box.node.name for box in figure.boxes] == [node.name for node in GOOD.nodes]
    assert {box.node.name: (box.x - 1) // (WIDTH + GAP) for box in figure.boxes} == {
        "start": 0,
        "where": 1,
        "last": 2,
        "end": 3,
        "other": 3,
    }
    assert len(figure.arrows) == 6  # of five answers, and of a place that is typed
    for box in figure.boxes:
        assert all(box.x < line.x < box.x + WIDTH for line in box.lines)
        assert all(box.y < line.y < box.y + box.height for line in box.lines)
    for one in figure.boxes:
        below = [box for box in figure.boxes if box.x == one.x and box.y > one.y]
        assert all(box.y >= one.y + one.height for box in below)


def test_figure_of_a_draft_may_lead_nowhere_and_round():
    figure = Figure.of(Graph((question("start", "start", "gone", "end"), result("end"))))
    assert len(figure.arrows) == 2
    assert figure.outline[0][1] == [("To start", 1), ("To gone", None), ("To end", 2)]
