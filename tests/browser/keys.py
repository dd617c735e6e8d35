"""Moving about with the keyboard alone."""

from playwright.sync_api import Page

MOST_STEPS = 200


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on the element."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached")
