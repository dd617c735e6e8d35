"""Every way through the guide, in both languages, at seven moments, for five places and none."""

import re
from functools import cache

import pytest
import time_machine
from bs4 import BeautifulSoup, SoupStrainer, Tag
from django.test import Client
from django.utils.translation import override

from contacts.guide.addresses import Addresses
from contacts.guide.graph import Result
from contacts.models import Coordinator, GuidePage, Municipality
from contacts.places import place_with_code
from tests.contacts.guide.graphs import every_visit
from tests.reading import NUMBERS, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.long]

MOMENTS = {
    "working day": "2026-11-24T10:00+01:00",
    "evening": "2026-11-24T19:30+01:00",
    "night": "2026-11-25T02:14+01:00",
    "Christmas Eve": "2026-12-24T10:00+01:00",
    "clocks go forward": "2027-03-28T03:00+02:00",
    "clocks go back": "2026-10-25T02:30+01:00",
    "minute of closing": "2026-11-24T16:00+01:00",
}
OPEN = {"working day"}
# A municipality with both numbers and one without, one whose coordinator is on leave, one of many, and a county.
WITH_NUMBERS, ON_LEAVE, COUNTY = "2580", "1280", "01"
PLACES = ["", WITH_NUMBERS, ON_LEAVE, "1480", "0114", COUNTY]
MAIN = SoupStrainer("main")  # the rest takes as long to be read
OPENS = {"sv": "öppnar", "en": "opens"}
NOT_THERE = {"sv": "stängt nu|ledig", "en": "closed now|leave"}
ALWAYS = {target for number, target in NUMBERS.items() if number != "020-390 000"}
DAY, NIGHT = "tel:+46-980-31-92-30", "tel:+46-980-31-92-40"


@pytest.fixture
def places(db: None) -> None:
    municipality = Municipality.objects.get(code=WITH_NUMBERS)
    municipality.social_services_number, municipality.out_of_hours_number = "0980-31 92 30", "0980-31 92 40"
    municipality.source, municipality.checked_on = "kommunen", "2026-11-20"
    municipality.save()
    for coordinator in Coordinator.objects.filter(counties="12"):
        coordinator.leave_from, coordinator.leave_until = "2026-10-01", "2027-04-30"
        coordinator.save()


@cache
def part_is_there(address: str) -> bool:
    page, _hash, anchor = address.partition("#")
    return soup(Client().get(page)).find(id=anchor) is not None


def first_numbers(calls: Tag) -> list[str]:
    """Return the numbers of what is to be called first."""
    first = calls.find("li", recursive=False)
    return [link["href"] for link in first.select('a[href^="tel:"]')] if isinstance(first, Tag) else []


def assert_answers(main: Tag, language: str, result: Result, moment: str, code: str) -> None:
    calls = main.select_one(".guide-calls")
    assert calls
    shown = [link["href"] for link in calls.select('a[href^="tel:"]')]
    assert ALWAYS & set(shown)
    first = calls.find("li", recursive=False)
    assert isinstance(first, Tag)
    numbers = first_numbers(calls)
    assert numbers
    assert not first.select(".call__row--closed, .call__state--closed")
    if moment not in OPEN:
        # A coordinator's number is closed, and that of social services which have gone home is not the first of theirs.
        assert not first.select(".coordinator")
        assert set(numbers) <= {*ALWAYS, NIGHT, DAY}
        assert numbers[0] in {*ALWAYS, NIGHT}
    closed = [row for row in calls.select(".call__row--advice") if "call__row--closed" in row["class"]]
    assert len(closed) == (moment not in OPEN and "advice" in result.numbers)
    assert all(OPENS[language] in words(row) for row in closed)
    if code == WITH_NUMBERS and result.numbers[0] == "social-services":
        assert numbers[0] == (DAY if moment in OPEN else NIGHT)
    if code and "coordinator" in result.numbers:
        people = calls.select(".coordinator")
        assert people
        names = [words(name) for name in calls.select(".coordinator__name")]
        assert len(set(names)) == len(names) == len(people)
        assert all(re.search(NOT_THERE[language], words(each)) for each in people if moment not in OPEN)
    if code == ON_LEAVE and "coordinator" in result.numbers:
        assert calls.select(".coordinator__leave .coordinator__stand-in")


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("language", "moment"),
    [
        # A landing walks in one language at each moment, the drills in the other one.
        pytest.param(language, moment, marks=() if (number + (language == "en")) % 2 else pytest.mark.drill)
        for language in ("sv", "en")
        for number, moment in enumerate(MOMENTS)
    ],
)
def test_every_way_ends_with_a_number_that_answers_and_a_part_that_exists(client, language, moment):
    page = GuidePage.objects.get(locale__language_code=language)
    ends = [visit for visit in every_visit(page.graph) if isinstance(visit.node, Result)]
    assert len(ends) == 36
    walked = 0
    with time_machine.travel(MOMENTS[moment], tick=False), override(language):
        for visit in ends:
            assert sum(not question.takes_place for question, _answer in visit.given) <= 6
            for code in PLACES if visit.has_passed_place else PLACES[:1]:
                place = place_with_code(code)
                assert bool(place) == bool(code)
                response = client.get(Addresses(page.url, place).of(visit).partition("#")[0])
                main = BeautifulSoup(response.content, "html.parser", parse_only=MAIN).main
                assert isinstance(main, Tag)
                assert words(main.h1) == visit.node.heading
                assert_answers(main, language, visit.node, moment, code)
                parts = [link["href"] for link in main.select(".page-list a")]
                assert len(parts) == len(visit.node.parts)
                assert all(map(part_is_there, parts))
                assert 1 <= len(main.select(".steps__list > li")) <= 3
                walked += 1
    assert walked == 3 + 33 * len(PLACES)
