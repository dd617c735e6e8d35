"""A coordinator sees, changes and confirms the own entry, and nobody else's."""

from datetime import date

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import ModelLogEntry

from contacts.models import Coordinator
from contacts.own_entry.urls import urlpatterns
from pages.models import site_version
from tests.contacts.own_pages import CHANGE, CONFIRM, ENTRY, HISTORY, MUNICIPALITIES, held_entry, opened, signed_in
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail")]

PAGES = [ENTRY, CHANGE, HISTORY, "/koordinator/kommuner/", "/koordinator/kommuner/1280/"]
WRITING = [CONFIRM, "/koordinator/byt/"]


def numbers(entry: Coordinator) -> list[str]:
    return [phone.number.as_e164 for phone in Coordinator.objects.get(pk=entry.pk).phones.all()]


@pytest.mark.parametrize("address", PAGES)
def test_pages_ask_for_sign_in(address, client):
    response = client.get(address)
    assert response.status_code == 302
    assert response.url.startswith("/konto/")
    assert response.url.endswith(f"?next={address}")
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", [CHANGE, *WRITING])
def test_posts_ask_for_sign_in_and_lead_to_a_page_that_can_be_opened(address, client):
    response = client.post(address)
    assert response.status_code == 302
    assert response.url.endswith(f"?next={ENTRY}")


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_kept_nowhere(address):
    response = signed_in(held_entry()).get(address)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "'unsafe-inline'" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", PAGES)
def test_pages_read_no_missing_variable(address, strict_templates):
    assert signed_in(held_entry()).get(address).status_code == 200


@pytest.mark.parametrize("address", PAGES + WRITING)
def test_account_without_entry_is_told_so(address, client):
    client.force_login(get_user_model().objects.create_user(username="nagon@example.org"))
    response = client.post(address) if address in WRITING else client.get(address)
    assert words(soup(response, 403).h1) == "Inga egna uppgifter"


def test_leaver_has_no_entry():
    entry = held_entry()
    client = signed_in(entry)
    Coordinator.objects.filter(pk=entry.pk).update(live=False, left_on=date(2026, 11, 1))
    assert client.get(ENTRY).status_code == 403


def test_entry_is_shown_as_readers_see_it_in_both_languages():
    entry = held_entry("040-628 04 11", role_sv="Samordnare", role_en="Co-ordinator", note_en="")
    html = soup(signed_in(entry).get(ENTRY))
    swedish, english = (html.select_one(f'div[lang="{language}"]') for language in ("sv", "en"))
    assert "Samordnare" in words(swedish)
    assert "040-628 04 11" in words(swedish)
    assert "Co-ordinator" in words(english)
    assert "+46 40 628 04 11" in words(english)


def test_change_is_live_at_once_and_leaves_the_rest_alone(client):
    entry = held_entry("040-628 04 21", counties=("12", "10"), note_sv="Helgfria vardagar")
    version = site_version()
    own = signed_in(entry)
    typed = {"phones-0-number": "040-628 04 22", "note_sv": "Ring gärna"}
    response = own.post(CHANGE, opened(own, CHANGE) | typed, follow=True)
    assert "Sparat." in words(soup(response).select_one("[role=status]"))
    public = words(soup(client.get("/kontakt/skane-lan/")))
    assert "040-628 04 22" in public
    assert "Ring gärna" in public
    assert "040-628 04 21" not in public
    assert site_version() > version
    saved = Coordinator.objects.get(pk=entry.pk)
    unchanged = ("name", "role_sv", "role_en", "employer", "target_group", "email", "sort_order", "uid", "user", "live")
    assert [getattr(saved, name) for name in unchanged] == [getattr(entry, name) for name in unchanged]
    assert {county.code for county in saved.counties.all()} == {"12", "10"}


def test_form_takes_no_field_that_is_not_the_coordinators():
    entry = held_entry(counties=("12",))
    stranger = get_user_model().objects.create_user(username="annan@example.org")
    own = signed_in(entry)
    forged = {
        "name": "Någon",
        "counties": "01",
        "live": "",
        "user": stranger.pk,
        "sort_order": 7,
        "deputy": "",
        "uid": "x",
    }
    own.post(CHANGE, opened(own, CHANGE) | forged | {"employer": "Lunds kommun"})
    saved = Coordinator.objects.get(pk=entry.pk)
    assert saved.employer == "Lunds kommun"
    assert (saved.name, saved.live, saved.user, saved.sort_order) == (entry.name, True, entry.user, entry.sort_order)
    assert [county.code for county in saved.counties.all()] == ["12"]


def test_number_is_added_and_removed():
    entry = held_entry("040-628 04 11", "070-174 06 05")
    own = signed_in(entry)
    own.post(
        CHANGE,
        opened(own, CHANGE)
        | {"phones-0-number": "", "phones-2-number": "040-628 04 33", "phones-2-kind": "switchboard"},
    )
    assert numbers(entry) == ["+46701740605", "+46406280433"]
    assert [phone.kind for phone in Coordinator.objects.get(pk=entry.pk).phones.all()] == ["direct", "switchboard"]


def test_more_numbers_than_usual_are_kept():
    many = [f"040-628 04 {number}" for number in range(10, 17)]
    entry = held_entry(*many)
    own = signed_in(entry)
    own.post(CHANGE, opened(own, CHANGE) | {"employer": "Lunds kommun"})
    assert len(numbers(entry)) == len(many)


def test_saving_unchanged_changes_nothing():
    entry = held_entry()
    own = signed_in(entry)
    own.post(CHANGE, opened(own, CHANGE))
    assert not entry.revisions.exists()
    assert not ModelLogEntry.objects.for_instance(entry).exists()


@time_machine.travel("2026-11-12 09:00+01:00")
def test_confirmed_with_one_press(client):
    entry = held_entry(confirmed_on=date(2026, 1, 1))
    version = site_version()
    own = signed_in(entry)
    response = own.post(CONFIRM, opened(own, ENTRY), follow=True)
    assert "bekräftade" in words(soup(response).select_one("[role=status]"))
    assert Coordinator.objects.get(pk=entry.pk).confirmed_on == date(2026, 11, 12)
    assert "12 november 2026" in words(soup(client.get("/kontakt/skane-lan/")))
    assert site_version() > version
    assert ModelLogEntry.objects.for_instance(entry).get().action == "contacts.own_entry.confirm"


def test_pressing_twice_confirms_once():
    entry = held_entry(confirmed_on=date(2026, 1, 1))
    own = signed_in(entry)
    seen = opened(own, ENTRY)
    for _press in range(2):
        response = own.post(CONFIRM, seen, follow=True)
        assert "bekräftade" in words(soup(response).select_one("[role=status]"))
    assert ModelLogEntry.objects.for_instance(entry).count() == 1
    Coordinator.objects.filter(pk=entry.pk).update(email="annan@example.se")
    assert "har ändrats" in words(soup(own.post(CONFIRM, seen, follow=True)).select_one("[role=alert]"))


def test_confirmation_is_about_what_was_seen():
    entry = held_entry()
    own = signed_in(entry)
    seen = opened(own, ENTRY)
    Coordinator.objects.filter(pk=entry.pk).update(email="annan@example.se")
    response = own.post(CONFIRM, seen, follow=True)
    assert "har ändrats" in words(soup(response).select_one("[role=alert]"))
    assert Coordinator.objects.get(pk=entry.pk).confirmed_on is None


def test_unpublished_entry_stays_unpublished(client):
    entry = held_entry("040-628 04 11")
    entry.unpublish()
    own = signed_in(entry)
    own.post(CHANGE, opened(own, CHANGE) | {"phones-0-number": "040-628 04 22"})
    own.post(CONFIRM, opened(own, ENTRY))
    saved = Coordinator.objects.get(pk=entry.pk)
    assert not saved.live
    assert saved.live_revision is None
    assert numbers(entry) == ["+46406280422"]
    assert "040-628 04 22" not in words(soup(client.get("/kontakt/skane-lan/")))
    assert "inte publicerade" in words(soup(own.get(ENTRY)).main)


def test_others_entry_is_out_of_reach():
    mine, other = (
        held_entry("040-628 04 11"),
        held_entry("040-628 04 22", sign_in="annan@example.org", email="b@example.se"),
    )
    own = signed_in(mine)
    stolen = opened(signed_in(other), CHANGE)
    response = own.post(CHANGE, stolen | {"phones-0-number": "040-628 04 33"}, follow=True)
    assert "Inget sparades" in words(soup(response).select_one("[role=alert]"))
    assert (numbers(mine), numbers(other)) == (["+46406280411"], ["+46406280422"])
    assert own.post("/koordinator/byt/", {"entry": str(other.uid)}).status_code == 404
    assert "b@example.se" not in own.get(ENTRY).content.decode()


def test_form_without_its_token_is_refused():
    entry = held_entry()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(entry.user)
    assert strict.post(CONFIRM, {}).status_code == 403
    assert Coordinator.objects.get(pk=entry.pk).confirmed_on is None


def test_no_address_names_an_entry():
    entry = held_entry()
    parameters = {name for pattern in urlpatterns for name in pattern.pattern.converters}
    assert parameters == {"code"}  # of a municipality
    own = signed_in(entry)
    for page in (ENTRY, CHANGE, HISTORY, MUNICIPALITIES):
        addresses = [node.get("href") or node["action"] for node in soup(own.get(page)).select("a[href], form[action]")]
        ours = [address for address in addresses if address.startswith("/koordinator/")]
        assert ours
        assert not [address for address in ours if str(entry.uid) in address or f"/{entry.pk}/" in address]
