"""Everything is reached with the keyboard, and the focus is seen at each step."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import EVERY_PAGE, Address

pytestmark = pytest.mark.browser

# 320 × 256 is a screen of 1280 × 1024 at 400 %.
SIZES = {"wide": (1280, 800), "phone": (320, 640), "zoomed": (320, 256)}
MOST_STEPS = 200
# Radio buttons of one name are one stop.
REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((element) => element.checkVisibility())
  .filter((element) => element.type !== "radio" || element === element.form.elements[element.name][0]).length"""

# Describes the focused element: null when there is none, or when it was focused before in this walk; "" when a key
# went to another part of it, as in a date.
FOCUSED = """() => {
  const element = document.activeElement;
  window.walked ??= new Set();
  if (element === window.walked.latest && element.type === "date") return "";
  if (element === document.body || element === document.documentElement || window.walked.has(element)) return null;
  window.walked.add(element);
  window.walked.latest = element;
  const style = getComputedStyle(element);
  const [box] = element.getClientRects();
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  const atCentre = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const canFit = box.width <= innerWidth && box.height <= innerHeight / 2;
  const within = box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight;
  return {
    html: element.outerHTML.replace(/\\s+/g, " ").slice(0, 90),
    inView: right > left && bottom > top && (within || !canFit),
    coveredBy: element.contains(atCentre) ? "" : atCentre?.outerHTML.slice(0, 90) ?? "nothing",
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    colour: style.outlineColor,
    inFooter: element.closest(".site-footer") !== null,
  };
}"""


def focus_colour(page: Page) -> str:
    """Return the colour of the focus as the browser writes colours."""
    return page.evaluate("""() => {
      const probe = document.createElement("i");
      document.body.append(probe);
      probe.style.color = "var(--focus)";
      const colour = getComputedStyle(probe).color;
      probe.remove();
      return colour;
    }""")


def walk(page: Page, key: str) -> list[dict[str, Any]]:
    """Press a key until the focus leaves the page or comes round; return what had it."""
    steps: list[dict[str, Any]] = []
    page.evaluate("window.walked = new Set()")
    while len(steps) < MOST_STEPS:
        page.keyboard.press(key)
        step = page.evaluate(FOCUSED)
        if step is None:
            break
        if step:
            steps.append(step)
    return steps


def unseen(steps: list[dict[str, Any]], colour: str) -> str:
    """Return a line for each step at which a reader would not see where they are."""
    lines = []
    for step in steps:
        if not step["inView"]:
            lines.append(f"out of view: {step['html']}")
        if step["coveredBy"]:
            lines.append(f"covered by {step['coveredBy']}: {step['html']}")
        if step["outline"] < 3 or step["colour"] != colour:
            lines.append(f"outline of {step['outline']} px in {step['colour']}: {step['html']}")
    return "\n".join(lines)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("address", EVERY_PAGE, ids=str)
def test_focus_is_seen_all_the_way(address: Address, size: tuple[int, int], look: Callable[..., Page]) -> None:
    page = look(address, size=size)
    colour = focus_colour(page)
    reachable = page.evaluate(REACHABLE)

    forwards = walk(page, "Tab")
    backwards = walk(page, "Shift+Tab")

    assert unseen(forwards, colour) == ""
    assert unseen(backwards, colour) == ""
    assert len(forwards) == reachable
    assert len(backwards) >= reachable - 1
    assert address.kind == "unavailable" or forwards[-1]["inFooter"]


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("address", EVERY_PAGE, ids=str)
def test_skip_link_leads_to_content(address: Address, size: tuple[int, int], look: Callable[..., Page]) -> None:
    page = look(address, size=size)

    page.keyboard.press("Tab")
    link = page.locator(":focus")
    expect(link).to_have_attribute("href", "#content")
    expect(link).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()
    heading = page.locator("h1")
    expect(heading).to_be_in_viewport()
    assert heading.evaluate("""(heading) => {
      const box = heading.getClientRects()[0];
      return heading.contains(document.elementFromPoint(box.left + 5, box.top + 5));
    }""")
