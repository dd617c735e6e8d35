"""Coordinators as readers see them: what is published, in which order, in which words, with which numbers."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from bs4 import Tag
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client

from contacts.models import Coordinator, CoordinatorPhone, County
from tests.factories import coordinator
from tests.reading import PAIRS, soup, words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("strict_templates", "in_office_hours"),
]

LANGUAGES = ["sv", "en"]
SKANE = dict(zip(LANGUAGES, PAIRS["county"], strict=True))
ALL = dict(zip(LANGUAGES, PAIRS["all coordinators"], strict=True))
EVERYWHERE = [*SKANE.values(), *ALL.values(), "/kontakt/skane-lan/malmo/"]


def names(client: Client, address: str) -> list[str]:
    """Return the coordinators on a page, in order."""
    return [words(heading) for heading in soup(client.get(address)).select(".coordinator :is(h2, h3)")]


def entry(client: Client, name: str, address: str) -> Tag:
    """Return the one entry of a coordinator on a page of one county, without the ways on from it."""
    (heading,) = soup(client.get(address)).select(f'.coordinator :is(h2, h3):-soup-contains("{name}")')
    for ways in heading.parent.select(".coordinator__ways"):
        ways.extract()
    return heading.parent


def numbers(client: Client, name: str, address: str) -> list[tuple[str, str]]:
    """Return the numbers of a coordinator as they are shown and dialled."""
    return [(words(link), link["href"]) for link in entry(client, name, address).select('a[href^="tel:"]')]


@pytest.fixture
def nobody_in_skane() -> None:
    """Leave the county to the coordinators of the test."""
    County.objects.get(code="12").coordinators.all().delete()


@pytest.mark.parametrize("address", EVERYWHERE)
def test_published_coordinator_is_shown_and_draft_is_not(client, address):
    coordinator(name="Utkast Utkastsson", live=False)
    coordinator(name="Synlig Synsson")
    assert "Synlig Synsson" in names(client, address)
    assert "Utkast" not in client.get(address).content.decode()


@pytest.mark.parametrize("address", EVERYWHERE)
def test_draft_of_a_change_is_shown_when_it_is_published(client, address):
    someone = coordinator(name="Förra Namnet")
    someone.name = "Nya Namnet"
    someone.phones = [CoordinatorPhone(number="08-465 004 99")]
    draft = someone.save_revision()
    assert "Förra Namnet" in names(client, address)
    assert "Nya Namnet" not in names(client, address)
    draft.publish()
    assert "Förra Namnet" not in names(client, address)
    assert numbers(client, "Nya Namnet", SKANE["sv"]) == [("08-465 004 99", "tel:+46-8-465-004-99")]


@pytest.mark.parametrize("address", EVERYWHERE)
@pytest.mark.parametrize("leave", ["unpublish", "delete"])
def test_unpublished_and_deleted_coordinators_are_gone(client, leave, address):
    someone = coordinator(name="Borta Bortsson")
    assert "Borta Bortsson" in names(client, address)
    getattr(someone, leave)()
    assert "Borta" not in client.get(address).content.decode()
    assert names(client, address)


def test_scheduled_coordinator_comes_and_goes_at_the_set_times(client):
    someone = coordinator(name="Vikarie Vik", live=False)
    someone.go_live_at = datetime(2027, 3, 1, 8, tzinfo=UTC)
    someone.expire_at = datetime(2027, 4, 1, 8, tzinfo=UTC)
    someone.save_revision().publish()
    shown = {}
    for day in (date(2027, 2, 28), date(2027, 3, 2), date(2027, 4, 2)):
        with time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)):
            call_command("publish_scheduled")
            shown[day.month, day.day] = "Vikarie Vik" in names(client, SKANE["sv"])
    assert shown == {(2, 28): False, (3, 2): True, (4, 2): False}


@pytest.mark.usefixtures("nobody_in_skane")
@pytest.mark.parametrize("address", [*SKANE.values(), "/kontakt/skane-lan/malmo/"])
def test_order_is_the_editors_and_then_by_name(client, address):
    for name, order in (("Cilla", 5), ("Bo", 5), ("Disa", 1), ("Adam", 9)):
        coordinator(name=name, sort_order=order)
    assert names(client, address) == ["Disa", "Bo", "Cilla", "Adam"]


def test_order_holds_on_the_page_with_all_coordinators(client):
    coordinator(name="Sist i Skåne", sort_order=9_000)
    coordinator(name="Först i Skåne", sort_order=0)
    skane = [words(heading) for heading in soup(client.get(ALL["sv"])).select("section:has(#county-12) h3")]
    assert skane[0] == "Först i Skåne"
    assert skane[-1] == "Sist i Skåne"
    assert len(skane) == 4


def test_coordinator_is_shown_in_each_of_the_counties_and_in_no_other(client):
    coordinator(name="Tre Län", counties=("12", "10", "14"))
    places = {
        "/kontakt/skane-lan/": True,
        "/en/contact/blekinge-county/": True,
        "/kontakt/vastra-gotalands-lan/": True,
        "/kontakt/vastra-gotalands-lan/goteborg/": True,
        "/kontakt/hallands-lan/": False,
        "/en/contact/stockholm-county/": False,
    }
    assert {address: "Tre Län" in names(client, address) for address in places} == places
    assert names(client, ALL["sv"]).count("Tre Län") == 3


@pytest.mark.parametrize(
    ("group", "swedish", "english"),
    [
        ("adults", "vuxna", "adults"),
        ("children", "barn och unga", "children and young people"),
        ("both", "vuxna, barn och unga", "adults, children and young people"),
    ],
)
def test_role_target_group_and_employer_are_written_in_words(client, group, swedish, english):
    coordinator(name="Någon", target_group=group)
    role = {language: words(entry(client, "Någon", SKANE[language]).p) for language in LANGUAGES}
    assert role["sv"] == f"Regionkoordinator · {swedish} · anställd i Malmö stad"
    assert role["en"] == f"Regional coordinator · {english} · employed by Malmö stad"


def test_note_deputy_and_date_are_shown_in_the_language_of_the_page(client):
    deputy = coordinator(name="Ersättare Ersson", counties=("01",))
    coordinator(
        name="Någon",
        note_sv="Svarar på förmiddagen.",
        note_en="Answers in the morning.",
        deputy=deputy,
        confirmed_on=date(2026, 5, 6),
    )
    shown = {language: words(entry(client, "Någon", SKANE[language])) for language in LANGUAGES}
    assert (
        "Ersättare: Ersättare Ersson Svarar vardagar på kontorstid ny@example.se Svarar på förmiddagen." in shown["sv"]
    )
    assert (
        "Deputy: Ersättare Ersson Answers on weekdays, in office hours ny@example.se Answers in the morning."
        in (shown["en"])
    )


def test_deputy_who_is_not_published_is_not_named(client):
    deputy = coordinator(name="Ersättare Ersson", counties=("01",))
    coordinator(name="Någon", deputy=deputy)
    deputy.unpublish()
    for address in (*SKANE.values(), *ALL.values()):
        assert "Någon" in names(client, address)
        assert "Ersson" not in client.get(address).content.decode()


def test_entry_without_what_may_be_left_out_shows_nothing_for_it(client):
    coordinator("040-628 04 99", name="Någon", email="")
    assert words(entry(client, "Någon", SKANE["en"])) == (
        "Någon Regional coordinator · adults, children and young people · employed by Malmö stad"
        " +46 40 628 04 99 direct Answers on weekdays, in office hours Not confirmed yet. The details may be wrong."
    )


# As they are typed, and as they are shown in Swedish, in English, and dialled.
NUMBERS = [
    ("08-465 004 00", "08-465 004 00", "+46 8 465 004 00", "tel:+46-8-465-004-00"),
    ("031 390 06 12", "031-390 06 12", "+46 31 390 06 12", "tel:+46-31-390-06-12"),
    ("+46406280499", "040-628 04 99", "+46 40 628 04 99", "tel:+46-40-628-04-99"),
    ("0046 (0)70-174 06 05", "070-174 06 05", "+46 70 174 06 05", "tel:+46-70-174-06-05"),
    ("0980319214", "0980-31 92 14", "+46 980 31 92 14", "tel:+46-980-31-92-14"),
    # The Swedish way would drop the country: nobody could dial it.
    ("+47 21 99 99 99", "+47 21 99 99 99", "+47 21 99 99 99", "tel:+47-21-99-99-99"),
]


@pytest.mark.parametrize(("typed", "swedish", "english", "target"), NUMBERS)
def test_number_is_shown_as_each_language_writes_it_and_dialled_from_anywhere(client, typed, swedish, english, target):
    coordinator(typed, name="Någon")
    assert numbers(client, "Någon", SKANE["sv"]) == [(swedish, target)]
    assert numbers(client, "Någon", SKANE["en"]) == [(english, target)]


@pytest.mark.parametrize("typed", ["08-465 004 00", "08 46500400", "+46 8 465 004 00", "0046846500400"])
def test_number_is_stored_once_however_it_is_typed(typed):
    coordinator(typed)
    assert CoordinatorPhone.objects.filter(number="+46846500400", coordinator__name="Ny Koordinator").exists()


def test_several_numbers_keep_their_order_and_their_kind(client):
    someone = coordinator(name="Någon")
    someone.phones = [
        CoordinatorPhone(number="070-174 06 99", kind="mobile", sort_order=1),
        CoordinatorPhone(number="08-465 004 99", kind="switchboard", sort_order=2),
        CoordinatorPhone(number="040-628 04 99", kind="direct", sort_order=0),
    ]
    someone.save()
    for language, kinds in (("sv", ["direkt", "mobil", "växel"]), ("en", ["direct", "mobile", "switchboard"])):
        items = entry(client, "Någon", SKANE[language]).select("li")
        assert [words(item.span) for item in items] == kinds
    assert [href for _text, href in numbers(client, "Någon", SKANE["sv"])] == [
        "tel:+46-40-628-04-99",
        "tel:+46-70-174-06-99",
        "tel:+46-8-465-004-99",
    ]


@pytest.mark.parametrize("number", ["112", "114 14", "12345", "08-465 004 000 000", "ring mig", "+46"])
def test_number_that_cannot_be_dialled_is_refused(number):
    with pytest.raises(ValidationError) as refused:
        CoordinatorPhone(coordinator=Coordinator.objects.first(), number=number).full_clean()
    assert list(refused.value.message_dict) == ["number"]


def test_texts_of_a_coordinator_are_escaped(client):
    hostile = '<b onclick="x()">Fet</b>'
    coordinator(name=hostile, role_sv=hostile, employer=hostile, note_sv=hostile)
    html = soup(client.get(SKANE["sv"]))
    assert hostile in names(client, SKANE["sv"])
    assert not html.find_all(attrs={"onclick": True})
