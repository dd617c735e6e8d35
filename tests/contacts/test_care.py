"""What waits for editors among the contacts: each with its number and its list, and gone when it is done."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from contacts.models import Coordinator, County, ReaderMessage, SupportService
from contacts.own_entry.log_actions import CHANGE
from contacts.own_entry.saving import save_entry
from contacts.own_entry.values import ENTRY_FIELDS, read_values
from contacts.reachability import unreachable_counties
from tests.config.accounts import admin_user
from tests.factories import coordinator
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

CHANGES = "/admin/reports/changes-by-coordinators/"
MESSAGES = "/admin/snippets/contacts/readermessage/"


@pytest.fixture
def editor() -> Client:
    browser = Client()
    browser.force_login(admin_user("editor"))
    return browser


def item(browser: Client, part: str):
    """Return the link of the panel that holds some words."""
    (link,) = [link for link in soup(browser.get("/admin/")).select("main li a") if part in words(link.parent)]
    return link


def change(entry: Coordinator, **values: str) -> ModelLogEntry:
    values = read_values(entry, ENTRY_FIELDS) | values
    return save_entry(entry, values, None, CHANGE)


@pytest.mark.parametrize(
    ("fields", "numbers", "why"),
    [
        ({"live": False}, ["040-628 04 99"], "ingen publicerad koordinator"),
        ({"leave_from": -1, "leave_until": 1}, ["040-628 04 99"], "ledig, och ingen ersätter"),
        ({}, [], "inget telefonnummer"),
        ({"leave_until": -1, "leave_from": -9}, ["040-628 04 99"], ""),
    ],
)
def test_county_is_reached_where_somebody_answers_today(editor, fields, numbers, why):
    Coordinator.objects.all().delete()
    today = timezone.localdate()
    days = {key: today + timedelta(days=value) for key, value in fields.items() if key != "live"}
    made = coordinator(counties=("12",), **fields | days)
    made.phones = made.phones.all()[: len(numbers)]
    made.save()
    found = {each.county.code: str(each.why) for each in unreachable_counties()}
    assert len(found) == County.objects.count() - (not why)
    assert found.get("12", "") == why or why in words(soup(editor.get(item(editor, "att nå")["href"])))


def test_list_names_the_counties_and_a_stand_in_reaches_one(editor):
    Coordinator.objects.all().delete()
    today = timezone.localdate()
    coordinator(counties=("12",), leave_from=today, leave_until=today, sort_order=0)
    link = item(editor, "län har ingen koordinator att nå")
    assert link.strong.text == str(County.objects.count())
    assert "Skåne län" in words(soup(editor.get(link["href"])).select_one("main table"))
    coordinator(counties=("12",), sort_order=1)
    assert item(editor, "koordinator att nå").strong.text == str(County.objects.count() - 1)
    assert "Skåne län" not in words(soup(editor.get(link["href"])).select_one("main table"))


def test_unconfirmed_entries_and_services_are_counted_as_their_lists_show_them(editor):
    Coordinator.objects.update(confirmed_on=timezone.localdate())
    SupportService.objects.update(confirmed_on=timezone.localdate())
    old = Coordinator.objects.filter(live=True).first()
    Coordinator.objects.filter(pk=old.pk).update(confirmed_on=timezone.localdate() - timedelta(days=151))
    link = item(editor, "har inte bekräftat sina uppgifter på 150 dagar")
    assert link.strong.text == "1"
    rows = soup(editor.get(link["href"])).select("main tbody tr")
    assert [old.name in words(row) for row in rows] == [True]
    service = SupportService.objects.first()
    SupportService.objects.filter(pk=service.pk).update(confirmed_on=None)
    link = item(editor, "stödverksamhet är inte bekräftad")
    rows = soup(editor.get(link["href"])).select("main tbody tr")
    assert [service.name in words(row) for row in rows] == [True]


def test_message_waits_until_one_press(editor):
    message = ReaderMessage.objects.create(kind="page-fault", text="Ett fel på sidan.")
    link = item(editor, "meddelande från en läsare väntar")
    (row,) = soup(editor.get(link["href"])).select("main tbody tr")
    answer = editor.post(row.form["action"], {"next": link["href"]}, follow=True)
    assert answer.redirect_chain == [(link["href"], 302)]
    assert "omhändertaget" in words(soup(answer))
    assert "Inget meddelande från en läsare väntar." in words(soup(editor.get("/admin/")))
    message.refresh_from_db()
    assert message.answered_at
    assert ModelLogEntry.objects.filter(action="contacts.message.answered", object_id=message.pk).count() == 1
    (row,) = soup(editor.get(MESSAGES)).select("main tbody tr")
    assert row.form is None


def test_change_of_a_coordinator_waits_until_an_editor_has_read_it(editor):
    entry = Coordinator.objects.filter(live=True).first()
    change(entry, note_sv="Bara vardagar.")
    link = item(editor, "ändring av en koordinator är inte läst")
    (row,) = soup(editor.get(link["href"])).select("main tbody tr")
    assert entry.name in words(row)
    assert "Bara vardagar." in words(row)
    later = change(entry, note_sv="Bara helger.")  # which the list that was read did not show
    editor.post(row.form["action"])
    newer, older = soup(editor.get(CHANGES)).select("main tbody tr")
    assert "Bara helger." in words(newer)
    assert str(later.pk) in newer.form["action"]
    assert older.form["action"] == newer.form["action"]
    editor.post(older.form["action"])
    assert "Alla koordinatorers ändringar är lästa." in words(soup(editor.get("/admin/")))
    other = Coordinator.objects.filter(live=True).last()
    log(other, CHANGE, data={"changes": {"employer": {"old": "A", "new": "B"}}})
    assert item(editor, "ändring av en koordinator är inte läst").strong.text == "1"


def test_author_neither_reads_changes_nor_messages():
    browser = Client()
    browser.force_login(admin_user("author"))
    message = ReaderMessage.objects.create(kind="page-fault", text="Ett fel på sidan.")
    entry = change(Coordinator.objects.filter(live=True).first(), note_sv="Bara vardagar.")
    for path in (f"messages/{message.pk}/answered", f"changes/{entry.pk}/read"):
        assert browser.post(f"/admin/contacts/{path}/").status_code == 302
        assert browser.get(f"/admin/contacts/{path}/").status_code == 405
    message.refresh_from_db()
    assert message.answered_at is None
    assert not ModelLogEntry.objects.filter(action="contacts.own_entry.read").exists()
    assert browser.get(CHANGES).status_code == 302
