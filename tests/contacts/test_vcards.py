"""Coordinators as contacts to save: what phones read, whatever an entry holds."""

from uuid import uuid4

import pytest

from contacts.models import Coordinator, County
from tests.contacts.cards import read_cards
from tests.factories import coordinator
from tests.reading import PAIRS, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("strict_templates")]

AWKWARD = 'Åsa; "Ö", \\ B:c\r\nBEGIN:VCARD\n\tEND:VCARD 😀' + "å" * 90


@pytest.fixture
def entry() -> Coordinator:
    return coordinator(
        "040-628 04 01",
        "070-174 06 05",
        name="Nya Exempel",
        note_sv="Bäst på förmiddagen",
        note_en="Best before noon",
        is_example=True,
        counties=("12", "10"),
    )


def test_card_holds_what_the_entry_holds(client, entry):
    (card,) = read_cards(client.get(f"/register/coordinators/{entry.uid}.vcf"))
    assert card.raw("UID") == [f"urn:uuid:{entry.uid}"]
    assert card.texts("FN") == ["Nya Exempel"]
    assert card.raw("N") == [";Nya Exempel;;;"]
    assert card.texts("ORG") == ["Malmö stad"]
    assert card.texts("TITLE") == ["Regionkoordinator"]
    assert card.texts("TEL") == ["+46 40 628 04 01", "+46 70 174 06 05"]
    assert card.texts("EMAIL") == ["ny@example.se"]
    (note,) = card.texts("NOTE")
    assert note.splitlines()[0].startswith("Exempel:")
    assert {"Blekinge län, Skåne län", "Bäst på förmiddagen"} <= set(note.splitlines())
    (address,) = card.texts("URL")
    assert soup(client.get(address.removeprefix("http://localhost:8000"))).find("h2", string="Nya Exempel")


def test_card_is_in_the_language_of_its_address(client, entry):
    (card,) = read_cards(client.get(f"/en/register/coordinators/{entry.uid}.vcf"))
    assert card.texts("TITLE") == ["Regional coordinator"]
    assert card.parameters("TITLE") == ["LANGUAGE=en"]
    assert "Best before noon" in card.texts("NOTE")[0]
    assert "/en/contact/" in card.texts("URL")[0]


def test_kinds_of_number_are_told_apart(client, entry):
    mobile, switchboard = entry.phones.all()
    mobile.kind, switchboard.kind = "mobile", "switchboard"
    mobile.save()
    switchboard.save()
    (card,) = read_cards(client.get(f"/register/coordinators/{entry.uid}.vcf"))
    assert card.parameters("TEL") == ["TYPE=work,cell", "TYPE=work,voice"]


def test_awkward_text_stays_one_text(client, entry):
    entry.name, entry.note_sv = AWKWARD[:120], AWKWARD[:250]
    entry.save()
    (card,) = read_cards(client.get(f"/register/coordinators/{entry.uid}.vcf"))
    expected = AWKWARD.replace("\r\n", "\n").replace("\t", "")
    assert card.texts("FN") == [expected[: len(card.texts("FN")[0])]]
    assert len(card.texts("FN")[0]) >= 118
    assert len(card.raw("BEGIN")) == len(card.raw("END")) == 1


def test_county_file_holds_everyone_who_is_published(client):
    (everyone,) = [county for county in County.objects.all() if county.code == "12"]
    coordinator(name="Opublicerad Exempel", live=False)
    coordinator(name="Nya Exempel")
    cards = read_cards(client.get("/register/counties/12.vcf"))
    names = [card.texts("FN")[0] for card in cards]
    assert names == [each.name for each in everyone.coordinators.filter(live=True)]
    assert len(names) > 1


@pytest.mark.parametrize("language", [0, 1])
def test_county_page_leads_to_the_cards(client, entry, language):
    page = soup(client.get(PAIRS["county"][language])).main
    ways = {words(link): link["href"] for link in page.find_all("a") if link["href"].endswith(".vcf")}
    text = ["Spara i kontakter (vCard)", "Save to contacts (vCard)"][language]
    (own,) = [address for words_, address in ways.items() if words_ == f"{text} : Nya Exempel"]
    assert read_cards(client.get(own))[0].texts("FN") == ["Nya Exempel"]
    (together,) = [address for address in ways.values() if "/counties/" in address]
    assert len(read_cards(client.get(together))) == len(page.select(".coordinator")) > 1


def test_answer_is_a_file_with_a_readable_name(client, entry):
    response = client.get(f"/register/coordinators/{entry.uid}.vcf")
    assert response.headers["Content-Type"] == "text/vcard; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="nya-exempel.vcf"'
    county = client.get("/register/counties/14.vcf").headers["Content-Disposition"]
    assert county == 'attachment; filename="vastra-gotalands-lan.vcf"'


def test_name_without_latin_letters_still_gives_a_file_name(client, entry):
    entry.name = "李明"
    entry.save()
    response = client.get(f"/register/coordinators/{entry.uid}.vcf")
    assert response.headers["Content-Disposition"] == 'attachment; filename="kontakt.vcf"'


def test_unpublished_and_unknown_are_not_found(client, entry):
    Coordinator.objects.filter(pk=entry.pk).update(live=False)
    assert client.get(f"/register/coordinators/{entry.uid}.vcf").status_code == 404
    assert client.get(f"/register/coordinators/{uuid4()}.vcf").status_code == 404
    assert client.get("/register/counties/99.vcf").status_code == 404
    Coordinator.objects.update(live=False)
    assert client.get("/register/counties/12.vcf").status_code == 404
