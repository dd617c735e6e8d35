"""Readers are told how old a coordinator's confirmation is, in words, by the date in Stockholm."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from contacts.models import Coordinator
from tests.factories import coordinator
from tests.reading import PAIRS, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]

CONFIRMED_ON = date(2026, 11, 12)
# The 180th day after that date is 11 May 2027; in Stockholm (UTC+2) the 181st begins at 22 o'clock UTC.
LAST_GOOD_MOMENT = datetime(2027, 5, 11, 21, 59, 59, tzinfo=UTC)
FIRST_OLD_MOMENT = datetime(2027, 5, 11, 22, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def entry() -> Coordinator:
    """The only coordinator of Skåne."""
    Coordinator.objects.all().delete()
    return coordinator("040-628 04 01", name="Nya Exempel", confirmed_on=CONFIRMED_ON)


def confirmation(client, address: str):
    (found,) = soup(client.get(address)).main.select(".coordinator .confirmation")
    return found


@pytest.mark.parametrize(
    ("language", "moment", "text"),
    [
        (0, LAST_GOOD_MOMENT, "Bekräftad 12 november 2026"),
        (1, LAST_GOOD_MOMENT, "Confirmed 12 November 2026"),
        (0, FIRST_OLD_MOMENT, "Inte bekräftad sedan 12 november 2026. Uppgifterna kan ha ändrats."),
        (1, FIRST_OLD_MOMENT, "Not confirmed since 12 November 2026. The details may have changed."),
    ],
)
@pytest.mark.parametrize("kind", ["county", "all coordinators"])
def test_confirmation_grows_old_at_midnight_in_stockholm(client, kind, language, moment, text):
    with time_machine.travel(moment, tick=False):
        assert words(confirmation(client, PAIRS[kind][language])) == text


def test_old_confirmation_looks_different_too(client):
    with time_machine.travel(LAST_GOOD_MOMENT, tick=False):
        fresh = confirmation(client, PAIRS["county"][0])["class"]
    with time_machine.travel(FIRST_OLD_MOMENT, tick=False):
        old = confirmation(client, PAIRS["county"][0])["class"]
    assert set(old) - set(fresh) == {"confirmation--old"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (0, "Inte bekräftad än. Uppgifterna kan vara fel."),
        (1, "Not confirmed yet. The details may be wrong."),
    ],
)
def test_entry_that_was_never_confirmed_says_so(client, entry, language, text):
    entry.confirmed_on = None
    entry.save()
    found = confirmation(client, PAIRS["county"][language])
    assert words(found) == text
    assert "confirmation--old" in found["class"]


@pytest.mark.parametrize("is_published", [True, False])
def test_deputy_is_named_only_while_published(client, entry, is_published):
    entry.deputy = coordinator(name="Stina Exempel", counties=("25",), live=is_published)
    entry.save()
    assert ("Stina Exempel" in words(soup(client.get(PAIRS["county"][0])).main)) == is_published
