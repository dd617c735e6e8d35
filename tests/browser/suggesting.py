"""The way to the lookup's field by keyboard."""

import re

from playwright.sync_api import Locator, Page, expect

NAMES_FILE = re.compile(r"/register/lookup/names\.json$")


def tab_to_field(page: Page) -> Locator:
    """Reach the field as a keyboard does, and return it once the suggestions are loaded."""
    field = page.locator("#lookup-field")
    with page.expect_response(NAMES_FILE):
        for _step in range(40):
            if field.evaluate("(field) => field === document.activeElement"):
                break
            page.keyboard.press("Tab")
    expect(field).to_be_focused()
    # The names are there when something is suggested; what follows need not wait for them.
    options = page.get_by_role("option")
    page.keyboard.type("a")
    expect(options.first).to_be_visible()
    page.keyboard.press("Backspace")
    expect(options).to_have_count(0)
    return field
