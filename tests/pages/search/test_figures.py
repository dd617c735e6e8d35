"""No kind of judged query is answered worse than was measured last."""

import json

import pytest

from tests.pages.search.figures import FIGURES, figures, points

FALL = 2  # points


@pytest.mark.django_db
@pytest.mark.any_database  # from words in memory, whose order `test_queries.py` compares on each
def test_no_kind_of_query_falls_by_more_than_two_points():
    """Where it is meant: `uv run python -m tests.pages.search.figures --write`."""
    before, now = json.loads(FIGURES.read_text(encoding="utf-8")), figures()
    assert now.keys() == before.keys()
    worse = {
        (kind, name): (value, now[kind][name])
        for kind, row in before.items()
        for name, value in row.items()
        if (now[kind][name] - value if name == "nothing" else value - now[kind][name]) > FALL
    }
    assert worse == {}


def test_figures_of_one_query():
    grades = {"/a/": 3, "=/b/": 2, "#p-1": 1}
    assert points(["/x/a/", "/b/", "/c/#p-1"], grades) == {"first": 100, "three": 100, "ndcg": 100, "nothing": 0}
    late = points(["/c/b/", "/c/#p-1", "/b/"], grades)
    assert (late["first"], late["three"], late["nothing"]) == (0, 100, 0)
    assert 0 < late["ndcg"] < 50
    assert points([], grades) == {"first": 0, "three": 0, "ndcg": 0, "nothing": 100}
    assert points(["/c/#p-1"], {"#p-1": 1})["first"] == 100
