"""Everything fits a narrow screen, and text that a reader spaces out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import EVERY_PAGE, Address, in_turn, pages

pytestmark = pytest.mark.browser

# WCAG 1.4.12. Given as a constructed style sheet, which the site's own policy does not stop.
SPACED_TEXT = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-block-end: 2em !important }"""
LARGE_TEXT = ":root { font-size: 200% }"  # WCAG 1.4.4, of a reader whose browser has larger text
STYLED = """(rules) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
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

    page.evaluate(STYLED, SPACED_TEXT)
    assert too_wide(page) == ""


@pytest.mark.parametrize("address", pages("home", "step"), ids=str)
def test_skip_link_is_seen_whole_at_twice_the_text(address: Address, look: Callable[..., Page]) -> None:
    page = look(address, size=(360, 740))
    page.evaluate(STYLED, LARGE_TEXT)
    page.keyboard.press("Tab")
    link = page.locator(".skip-link")
    expect(link).to_be_focused()
    box = link.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= 360
    assert link.evaluate("(link) => link.scrollWidth <= link.clientWidth && link.scrollHeight <= link.clientHeight")


@pytest.mark.parametrize("address", pages("message"), ids=str)
def test_every_choice_is_as_wide_as_it_is_high(address: Address, look: Callable[..., Page]) -> None:
    page = look(address, size=(320, 640))
    boxes = [choice.bounding_box() for choice in page.locator("main [type=radio]").all()]
    assert len(boxes) > 2
    assert all(box and box["width"] == pytest.approx(box["height"], abs=0.5) for box in boxes)
    assert all(box and box["width"] >= 20 for box in boxes)


@pytest.mark.parametrize("address", pages("guidance-questions"), ids=str)
def test_rows_of_a_table_are_stacked_on_a_phone_and_it_stays_a_table(
    address: Address, look: Callable[..., Page]
) -> None:
    page = look(address, size=(360, 740))
    cells = page.locator(".table__body .table__row").first.locator(".table__cell")
    boxes = [cell.bounding_box() for cell in cells.all()]
    assert len(boxes) > 1
    assert len({box["x"] for box in boxes if box}) == 1
    assert [box["y"] for box in boxes if box] == sorted({box["y"] for box in boxes if box})
    told = page.locator(".table").aria_snapshot()
    for role in ("table", "row", "columnheader", "cell"):
        assert f"- {role}" in told, told
    heading = cells.last.evaluate("(cell) => getComputedStyle(cell, '::before').content")
    assert heading.strip('"') == cells.last.get_attribute("data-label") != ""
