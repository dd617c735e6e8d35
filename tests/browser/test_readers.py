"""Six readers on a phone: from the start page to the number that answers and to the rule, in three presses at most."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.addresses import pages
from tests.conftest import CopySite
from tests.pages.startup.starting import RUN_MANAGE, Place, Start

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
PRESSES = 3
NIGHT, DAY = "2026-11-25T23:30+01:00", "2026-11-25T10:00+01:00"
AT = "import time_machine; time_machine.travel({moment!r}, tick=True).start()\n"
# The coordinator of the county is on leave, and has a deputy from another one.
ON_LEAVE = """
from datetime import date
from contacts.models import Coordinator
away, deputy = Coordinator.objects.get(name="Nora Exempel"), Coordinator.objects.get(name="Nils Exempelsson")
away.leave_from, away.leave_until, away.deputy = date(2026, 11, 23), date(2026, 12, 20), deputy
away.save()
"""


@contextmanager
def site_at(place: Place, moment: str) -> Iterator[Start]:
    """Serve a site whose clock begins at a moment."""
    with place.start(program=("-c", AT.format(moment=moment) + RUN_MANAGE)) as start:
        start.wait_for_answer()
        yield start


@pytest.fixture(scope="module", autouse=True)
def places(copy_site: CopySite) -> list[Place]:
    """Copies for two sites, made before Playwright runs: then Django takes every test for asynchronous code."""
    return [copy_site(), copy_site()]


@pytest.fixture(scope="module")
def at_night(places: list[Place]) -> Iterator[str]:
    with site_at(places[0], NIGHT) as start:
        yield start.address


@pytest.fixture(scope="module")
def by_day(places: list[Place]) -> Iterator[str]:
    place = places[1]
    place.manage("shell", "--verbosity", "0", "--command", ON_LEAVE)
    with site_at(place, DAY) as start:
        yield start.address


class Reader:
    """Somebody with a phone, who begins on the start page; presses are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0

    def press(self, name: str, inside: str = "main") -> None:
        """Press a link, a button or the head of a fold that can be seen."""
        named = re.compile(name)
        where = self.page.locator(inside)
        button = where.get_by_role("button", name=named).or_(where.locator("summary").filter(has_text=named))
        self._press(where.get_by_role("link", name=named).or_(button).first)

    def find(self, place: str) -> None:
        """Type a place into the lookup, and press its button."""
        self.page.locator("#lookup-field").fill(place)
        self.press("^(Visa|Show)$", ".lookup")

    def sees(self, text: str, inside: str = "main") -> Locator:
        """Expect a text on the page; return its element."""
        element = self.page.locator(inside).get_by_text(re.compile(text.replace(" ", r"\s+"))).first
        expect(element).to_be_visible()
        return element

    def can_call(self, number: str) -> None:
        """Expect a number that can be dialled, and that does not look closed."""
        links = self.page.locator("main a[href^='tel:'], .call a[href^='tel:']").filter(has_text=number)
        expect(links.first).to_be_visible()
        closed = links.first.locator("xpath=ancestor::*[contains(@class, 'closed')]")
        expect(closed).to_have_count(0)

    def _press(self, target: Locator) -> None:
        self.presses += 1
        assert self.presses <= PRESSES
        target.click()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


def reader_on(page: Page, site: str, path: str = "/") -> Reader:
    """Open a start page."""
    page.goto(site + path)
    return Reader(page)


def test_police_officer_at_night_with_a_sixteen_year_old_in_lulea(phone: Page, at_night: str) -> None:
    reader = reader_on(phone, at_night)
    reader.find("Luleå")
    reader.can_call("112")
    reader.can_call("114 14")
    reader.sees("Regionkoordinatorerna har stängt nu. De svarar igen")
    first = phone.locator("main :is(h2, h3)").first
    expect(first).to_have_text(re.compile("Socialtjänsten i Luleå"))
    reader.press("Akut skydd")
    reader.sees("Är du skyldig att anmäla ska du genast göra en orosanmälan till socialnämnden")
    reader.press("^På den här sidan$")
    expect(phone.get_by_role("link", name="Ett barn: anmäl genast")).to_be_in_viewport()


def test_social_worker_in_kiruna_while_the_coordinator_is_on_leave(phone: Page, by_day: str) -> None:
    reader = reader_on(phone, by_day)
    reader.find("Kiruna")
    reader.sees("Ledig till och med 20 december")
    card = phone.locator(".coordinator", has_text="Nora Exempel")
    numbers = card.locator("a[href^='tel:']").all_inner_texts()
    assert numbers[0] == "0980-31 92 14"  # the deputy's, above the own ones
    assert "0980-31 92 00" in numbers[1:]
    assert "Nils Exempelsson" in card.inner_text()
    reader.press("Akut skydd")
    reader.sees("ansvarar för skyddat boende")
    reader.press("^På den här sidan$")
    expect(phone.get_by_role("link", name="Det första dygnet")).to_be_in_viewport()


def test_inspector_and_eight_berry_pickers(phone: Page, by_day: str) -> None:
    reader = reader_on(phone, by_day)
    reader.can_call("020-390 000")
    reader.sees("Öppet nu")
    reader.press("Vad du kan göra i ditt yrke")
    reader.press("^På den här sidan$")
    reader.press("^Inspektörer$")
    reader.sees("Prata med var och en ensam, skilt från förmän och från varandra")
    expect(phone.locator("h2", has_text="Inspektörer")).to_be_in_viewport()


def test_nurse_and_a_girl_of_fifteen(phone: Page, at_night: str) -> None:
    reader = reader_on(phone, at_night, "/en/")
    reader.can_call("112")
    reader.can_call("114 14")
    reader.press("What you can do in your profession")
    reader.press("^On this page$")
    reader.press("^Health care, dental care and psychologists$")
    reader.sees("You must report the concern to the social welfare board at once")
    expect(phone.locator("h2", has_text="Health care")).to_be_in_viewport()


def test_volunteer_with_a_family_from_ukraine(phone: Page, by_day: str) -> None:
    reader = reader_on(phone, by_day)
    reader.press("på flykt från Ukraina")
    reader.sees("4 mars 2027")
    reader.sees("betänketid")
    reader.can_call("020-390 000")
    reader.press("^Möter du människor på flykt")
    reader.sees("Låt aldrig en släkting eller vän tolka")


def test_prosecutor_cites_a_part(phone: Page, by_day: str) -> None:
    reader = reader_on(phone, by_day)
    reader.press("Straffrättsligt förfarande")
    reader.sees("Exempelutgåva, inte myndighetens text")
    reader.sees(r"13 a § förundersökningskungörelsen \(1947:948\), lydelse enligt kopia av den 2 januari 2025")
    reader.press("Hänvisa till 5.2")
    part = phone.locator(".cite[open]")
    expect(part.locator(".cite__text")).to_contain_text(re.compile("^Exempelutgåva, inte myndighetens text"))
    part.get_by_role("link").click()  # to see that what is cited is there
    expect(phone).to_have_url(re.compile("a7357b4f"))


@pytest.mark.parametrize("site", ["at_night", "by_day"])
def test_first_hit_is_on_the_first_screen(phone: Page, site: str, request: pytest.FixtureRequest) -> None:
    """Whatever the card of a place says at the moment."""
    start = request.getfixturevalue(site)
    phone.set_viewport_size({"width": 390, "height": 844})
    for kind, lowest in (("search-hits", 500), ("search-card", 700)):
        for address in pages(kind):
            phone.goto(start + address.path)
            top = phone.locator(".hit > a").first.evaluate("(link) => link.getBoundingClientRect().top")
            assert 0 < top <= lowest, address
