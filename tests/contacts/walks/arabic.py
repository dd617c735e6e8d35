"""Contacts in a copy of the repository that has Arabic as its third language.

Run by `test_another_language` in that copy.
"""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale

from contacts.exports.pocket_cards import card_text
from contacts.guide.addresses import Addresses
from contacts.guide.page import FLOW_CHART
from contacts.models import ContactsPage, Coordinator, County, GuidePage, Municipality, SupportLine
from contacts.places import place_with_code
from pages.models import HomePage
from tests.contacts.editing import line_form, send_form
from tests.contacts.guide.graphs import every_visit
from tests.contacts.importing import csv_file, run
from tests.contacts.own_pages import CHANGE, ENTRY, HISTORY, held_entry, opened, signed_in
from tests.contacts.sign_ins import action, admin_form, editing
from tests.factories import coordinator
from tests.paper import paper_tools, sent
from tests.reading import soup, words
from tests.translating import translated_copy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail")]

ROLE, NOTE, MALMO, URGENT, REASON = "منسقة إقليمية", "اتصلوا صباحاً", "مالمو", "عاجل", "عطلة"


@pytest.fixture
def skane() -> str:
    """Publish the contacts in Arabic; return the address of the county's page."""
    arabic = Locale.objects.create(language_code="ar")
    translated_copy(HomePage.objects.get(locale__language_code="sv"), arabic).save_revision().publish()
    translated_copy(ContactsPage.objects.get(locale__language_code="sv"), arabic).save_revision().publish()
    page = ContactsPage.objects.get(locale=arabic)
    return f"{page.url}skane-lan/"


def test_coordinator_writes_it_and_readers_see_it(client, skane):
    own = signed_in(held_entry("040-628 04 11"))
    assert own.post(CHANGE, opened(own, CHANGE) | {"role_ar": ROLE, "note_ar": NOTE}).status_code == 302
    html = soup(client.get(skane))
    assert html.html["dir"] == "rtl"
    assert ROLE in words(html.main)
    assert NOTE in words(html.main)
    assert "+46 40 628 04 11" in words(html.main)
    assert f"Roll på arabiska Före: (tomt) Efter: {ROLE}" in words(soup(own.get(HISTORY)).main)
    shown = soup(own.get(ENTRY)).select_one("[lang=ar]")
    assert ROLE in words(shown)
    assert shown["dir"] == "rtl"


def test_fields_of_the_form_are_from_right_to_left():
    own = signed_in(held_entry("040-628 04 11"))
    field = soup(own.get(CHANGE)).select_one("[name=role_ar]")
    assert (field["lang"], field["dir"]) == ("ar", "rtl")
    assert "required" not in field.attrs


def test_editor_writes_it(client, skane):
    entry, browser = coordinator("040-628 04 11"), editing()
    sent = admin_form(browser, entry) | {"role_ar": ROLE, "action-publish": "action-publish"}
    assert browser.post(action("edit", entry), sent).status_code == 302
    assert ROLE in words(soup(client.get(skane)).main)
    line = SupportLine.objects.get(level="urgent")
    assert send_form(browser, line_form(line), {"number": "114 14"}).status_code == 302  # Arabic may follow later
    assert send_form(browser, line_form(line), {"heading_ar": URGENT}).status_code == 302
    assert URGENT in words(soup(client.get(skane)))
    closed = {"first_day": "2026-12-24", "last_day": "2026-12-26", "reason_ar": REASON}
    rows = {f"opening_exceptions-0-{name}": value for name, value in closed.items()}
    line = SupportLine.objects.get(level="advice")
    assert send_form(browser, line_form(line), {"opening_exceptions-TOTAL_FORMS": "1", **rows}).status_code == 302
    with time_machine.travel(datetime(2026, 12, 20, 12, tzinfo=UTC), tick=False):
        advice = soup(client.get(skane)).select_one(".call__row--advice")
    assert f"({REASON})" in words(advice.select_one(".call__coming"))
    assert advice.select_one('a[href="tel:+4620390000"]')


def test_guide_is_written_and_leads_to_whom_to_call(client, skane):
    arabic = Locale.objects.get(language_code="ar")
    guide = translated_copy(GuidePage.objects.get(locale__language_code="sv"), arabic)
    guide.nodes[0].value["heading"] = URGENT
    guide.save_revision().publish()
    assert words(soup(client.get(guide.url)).h1) == URGENT
    ends = 0
    for visit in every_visit(guide.graph):
        with translation.override("ar"):
            address = Addresses(guide.url, place_with_code("12") if visit.has_passed_place else None).of(visit)
        html = soup(client.get(address.partition("#")[0]))
        assert html.html.attrs == {"lang": "ar", "dir": "rtl"}
        ends += bool(html.select('.guide-calls a[href^="tel:"]'))
    assert ends == 36
    with translation.override("ar"):
        chart = guide.url + guide.reverse_subpage(FLOW_CHART)
    assert URGENT in words(soup(client.get(chart)).main)


def test_pocket_card_is_made(client, skane, settings, tmp_path):
    paper_tools()
    settings.DATA_DIR = tmp_path
    coordinator("040-628 04 11", role_ar=ROLE)
    with translation.override("ar"):
        answer = client.get(reverse("pocket-card", args=["12"]))
        text = card_text(County.objects.get(code="12"), ContactsPage.for_active_language())
    assert sent(answer).startswith(b"%PDF")
    card = BeautifulSoup(text, "html.parser")
    assert (card.html["lang"], card.html["dir"]) == ("ar", "rtl")
    assert ROLE in words(card)


def test_import_reads_it(tmp_path):
    header = "name;role_sv;role_ar;note_ar;employer;target_group;counties;phones;email"
    row = f"Ada Ek;Regionkoordinator;{ROLE};{NOTE};Lunds kommun;both;12;040-628 04 70;ada@example.se"
    run("import_coordinators", csv_file(tmp_path, f"{header}\n{row}\n"))
    entry = Coordinator.objects.get(email="ada@example.se")
    assert (entry.role_ar, entry.note_ar, entry.role_sv) == (ROLE, NOTE, "Regionkoordinator")


def test_registers_hold_it(client):
    entry = coordinator("040-628 04 11", role_ar=ROLE)
    (row,) = [
        row
        for row in json.loads(client.get("/register/coordinators.json").content)["coordinators"]
        if row["uid"] == str(entry.uid)
    ]
    assert row["role"]["ar"] == ROLE
    assert row["phones"][0]["shown"]["ar"] == "+46 40 628 04 11"
    assert row["vcard"]["ar"].endswith(f"/ar/register/coordinators/{entry.uid}.vcf")
    table = client.get("/register/coordinators.csv").content.decode("utf-8-sig")
    (row,) = [row for row in csv.DictReader(io.StringIO(table), delimiter=";") if row["uid"] == str(entry.uid)]
    assert row["role_ar"] == ROLE
    assert "role_ar" in words(soup(client.get("/register/")).main)
    with translation.override("ar"):
        card = reverse("coordinator-card", args=[entry.uid])
    assert f"TITLE;LANGUAGE=ar:{ROLE}" in client.get(card).content.decode()


def test_lookup_and_search_find_its_names(client, skane):
    Municipality.objects.filter(code="1280").update(name_ar=MALMO)
    Municipality.objects.get(code="1280").save()
    for address in ("/kontakt/", skane.removesuffix("skane-lan/")):
        place, _hash, _typed = client.get(address, {"q": MALMO}).headers["Location"].partition("#")
        assert place.endswith("/skane-lan/malmo/")
    assert MALMO in words(soup(client.get(skane + "malmo/")).h1)
    with translation.override("ar"):
        names = json.loads(client.get(reverse("place-names")).content)["places"]
        found = soup(client.get(reverse("search"), {"q": MALMO}))
    assert "Malmö" in next(place for place in names if place["name"] == MALMO)["also"]
    assert found.main.select_one(f'a[href="{skane}malmo/"]')
