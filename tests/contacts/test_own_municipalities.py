"""Coordinators correct the numbers of the municipalities in their counties."""

from datetime import date

import pytest
import time_machine
from wagtail.models import ModelLogEntry

from contacts.models import Coordinator, Municipality
from pages.models import site_version
from tests.contacts.own_pages import MUNICIPALITIES, form_data, held_entry, opened, signed_in
from tests.contacts.sign_ins import editor
from tests.mail import text
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

MALMO, LUND, STOCKHOLM = "1280", "1281", "0180"
TYPED = {
    "social_services_number": "040-628 04 00",
    "out_of_hours_number": "",
    "website": "https://malmo.example.se/socialtjanst",
    "source": "Kommunens webbplats",
}


@pytest.fixture
def own(mail):
    return signed_in(held_entry(counties=("12", "10")))


def page(code: str) -> str:
    return f"{MUNICIPALITIES}{code}/"


def test_list_has_the_counties_of_the_entry_alone(own):
    html = soup(own.get(MUNICIPALITIES))
    assert [words(heading) for heading in html.select("main h2")] == ["Blekinge län", "Skåne län"]
    names = [words(link) for link in html.select(".municipalities a")]
    assert len(names) == 5 + 33
    assert names.index("Ängelholm") < names.index("Örkelljunga")  # last, in this order
    assert names[-2:] == ["Örkelljunga", "Östra Göinge"]


@time_machine.travel("2026-11-24 12:00+01:00")
def test_correction_is_live_logged_and_dated(own):
    Municipality.objects.filter(pk=MALMO).update(
        social_services_number="+46406280499", source="Import", checked_on=date(2026, 1, 1)
    )
    version = site_version()
    sent = opened(own, page(MALMO))
    assert sent["social_services_number"] == "040-628 04 99"
    assert sent["checked_on"] == "2026-11-24"
    assert own.post(page(MALMO), sent | TYPED).status_code == 302
    saved = Municipality.objects.get(pk=MALMO)
    assert saved.social_services_number.as_e164 == "+46406280400"
    assert (saved.website, saved.source, saved.checked_on) == (TYPED["website"], TYPED["source"], date(2026, 11, 24))
    assert site_version() > version
    row = ModelLogEntry.objects.for_instance(saved).get()
    assert row.action == "contacts.municipality.correct"
    assert row.data["changes"]["social_services_number"] == {"old": "+46406280499", "new": "+46406280400"}
    assert row.data["changes"]["source"]["old"] == "Import"
    assert saved.name_sv == "Malmö"


def test_editors_are_mailed_what_was_changed(own, mail, django_capture_on_commit_callbacks):
    editor()
    for typed in (TYPED, {"out_of_hours_number": "040-628 04 71"}, {"source": "Växeln"}):
        with django_capture_on_commit_callbacks(execute=True):
            assert own.post(page(MALMO), opened(own, page(MALMO)) | typed).status_code == 302
    first, second = mail.messages()  # none of the source alone
    assert {str(message["To"]) for message in (first, second)} == {"redaktor@example.org"}
    assert "Malmö" in first["Subject"]
    assert "Ny Koordinator" in text(first)
    assert "Före: (tomt)" in text(first)
    assert "Efter: 040-628 04 00" in text(first)
    assert "Efter: 040-628 04 71" in text(second)
    assert f"/admin/snippets/contacts/municipality/edit/{MALMO}/" in text(second)


@pytest.mark.parametrize("code", [STOCKHOLM, "9999", "12", "malmo", "-"])
def test_municipality_elsewhere_is_not_found(code, own):
    assert own.get(page(code)).status_code == 404
    assert own.post(page(code), TYPED | {"checked_on": "2026-11-24"}).status_code == 404
    assert not Municipality.objects.exclude(website="").exists()


def test_unpublished_entry_corrects_nothing(mail):
    entry = held_entry()
    own = signed_in(entry)
    Coordinator.objects.filter(pk=entry.pk).update(live=False)
    assert "inte är publicerade" in words(soup(own.get(MUNICIPALITIES)).main)
    assert own.get(page(MALMO)).status_code == 404
    assert own.post(page(MALMO), TYPED).status_code == 404


WRONG = {
    "not a number": {"social_services_number": "ring"},
    "emergency number": {"out_of_hours_number": "112"},
    "no address": {"website": "inte en adress"},
    "script": {"website": "javascript:alert(1)"},
    "tomorrow": {"checked_on": "2999-01-01"},
    "no day": {"checked_on": "igår"},
}


@pytest.mark.parametrize("typed", WRONG.values(), ids=WRONG)
def test_fault_is_told_and_the_rest_kept(typed, own):
    sent = opened(own, page(MALMO)) | TYPED | typed
    html = soup(own.post(page(MALMO), sent), 422)
    (field,) = typed
    assert html.select_one(f"[name={field}]")["aria-invalid"] == "true"
    assert html.select_one(f'[role=alert] a[href="#id_{field}"]')
    assert form_data(html) == sent
    assert Municipality.objects.get(pk=MALMO).source == ""


@pytest.mark.parametrize("missing", ["source", "checked_on"])
def test_number_needs_source_and_day(missing, own):
    html = soup(own.post(page(MALMO), opened(own, page(MALMO)) | TYPED | {missing: ""}), 422)
    assert "varifrån" in words(html.select_one("[role=alert]"))


def test_two_who_correct_at_once(own, mail):
    other = signed_in(held_entry(sign_in="annan@example.org", name="Annan"))
    mine, theirs = opened(own, page(MALMO)), opened(other, page(MALMO))
    other.post(page(MALMO), theirs | TYPED)
    html = soup(own.post(page(MALMO), mine | TYPED | {"social_services_number": "040-628 04 11"}), 409)
    told = words(html.select_one("[role=alert]"))
    assert "040-628 04 00" in told
    assert "040-628 04 11" in told
    assert own.post(page(MALMO), form_data(html)).status_code == 302
    assert Municipality.objects.get(pk=MALMO).social_services_number.as_e164 == "+46406280411"


def test_two_who_correct_different_fields_at_once_are_joined(own):
    other = signed_in(held_entry(sign_in="annan@example.org", name="Annan"))
    own.post(page(MALMO), opened(own, page(MALMO)) | TYPED | {"out_of_hours_number": "040-628 04 71"})
    mine, theirs = opened(own, page(MALMO)), opened(other, page(MALMO))
    other.post(page(MALMO), theirs | {"out_of_hours_number": "040-628 04 72", "source": "Växeln"})
    html = soup(own.post(page(MALMO), mine | {"social_services_number": "040-628 04 11"}), 409)
    told = words(html.select_one("[role=alert]"))
    assert "Sparat nu: 040-628 04 72" in told
    assert "Du skrev" not in told
    assert own.post(page(MALMO), form_data(html)).status_code == 302
    saved = Municipality.objects.get(pk=MALMO)
    assert saved.social_services_number.as_e164 == "+46406280411"
    assert (saved.out_of_hours_number.as_e164, saved.source) == ("+46406280472", "Växeln")


def test_day_that_was_typed_stays_in_the_form_of_the_second(own):
    other = signed_in(held_entry(sign_in="annan@example.org", name="Annan"))
    mine, theirs = opened(own, page(MALMO)), opened(other, page(MALMO))
    other.post(page(MALMO), theirs | TYPED)
    html = soup(own.post(page(MALMO), mine | TYPED | {"website": "", "checked_on": "2026-11-01"}), 409)
    assert form_data(html)["checked_on"] == "2026-11-01"


def test_form_of_another_municipality_corrects_neither(own):
    sent = opened(own, page(LUND)) | TYPED
    response = own.post(page(MALMO), sent, follow=True)
    assert "Inget sparades" in words(soup(response).select_one("[role=alert]"))
    assert not Municipality.objects.exclude(website="").exists()


def test_markup_is_text(own):
    own.post(page(MALMO), opened(own, page(MALMO)) | TYPED | {"source": "<b>x</b>"})
    assert "<b>x</b>" not in own.get(page(MALMO)).content.decode()
    assert opened(own, page(MALMO))["source"] == "<b>x</b>"
