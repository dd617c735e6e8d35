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
    return field
