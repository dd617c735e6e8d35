"""Who answers for a coordinator on leave: by examples, and against a plain model."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.models import Coordinator, CoordinatorPhone
from contacts.standing_in import Standing, answers_on, standings
from tests.contacts.duty_model import AGES, DAY, can_be_reached, counties, is_on_leave, who_answers, works_with

TODAY = date(2026, 12, 1)
LEAVE = {"leave_from": TODAY, "leave_until": TODAY}


def person(name: str, group: str = "both", **fields) -> Coordinator:
    made = Coordinator(name=name, target_group=group, **fields)
    made.phones = [CoordinatorPhone(number="040-628 04 99")]
    return made


def told(county: list[Coordinator], day: date = TODAY) -> dict[str, list[tuple[str, str | None]]]:
    """Return by name, in order, who stands in for which group."""
    return {
        each.coordinator.name: [
            (stand_in.group.value, stand_in.person and stand_in.person.name) for stand_in in each.stand_ins
        ]
        for each in standings(county, day)
    }


def test_nobody_stands_in_for_who_is_at_work():
    assert told([person("A"), person("B", deputy=person("D"))]) == {"A": [], "B": []}


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 11, 30), False), (date(2026, 12, 1), True), (date(2026, 12, 20), True), (date(2026, 12, 21), False)],
)
def test_leave_holds_on_both_its_ends(day, expected):
    someone = person("A", leave_from=date(2026, 12, 1), leave_until=date(2026, 12, 20))
    (found,) = standings([someone], day)
    assert found.is_on_leave is expected


@pytest.mark.parametrize("group", ["adults", "children", "both"])
@pytest.mark.parametrize("deputys", ["adults", "children", "both"])
def test_deputy_stands_in_for_all_whoever_the_deputy_works_with(group, deputys):
    deputy = person("D", deputys)
    assert told([person("A", group, deputy=deputy, **LEAVE), person("B")])["A"] == [(group, "D")]


def without_number(name: str) -> Coordinator:
    made = person(name)
    made.phones = []
    return made


@pytest.mark.parametrize(
    "deputy",
    [
        None,
        person("D", live=False),
        person("D", live=False, left_on=TODAY),
        person("D", left_on=TODAY),
        person("D", **LEAVE),
        person("D", deputy=person("E"), **LEAVE),  # no chain: nobody has agreed to stand in for two
        without_number("D"),
    ],
)
def test_deputy_who_cannot_answer_gives_way_to_the_next_of_the_county(deputy):
    assert told([person("A", deputy=deputy, **LEAVE), person("B")]) == {"B": [], "A": [("both", "B")]}
    assert told([person("A", deputy=deputy, **LEAVE)]) == {"A": [("both", None)]}


def test_deputies_of_each_other_who_are_both_on_leave_end_at_the_line():
    first, second = person("A", **LEAVE), person("B", **LEAVE)
    first.deputy, second.deputy = second, first
    assert told([first, second]) == {"A": [("both", None)], "B": [("both", None)]}


def test_deputy_of_oneself_ends_at_the_line():
    alone = person("A", **LEAVE)
    alone.deputy = alone
    assert told([alone]) == {"A": [("both", None)]}


def test_next_in_order_stands_in_and_after_the_last_the_first():
    county = [person("A"), person("B", **LEAVE), person("C"), person("D", **LEAVE)]
    assert told(county) == {"A": [], "C": [], "B": [("both", "C")], "D": [("both", "A")]}


def test_only_who_works_with_the_group_stands_in():
    county = [person("A", "adults", **LEAVE), person("B", "children"), person("C", "both")]
    assert told(county)["A"] == [("adults", "C")]
    assert told(county[:2])["A"] == [("adults", None)]


def test_children_and_adults_may_have_different_stand_ins():
    both = person("A", **LEAVE)
    assert told([both, person("B", "adults"), person("C", "children")])["A"] == [("adults", "B"), ("children", "C")]
    assert told([both, person("B", "children")])["A"] == [("adults", None), ("children", "B")]
    assert told([both, person("B", "adults"), person("C", "both")])["A"] == [("adults", "B"), ("children", "C")]


def test_who_is_on_leave_comes_last_and_the_order_stays():
    county = [person("A", **LEAVE), person("B"), person("C", **LEAVE), person("D")]
    assert list(told(county)) == ["B", "D", "A", "C"]


def answers(found: list[Standing]) -> dict[tuple[str, str], str | None]:
    return {
        (each.coordinator.name, age): stand_in.person and stand_in.person.name
        for each in found
        for stand_in in each.stand_ins
        for age in AGES
        if stand_in.group in {age, "both"}
    }


@settings(max_examples=600, deadline=None)
@given(counties(TODAY), st.integers(-4, 6))
def test_answers_are_those_of_the_model(drawn, days):
    (county, _everyone), day = drawn, TODAY + days * DAY
    found = standings(county, day)
    assert answers(found) == who_answers(county, day)
    assert {each.coordinator.name: each.is_on_leave for each in found} == {
        each.name: is_on_leave(each, day) for each in county
    }


@settings(max_examples=600, deadline=None)
@given(counties(TODAY))
def test_who_stands_in_can_be_reached_and_is_the_deputy_or_works_with_the_group(drawn):
    county, _everyone = drawn
    for each in standings(county, TODAY):
        for stand_in in each.stand_ins:
            if stand_in.person is None:
                continue
            assert answers_on(stand_in.person, TODAY)
            assert can_be_reached(stand_in.person, TODAY)
            ages = [age for age in AGES if stand_in.group in {age, "both"}]
            is_colleague = stand_in.person in county and all(works_with(stand_in.person, age) for age in ages)
            assert is_colleague or stand_in.person is each.coordinator.deputy
