"""Fields in two languages: neither language is lost or swapped, whichever is active, and no page reads a base column.

The base column ("role" beside "role_sv" and "role_en") takes the language that was active at the
last save, so whoever reads it shows Swedish on English pages, or the reverse.
"""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import translation

from contacts.models import Coordinator, County, SupportLine
from tests.factories import coordinator
from tests.reading import ADDRESSES, PAIRS, soup, words

pytestmark = pytest.mark.django_db

LANGUAGES = ["sv", "en"]
TEXTS = {
    "role_sv": "Samordnare",
    "role_en": "Organiser",
    "note_sv": "Svarar på förmiddagen.",
    "note_en": "Answers in the morning.",
}


def entries(client: Client) -> dict[str, str]:
    """Return the text of the coordinator "Ny Koordinator" on the page of Skåne, by language."""
    pages = {language: soup(client.get(address)) for language, address in zip(LANGUAGES, PAIRS["county"], strict=True)}
    return {
        language: words(page.select_one('.coordinator:-soup-contains("Ny Koordinator")'))
        for language, page in pages.items()
    }


def assert_texts_are_in_their_languages(client: Client) -> None:
    shown = entries(client)
    for language, other in (("sv", "en"), ("en", "sv")):
        for field in ("role", "note"):
            assert TEXTS[f"{field}_{language}"] in shown[language]
            assert TEXTS[f"{field}_{other}"] not in shown[language]


@pytest.mark.parametrize("active", [*LANGUAGES, None])
def test_saving_under_any_language_keeps_both(client, active):
    coordinator(**TEXTS)
    with translation.override(active):
        someone = Coordinator.objects.get(name="Ny Koordinator")
        someone.employer = "Lunds kommun"
        someone.save()
    assert Coordinator.objects.filter(employer="Lunds kommun", **TEXTS).exists()
    assert_texts_are_in_their_languages(client)


@pytest.mark.parametrize("active", [*LANGUAGES, None])
def test_making_an_entry_under_any_language_keeps_both(client, active):
    with translation.override(active):
        coordinator(**TEXTS)
    assert_texts_are_in_their_languages(client)


@pytest.mark.parametrize("written", LANGUAGES)
@pytest.mark.parametrize("published", LANGUAGES)
def test_draft_written_under_one_language_and_published_under_another_keeps_both(client, written, published):
    someone = coordinator(role_sv="Förut", role_en="Before")
    with translation.override(written):
        for field, text in TEXTS.items():
            setattr(someone, field, text)
        draft = someone.save_revision()
    with translation.override(published):
        draft.publish()
    assert_texts_are_in_their_languages(client)


@pytest.mark.parametrize("active", LANGUAGES)
@pytest.mark.parametrize("field", ["heading", "name", "plain_hours"])
def test_saving_a_support_line_under_any_language_keeps_both(field, active):
    both = [f"{field}_sv", f"{field}_en"]
    before = SupportLine.objects.values(*both).get(level="advice")
    assert all(before.values())
    assert len(set(before.values())) == 2
    with translation.override(active):
        line = SupportLine.objects.get(level="advice")
        line.number = "020-390 001"
        line.save()
    assert SupportLine.objects.values(*both).get(number="020-390 001") == before


@pytest.mark.parametrize("active", LANGUAGES)
def test_saving_a_county_under_any_language_keeps_both_names_and_addresses(client, active):
    with translation.override(active):
        County.objects.get(code="12").save()
    for address, name in zip(PAIRS["county"], ["Skåne län", "Skåne County"], strict=True):
        assert words(soup(client.get(address)).h1) == name


@pytest.mark.any_database  # which column a template reads
# At a standstill, because the pages tell the time.
@time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC), tick=False)
@pytest.mark.parametrize("address", [*ADDRESSES, "/kontakt/?q=gav", "/en/contact/?q=gav"])
def test_page_never_shows_a_base_column(client, address):
    before = soup(client.get(address))
    columns = {
        "county": ("name", "slug"),
        "municipality": ("name", "slug"),
        "coordinator": ("role", "note"),
        "supportline": ("heading", "name", "plain_hours"),
        "supportservice": ("name", "description", "places", "hours", "source", "source_date"),
    }
    with connection.cursor() as cursor:
        for table, fields in columns.items():
            key = "code" if table in {"county", "municipality"} else "id"
            changes = ", ".join(f"{field} = 'bas-' || {key}" for field in fields)
            cursor.execute(f"UPDATE contacts_{table} SET {changes}")  # noqa: S608
            assert cursor.rowcount > 0
    after = client.get(address)
    assert not re.search(rb"\bbas-\d", after.content)
    assert words(soup(after)) == words(before)


def test_text_that_is_not_translated_shows_in_swedish(client):
    for empty in ("", None):
        coordinator(role_sv="Samordnare", role_en=empty, note_sv="Svarar på förmiddagen.", note_en=empty)
        shown = entries(client)
        assert "Samordnare" in shown["en"]
        assert "Svarar på förmiddagen." in shown["en"]
        Coordinator.objects.get(name="Ny Koordinator").delete()
