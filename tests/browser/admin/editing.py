"""What an editor does in Wagtail's forms."""

import re
from datetime import datetime

from playwright.sync_api import Page, expect

SAVED = ".w-autosave-indicator__state--saved"


def open_page_form(page: Page, query: str, title: str = "") -> None:
    """Find a page by its title, or by another word of it, and open its form."""
    page.goto(f"/admin/pages/search/?q={query}")
    found = page.locator(".title-wrapper a").filter(has_text=title or query).first
    expect(found).to_have_text(title or query)
    found.click()
    expect(page.locator("[data-edit-form]")).to_be_attached()


def press(page: Page, name: str) -> None:
    """Press one of the buttons that lie behind the arrow in the footer."""
    page.locator("footer .w-dropdown__toggle").click()
    page.get_by_role("button", name=name, exact=True).click()


def published(page: Page) -> str:
    """Publish the page of the form, and return the path of its form."""
    press(page, "Publicera")
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    return str(page.locator(".messages a[href*='/edit/']").first.get_attribute("href"))


def schedule(page: Page, at: datetime) -> None:
    """Let the version of the form be published at a time, in the site's time zone."""
    page.locator("[data-side-panel-toggle=status]").click()
    page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first.click()
    page.locator("[role=dialog] [name=go_live_at]").fill(f"{at:%Y-%m-%d %H:%M}")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Spara tiderna").press("Enter")  # the calendar may lie over it
    press(page, "Schemalägg publiceringen")
    expect(page.locator(".messages .success")).to_be_visible()


def expect_soon(
    page: Page, address: str, text: str, *, status: int = 200, seconds: int = 30, in_source: bool = False
) -> None:
    """Wait until readers see a text, who are not signed in: a page is built anew within a second."""
    with page.context.browser.new_context(base_url=page.url.partition("/admin")[0]) as context:
        reader = context.new_page()
        for _second in range(seconds):
            answer = reader.goto(address)
            if answer.status == status and text in _seen(reader, in_source=in_source):
                return
            page.wait_for_timeout(1000)
        assert (answer.status, text in _seen(reader, in_source=in_source)) == (status, True)


def _seen(reader: Page, *, in_source: bool) -> str:
    main = reader.locator("main")
    return main.inner_html() if in_source else main.inner_text()


def delay_answers(page: Page, milliseconds: int) -> None:
    """Let every answer take so long."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    limits = {"offline": False, "latency": milliseconds, "downloadThroughput": -1, "uploadThroughput": -1}
    session.send("Network.emulateNetworkConditions", limits)
