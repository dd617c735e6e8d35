"""What is said of the support line's hours at a moment, in both languages, from what editors enter."""

from datetime import date, datetime, time

import pytest
import time_machine
from bs4 import Tag
from django.test import Client

from contacts.models import HoursStatus, OpeningException, OpeningHours, SupportLine
from contacts.opening_hours import STOCKHOLM
from tests.contacts.editing import errors, line_form, send_form
from tests.reading import PAIRS, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LANGUAGES = ["sv", "en"]
HOME = dict(zip(LANGUAGES, PAIRS["home"], strict=True))
EXAMPLE = {"sv": "exempel", "en": "example"}
EXAMPLE_HOURS = {"sv": "exempel på tider", "en": "example hours"}
OTHERWISE = {"sv": "Om ingen svarar: 114 14 om det är bråttom", "en": "If nobody answers: 114 14 if it cannot wait"}
PLAIN = {"sv": "Vardagar, kontorstid", "en": "Weekdays, office hours"}


def keep(line: SupportLine, status: HoursStatus = HoursStatus.CONFIRMED, *exceptions: OpeningException) -> None:
    line.hours_status = status
    line.hours_confirmed_on = date(2026, 11, 20)
    line.opening_exceptions = exceptions
    line.save()


def row_at(client: Client, moment: str, language: str) -> Tag:
    """Return the support line's row of a start page, read at a moment in Stockholm."""
    with time_machine.travel(datetime.fromisoformat(moment).astimezone(STOCKHOLM), tick=False):
        return soup(client.get(HOME[language])).select_one(".call__row--advice")


def state_at(client: Client, moment: str, language: str) -> str:
    """Return what is said of now, without the weekly hours for paper."""
    parts = row_at(client, moment, language).select(".call__state, .call__meanwhile, .call__as-of")
    return " | ".join(map(words, parts))


# --- Hours that are not confirmed.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("moment", ["2026-11-24T14:32+01:00", "2026-11-28T03:00+01:00", "2026-12-25T12:00+01:00"])
def test_unknown_hours_are_told_in_words_and_no_state_is_computed(client, line, language, moment):
    keep(line, HoursStatus.UNKNOWN)
    assert line.opening_hours.exists()
    row = row_at(client, moment, language)
    name = {"sv": "Nationella stödtelefonen för yrkesverksamma", "en": "The national support line for professionals"}
    abroad = {"sv": "", "en": "From abroad: +46(0)20-390 000 "}
    expected = f"{name[language]} 020-390 000 {abroad[language]}{PLAIN[language]} {OTHERWISE[language]}"
    assert words(row).endswith(expected)


@pytest.mark.parametrize("language", LANGUAGES)
def test_confirmation_without_any_hours_computes_no_state(client, line, language):
    line.opening_hours = []
    keep(line, HoursStatus.CONFIRMED, OpeningException(first_day=date(2026, 11, 25), last_day=date(2026, 11, 25)))
    row = row_at(client, "2026-11-24T14:32+01:00", language)
    assert words(row).endswith(f"000 {PLAIN[language]} {OTHERWISE[language]}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_demonstration_hours_are_labelled_as_examples_and_confirmed_hours_with_the_date(client, line, language):
    week = {"sv": "måndag–fredag 08.00–16.00", "en": "Monday–Friday 08:00–16:00"}[language]
    row = row_at(client, "2026-12-23T14:32+01:00", language)
    assert words(row.select_one(".call__state > .call__example")) == f"({EXAMPLE[language]})"
    assert words(row.select_one(".call__coming > .call__example")) == f"({EXAMPLE[language]})"
    assert words(row.select_one(".call__hours")) == f"{week} ({EXAMPLE_HOURS[language]})"
    assert not row.select(".call__confirmed")
    keep(line, HoursStatus.CONFIRMED)
    row = row_at(client, "2026-12-23T14:32+01:00", language)
    assert EXAMPLE[language] not in words(row)
    assert words(row.select_one(".call__hours")) == week
    confirmed = {"sv": "Tiderna bekräftade 20 november 2026", "en": "Hours confirmed 20 November 2026"}
    assert words(row.select_one(".call__confirmed")) == confirmed[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_example_hours_are_none_on_a_live_site(client, settings, language):
    settings.SITE_LIVE = True
    row = row_at(client, "2026-12-23T14:32+01:00", language)
    assert words(row).endswith(f"000 {PLAIN[language]} {OTHERWISE[language]}")


# --- State at a moment: the demonstration's hours, Monday to Friday from 8 to 16.

STATES = [
    ("2026-11-24T14:32+01:00", "Öppet nu – stänger 16.00", "Open now – closes 16:00"),
    ("2026-11-24T08:00+01:00", "Öppet nu – stänger 16.00", "Open now – closes 16:00"),
    ("2026-11-24T15:59:59+01:00", "Öppet nu – stänger 16.00", "Open now – closes 16:00"),
    ("2026-11-24T06:10+01:00", "Stängt – öppnar 08.00", "Closed – opens 08:00"),
    ("2026-11-24T16:00+01:00", "Stängt – öppnar onsdag 08.00", "Closed – opens Wednesday 08:00"),
    ("2026-11-27T16:05+01:00", "Stängt – öppnar måndag 08.00", "Closed – opens Monday 08:00"),
    ("2026-11-29T12:00+01:00", "Stängt – öppnar måndag 08.00", "Closed – opens Monday 08:00"),
    # Stockholm, wherever the server and the reader are.
    ("2026-07-01T06:00+00:00", "Öppet nu – stänger 16.00", "Open now – closes 16:00"),
    ("2026-07-01T14:00+00:00", "Stängt – öppnar torsdag 08.00", "Closed – opens Thursday 08:00"),
    ("2026-06-30T22:30+00:00", "Stängt – öppnar 08.00", "Closed – opens 08:00"),
    # Långfredagen, midsommarafton, and julafton before two holidays and a weekend.
    ("2026-04-03T10:00+02:00", "Stängt – öppnar tisdag 08.00", "Closed – opens Tuesday 08:00"),
    ("2026-06-19T10:00+02:00", "Stängt – öppnar måndag 08.00", "Closed – opens Monday 08:00"),
    ("2026-12-24T10:00+01:00", "Stängt – öppnar måndag 08.00", "Closed – opens Monday 08:00"),
]


@pytest.mark.parametrize(("moment", "swedish", "english"), STATES)
def test_state_is_told_with_what_comes_next(client, moment, swedish, english):
    local = datetime.fromisoformat(moment).astimezone(STOCKHOLM)
    meanwhile = {"sv": "Till dess: 114 14 om det är bråttom | ", "en": "Until then: 114 14 if it cannot wait | "}
    for language, state in (("sv", swedish), ("en", english)):
        as_of = {"sv": f"Uppdaterat {local:%H.%M}", "en": f"As of {local:%H:%M}"}[language]
        closed = "" if state.startswith(("Öppet", "Open")) else meanwhile[language]
        assert state_at(client, moment, language) == f"{state} ({EXAMPLE[language]}) | {closed}{as_of}"


@pytest.mark.parametrize(
    ("exception", "moment", "swedish", "english"),
    [
        ("2026-11-24", "2026-11-24T14:32+01:00", "öppnar onsdag 08.00", "opens Wednesday 08:00"),
        ("2026-11-24 10:00 15:00", "2026-11-24T09:00+01:00", "öppnar 10.00", "opens 10:00"),
        ("2026-11-24 10:00 15:00", "2026-11-24T14:32+01:00", "stänger 15.00", "closes 15:00"),
        ("2026-11-24 22:00 00:00", "2026-11-24T23:00+01:00", "stänger onsdag 00.00", "closes Wednesday 00:00"),
        ("2026-12-24 08:00 12:00", "2026-12-24T09:00+01:00", "stänger 12.00", "closes 12:00"),
        ("2026-11-28 09:00 11:00", "2026-11-27T18:00+01:00", "öppnar lördag 09.00", "opens Saturday 09:00"),
        # A week away "Monday" would be taken for the next one.
        ("2027-03-01–2027-03-05", "2027-02-27T12:00+01:00", "öppnar måndag 8 mars 08.00", "opens Monday 8 March 08:00"),
        ("2027-03-02–2027-03-05", "2027-03-01T18:00+01:00", "öppnar måndag 8 mars 08.00", "opens Monday 8 March 08:00"),
        ("2027-03-02–2027-03-05", "2027-03-02T18:00+01:00", "öppnar måndag 08.00", "opens Monday 08:00"),
    ],
)
def test_exception_goes_before_the_weekly_hours_and_holidays(client, line, exception, moment, swedish, english):
    days, *times = exception.split()
    first, _dash, last = days.partition("–")
    row = OpeningException(
        first_day=first, last_day=last or first, **dict(zip(("opens", "closes"), times, strict=False))
    )
    keep(line, HoursStatus.CONFIRMED, row)
    assert f"– {swedish}" in state_at(client, moment, "sv").split(" | ")[0]
    assert f"– {english}" in state_at(client, moment, "en").split(" | ")[0]


def test_line_that_is_open_on_holidays_says_so(client, line):
    line.open_on_holidays = True
    keep(line)
    assert state_at(client, "2026-12-24T10:00+01:00", "en").startswith("Open now – closes 16:00")


def test_line_that_never_closes_names_no_change(client, line):
    line.opening_hours = [OpeningHours(weekday=day, opens=time(0), closes=time(0)) for day in range(7)]
    line.open_on_holidays = True
    keep(line)
    assert state_at(client, "2026-11-24T14:32+01:00", "en") == "Open now | As of 14:32"


# --- The editor's form.


def test_editor_confirms_hours_and_readers_get_a_state(client, editor, line):
    keep(line, HoursStatus.UNKNOWN)
    changes = {"hours_status": "confirmed", "hours_confirmed_on": "2026-11-24"}
    changes |= {"opening_hours-1-opens": "09:30", "opening_hours-1-closes": "15:00"}
    assert send_form(editor(), line_form(line), changes).status_code == 302
    assert state_at(client, "2026-11-24T14:32+01:00", "sv") == "Öppet nu – stänger 15.00 | Uppdaterat 14.32"
    assert words(row_at(client, "2026-11-24T14:32+01:00", "en").select_one(".call__hours")) == (
        "Monday 08:00–16:00; Tuesday 09:30–15:00; Wednesday–Friday 08:00–16:00"
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"opening_hours-0-opens": "16:00", "opening_hours-0-closes": "08:00"},
        {"opening_hours-0-opens": "08:00", "opening_hours-0-closes": "08:00"},
        {"opening_hours-0-opens": ""},
        {"opening_hours-0-opens": "08:00:30"},
        {"opening_hours-0-weekday": "7"},
    ],
)
def test_hours_that_make_no_sense_are_refused(client, editor, line, changes):
    assert errors(send_form(editor(), line_form(line), changes))
    assert state_at(client, "2026-11-23T08:10+01:00", "sv").startswith("Öppet nu – stänger 16.00")
