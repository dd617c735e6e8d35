"""Closed periods and other hours: entered by an editor as ranges, told to readers a week before."""

import re
from datetime import date, datetime

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from contacts.models import HoursStatus, OpeningException, SupportLine
from contacts.opening_hours import STOCKHOLM
from tests.contacts.editing import errors, line_form, send_form
from tests.reading import PAIRS, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

CHRISTMAS = {
    "first_day": "2026-12-24",
    "last_day": "2027-01-02",
    "reason_sv": "Julledigt",
    "reason_en": "Christmas holidays",
}


def exceptions(*rows: dict[str, str]) -> dict[str, str]:
    """Return the fields of so many rows of the form."""
    fields = {f"opening_exceptions-{number}-{name}": row[name] for number, row in enumerate(rows) for name in row}
    return {"opening_exceptions-TOTAL_FORMS": str(len(rows)), **fields}


def told(client: Client, moment: str, kind: str = "home") -> list[list[str]]:
    """Return what each block of the Swedish and of the English page of a kind says of the coming days.

    At a moment in Stockholm; every block of a page says the same.
    """
    with time_machine.travel(datetime.fromisoformat(moment).replace(tzinfo=STOCKHOLM), tick=False):
        pages = [soup(client.get(address)) for address in PAIRS[kind]]
    said = [[[*map(words, row.select(".call__coming"))] for row in page.select(".call__row--advice")] for page in pages]
    assert all(block == blocks[0] for blocks in said for block in blocks)
    return [blocks[0] for blocks in said]


@pytest.fixture
def confirmed(line: SupportLine) -> SupportLine:
    line.hours_status, line.hours_confirmed_on = HoursStatus.CONFIRMED, date(2026, 11, 20)
    line.save()
    return line


@pytest.mark.parametrize("kind", ["home", "step", "county"])
def test_closed_period_is_told_from_seven_days_before_until_its_last_midnight(client, editor, confirmed, kind):
    assert send_form(editor(), line_form(confirmed), exceptions(CHRISTMAS)).status_code == 302
    period = [["Stängt 24 december–2 januari (Julledigt)"], ["Closed 24 December–2 January (Christmas holidays)"]]
    epiphany = [["Stängt 6 januari"], ["Closed 6 January"]]
    both = [[*first, *second] for first, second in zip(period, epiphany, strict=True)]
    assert told(client, "2026-12-16T23:59:59", kind) == [[], []]
    assert told(client, "2026-12-17T00:00", kind) == period
    assert told(client, "2026-12-29T12:00", kind) == period
    assert told(client, "2027-01-02T23:59:59", kind) == both
    assert told(client, "2027-01-03T00:00", kind) == epiphany


@pytest.mark.parametrize("address", ["/manual/kopia/html/", "/en/manual/copy/html/"])
def test_file_that_is_kept_tells_the_hours_and_neither_state_nor_coming_days(
    client, confirmed, address, tmp_path, settings
):
    settings.DATA_DIR = tmp_path
    with time_machine.travel(datetime(2026, 12, 24, 12, tzinfo=STOCKHOLM), tick=False):
        html = BeautifulSoup(b"".join(client.get(address).streaming_content), "html.parser")
    row = html.select_one(".call__row--advice")
    assert not row.select(".call__state, .call__as-of, .call__meanwhile, .call__coming")
    assert "call__row--closed" not in row["class"]
    assert re.search(r"08[.:]00–16[.:]00", words(row.select_one(".call__lasting--shown")))


def test_last_day_left_empty_is_the_first(client, editor, confirmed):
    row = {"first_day": "2026-11-24", "last_day": "", "reason_sv": "Flytt", "reason_en": "Moving"}
    assert send_form(editor(), line_form(confirmed), exceptions(row)).status_code == 302
    assert OpeningException.objects.get().last_day == date(2026, 11, 24)
    assert told(client, "2026-11-24T12:00") == [["Stängt 24 november (Flytt)"], ["Closed 24 November (Moving)"]]


def test_other_hours_are_told_with_their_times(client, editor, confirmed):
    row = {"first_day": "2026-11-23", "last_day": "2026-11-29", "opens": "09:00", "closes": "12:00"}
    assert send_form(editor(), line_form(confirmed), exceptions(row)).status_code == 302
    assert told(client, "2026-11-20T12:00") == [
        ["Andra tider 23–27 november: 09.00–12.00"],
        ["Other hours 23–27 November: 09:00–12:00"],
    ]


def test_holidays_that_nobody_entered_are_told_and_those_of_the_demonstration_marked(client, line):
    christmas = ["Stängt 24–25 december (exempel)"], ["Closed 24–25 December (example)"]
    assert told(client, "2026-12-20T12:00") == list(christmas)
    line.open_on_holidays = True
    line.save()
    assert told(client, "2026-12-20T12:00") == [[], []]


def test_hours_that_are_not_known_have_no_coming_days(client, line):
    line.hours_status = HoursStatus.UNKNOWN
    line.opening_exceptions = [OpeningException(first_day=date(2026, 12, 24), last_day=date(2026, 12, 30))]
    line.save()
    assert told(client, "2026-12-20T12:00") == [[], []]


@pytest.mark.parametrize(
    ("rows", "swedish", "english"),
    [
        (
            [{"first_day": "2026-12-24", "last_day": "2026-12-23"}],
            "Den sista dagen är före den första.",
            "The last day is before the first.",
        ),
        ([{"first_day": "2026-12-24", "last_day": "2206-12-26"}], "mer än ett år", "more than a year"),
        ([{"first_day": "2026-12-24", "last_day": "2027-12-25"}], "mer än ett år", "more than a year"),
        ([{"first_day": "24/12", "last_day": ""}], "giltigt datum", "valid date"),
        ([{"first_day": "", "last_day": "2026-12-26"}], "obligatoriskt", "required"),
        ([{"first_day": "2026-12-24", "opens": "10:00"}], "båda tiderna", "both times"),
        ([{"first_day": "2026-12-24", "opens": "10:00", "closes": "09:00"}], "i ordning", "in order"),
        # Two rows for one day.
        (
            [{"first_day": "2026-12-26", "last_day": ""}, CHRISTMAS],
            "2026-12-24–2027-01-02 står redan på en annan rad.",
            "Another row holds 2026-12-24–2027-01-02.",
        ),
        (
            [{"first_day": "2026-12-24", "last_day": ""}, {"first_day": "2026-12-24", "last_day": ""}],
            "2026-12-24 står redan",
            "Another row holds 2026-12-24.",
        ),
        (
            [CHRISTMAS, {"first_day": "2026-12-27"}, {"first_day": "2027-01-02", "last_day": "2027-01-08"}],
            "En dag kan bara stå på en rad. | 2026-12-24–2027-01-02 står redan på en annan rad.",
            "A day can be in one row only. | Another row holds 2026-12-24–2027-01-02.",
        ),
    ],
)
def test_rows_that_make_no_sense_are_refused_with_a_message(editor, line, rows, swedish, english):
    for language, message in (("sv", swedish), ("en", english)):
        assert message in errors(send_form(editor(language), line_form(line), exceptions(*rows)))
    assert not OpeningException.objects.exists()


def test_ranges_side_by_side_and_a_range_of_a_year_are_accepted(editor, line):
    rows = [
        {"first_day": "2026-12-25", "last_day": "2027-12-25"},
        {"first_day": "2026-12-24"},
        {"first_day": "2027-12-26", "last_day": "2027-12-27"},
    ]
    assert send_form(editor(), line_form(line), exceptions(*rows)).status_code == 302
    assert OpeningException.objects.count() == 3


def test_row_that_is_deleted_or_moved_makes_room(editor, line):
    assert send_form(editor(), line_form(line), exceptions(CHRISTMAS)).status_code == 302
    admin = editor("en")
    again = {"first_day": "2026-12-26", "last_day": "2026-12-27"}
    form = {"opening_exceptions-TOTAL_FORMS": "2"} | {
        f"opening_exceptions-1-{name}": value for name, value in again.items()
    }
    assert "Another row" in errors(send_form(admin, line_form(line), form))
    assert send_form(admin, line_form(line), form | {"opening_exceptions-0-DELETE": "1"}).status_code == 302
    assert [str(row) for row in OpeningException.objects.all()] == ["2026-12-26–2026-12-27"]


def test_without_confirmed_hours_the_advice_block_names_who_else_answers(client, line):
    line.hours_status = HoursStatus.UNKNOWN
    line.save()
    for address, text in zip(PAIRS["home"], ["Om ingen svarar: 114 14", "If nobody answers: 114 14"], strict=True):
        assert text in words(soup(client.get(address)).select_one(".call__row--advice .call__lasting--shown"))
