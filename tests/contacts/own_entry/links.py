"""What tests of links share: the latest one to an address, and that one is refused."""

from django.test import Client

from tests.contacts.own_entry.entry_world import World
from tests.contacts.own_entry.link_model import Link
from tests.reading import soup, words

EDITOR, OWNERS = "redaktor0@example.org", "olga@example.org"


def link(world: World, address: str = OWNERS) -> Link:
    """Return the latest link to an address."""
    return [each for each in world.links if each.address == address][-1]


def to(world: World) -> set[str]:
    """Return the addresses that the latest change was mailed to with a link."""
    return {each.address for each in world.links if each.change == world.links[-1].change}


def refused(world: World, each: Link, language: str = "") -> str:
    """Check that a link changes nothing, opened or pressed, and return why it says so."""
    before = world.values()
    anyone = Client(enforce_csrf_checks=True)
    for answer in (anyone.get(language + each.path), anyone.post(language + each.path), anyone.head(each.path)):
        assert answer.status_code == 410
        assert not answer.cookies
    assert world.values() == before
    page = soup(anyone.get(language + each.path), 410)
    assert page.select_one('.call a[href="tel:112"]')
    assert page.select_one('main a[href*="kind=wrong-number"]')
    assert page.select_one('main a[href^="/koordinator/"]')
    return words(page.select_one("main .lead"))
