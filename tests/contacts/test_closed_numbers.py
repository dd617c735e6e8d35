"""At every minute a closed number says so and is never the first, and what answers instead is named before it."""

import os
from dataclasses import replace
from datetime import date

import pytest
import time_machine
from bs4 import BeautifulSoup, Tag
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.intervals import OtherHours
from contacts.models import (
    Coordinator,
    CoordinatorPhone,
    HoursStatus,
    Municipality,
    OpeningException,
    OpeningHours,
    SupportLine,
)
from contacts.opening_hours import STOCKHOLM
from tests.conftest import forget
from tests.contacts.closed_numbers import (
    DANGER,
    DAYTIME,
    OUT_OF_HOURS,
    URGENT,
    Truth,
    check_card,
    check_link,
    check_notice,
    links,
    number,
)
from tests.contacts.duty_model import counties, is_on_leave
from tests.contacts.hours_model import Model, cases
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

EXAMPLES = int(os.environ.get("DUTY_EXAMPLES", "60"))
MALMO = {"sv": "/kontakt/skane-lan/malmo/", "en": "/en/contact/skane-county/malmo/"}
ALL = {"sv": "/kontakt/alla/", "en": "/en/contact/all/"}


@st.composite
def situations(draw: st.DrawFn):
    """Draw the line's hours and a moment, who works in the county, the municipality's numbers and a language."""
    (weekly, drawn, open_on_holidays), instant = draw(cases())
    exceptions: list[OtherHours] = []
    for each in drawn:  # as editors can enter them: none within another, of one stretch of hours
        if not any(each.first_day <= other.last_day and other.first_day <= each.last_day for other in exceptions):
            exceptions.append(replace(each, intervals=each.intervals[:1]))
    parts = weekly, exceptions, open_on_holidays
    people = draw(counties(instant.astimezone(STOCKHOLM).date()))
    known = {"social_services_number": DAYTIME, "out_of_hours_number": OUT_OF_HOURS}
    numbers = {name: number for name, number in known.items() if draw(st.booleans())}
    return parts, draw(st.sampled_from(HoursStatus)), instant, people, numbers, draw(st.sampled_from(["sv", "en"]))


def set_hours(parts, status: HoursStatus) -> Model | None:
    """Give the support line hours; return their model, None where pages know none."""
    weekly, exceptions, open_on_holidays = parts
    line = SupportLine.objects.get(level="advice")
    confirmed_on = date(2026, 1, 1) if status == HoursStatus.CONFIRMED else None
    SupportLine.objects.filter(pk=line.pk).update(
        hours_status=status, hours_confirmed_on=confirmed_on, open_on_holidays=open_on_holidays
    )
    OpeningHours.objects.all().delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(line=line, weekday=day, opens=each.opens, closes=each.closes)
        for day, spans in weekly.items()
        for each in spans
    )
    for each in exceptions:
        opens, closes = (each.intervals[0].opens, each.intervals[0].closes) if each.intervals else (None, None)
        OpeningException.objects.bulk_create(
            [OpeningException(line=line, first_day=each.first_day, last_day=each.last_day, opens=opens, closes=closes)]
        )
    return Model(*parts) if any(weekly.values()) and status != HoursStatus.UNKNOWN else None


def set_people(county: list[Coordinator], everyone: list[Coordinator]) -> None:
    """Put coordinators into the database past the signals, which would write the search index each time."""
    Coordinator.objects.all().delete()
    deputies = [each.deputy for each in everyone]
    for each in everyone:
        each.pk, each.deputy = None, None
    Coordinator.objects.bulk_create(everyone)
    for each, deputy in zip(everyone, deputies, strict=True):
        each.deputy = deputy
    Coordinator.objects.bulk_update(everyone, ["deputy"])
    phones = [
        CoordinatorPhone(coordinator=each, number=phone.number, sort_order=phone.sort_order)
        for each in everyone
        for phone in each.phones.all()
    ]
    CoordinatorPhone.objects.bulk_create(phones)
    covers = Coordinator.counties.through
    covers.objects.bulk_create(
        covers(coordinator=each, county_id="12" if each in county or not each.live else "01") for each in everyone
    )


def check_cards(main: Tag, truth: Truth, language: str) -> None:
    """Check the cards of the county, and that who is on leave comes after who is not."""
    cards = {words(card.select_one(".coordinator__name")): card for card in main.select(".coordinator")}
    by_name = {each.name: each for each in truth.county}
    assert list(cards) == sorted(by_name, key=lambda name: is_on_leave(by_name[name], truth.day))
    for name, card in cards.items():
        check_card(card, by_name[name], truth, language)
    if not cards:
        assert truth.advice in map(number, links(main))


def check_place(page: BeautifulSoup, truth: Truth, numbers: dict[str, str], language: str) -> None:
    """Check the page of Malmö."""
    first, *_others = links(page)
    assert number(first) == DANGER
    assert first.find_parent(class_="call")
    section = page.select_one("#social-services")
    for link in links(section):
        check_link(link, truth.is_closed(number(link)), language)
    assert not truth.is_closed(number(links(section)[0]))
    meanwhile = {OUT_OF_HOURS} if "out_of_hours_number" in numbers else {DANGER, URGENT}
    assert {number(link) for link in links(section)} == meanwhile | set(numbers.values())
    advice = page.select_one(".call__row--advice")
    state = advice.select_one(".call__state")
    assert (state is None) == (truth.line is None)
    if state:
        assert bool(advice.select(".call__state--closed")) == truth.line_is_closed
        assert ("call__row--closed" in advice["class"]) == truth.line_is_closed
        assert bool(advice.select(".call__meanwhile:-soup-contains('114 14')")) == truth.line_is_closed
    assert number(links(page.select_one(".call__row--urgent"))[0]) == URGENT
    order = page.main.select("#social-services, .coordinator")
    assert order.index(section) == (0 if truth.office_is_closed else len(order) - 1)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(situations())
def test_every_number_says_whether_it_answers(client: Client, situation):
    parts, status, moment, (county, everyone), numbers, language = situation
    with transaction.atomic():
        truth = Truth(county, set_hours(parts, status), moment)
        set_people(county, everyone)
        Municipality.objects.filter(code="1280").update(**numbers, source="Växeln", checked_on=date(2026, 11, 20))
        with time_machine.travel(moment, tick=False):
            page = soup(client.get(MALMO[language]))
            check_place(page, truth, numbers, language)
            check_notice(page.main, truth)
            check_cards(page.main, truth, language)
            everywhere = soup(client.get(ALL[language])).main
            check_notice(everywhere, truth)
            check_cards(everywhere.select_one("section:has(#county-12)"), truth, language)
        transaction.set_rollback(True)
    forget()
