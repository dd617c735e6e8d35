"""What the card of a coordinator says out of office hours, and what a county without one says."""

from datetime import date

import pytest

from contacts.models import County
from tests.contacts.leaves import NIGHT, NOON, at, card, numbers, update
from tests.reading import PAIRS, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("strict_templates")]


@pytest.mark.parametrize(
    ("moment", "swedish", "english"),
    [
        ("2026-11-24T23:00+01:00", "svarar igen onsdag", "answers again on Wednesday"),
        ("2026-11-24T05:00+01:00", "svarar igen senare i dag", "answers again later today"),
        ("2026-11-27T16:00+01:00", "svarar igen måndag", "answers again on Monday"),
        ("2026-11-28T12:00+01:00", "svarar igen måndag", "answers again on Monday"),
        ("2026-12-24T12:00+01:00", "svarar igen måndag", "answers again on Monday"),
    ],
)
def test_card_out_of_office_hours_says_when_and_who_until_then(client, entry, moment, swedish, english):
    for language, said in (("sv", f"Stängt nu – {swedish}"), ("en", f"Closed now – {english}")):
        update(entry, leave_from=None, leave_until=None)
        with at(moment):
            shown = card(client, PAIRS["county"][language == "en"])
        assert words(shown.select_one(".coordinator__state--closed")).startswith(said)
        assert numbers(shown)[0] == "114 14"
        assert {"sv": "direkt stängt nu", "en": "direct closed now"}[language] in words(shown)


def test_day_that_is_told_is_none_of_the_leave(client, entry):
    """On the Monday evening before the leave she does not answer again on Tuesday."""
    with at("2026-11-30T20:00+01:00"):
        assert "svarar igen måndag 21 december" in words(card(client, PAIRS["county"][0]))


@pytest.mark.parametrize("status", ["example", "confirmed", "unknown"])
def test_made_up_hours_are_marked_as_such(client, entry, line, status):
    line.hours_status = status
    line.hours_confirmed_on = date(2026, 11, 1) if status == "confirmed" else None
    line.save()
    with at("2026-11-24T23:00+01:00"):
        shown = card(client, PAIRS["county"][0], "Kollega Kvar")
    assert "Stängt nu" in words(shown)
    assert ("exempel på tider" in words(shown)) == (status == "example")


def test_county_without_coordinator_names_who_answers_now(client):
    County.objects.get(code="12").coordinators.all().delete()
    for moment, called in ((NOON, "Ring stödtelefonen: 020-390 000"), (NIGHT, "Kan det inte vänta? Ring 114 14")):
        with at(moment):
            assert called in words(soup(client.get(PAIRS["county"][0])).main)
