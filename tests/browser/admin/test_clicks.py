"""A first correction in both languages, from the admin's first page until readers see it, in ten clicks at most."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.served import Site
from tests.browser.signing_in import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

MOST = 10
CORRECTIONS = [
    ("Betänketid", "Rättat ord.", "/vagledning/betanketid/"),
    ("Reflection period", "A corrected word.", "/en/guidance/reflection-period/"),
]
COUNT = "addEventListener('click', (event) => event.isTrusted && event.detail && countClick(), true)"


def test_correction_in_both_languages_takes_ten_clicks(browser: Browser, site: Site) -> None:
    clicks = []
    with browser.new_context(base_url=site.address) as context:
        page = context.new_page()
        signed_in(page, site)
        page.expose_function("countClick", lambda: clicks.append(page.url))
        page.add_init_script(COUNT)
        page.goto("/admin/")
        for title, correction, _address in CORRECTIONS:
            correct(page, title, correction)
        assert 0 < len(clicks) <= MOST, clicks
        for _title, correction, address in CORRECTIONS:
            page.goto(address)
            expect(page.locator("main")).to_contain_text(correction)


def correct(page: Page, title: str, correction: str) -> None:
    """Find a page, write at the end of its second text, and publish."""
    search = page.get_by_role("searchbox").or_(page.get_by_placeholder("Sök")).first
    search.click()
    search.fill(title)
    search.press("Enter")
    page.get_by_role("link", name=title, exact=True).first.click()
    page.locator("[data-contentpath=body] .public-DraftEditor-content").nth(1).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(f" {correction}")
    stored = page.locator("[data-contentpath=body] input:has(~ [data-draftail-editor-wrapper])").nth(1)
    expect(stored).to_have_value(re.compile(re.escape(correction.rsplit(maxsplit=1)[-1])))
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.get_by_role("button", name="Publicera", exact=True).click()
    expect(page.locator(".messages .success")).to_be_visible()
