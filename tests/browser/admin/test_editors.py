"""An editor enters a municipality's numbers, which readers see, and invites a coordinator, who gets the mail."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import Findings
from tests.browser.served import Site
from tests.browser.test_layout import SPACED_TEXT, STYLED, too_wide
from tests.mail import mail_of_server, text

pytestmark = pytest.mark.browser

KIRUNA = "/kontakt/norrbottens-lan/kiruna/"
DAYTIME, OUT_OF_HOURS = "0980-31 92 51", "0980-31 92 52"


@pytest.fixture
def reader(browser: Browser, site: Site) -> Iterator[Page]:
    """Open a narrow window in which nobody is signed in."""
    with browser.new_context(base_url=site.address, viewport={"width": 320, "height": 640}) as context:
        yield context.new_page()


def test_numbers_that_an_editor_enters_reach_readers(editor: Page, reader: Page) -> None:
    editor.goto("/admin/snippets/contacts/municipality/?q=kiruna")
    editor.get_by_role("link", name="Kiruna").click()
    editor.get_by_label("Kontrollerat").fill("2026-11-20")
    editor.get_by_label("Socialtjänsten").fill(DAYTIME)
    editor.get_by_label("Socialjouren").fill(OUT_OF_HOURS)
    editor.get_by_label("Webbadress").fill("https://kiruna.example.se/")
    editor.get_by_label("Källa till numren").fill("Kommunens webbplats")
    editor.keyboard.press("Enter")  # the calendar may lie over the button
    expect(editor.locator(".messages .success")).to_be_visible()

    reader.goto(KIRUNA)
    for number in (DAYTIME, OUT_OF_HOURS):
        expect(reader.locator("#social-services").get_by_role("link", name=number)).to_be_visible()
    reader.set_viewport_size({"width": 1280, "height": 800})  # on a phone the row holds the numbers of everywhere
    expect(reader.locator(".call__row--urgent").get_by_role("link", name=OUT_OF_HOURS)).to_be_visible()

    findings = Findings(reader)
    for scheme in ("light", "dark"):
        for width in (320, 1280):
            reader.set_viewport_size({"width": width, "height": 800})
            reader.emulate_media(color_scheme=scheme)
            findings.look(f"{scheme} {width} px", colours=scheme)
    reader.emulate_media(media="print")
    findings.look("print", colours="print")
    assert findings.problems == ""

    reader.emulate_media(media="screen")
    reader.set_viewport_size({"width": 320, "height": 640})
    assert too_wide(reader) == ""
    reader.evaluate(STYLED, SPACED_TEXT)
    assert too_wide(reader) == ""


def test_editor_invites_a_coordinator_from_the_entry(editor: Page, site: Site) -> None:
    editor.goto("/admin/snippets/contacts/coordinator/?q=mira")
    editor.get_by_role("button", name="Mira Exempel").click()  # the row's menu
    editor.get_by_role("link", name="Bjud in att logga in").click()
    expect(editor.get_by_label("Inloggningsadress")).to_be_visible()
    findings = Findings(editor)
    findings.look("invitation")
    editor.get_by_label("Inloggningsadress").fill("mira@example.org")
    editor.get_by_role("button", name="Spara och skicka mejlet").click()
    expect(editor.locator(".messages .success")).to_contain_text("mira@example.org")
    (message,) = mail_of_server(site.folder / "mail", "mira@example.org")
    assert f"{site.address}/koordinator/" in text(message)
    assert findings.problems == ""
