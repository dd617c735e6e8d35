"""The contacts of an empty database: invented people only, every county and municipality, no county left out unseen."""

import html
import re

import pytest
from django.core.checks import Tags, run_checks
from wagtail.models import Page

from contacts.models import Coordinator, CoordinatorPhone, County, Municipality, SupportLine
from contacts.starter import read_register
from resources.models import Resource, ResourceFile
from tests.factories import coordinator
from tests.reading import PAIRS, assert_numbers, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# The series that the Swedish telecom authority (PTS) sets aside for books and films, first and
# last number each: none of them ever rings.
FICTION = [
    (46_8_465_004_00, 46_8_465_004_99),
    (46_31_390_06_00, 46_31_390_06_99),
    (46_40_628_04_00, 46_40_628_04_99),
    (46_980_319_200, 46_980_319_299),
    (46_70_174_06_05, 46_70_174_06_99),
]
REPORT = "/admin/reports/counties-without-coordinator/"


# --- People.


def test_every_number_is_from_the_series_for_fiction():
    phones = list(CoordinatorPhone.objects.all())
    assert len(phones) > 13
    for phone in phones:
        digits = int(str(phone.number).removeprefix("+"))
        assert any(first <= digits <= last for first, last in FICTION), phone


def test_no_number_belongs_to_two_people():
    numbers = CoordinatorPhone.objects.values_list("number", flat=True)
    assert len(set(numbers)) == len(numbers)


def test_every_coordinator_is_published_and_invented():
    people = list(Coordinator.objects.all())
    assert len(people) == len({person.name for person in people}) > 10
    for person in people:
        assert person.live
        assert person.is_example
        assert "Exempel" in person.name
        assert re.fullmatch(r"[a-z.]+@example\.(se|org)", person.email)
        assert person.role_sv
        assert person.role_en
        assert person.confirmed_on
        assert person.phones.exists()


@pytest.mark.parametrize(("address", "mark"), [("/kontakt/alla/", "exempel"), ("/en/contact/all/", "example")])
def test_every_coordinator_is_marked_as_an_example_for_readers(client, address, mark):
    entries = soup(client.get(address)).select(".coordinator")
    assert len(entries) >= 21
    assert {words(entry.select_one(".coordinator__role strong")) for entry in entries} == {mark}


@pytest.mark.usefixtures("in_office_hours")
def test_person_who_is_not_an_example_is_not_marked_so(client):
    coordinator(name="Riktig Person")
    entry = soup(client.get(PAIRS["county"][0])).select_one('.coordinator:-soup-contains("Riktig Person")')
    assert "exempel" not in words(entry)


def test_only_the_support_line_has_hours_and_they_are_examples():
    status = dict(SupportLine.objects.values_list("level", "hours_status"))
    assert status == {"danger": "unknown", "urgent": "unknown", "advice": "example"}


# --- Places.


def test_register_is_loaded_whole():
    for model, file, count in ((County, "counties.csv", 21), (Municipality, "municipalities.csv", 290)):
        rows = {row["code"]: row for row in read_register(file)}
        assert len(rows) == model.objects.count() == count
        for place in model.objects.all():
            assert (place.name_sv, place.name_en) == (rows[place.code]["name_sv"], rows[place.code]["name_en"])
    assert Municipality.objects.get(code="1480").formal_name == "Göteborgs kommun"
    assert all(place.code.startswith(place.county_id) for place in Municipality.objects.all())


def test_every_county_has_a_page_in_both_languages(client):
    addresses = set()
    for index in PAIRS["contacts"]:
        links = soup(client.get(index)).select(".places--counties .places__link")
        assert len(links) == 21
        for link in links:
            page = soup(client.get(link["href"]))
            assert words(page.h1) == words(link)
            assert page.select(".coordinator a[href^='tel:+46']")
            addresses.add(link["href"])
    assert len(addresses) == 42


def test_every_municipality_has_its_own_address_in_both_languages():
    for language in ("sv", "en"):
        slugs = set(Municipality.objects.values_list(f"county__slug_{language}", f"slug_{language}"))
        assert len(slugs) == 290
        assert all(re.fullmatch(r"[a-z-]+", part) for pair in slugs for part in pair)


# --- Counties without coordinator.


def warnings() -> list[str]:
    """Return what `manage.py check --database default` says of the contacts."""
    return [f"{found.id} {found.msg}" for found in run_checks(tags=[Tags.database], databases=["default"])]


@pytest.fixture
def nobody_in_skane() -> None:
    for person in Coordinator.objects.filter(counties="12"):
        person.unpublish()


def test_starter_content_covers_every_county(admin_client):
    assert warnings() == []
    assert "Skåne" not in words(soup(admin_client.get(REPORT)).main)


@pytest.mark.usefixtures("nobody_in_skane")
def test_check_names_the_county_and_what_to_do():
    # The same people covered Blekinge.
    assert warnings() == [
        "contacts.W001 Blekinge län has no published coordinator.",
        "contacts.W001 Skåne län has no published coordinator.",
    ]
    hints = [found.hint for found in run_checks(tags=[Tags.database], databases=["default"])]
    assert all("Contacts › Coordinators" in hint for hint in hints)


@pytest.mark.usefixtures("nobody_in_skane")
def test_draft_does_not_cover_a_county_and_publishing_it_does():
    someone = coordinator(counties=("10", "12"), live=False)
    assert len(warnings()) == 2
    someone.save_revision().publish()
    assert warnings() == []


@pytest.mark.usefixtures("nobody_in_skane")
@pytest.mark.parametrize(
    ("language", "names"), [("sv", {"Blekinge län", "Skåne län"}), ("en", {"Blekinge County", "Skåne County"})]
)
def test_report_lists_the_counties_in_the_editors_language(editor, language, names):
    admin = editor(language)
    assert REPORT in admin.get("/admin/").content.decode()
    rows = soup(admin.get(REPORT)).select("table.listing tbody tr")
    assert {words(row.td) for row in rows} == names


@pytest.mark.usefixtures("nobody_in_skane")
def test_report_can_be_taken_out_as_a_table(editor):
    lines = b"".join(editor().get(REPORT, {"export": "csv"}).streaming_content).decode().splitlines()
    assert [line.partition(",")[0] for line in lines[1:]] == ["10", "12"]


@pytest.mark.usefixtures("nobody_in_skane", "in_office_hours")
@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("/kontakt/skane-lan/", "Ingen koordinator är registrerad för länet. Ring stödtelefonen: 020-390 000"),
        ("/kontakt/skane-lan/malmo/", "Ingen koordinator är registrerad för länet. Ring stödtelefonen: 020-390 000"),
        (
            "/en/contact/skane-county/",
            "No coordinator is registered for this county. Call the support line: 020-390 000",
        ),
        ("/kontakt/alla/", "Ingen koordinator är registrerad för länet. Ring stödtelefonen: 020-390 000"),
    ],
)
def test_county_without_coordinator_leads_to_the_support_line(client, address, text):
    page = soup(client.get(address))
    assert text in words(page.main)
    assert_numbers(page)
    if "alla" not in address:
        assert not page.main.select(".coordinator")


def test_every_reference_to_a_number_is_one_of_rich_text():
    """Plain fields, such as lines of checklists, would show it as it is written."""
    for page in Page.objects.filter(depth__gt=1).specific():
        assert "<number:" not in html.unescape(str(page.serializable_data())), page
    for resource in Resource.objects.all():
        assert "<number:" not in html.unescape(str(resource.serializable_data())), resource
    assert ResourceFile.objects.filter(text__contains='number="danger"').exists()
