"""The pocket card of a county: one tagged page, true on its day, made once a day, and the way to it."""

import re
from datetime import date
from itertools import pairwise

import pytest
import zxingcpp

from contacts.models import Coordinator, County, OpeningException
from pages import tagged_pdf
from pages.file_lock import locked
from pages.models import ManualStepPage
from pages.tagged_pdf import can_make_pdf
from tests.contacts.leaves import AFTER, LEAVE, NOON, at
from tests.factories import coordinator
from tests.paper import assert_tagged, filled, paper_tools, pictures, sent, texts
from tests.reading import FROM_ABROAD, NUMBERS, PAIRS, soup

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]  # a file of the same rows

CARD = {"sv": "/register/counties/12.pdf", "en": "/en/register/counties/12.pdf"}
PAGE = dict(zip(("sv", "en"), PAIRS["county"], strict=True))
MUNICIPALITY = {"sv": "/kontakt/skane-lan/malmo/", "en": "/en/contact/skane-county/malmo/"}
DAY = {"sv": "Uppgifter från 2 december 2026", "en": "As of 2 December 2026"}


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def pango() -> None:
    paper_tools()


@at(NOON)
@pytest.mark.usefixtures("strict_templates", "pango")
@pytest.mark.parametrize("language", CARD)
def test_card_is_one_tagged_page_with_numbers_coordinators_steps_and_its_day(client, language):
    pdf = sent(client.get(CARD[language]))
    found = assert_tagged(pdf, language)
    assert {"H1", "H2", "H3", "L", "LI", "Link", "Figure"} <= set(found)
    levels = [int(tag[1]) for tag in found if tag in {"H1", "H2", "H3"}]
    assert all(later - earlier <= 1 for earlier, later in pairwise([0, *levels]))
    (text,) = texts(pdf)
    steps = ManualStepPage.objects.live().filter(locale__language_code=language)
    names = ["Sara Exempelberg", "Simon Exempeldal", *steps.values_list("title", flat=True)]
    assert [each for each in [*NUMBERS, *names] if each not in text] == []
    assert len(names) == 8
    assert ("+46 40 628 04 10" in text, "040-628 04 10" in text) == (language == "en", language == "sv")
    assert all((number in text) == (language == "en") for number in FROM_ABROAD)
    assert DAY[language] in text
    assert {"sv": "Demonstration", "en": "Demonstration"}[language] in text


@pytest.mark.usefixtures("pango")
@pytest.mark.parametrize("language", CARD)
def test_qr_code_leads_to_the_page_of_the_county(client, settings, language):
    pdf = sent(client.get(CARD[language]))
    (picture,) = pictures(pdf, 100)
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == settings.SITE_URL + PAGE[language]
    assert client.get(PAGE[language]).status_code == 200
    assert code.text.replace("-", "") in re.sub("[ -]", "", texts(pdf)[0])  # broken at a hyphen, it loses that


@pytest.mark.usefixtures("pango")
@pytest.mark.parametrize("language", CARD)
def test_absent_coordinator_and_closed_line_are_told_by_their_days(client, entry, line, language):
    line.opening_exceptions = [OpeningException(first_day=date(2026, 12, 4), last_day=date(2026, 12, 4))]
    line.save()
    with at(NOON):
        (text,) = texts(sent(client.get(CARD[language])))
    days = {
        "sv": "Ledig från och med 1 december 2026 till och med 20 december 2026.",
        "en": "On leave from 1 December 2026",
    }
    instead = {"sv": "Ring Vera Vikarie i stället: 040-628 04 11", "en": "Call Vera Vikarie instead: +46 40 628 04 11"}
    closed = {"sv": "Stängt 4 december", "en": "Closed 4 December"}
    assert [each[language] for each in (days, instead, closed) if each[language] not in text] == []
    with at(AFTER):
        (text,) = texts(sent(client.get(CARD[language])))
    assert "Lena Ledig" in text
    assert "Vera Vikarie" not in text
    assert "Öppet nu" not in text


@at("2026-11-29T12:00+01:00")
@pytest.mark.usefixtures("pango")
def test_coming_leave_is_told_with_the_deputy(client, entry):
    (text,) = texts(sent(client.get(CARD["sv"])))
    assert "Ledig från och med 1 december 2026 till och med 20 december 2026." in text
    assert "040-628 04 11" in text


@pytest.mark.usefixtures("pango")
def test_county_without_coordinator_leads_to_the_support_line(client):
    County.objects.get(code="12").coordinators.all().delete()
    (text,) = texts(sent(client.get(CARD["sv"])))
    assert "Ingen koordinator är registrerad för länet." in text
    assert text.count("020-390 000") == 3  # its row, in its hours, what is real in the demonstration


@at(NOON)
@pytest.mark.usefixtures("pango")
@pytest.mark.parametrize("language", CARD)
@pytest.mark.parametrize(("there", "shown", "leads"), [(6, 4, 0), (2, 2, 6)])
def test_fullest_card_is_one_page(client, language, there, shown, leads):
    Coordinator.objects.all().delete()
    long = {"role_sv": "Samordnande regionkoordinator mot människohandel", "role_en": "Senior regional coordinator"}
    for number in range(there):
        name = f"Förnamn-Mellannamn Efternamn-Exempelsson {number}"
        coordinator(
            "040-628 04 40", "070-174 06 41", name=name, email=f"{'exempel' * 5}{number}@example.se", **long, **LEAVE
        )
    for step in ManualStepPage.objects.all():
        step.lead = "Ta tidigt reda på om personen behöver uppehållstillstånd. " * 10
        step.save()
    pdf = sent(client.get(CARD[language]))
    (text,) = texts(pdf)
    assert text.count("Efternamn-Exempelsson") == shown
    told = {"sv": "Länet har fler koordinatorer", "en": "The county has more coordinators"}[language] in text
    assert told == (there > shown)
    assert text.count("…") == leads
    assert {"sv": "Skriv ut på A4", "en": "Print on A4"}[language] in text


@pytest.mark.usefixtures("pango")
def test_card_is_made_once_a_day_and_again_when_a_number_changes(client, tmp_path, line):
    def made(moment: str) -> tuple[bytes, set[str]]:
        with at(moment):
            pdf = sent(client.get(CARD["sv"]))
        return pdf, {path.name for path in (tmp_path / "pocket_cards").glob("*.pdf")}

    first = made("2026-12-02T09:00+01:00")
    assert made("2026-12-02T16:30+01:00") == first
    next_day = made("2026-12-03T09:00+01:00")
    line.number = "020-39 00 01"
    line.save()
    changed = made("2026-12-03T09:01+01:00")
    assert len({first[0], next_day[0], changed[0]}) == 3
    assert all(len(names) == 1 for _pdf, names in (first, next_day, changed))
    assert "020-39 00 01" in texts(changed[0])[0]
    client.get(CARD["en"])
    client.get("/register/counties/01.pdf")
    assert len(set((tmp_path / "pocket_cards").glob("*.pdf"))) == 3


@pytest.mark.usefixtures("pango", "strict_templates")
@pytest.mark.parametrize("language", CARD)
def test_who_asks_while_another_is_made_is_told_whom_to_call(client, tmp_path, language):
    with locked(tmp_path / "pocket_cards" / "pdf.lock"):
        answer = client.get(CARD[language])
    assert (answer["Retry-After"], answer["Cache-Control"]) == ("5", "no-store")
    page = soup(answer, 503)
    assert set(NUMBERS.values()) <= {link["href"] for link in page.select("a[href^='tel:']")}
    assert {CARD[language], PAGE[language]} <= {link["href"] for link in page.select("main a")}


@pytest.mark.usefixtures("pango", "strict_templates")
@pytest.mark.parametrize("language", CARD)
def test_pages_of_the_county_and_its_municipalities_lead_to_the_card(client, language):
    for address in (PAGE[language], MUNICIPALITY[language]):
        assert soup(client.get(address)).select(f'main a[href="{CARD[language]}"]')


def test_machine_without_pango_offers_no_card(client, monkeypatch):
    monkeypatch.setattr(tagged_pdf, "LIBRARIES", ("is-on-no-machine",))
    can_make_pdf.cache_clear()
    try:
        assert not soup(client.get(PAGE["sv"])).select(f'a[href="{CARD["sv"]}"]')
        assert client.get(CARD["sv"]).status_code == 404
    finally:
        can_make_pdf.cache_clear()


@pytest.mark.usefixtures("pango")
def test_county_that_is_not_there_has_no_card(client):
    assert client.get("/register/counties/99.pdf").status_code == 404


@pytest.mark.usefixtures("pango")
def test_card_leaves_no_panel_empty(client):
    (picture,) = pictures(sent(client.get(CARD["sv"])))
    quarter = picture.width // 4
    panels = [picture.crop((n * quarter + 4, 0, (n + 1) * quarter - 4, picture.height)) for n in range(4)]
    assert all(filled(panel) > 0.25 for panel in panels)
