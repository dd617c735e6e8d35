"""Coordinators' entries come from a CSV file: as drafts unless it says otherwise, and never over somebody's own."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from wagtail.models import ModelLogEntry

from contacts.activation import deactivate
from contacts.models import Coordinator
from pages.models import site_version
from tests.contacts.importing import csv_file, faults, run
from tests.contacts.sign_ins import signing_in
from tests.factories import coordinator
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

COMMAND = "import_coordinators"
HEADER = "name;role_sv;employer;target_group;counties;phones;email;note_sv;publish\n"
ADA = (
    "Ada Ek;Regionkoordinator;Lunds kommun;both;12, 13;040-628 04 70, mobile 070-174 06 70;"
    "ada@example.se;Mest förmiddagar;{}\n"
)
ADA_DRAFT, ADA_PUBLISHED = ADA.format(""), ADA.format("yes")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC), tick=False):
        yield


def ada() -> Coordinator:
    return Coordinator.objects.get(email="ada@example.se")


def draft(entry: Coordinator) -> Coordinator:
    return Coordinator.objects.get(pk=entry.pk).get_latest_revision_as_object()


def phones(entry: Coordinator) -> list[tuple[str, str]]:
    return [(phone.kind, phone.number.as_e164) for phone in entry.phones.all()]


def actions(entry: Coordinator) -> list[str]:
    return list(ModelLogEntry.objects.for_instance(entry).order_by("pk").values_list("action", flat=True))


def test_new_entry_is_a_draft_that_nobody_sees(tmp_path):
    run(COMMAND, csv_file(tmp_path, HEADER + ADA_DRAFT))
    entry = ada()
    assert (entry.live, entry.has_unpublished_changes, entry.user, entry.is_example) == (False, True, None, False)
    assert draft(entry).note_sv == "Mest förmiddagar"
    assert "Ada Ek" not in words(soup(Client().get("/kontakt/skane-lan/")))
    assert actions(entry) == ["contacts.import"]


def test_new_entry_is_published_when_the_file_says_so(tmp_path):
    version = site_version()
    run(COMMAND, csv_file(tmp_path, HEADER + ADA_PUBLISHED, "utf-8-sig"))
    entry = ada()
    assert (entry.name, entry.role_sv, entry.employer, entry.target_group) == (
        "Ada Ek",
        "Regionkoordinator",
        "Lunds kommun",
        "both",
    )
    assert phones(entry) == [("direct", "+46406280470"), ("mobile", "+46701740670")]
    assert {county.code for county in entry.counties.all()} == {"12", "13"}
    for address in ("/kontakt/skane-lan/", "/kontakt/hallands-lan/"):
        assert "040-628 04 70" in words(soup(Client().get(address)))
    assert site_version() > version
    assert actions(entry) == ["contacts.import", "wagtail.publish"]


def test_entry_is_found_again_by_its_email_and_keeps_what_the_file_does_not_name(tmp_path):
    deputy = coordinator(name="Bo", email="bo@example.se")
    entry = coordinator(
        name="Ada Gammal", email="ADA@example.se", note_en="Mornings", deputy=deputy, confirmed_on=dt.date(2026, 1, 2)
    )
    run(COMMAND, csv_file(tmp_path, HEADER + ADA_PUBLISHED))
    entry = Coordinator.objects.get(pk=entry.pk)
    assert (entry.name, entry.email, entry.live) == ("Ada Ek", "ada@example.se", True)
    assert (entry.note_en, entry.deputy, entry.confirmed_on) == ("Mornings", deputy, dt.date(2026, 1, 2))


def test_entry_is_found_by_its_identifier_also_with_another_email(tmp_path):
    entry = coordinator(name="Ada Gammal", email="gammal@example.se")
    text = ("uid;" + HEADER) + f"{entry.uid};{ADA_PUBLISHED}"
    run(COMMAND, csv_file(tmp_path, text))
    entry = Coordinator.objects.get(pk=entry.pk)
    assert (entry.name, entry.email) == ("Ada Ek", "ada@example.se")
    assert ada() == entry


def test_change_of_a_published_entry_is_a_draft_and_readers_see_the_old(tmp_path):
    entry = coordinator(name="Ada Ek", email="ada@example.se", note_sv="Gammal")
    run(COMMAND, csv_file(tmp_path, HEADER + ADA_DRAFT))
    entry = Coordinator.objects.get(pk=entry.pk)
    assert (entry.live, entry.has_unpublished_changes, entry.note_sv) == (True, True, "Gammal")
    assert draft(entry).note_sv == "Mest förmiddagar"
    page = words(soup(Client().get("/kontakt/skane-lan/")))
    assert "Gammal" in page
    assert "040-628 04 70" not in page


def test_address_that_somebody_signs_in_with_is_refused(tmp_path):
    signing_in("Ada@example.se", name="Ada Ek", email="ada.ek@example.se")
    assert faults(COMMAND, csv_file(tmp_path, HEADER + ADA_PUBLISHED)) == [(2, "email")]
    assert not Coordinator.objects.filter(email="ada@example.se").exists()


def test_who_has_a_sign_in_is_left_alone(tmp_path):
    entry = signing_in("ada@example.org", name="Ada Gammal", email="ada@example.se")
    before = entry.serializable_data()
    run(COMMAND, csv_file(tmp_path, HEADER + ADA_PUBLISHED))
    entry = Coordinator.objects.get(pk=entry.pk)
    assert entry.serializable_data() == before
    assert "contacts.import" not in actions(entry)


def test_who_has_left_is_refused(tmp_path):
    entry = coordinator(email="ada@example.se")
    deactivate(entry)
    assert faults(COMMAND, csv_file(tmp_path, HEADER + ADA_PUBLISHED)) == [(2, "")]
    assert Coordinator.objects.get(pk=entry.pk).live is False


@pytest.mark.parametrize("publish", ["", "no", "yes"])
def test_second_import_of_a_file_changes_nothing(tmp_path, publish):
    file = csv_file(tmp_path, HEADER + ADA.format(publish))
    run(COMMAND, file)
    entry = ada()
    before = (Coordinator.objects.count(), site_version(), entry.revisions.count(), actions(entry))
    run(COMMAND, file)
    assert (Coordinator.objects.count(), site_version(), entry.revisions.count(), actions(entry)) == before


ROW = dict(zip(HEADER.strip().split(";"), ADA_DRAFT.strip().split(";"), strict=True)) | {"email": "eva@example.se"}


@pytest.mark.parametrize(
    ("changed", "columns"),
    [
        ({"name": ""}, ["name"]),
        ({"role_sv": " "}, ["role_sv"]),
        ({"employer": "x" * 121}, ["employer"]),
        ({"target_group": "alla"}, ["target_group"]),
        ({"counties": ""}, ["counties"]),
        ({"counties": "12, 99"}, ["counties"]),
        ({"counties": "Skåne"}, ["counties"]),
        ({"phones": ""}, ["phones"]),
        ({"phones": "040-628 04 70, 1"}, ["phones"]),
        ({"phones": "hem 040-628 04 70"}, ["phones"]),
        ({"phones": "mobile"}, ["phones"]),
        ({"phones": "040-628 04 70,"}, ["phones"]),
        ({"email": "eva"}, ["email"]),
        ({"email": ""}, ["email"]),
        ({"note_sv": "x" * 251}, ["note_sv"]),
        ({"publish": "kanske"}, ["publish"]),
        ({"publish": "live"}, ["publish"]),
        ({"name": "", "phones": "x", "counties": "99"}, ["name", "counties", "phones"]),
    ],
)
def test_fault_is_told_by_row_and_column_and_nothing_is_imported(tmp_path, changed, columns):
    before = Coordinator.objects.count()
    text = HEADER + ADA_PUBLISHED + ";".join((ROW | changed).values()) + "\n"
    assert faults(COMMAND, csv_file(tmp_path, text)) == [(3, column) for column in columns]
    assert Coordinator.objects.count() == before
    assert not ModelLogEntry.objects.filter(action="contacts.import").exists()


@pytest.mark.parametrize("uid", ["ada", "00000000-0000-4000-8000-000000000000"])
def test_unknown_identifier_is_refused(tmp_path, uid):
    text = f"uid;{HEADER}{uid};{ADA_DRAFT}"
    assert faults(COMMAND, csv_file(tmp_path, text)) == [(2, "uid")]


@pytest.mark.parametrize("day", ["2026-11-25", "24 november"])
def test_day_that_cannot_be_is_refused(tmp_path, day):
    text = f"confirmed_on;{HEADER}{day};{ADA_DRAFT}"
    assert faults(COMMAND, csv_file(tmp_path, text)) == [(2, "confirmed_on")]


def test_two_rows_about_one_entry_are_refused(tmp_path):
    entry = coordinator(email="eva@example.se")
    text = f"uid;{HEADER};{ADA_DRAFT};{ADA_DRAFT}{entry.uid};{ADA_DRAFT.replace('ada@', 'ny@')};"
    text += ADA_DRAFT.replace("ada@", "eva@")
    assert [row for row, _column in faults(COMMAND, csv_file(tmp_path, text))] == [3, 5]


def test_email_of_several_entries_asks_for_the_identifier(tmp_path):
    coordinator(name="Ada", email="ada@example.se")
    coordinator(name="Adas vikarie", email="ada@example.se")
    assert faults(COMMAND, csv_file(tmp_path, HEADER + ADA_DRAFT)) == [(2, "email")]


def test_missing_and_unknown_columns_are_told(tmp_path):
    assert faults(COMMAND, csv_file(tmp_path, "name;role_sv;employer;target_group;counties;live\n")) == [
        (1, "phones"),
        (1, "live"),
    ]


def test_dry_run_says_what_would_be_done_and_does_nothing(tmp_path):
    before = (Coordinator.objects.count(), site_version(), ModelLogEntry.objects.count())
    assert ": 1" in run(COMMAND, csv_file(tmp_path, HEADER + ADA_PUBLISHED), "--dry-run")
    assert (Coordinator.objects.count(), site_version(), ModelLogEntry.objects.count()) == before


def test_county_code_whose_zero_a_spreadsheet_took_away_is_found(tmp_path):
    run(COMMAND, csv_file(tmp_path, HEADER + ADA_DRAFT.replace("12, 13", "3 12")))
    assert {county.code for county in ada().counties.all()} == {"03", "12"}


def test_new_entries_come_last_in_the_order_of_the_file(tmp_path):
    run(COMMAND, csv_file(tmp_path, HEADER + ADA_DRAFT + ADA_DRAFT.replace("ada@", "eva@")))
    assert list(Coordinator.objects.values_list("email", flat=True))[-2:] == ["ada@example.se", "eva@example.se"]
