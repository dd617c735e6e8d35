"""The editor's way with a coordinator: write, look, publish, change, take away."""

import pytest
from django.test import Client

from contacts.models import Coordinator
from tests.contacts.editing import ADD_COORDINATOR, coordinator_form, errors, send_form
from tests.factories import coordinator
from tests.reading import PAIRS, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_office_hours")]

LANGUAGES = ["sv", "en"]
SKANE, SKANE_IN_ENGLISH = PAIRS["county"]
PUBLISH = {"action-publish": "action-publish"}
NEW = {
    "name": "Ny Koordinator",
    "role_sv": "Samordnare",
    "role_en": "Organiser",
    "employer": "Malmö stad",
    "target_group": "children",
    "counties": ["10", "12"],
    "phones-0-kind": "mobile",
    "phones-0-number": "070-174 06 99",
    "email": "ny@example.se",
    "note_sv": "Svarar på förmiddagen.",
    "note_en": "Answers in the morning.",
    "confirmed_on": "2026-11-20",
    "sort_order": "5",
}


def shown(client: Client, name: str = "Ny Koordinator", address: str = SKANE) -> str | None:
    """Return what readers see of a coordinator, without the ways on from it; None when nothing."""
    entry = soup(client.get(address)).select_one(f'.coordinator:-soup-contains("{name}")')
    for ways in entry.select(".coordinator__ways") if entry else ():
        ways.extract()
    return words(entry) if entry else None


def make(client: Client, changes: dict[str, str | list[str]]) -> Coordinator:
    assert send_form(client, ADD_COORDINATOR, NEW | changes).status_code == 302
    return Coordinator.objects.latest("pk")


@pytest.mark.parametrize("language", LANGUAGES)
def test_editor_writes_a_draft_and_publishes_it(client, editor, language):
    admin = editor(language)
    made = make(admin, {})
    assert shown(client) is None
    assert send_form(admin, coordinator_form(made.pk), PUBLISH).status_code == 302
    assert shown(client) == (
        "Ny Koordinator Samordnare · barn och unga · anställd i Malmö stad 070-174 06 99 mobil"
        " Svarar vardagar på kontorstid ny@example.se Svarar på förmiddagen. Bekräftad 20 november 2026"
    )
    assert shown(client, address=SKANE_IN_ENGLISH) == (
        "Ny Koordinator Organiser · children and young people · employed by Malmö stad +46 70 174 06 99 mobile"
        " Answers on weekdays, in office hours ny@example.se Answers in the morning. Confirmed 20 November 2026"
    )
    assert shown(client, address="/kontakt/blekinge-lan/") == shown(client)


@pytest.mark.parametrize("language", LANGUAGES)
def test_change_is_a_draft_until_it_is_published(client, editor, language):
    admin = editor(language)
    made = make(admin, PUBLISH)
    change = {"role_sv": "Chef", "note_en": "", "phones-0-number": "08-465 004 99", "counties": ["12"]}
    before = shown(client)
    assert send_form(admin, coordinator_form(made.pk), change).status_code == 302
    assert shown(client) == before
    assert shown(client, address="/kontakt/blekinge-lan/") == before
    assert send_form(admin, coordinator_form(made.pk), PUBLISH).status_code == 302
    assert "Chef · barn och unga" in shown(client)
    assert "08-465 004 99" in shown(client)
    assert shown(client, address="/kontakt/blekinge-lan/") is None
    assert "Organiser" in shown(client, address=SKANE_IN_ENGLISH)
    assert made.revisions.count() == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_editor_clears_a_note_in_both_languages(client, editor, language):
    admin = editor(language)
    made = make(admin, PUBLISH)
    assert "Svarar på" in shown(client)
    assert send_form(admin, coordinator_form(made.pk), {"note_sv": "", "note_en": "", **PUBLISH}).status_code == 302
    for address in (SKANE, SKANE_IN_ENGLISH):
        assert "ny@example.se" in shown(client, address=address)
        assert "förmiddagen" not in shown(client, address=address)
        assert "morning" not in shown(client, address=address)


@pytest.mark.parametrize(
    ("language", "message"), [("sv", "Ange ett giltigt telefonnummer"), ("en", "Enter a valid phone number")]
)
@pytest.mark.parametrize("number", ["12345", "08-465 004 00 00 00", "114 14", "ring växeln"])
@pytest.mark.parametrize("button", [{}, PUBLISH], ids=["draft", "publish"])
def test_number_that_cannot_be_dialled_is_refused_with_a_message(editor, language, message, number, button):
    admin = editor(language)
    response = send_form(admin, ADD_COORDINATOR, NEW | button | {"phones-0-number": number})
    assert message in errors(response)
    assert not Coordinator.objects.filter(name="Ny Koordinator").exists()


@pytest.mark.parametrize("missing", ["name", "role_sv", "employer", "target_group", "phones-0-number"])
def test_entry_that_readers_could_not_use_is_not_published(editor, missing):
    response = send_form(editor(), ADD_COORDINATOR, NEW | PUBLISH | {missing: ""})
    assert errors(response)
    assert not Coordinator.objects.filter(employer="Malmö stad", live=True, email="ny@example.se").exists()


def test_entry_without_county_is_not_published(editor):
    assert errors(send_form(editor(), ADD_COORDINATOR, NEW | PUBLISH | {"counties": []}))


@pytest.mark.parametrize("view", ["unpublish", "delete"])
def test_editor_takes_a_coordinator_away(client, editor, view):
    someone = coordinator()
    assert shown(client)
    admin = editor()
    assert admin.get(coordinator_form(someone.pk, view)).status_code == 200
    assert shown(client)
    assert admin.post(coordinator_form(someone.pk, view)).status_code == 302
    assert shown(client) is None
    assert Coordinator.objects.filter(pk=someone.pk).exists() == (view == "unpublish")


def test_preview_shows_an_entry_as_readers_will_see_it(client, editor):
    someone = coordinator()
    admin = editor()
    form = NEW | {"phones-INITIAL_FORMS": "0", "phones-TOTAL_FORMS": "1"}
    address = coordinator_form(someone.pk, "preview")
    assert admin.post(address, form).json()["is_valid"]
    preview = admin.get(address)
    entry = soup(preview).select_one(".coordinator")
    assert words(entry).startswith("Ny Koordinator Samordnare · barn och unga")
    assert entry.find("a", href="tel:+46-70-174-06-99")
    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    assert "Samordnare" not in shown(client)


def test_preview_shows_a_leave_that_is_not_published(client, editor):
    someone, deputy = coordinator(), coordinator("040-628 04 11", name="Vera Vikarie", counties=("01",))
    leave = {"leave_from": "2026-11-20", "leave_until": "2026-11-30", "deputy": str(deputy.pk)}
    admin = editor()
    form = NEW | {"phones-INITIAL_FORMS": "0", "phones-TOTAL_FORMS": "1"} | leave
    assert admin.post(coordinator_form(someone.pk, "preview"), form).json()["is_valid"]
    entry = soup(admin.get(coordinator_form(someone.pk, "preview"))).select_one(".coordinator")
    assert "Ledig till och med 30 november. Ring Vera Vikarie i stället: 040-628 04 11" in words(entry)
    assert "Ledig" not in shown(client)


def test_editor_finds_coordinators_in_the_menu_and_in_the_list(editor):
    admin = editor()
    coordinator(name="Utkast Utkastsson", live=False)
    assert b"/admin/snippets/contacts/coordinator/" in admin.get("/admin/").content
    found = soup(admin.get("/admin/snippets/contacts/coordinator/", {"q": "Utkastsson"}))
    assert "Utkast Utkastsson" in words(found.main)
    assert "Nora Exempel" not in words(found.main)


@pytest.mark.parametrize("address", ["/admin/snippets/contacts/coordinator/", ADD_COORDINATOR])
def test_reader_is_sent_to_the_sign_in(client, address):
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/konto/login/")
