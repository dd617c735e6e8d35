"""The editors' list of coordinators: what it shows, finds, filters and puts in order."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from contacts.activation import deactivate
from contacts.models import Coordinator
from contacts.sign_in import give_sign_in
from pages.models import site_version
from tests.contacts.sign_ins import LIST, action, editing, signing_in
from tests.factories import coordinator
from tests.reading import soup, words

pytestmark = pytest.mark.django_db


def ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


def rows(browser: Client, **query: str | list[str]) -> dict[str, str]:
    """Return the text of each row by the name in it, in the order of the list."""
    html = soup(browser.get(reverse(LIST), query))
    return {words(row.select_one("[id^=snippet_]")): words(row) for row in html.select("table.listing tbody tr")}


@pytest.fixture(autouse=True)
def entries(db: None) -> None:
    """Put four known entries in the place of the starter's."""
    Coordinator.objects.all().delete()
    signing_in("ada@example.org", name="Ada Ek", counties=("12", "13"), confirmed_on=ago(180), target_group="adults")
    coordinator(name="Åsa Öberg", employer="Luleå kommun", counties=("25",), confirmed_on=ago(149))
    coordinator(name="Bo Ny", counties=("25", "24"), live=False)
    deactivate(signing_in("cia@example.org", name="Cia Borta", counties=("01",), confirmed_on=ago(700)))


def test_row_shows_counties_employer_confirmation_and_sign_in():
    row = rows(editing())["Ada Ek"]
    for shown in ("Skåne län, Hallands län", "Malmö stad", "180", "ada@example.org"):
        assert shown in row


def test_rows_tell_published_unpublished_and_left_apart():
    html = soup(editing().get(reverse(LIST)))
    states = [words(tag) for tag in html.select("table.listing tbody .w-status")]
    assert len(states) == 4
    assert states[0] == states[1]
    assert len({states[0], states[2], states[3]}) == 3
    assert str(timezone.localdate().year) in states[3]


def test_draft_of_a_published_entry_shows():
    browser, entry = editing(), Coordinator.objects.get(name="Åsa Öberg")
    before = rows(browser)["Åsa Öberg"]
    entry.save_revision()
    assert rows(browser)["Åsa Öberg"] != before


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("åsa", {"Åsa Öberg"}),
        ("ÖBERG", {"Åsa Öberg"}),
        ("luleå åsa", {"Åsa Öberg"}),
        ("cia@example", {"Cia Borta"}),
        ("malmö", {"Ada Ek", "Bo Ny", "Cia Borta"}),
        ("luleå ada", set()),
    ],
)
def test_search_finds_every_word_whatever_the_case(query, found):
    assert set(rows(editing(), q=query)) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"counties": ["25"]}, {"Åsa Öberg", "Bo Ny"}),
        ({"counties": ["12", "13"]}, {"Ada Ek"}),
        ({"counties": ["24", "25", "01"]}, {"Åsa Öberg", "Bo Ny", "Cia Borta"}),
        ({"target_group": "adults"}, {"Ada Ek"}),
        ({"confirmed": "150"}, {"Ada Ek", "Bo Ny"}),
        ({"confirmed": "180"}, {"Ada Ek", "Bo Ny"}),
        ({"confirmed": "never"}, {"Bo Ny"}),
        ({"live": "false"}, {"Bo Ny", "Cia Borta"}),
        ({"live": "true"}, {"Ada Ek", "Åsa Öberg"}),
        ({"sign_in": "false"}, {"Åsa Öberg", "Bo Ny"}),
        ({"sign_in": "true"}, {"Ada Ek", "Cia Borta"}),
        ({"left": "true"}, {"Cia Borta"}),
        ({"left": "false"}, {"Ada Ek", "Åsa Öberg", "Bo Ny"}),
        ({"confirmed": "150", "live": "true", "q": "malmö"}, {"Ada Ek"}),
    ],
)
def test_filter_keeps_who_needs_care(query, found):
    assert set(rows(editing(), **query)) == found


def test_entry_comes_under_the_150_days_on_the_day_they_have_passed():
    browser = editing()
    Coordinator.objects.filter(name="Åsa Öberg").update(confirmed_on=ago(150))
    assert "Åsa Öberg" in rows(browser, confirmed="150")
    assert "Åsa Öberg" not in rows(browser, confirmed="180")


def test_coordinator_of_two_chosen_counties_is_there_once():
    html = soup(editing().get(reverse(LIST), {"counties": ["12", "13"]}))
    assert len(html.select("table.listing tbody tr")) == 1


def test_list_does_not_ask_more_for_more_entries():
    browser = editing()

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert rows(browser)
        return len(queries)

    count()  # content types and the like are read once per process
    few = count()
    for number in range(10):
        signing_in(f"person{number}@example.org", name=f"Person {number}", counties=("03", "04"))
    assert count() == few


def test_dragging_puts_entries_in_another_order_for_readers_too():
    browser, version = editing(), site_version()
    moved = Coordinator.objects.get(name="Bo Ny")
    Coordinator.objects.filter(pk=moved.pk).update(live=True)
    assert soup(browser.get(reverse(LIST), {"ordering": "sort_order"})).select_one(
        f"[data-w-orderable-item-id='{moved.pk}']"
    )
    answer = browser.post(action("reorder", moved) + "?position=1")
    assert answer.status_code == 200
    assert list(rows(browser)) == ["Ada Ek", "Bo Ny", "Åsa Öberg", "Cia Borta"]
    assert site_version() > version
    html = soup(Client().get("/kontakt/norrbottens-lan/"))
    assert [words(heading) for heading in html.select(".coordinator h2")] == ["Bo Ny", "Åsa Öberg"]


def test_new_entry_comes_last():
    coordinator(name="Dag Sist")
    assert list(rows(editing()))[-1] == "Dag Sist"


def test_publishing_a_draft_keeps_what_belongs_to_the_entry_as_a_whole():
    entry = Coordinator.objects.get(name="Åsa Öberg")
    draft = entry.save_revision()
    editing().post(action("reorder", entry) + "?position=0")
    user = give_sign_in(entry, "asa@example.org")
    Revision.objects.get(pk=draft.pk).publish()
    entry.refresh_from_db()
    assert (entry.sort_order, entry.user) == (0, user)


def test_entry_cannot_be_copied_with_its_sign_in():
    browser, entry = editing(), Coordinator.objects.get(name="Ada Ek")
    assert browser.get(f"/admin/snippets/contacts/coordinator/copy/{entry.pk}/").status_code == 404
    assert Coordinator.objects.filter(name="Ada Ek").count() == 1
