"""What an editor does in Wagtail's forms."""

from playwright.sync_api import Page, expect

SAVED = ".w-autosave-indicator__state--saved"


def open_page_form(page: Page, title: str) -> None:
    """Find a page by its title and open its form."""
    page.goto(f"/admin/pages/search/?q={title}")
    found = page.locator(".title-wrapper a").first
    expect(found).to_have_text(title)
    found.click()
    expect(page.locator("[data-edit-form]")).to_be_attached()


def press(page: Page, name: str) -> None:
    """Press one of the buttons that lie behind the arrow in the footer."""
    page.locator("footer .w-dropdown__toggle").click()
    page.get_by_role("button", name=name, exact=True).click()


def delay_answers(page: Page, milliseconds: int) -> None:
    """Let every answer take so long."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    limits = {"offline": False, "latency": milliseconds, "downloadThroughput": -1, "uploadThroughput": -1}
    session.send("Network.emulateNetworkConditions", limits)
