"""Everything fits a narrow screen, and text that a reader spaces out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import EVERY_PAGE, Address, in_turn

pytestmark = pytest.mark.browser

# WCAG 1.4.12. As a constructed style sheet, which the site's own policy does not stop.
SPACED_TEXT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
# What sticks out of the page or out of a box that cuts it off.
TOO_WIDE = """() => {
  const root = document.scrollingElement;
  const wide = root.scrollWidth > root.clientWidth ? [`page is ${root.scrollWidth} px wide`] : [];
  const inScrollable = (element) => element.closest(".table, .guide-figure"); // WCAG 1.4.10 lets figures
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    const shown = element.checkVisibility() && box.width > 1 && !element.matches(".skip-link");
    if (shown && box.right > root.clientWidth + 1 && !inScrollable(element)) {
      wide.push(`${element.outerHTML.slice(0, 80)} ends at ${Math.round(box.right)} px`);
    }
  }
  return wide;
}"""


def too_wide(page: Page) -> str:
    return "\n".join(page.evaluate(TOO_WIDE))


@in_turn(EVERY_PAGE)
def test_page_fits_320_px(address: Address, look: Callable[..., Page]) -> None:
    page = look(address, size=(320, 640))
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")

    assert too_wide(page) == ""

    page.evaluate(SPACED_TEXT)
    assert too_wide(page) == ""
