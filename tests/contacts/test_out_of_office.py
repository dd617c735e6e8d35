"""What the card of a coordinator says out of office hours, and what a county without one says."""

from datetime import date

import pytest

from contacts.models import County
from tests.contacts.leaves import NIGHT, NOON, at, card_in, numbers, update
from tests.reading import PAIRS, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("strict_templates")]


@pytest.mark.parametrize(
    ("moment", "swedish", "english"),
    [
        ("2026-11-24T23:00+01:00", "svarar igen på onsdag", "answer again on Wednesday"),
        ("2026-11-24T05:00+01:00", "svarar igen senare i dag", "answer again later today"),
        ("2026-11-27T16:00+01:00", "svarar igen på måndag", "answer again on Monday"),
        ("2026-11-28T12:00+01:00", "svarar igen på måndag", "answer again on Monday"),
        ("2026-12-24T12:00+01:00", "svarar igen på måndag", "answer again on Monday"),
    ],
)
def test_page_says_once_until_when_they_are_closed_and_who_answers(client, entry, moment, swedish, english):
    update(entry, leave_from=None, leave_until=None)
    for language, said in (
        ("sv", f"Regionkoordinatorerna har stängt nu. De {swedish}."),
        ("en", f"The regional coordinators are closed now. They {english}."),
    ):
        for name in ("county", "all coordinators"):
            with at(moment):
                main = soup(client.get(PAIRS[name][language == "en"])).main
            (told,) = main.select(".office-closed")
            assert words(told).startswith(said)
            assert numbers(told) == ["114 14"]
            shown = card_in(main, "Lena Ledig")
            assert not shown.select(".coordinator__state")
            assert {"sv": "direkt stängt nu", "en": "direct closed now"}[language] in words(shown)


def test_day_that_is_told_is_none_of_the_leave(client, entry):
    """On the Monday evening before the leave she does not answer again on Tuesday, as the others do."""
    with at("2026-11-30T20:00+01:00"):
        main = soup(client.get(PAIRS["county"][0])).main
    assert "De svarar igen på tisdag." in words(main.select_one(".office-closed"))
    assert "Stängt nu – svarar igen måndag 21 december" in words(card_in(main, "Lena Ledig"))


@pytest.mark.parametrize("status", ["example", "confirmed", "unknown"])
def test_made_up_hours_are_marked_as_such(client, entry, line, status):
    line.hours_status = status
    line.hours_confirmed_on = date(2026, 11, 1) if status == "confirmed" else None
    line.save()
    with at("2026-11-24T23:00+01:00"):
        shown = words(soup(client.get(PAIRS["county"][0])).select_one(".office-closed"))
    assert "har stängt nu" in shown
    assert ("exempel på tider" in shown) == (status == "example")


def test_county_without_coordinator_names_who_answers_now(client):
    County.objects.get(code="12").coordinators.all().delete()
    for moment, called in ((NOON, "Ring stödtelefonen: 020-390 000"), (NIGHT, "Kan det inte vänta? Ring 114 14")):
        with at(moment):
            assert called in words(soup(client.get(PAIRS["county"][0])).main)
