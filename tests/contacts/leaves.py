"""What tests of leave and office hours share: a coordinator on leave, moments, and the cards of Skåne on each page."""

from datetime import date, datetime

import time_machine
from bs4 import Tag
from django.test import Client

from contacts.models import Coordinator
from contacts.opening_hours import STOCKHOLM
from tests.reading import PAIRS, soup, words

LANGUAGES = ["sv", "en"]
PLACES = {
    "county": PAIRS["county"],
    "municipality": ("/kontakt/skane-lan/malmo/", "/en/contact/skane-county/malmo/"),
    "all": PAIRS["all coordinators"],
    "search": ("/sok/?q=malmo", "/en/search/?q=malmo"),
}
LEAVE = {"leave_from": date(2026, 12, 1), "leave_until": date(2026, 12, 20)}
BEFORE, FIRST = "2026-11-30T23:59:59+01:00", "2026-12-01T00:00+01:00"
LAST, AFTER = "2026-12-20T23:59:59+01:00", "2026-12-21T00:00+01:00"
NOON, NIGHT = "2026-12-02T12:00+01:00", "2026-12-02T23:00+01:00"
ON_LEAVE = {"sv": "Ledig till och med 20 december.", "en": "On leave up to and including 20 December."}


def at(moment: str) -> time_machine.travel:
    """Stop the clock at a moment."""
    return time_machine.travel(datetime.fromisoformat(moment).astimezone(STOCKHOLM), tick=False)


def card_in(main: Tag, name: str) -> Tag:
    """Return the card of a coordinator in Skåne, on a page of all counties too."""
    skane = main.select_one("section:has(#county-12)") or main
    (found,) = [each for each in skane.select(".coordinator") if words(each.select_one(".coordinator__name")) == name]
    return found


def card(client: Client, address: str, name: str = "Lena Ledig") -> Tag:
    """Return the card of a coordinator on a page that is asked for now."""
    return card_in(soup(client.get(address)).main, name)


def numbers(node: Tag) -> list[str]:
    """Return the numbers to call, in order."""
    return [words(link) for link in node.select('a[href^="tel:"]')]


def update(entry: Coordinator, **fields) -> None:
    """Change an entry."""
    Coordinator.objects.filter(pk=entry.pk).update(**fields)
