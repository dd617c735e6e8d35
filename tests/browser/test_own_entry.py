"""A coordinator on a phone: signs in with a mailed code, corrects the number, confirms, and sees it published."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.axe import Findings
from tests.browser.keys import tab_to
from tests.browser.served import Site
from tests.config.accounts import last_code
from tests.mail import mail_of_server, text

pytestmark = pytest.mark.browser

ADDRESS = "koordinator@example.org"  # whom serve lets sign in
PHONE = {"width": 360, "height": 740}
PUBLIC = "/kontakt/norrbottens-lan/"
_numbers = (f"0980-31 92 {ending}" for ending in range(20, 100))  # set aside for fiction
SCHEMES = ("light", "dark")


@pytest.fixture
def open_phone(browser: Browser, site: Site) -> Iterator[Callable[..., BrowserContext]]:
    """Return a function that gives a browser of the size of a phone."""
    opened: list[BrowserContext] = []

    def new_phone(**options: Any) -> BrowserContext:
        opened.append(browser.new_context(base_url=site.address, viewport=PHONE, **options))
        return opened[-1]

    yield new_phone
    for context in opened:
        context.close()


@pytest.fixture(scope="module")
def session(browser: Browser, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the cookies of a coordinator who has signed in."""
    with browser.new_context(base_url=site.address, viewport=PHONE) as context:
        sign_in(context.new_page(), site)
        kept = tmp_path_factory.mktemp("session") / "cookies.json"
        context.storage_state(path=kept)
    return kept


def sign_in(page: Page, site: Site) -> None:
    page.goto("/koordinator/")
    page.get_by_role("link", name="Få en kod med e-post").click()
    page.get_by_label("E-post").fill(ADDRESS)
    page.get_by_role("button", name="Mejla mig en kod").click()
    page.get_by_label("Kod").fill(last_code(mail_of_server(site.folder / "mail", ADDRESS)))
    page.get_by_role("button", name="Logga in").click()
    expect(page).to_have_url(f"{site.address}/koordinator/")


def new_number() -> str:
    """Return a number that no test has saved: to save what is there already changes nothing."""
    return next(_numbers)


def save_number(page: Page, number: str) -> None:
    page.goto("/koordinator/andra/")
    page.get_by_label("Nummer 1").first.fill(number)
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("status")).to_have_text("Sparat. Läsarna ser det nu.")


@pytest.mark.sample
@pytest.mark.parametrize("with_script", [True, False])
def test_number_is_corrected_and_confirmed_on_a_phone(
    with_script: bool, site: Site, open_phone: Callable[..., BrowserContext]
) -> None:
    number = new_number()
    page = open_phone(java_script_enabled=with_script).new_page()

    sign_in(page, site)
    page.get_by_role("main").get_by_role("link", name="Ändra").click()
    page.get_by_label("Nummer 1").first.fill(number)
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("status")).to_have_text("Sparat. Läsarna ser det nu.")
    page.get_by_role("button", name="Stämmer fortfarande").click()
    expect(page.get_by_role("status")).to_contain_text("bekräftade i dag")

    reader = open_phone().new_page()
    reader.goto(PUBLIC)
    expect(reader.get_by_role("link", name=number)).to_have_attribute(
        "href", f"tel:+46-980-{number[5:].replace(' ', '-')}"
    )
    assert reader.context.cookies() == []


def test_everything_is_done_by_keyboard_alone(session: Path, open_phone: Callable[..., BrowserContext]) -> None:
    third = new_number()
    page = open_phone(storage_state=session).new_page()
    page.goto("/koordinator/")
    tab_to(page, "main a[href='/koordinator/andra/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/koordinator/andra/")
    tab_to(page, "[name=phones-0-number]")
    page.keyboard.press("Control+A")
    page.keyboard.type(third)
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Sparat. Läsarna ser det nu.")
    tab_to(page, "form[action='/koordinator/bekrafta/'] button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("bekräftade i dag")
    page.goto(PUBLIC)
    expect(page.get_by_role("link", name=third)).to_be_visible()


def assert_axe_finds_nothing(page: Page) -> None:
    findings = Findings(page)
    for scheme in SCHEMES:
        for width in (320, 360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            findings.look(f"{page.url} {scheme} {width} px", colours=scheme)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} at {width} px"
    assert findings.problems == ""


@pytest.mark.parametrize(
    "path",
    [
        *("/koordinator/", "/koordinator/andra/", "/koordinator/historik/"),
        *("/koordinator/kommuner/", "/koordinator/kommuner/2580/"),
        *("/konto/tva-steg/", "/konto/tva-steg/passkeys/add/", "/konto/inloggningar/"),
    ],
)
def test_axe_finds_nothing(path: str, session: Path, open_phone: Callable[..., BrowserContext]) -> None:
    first, second = new_number(), new_number()
    page = open_phone(storage_state=session).new_page()
    save_number(page, first)  # something to tell in the history
    save_number(page, second)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(path)
    expect(page).to_have_url(re.compile(f"{path}$"))
    assert_axe_finds_nothing(page)
    assert complaints == []


def test_axe_finds_nothing_in_faults(session: Path, open_phone: Callable[..., BrowserContext]) -> None:
    page = open_phone(storage_state=session).new_page()
    page.goto("/koordinator/andra/")
    page.get_by_label("Nummer 1").first.fill("växeln")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.locator("[name=phones-0-number]")).to_be_focused()
    assert_axe_finds_nothing(page)


def test_axe_finds_nothing_in_a_conflict(session: Path, open_phone: Callable[..., BrowserContext]) -> None:
    older, newer, mine = new_number(), new_number(), new_number()
    phone = open_phone(storage_state=session)
    first, second = phone.new_page(), phone.new_page()
    save_number(second, older)
    first.goto("/koordinator/andra/")
    save_number(second, newer)
    first.get_by_label("Nummer 1").first.fill(mine)
    first.get_by_role("button", name="Spara").click()
    told = first.get_by_role("alert")
    expect(told).to_contain_text(newer)
    expect(told).to_contain_text(mine)
    assert_axe_finds_nothing(first)


def test_axe_finds_nothing_on_the_way_back(
    session: Path, site: Site, open_phone: Callable[..., BrowserContext]
) -> None:
    first, second = new_number(), new_number()
    own = open_phone(storage_state=session).new_page()
    save_number(own, first)
    save_number(own, second)
    mails = mail_of_server(site.folder / "mail", "editor@example.org")
    links = [line for line in text(mails[-1]).splitlines() if "/koordinator/aterstall/" in line]
    page = open_phone().new_page()
    page.goto(links[-1])
    assert_axe_finds_nothing(page)
    page.get_by_role("button", name="Återställ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("De tidigare uppgifterna är tillbaka")
    assert_axe_finds_nothing(page)
    page.goto(PUBLIC)
    expect(page.get_by_role("link", name=first)).to_be_visible()
    assert page.context.cookies() == []
