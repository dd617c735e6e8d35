"""Municipalities' numbers come from a CSV file: all of it, or nothing and every fault by row and column."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError
from django.test import Client
from wagtail.models import ModelLogEntry

from contacts.models import Municipality
from pages.models import site_version
from tests.contacts.importing import csv_file, faults, run
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

COMMAND = "import_municipality_numbers"
HEADER = "code,social_services_number,out_of_hours_number,website,source,checked_on\n"
MALMO = "1280,040-628 04 70,040-628 04 71,https://malmo.example.se/,Malmö stads webbplats,2026-11-20\n"
LUND = "1281,,040-628 04 12,,Samtal med växeln,2026-11-21\n"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC), tick=False):
        yield


def numbers(code: str) -> tuple[str, ...]:
    row = Municipality.objects.get(code=code)
    return (
        str((row.social_services_number and row.social_services_number.as_e164) or ""),
        str((row.out_of_hours_number and row.out_of_hours_number.as_e164) or ""),
        row.website,
        row.source,
        str(row.checked_on or ""),
    )


EMPTY = ("", "", "", "", "")
IMPORTED = ("+46406280470", "+46406280471", "https://malmo.example.se/", "Malmö stads webbplats", "2026-11-20")


@pytest.mark.any_database  # how a file is read
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_file_is_read_however_a_spreadsheet_writes_it(tmp_path, encoding, delimiter, newline):
    text = (HEADER + MALMO + LUND).replace(",", delimiter)
    printed = run(COMMAND, csv_file(tmp_path, text, encoding, newline))
    assert numbers("1280") == IMPORTED
    assert numbers("1281") == ("", "+46406280412", "", "Samtal med växeln", "2026-11-21")
    assert printed.strip().endswith(": 2")


def test_readers_see_the_numbers_at_once(tmp_path):
    version = site_version()
    run(COMMAND, csv_file(tmp_path, HEADER + MALMO))
    assert site_version() > version
    page = soup(Client().get("/kontakt/skane-lan/malmo/"))
    assert page.select_one("a[href='tel:+46-40-628-04-71']")
    assert "20 november 2026" in words(page)


@pytest.mark.any_database  # how a file is read
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9999,,,,Källa,2026-11-20\n", [(3, "code")]),
        (",,,,Källa,2026-11-20\n", [(3, "code")]),
        ("1281,040-1,,,Källa,2026-11-20\n", [(3, "social_services_number")]),
        ("1281,,ring oss,,Källa,2026-11-20\n", [(3, "out_of_hours_number")]),
        ("1281,,,lund,Källa,2026-11-20\n", [(3, "website")]),
        ("1281,,,javascript:alert(1),Källa,2026-11-20\n", [(3, "website")]),
        ("1281,040-628 04 12,,,,2026-11-20\n", [(3, "source")]),
        ("1281,040-628 04 12,,,Källa,\n", [(3, "source")]),
        ("1281,,,,Källa,20/11 2026\n", [(3, "checked_on")]),
        ("1281,,,,Källa,2026-11-25\n", [(3, "checked_on")]),
        (f"1281,,,,{'x' * 201},2026-11-20\n", [(3, "source")]),
        ("1280,,,,Källa,2026-11-20\n", [(3, "code")]),
        ("1281,x,y,z,Källa,i går\n", [(3, name) for name in HEADER.strip().split(",")[1:4]] + [(3, "checked_on")]),
        (
            "\n1281,x,,,Källa,2026-11-20\n,,,,,\n9999,,,,Källa,2026-11-20\n",
            [(4, "social_services_number"), (6, "code")],
        ),
        ("1281,,,,Källa\n", [(3, "")]),
        ("1281,,,,Källa,2026-11-20,mer\n", [(3, "")]),
        ('1281,,,,"Källa,2026-11-20\n', [(3, "")]),
        ('1281,,,,"Käl"la,2026-11-20\n', [(3, "")]),
        ("1281,,,,K\0lla,2026-11-20\n", [(3, "")]),
    ],
)
def test_fault_is_told_by_row_and_column_and_nothing_is_imported(tmp_path, text, expected):
    version = site_version()
    assert faults(COMMAND, csv_file(tmp_path, HEADER + MALMO + text, newline="\n")) == expected
    assert numbers("1280") == EMPTY
    assert site_version() == version
    assert not ModelLogEntry.objects.filter(action="contacts.import").exists()


@pytest.mark.any_database  # how a file is read
@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("code,source\n", [(1, "checked_on")]),
        ("code,source,checked_on,telefon\n", [(1, "telefon")]),
        ("code,code,source,checked_on\n", [(1, "code")]),
        ("", [(1, "code"), (1, "source"), (1, "checked_on")]),
    ],
)
def test_fault_of_the_header_is_told(tmp_path, header, expected):
    assert faults(COMMAND, csv_file(tmp_path, header)) == expected


def test_file_in_another_encoding_is_refused_with_the_row(tmp_path):
    assert faults(COMMAND, csv_file(tmp_path, HEADER + LUND.replace("ä", "e") + MALMO, "latin-1")) == [(3, "")]


def test_file_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(CommandError, match="No such file"):
        run(COMMAND, tmp_path / "ingen.csv")


def test_dry_run_checks_the_file_and_changes_nothing(tmp_path):
    version = site_version()
    assert "2" in run(COMMAND, csv_file(tmp_path, HEADER + MALMO + LUND), "--dry-run")
    assert numbers("1280") == EMPTY
    assert site_version() == version
    assert faults(COMMAND, csv_file(tmp_path, HEADER + "9999,,,,Källa,2026-11-20\n"), "--dry-run") == [(2, "code")]


def test_second_import_of_a_file_changes_nothing(tmp_path):
    run(COMMAND, csv_file(tmp_path, HEADER + MALMO))
    version, logged = site_version(), ModelLogEntry.objects.count()
    run(COMMAND, csv_file(tmp_path, HEADER + MALMO))
    assert (site_version(), ModelLogEntry.objects.count()) == (version, logged)


def test_column_that_is_left_out_stays_and_an_empty_cell_empties(tmp_path):
    run(COMMAND, csv_file(tmp_path, HEADER + MALMO))
    run(COMMAND, csv_file(tmp_path, "code;source;checked_on;website\n1280;Ny källa;2026-11-22;\n"))
    assert numbers("1280") == (*IMPORTED[:2], "", "Ny källa", "2026-11-22")


@pytest.mark.parametrize("day", ["2026-11-19", ""])
@pytest.mark.parametrize("changed", [("04 70", "04 79"), ("Malmö stads", "Andras")], ids=["number", "source"])
def test_older_numbers_do_not_replace_newer_ones(tmp_path, day, changed):
    run(COMMAND, csv_file(tmp_path, HEADER + MALMO))
    older = MALMO.replace("2026-11-20", day)
    column = "checked_on" if day else "source"  # which numbers without a day are told in
    assert faults(COMMAND, csv_file(tmp_path, HEADER + LUND + older.replace(*changed))) == [(3, column)]
    assert (numbers("1280"), numbers("1281")) == (IMPORTED, EMPTY)


@pytest.mark.parametrize("day", ["2026-11-20", "2026-11-21"])
def test_numbers_that_are_not_older_replace_what_is_there(tmp_path, day):
    run(COMMAND, csv_file(tmp_path, HEADER + MALMO))
    run(COMMAND, csv_file(tmp_path, HEADER + MALMO.replace("04 70", "04 79").replace("2026-11-20", day)))
    assert numbers("1280")[0] == "+46406280479"


def test_same_numbers_of_an_older_file_leave_the_day(tmp_path):
    run(COMMAND, csv_file(tmp_path, HEADER + MALMO))
    printed = run(COMMAND, csv_file(tmp_path, HEADER + MALMO.replace("2026-11-20", "2026-10-01")))
    assert ": 1" in printed
    assert numbers("1280") == IMPORTED


def test_code_whose_zero_a_spreadsheet_took_away_is_found(tmp_path):
    run(COMMAND, csv_file(tmp_path, HEADER + "114,08-465 004 10,,,Källa,2026-11-20\n"))
    assert numbers("0114")[0] == "+46846500410"


def test_number_that_was_guarded_against_spreadsheets_is_read(tmp_path):
    run(COMMAND, csv_file(tmp_path, HEADER + "1280,'+46 40 628 04 10,,,Källa,2026-11-20\n"))
    assert numbers("1280")[0] == "+46406280410"


def test_old_and_new_value_are_logged(tmp_path):
    run(COMMAND, csv_file(tmp_path, HEADER + LUND))
    run(COMMAND, csv_file(tmp_path, HEADER + LUND.replace("04 12", "04 13")))
    latest = ModelLogEntry.objects.for_instance(Municipality(code="1281")).first()
    assert (latest.action, latest.user) == ("contacts.import", None)
    assert latest.data == {"changes": {"out_of_hours_number": {"old": "+46406280412", "new": "+46406280413"}}}
