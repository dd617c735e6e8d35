"""What the bench tells of its figures, and of two runs."""

import pytest

from tests.bench.compare import lines
from tests.bench.results import Results, is_missed


@pytest.mark.parametrize(
    ("shown", "wanted", "missed"),
    [
        (0.8, ">= 0.80", False),
        (0.799, ">= 0.80", True),
        (60, "<= 60", False),
        (61, "<= 60", True),
        (61, "", False),
    ],
)
def test_figure_that_is_not_as_wanted_is_marked(shown, wanted, missed):
    assert is_missed(shown, wanted) is missed


def run(**figures: tuple[list[float], str]) -> dict:
    results = Results()
    for name, (values, wanted) in figures.items():
        results.add(name, values, "ms", wanted)
    return results.rows


def test_table_has_the_median_and_the_mark(capsys):
    run(fast=([1.0, 2.0, 30.0], "<= 3"), slow=([5.0], "<= 3"))
    fast, slow = capsys.readouterr().out.splitlines()
    assert fast.split() == ["fast", "2.000", "ms", "<=", "3"]
    assert slow.split() == ["slow", "5.000", "ms", "<=", "3", "MISSED"]


def test_two_runs_are_compared_figure_by_figure():
    before = run(page=([10.0, 11.0, 12.0], "<= 9"), noise=([1.0, 3.0], ""), gone=([1.0], ""), none=([0.0], ""))
    after = run(page=([5.0, 5.5, 6.0], "<= 5"), noise=([2.0, 2.5], ""), new=([1.0], ""), none=([0.0], ""))
    told = {line.split()[0]: line.split()[1:] for line in lines(before, after)}
    assert told["page"] == ["11.000", "5.500", "-50.0%", "MISSED"]
    assert told["noise"] == ["2.000", "2.250", "+12.5%", "may", "be", "chance"]
    assert told["gone"] == ["only", "before"]
    assert told["new"] == ["only", "after"]
    assert told["none"] == ["0.000", "0.000", "may", "be", "chance"]
