"""The block of numbers against the plain model: whenever the line is closed it says so, and who answers instead."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from contacts.models import HoursStatus, OpeningException, OpeningHours, SupportLine
from contacts.opening_hours import STOCKHOLM
from contacts.who_to_call import CallRow, WhoToCall, who_to_call
from tests.contacts.hours_model import MINUTE, Model, cases
from tests.reading import words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SWEDISH = {
    "open": "Öppet nu",
    "closed": "Stängt",
    "meanwhile": "Till dess: 114 14 om det är bråttom",
    "otherwise": "Om ingen svarar: 114 14 om det är bråttom",
    "other hours": "Andra tider",
    "Flytt": "Flytt",
    "clock": "%H.%M",
    "months": [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ],
}
ENGLISH = {
    "open": "Open now",
    "closed": "Closed",
    "meanwhile": "Until then: 114 14 if it cannot wait",
    "otherwise": "If nobody answers: 114 14 if it cannot wait",
    "other hours": "Other hours",
    "Flytt": "Moving",
    "clock": "%H:%M",
    "months": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
LANGUAGES = [("sv", SWEDISH), ("en", ENGLISH)]


@st.composite
def entered(draw):
    """Draw what editors may enter, each exception with one stretch and no day twice, and a moment."""
    (weekly, exceptions, open_on_holidays), instant = draw(cases())
    assume(any(weekly.values()))
    kept = []
    for each in exceptions:
        if not any(each.first_day <= other.last_day and other.first_day <= each.last_day for other in kept):
            kept.append(replace(each, intervals=each.intervals[:1]))
    return (weekly, kept, open_on_holidays), instant


def store(weekly, exceptions, open_on_holidays) -> None:
    """Write the hours past the signals: what is found by search takes most of the time, and says nothing here."""
    line = SupportLine.objects.filter(level="advice")
    line.update(
        hours_status=HoursStatus.CONFIRMED,
        hours_confirmed_on=date(2026, 1, 1),
        open_on_holidays=open_on_holidays,
    )
    for model in (OpeningHours, OpeningException):
        model.objects.filter(line__in=line)._raw_delete(connection.alias)
    OpeningHours.objects.bulk_create(
        OpeningHours(line=line.get(), weekday=weekday, opens=each.opens, closes=each.closes)
        for weekday, spans in weekly.items()
        for each in spans
    )
    OpeningException.objects.bulk_create(
        OpeningException(
            line=line.get(),
            first_day=each.first_day,
            last_day=each.last_day,
            opens=each.intervals[0].opens if each.intervals else None,
            closes=each.intervals[0].closes if each.intervals else None,
            reason_sv=each.reason,
            reason_en=each.reason and ENGLISH[each.reason],
        )
        for each in exceptions
    )


def rendered(call: WhoToCall, rows: Sequence[CallRow]) -> list[Tag]:
    html = render_to_string("components/call_rows.html", {"call": call, "rows": rows})
    return BeautifulSoup(html, "html.parser").select(".call__row")


def assert_told(row: Tag, is_open: bool, said: dict) -> None:
    """Check what the row of the support line says of the moment, and how it looks."""
    assert words(row.select_one(".call__state")).startswith(said["open" if is_open else "closed"])
    assert len(row.select(".call__state--open")) == is_open  # which alone has a filled mark
    assert len(row.select(".call__state--closed")) == (not is_open)
    assert ("call__row--closed" in row["class"]) == (not is_open)
    assert [words(each) for each in row.select(".call__meanwhile")] == [said["meanwhile"]] * (not is_open)
    assert words(row.select_one(".call__otherwise")) == said["otherwise"]


@settings(max_examples=60, deadline=None)
@given(entered(), st.sampled_from(LANGUAGES))
def test_closed_line_is_marked_and_never_first_or_filled_and_who_answers_is_named(case, language):
    parts, instant = case
    store(*parts)
    model, (code, said) = Model(*parts), language
    with translation.override(code):
        for moment in (instant + count * MINUTE for count in range(-2, 3)):
            call, is_open = who_to_call(moment), model.is_open(moment)
            *before, advice = rendered(call, call.rows)
            assert [row.a["href"] for row in before] == ["tel:112", "tel:11414"]
            assert_told(advice, is_open, said)
            *before, advice = rendered(call, call.advice_rows)  # the block that editors place for the line alone
            assert [row.a["href"] for row in before] == ["tel:11414"] * (not is_open)
            assert_told(advice, is_open, said)
            assert not any(row.select(".call__state") for row in before)  # others always answer
        changes = model.state_at(instant)[1]
        state = rendered(call, who_to_call(instant).rows)[-1].select_one(".call__state")
        assert changes is None or f"{changes.astimezone(STOCKHOLM):{said['clock']}}" in words(state)


def days_in_words(first: date, last: date, months: list[str]) -> str:
    if first == last:
        return f"{first.day} {months[first.month - 1]}"
    month = "" if first.month == last.month else f" {months[first.month - 1]}"
    return f"{first.day}{month}–{last.day} {months[last.month - 1]}"


def times_in_words(minutes: set[int], clock: str) -> str:
    edges = (time(*divmod(minute % 1440, 60)) for minute in (min(minutes), max(minutes) + 1))
    return "–".join(f"{edge:{clock}}" for edge in edges)


@settings(max_examples=60, deadline=None)
@given(entered(), st.sampled_from(LANGUAGES))
def test_coming_days_are_told_with_their_reason(case, language):
    parts, instant = case
    store(*parts)
    model, (code, said) = Model(*parts), language
    for moment in (instant - MINUTE, instant):
        expected = []
        for first, last, minutes, reason in model.told(moment):
            days = days_in_words(first, last, said["months"])
            text = f"{said['closed']} {days}"
            if minutes:
                text = f"{said['other hours']} {days}: {times_in_words(minutes, said['clock'])}"
            expected.append(f"{text} ({said[reason]})" if reason else text)
        with translation.override(code):
            call = who_to_call(moment)
            assert [words(each) for each in rendered(call, call.rows)[-1].select(".call__coming")] == expected
