"""Everything is reached with the keyboard, and the focus is seen at each step."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import EVERY_PAGE, Address, in_drills, in_turn, is_in_turn

pytestmark = pytest.mark.browser

# 320 × 256 is a screen of 1280 × 1024 at 400 %.
SIZES = {"phone": (320, 640), "wide": (1280, 800), "zoomed": (320, 256)}
LONG = {"manual-whole", "actor-whole"}
MOST_PRESSES = 1_000
PRESSES_AT_ONCE = 10
# Radio buttons of one name are one stop.
REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((element) => element.checkVisibility())
  .filter((element) => element.type !== "radio" || element === element.form.elements[element.name][0]).length"""

# The next key starts where it does on a page just opened. `location.hash` would do nothing the second time.
BACK_TO_START = """() => {
  document.activeElement.blur();
  location.replace("#");
}"""
# Describes the focused element whenever a key is about to move the focus on: to ask from outside after each key takes
# longer than the walk. A walk has ended when the focus has left the page or was there before: keys then do nothing.
WATCH = """() => {
  const describe = (element) => {
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
      onDeep: element.closest(".site-footer, .hero__words") !== null,
    };
  };
  let seen, latest;
  window.beginWalk = () => {
    window.walked = { steps: [], hasEnded: false };
    seen = new Set();
    latest = null;
  };
  addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    const element = document.activeElement;
    if (element === latest && element.type === "date") return; // the key goes to another part of it
    const isOutside = element === document.body || element === document.documentElement;
    if (isOutside && latest === null) return; // not yet on the page
    walked.hasEnded ||= isOutside || seen.has(element);
    if (walked.hasEnded) return event.preventDefault();
    seen.add(element);
    latest = element;
    walked.steps.push(describe(element));
  }, true);
}"""


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    assert page.evaluate("[innerWidth, innerHeight]") == list(size)


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
    """Hold down a key, time and again, until the focus leaves the page or comes round; return what had it."""
    page.evaluate(BACK_TO_START)
    page.evaluate("beginWalk()")
    keys = key.split("+")
    for _presses in range(0, MOST_PRESSES, PRESSES_AT_ONCE):
        for held in keys[:-1]:
            page.keyboard.down(held)
        for _press in range(PRESSES_AT_ONCE):
            page.keyboard.down(keys[-1])
        for held in keys:
            page.keyboard.up(held)
        if page.evaluate("walked.hasEnded"):
            break
    return page.evaluate("walked.steps")


ON_DEEP = "rgb(255, 184, 250)"  # of the focus in the dark bands: the end of every page, the beginning of the first one


def unseen(steps: list[dict[str, Any]], colour: str) -> str:
    """Return a line for each step at which a reader would not see where they are."""
    lines = []
    for step in steps:
        if not step["inView"]:
            lines.append(f"out of view: {step['html']}")
        if step["coveredBy"]:
            lines.append(f"covered by {step['coveredBy']}: {step['html']}")
        if step["outline"] < 3 or step["colour"] != (ON_DEEP if step["onDeep"] else colour):
            lines.append(f"outline of {step['outline']} px in {step['colour']}: {step['html']}")
    return "\n".join(lines)


def walks() -> list[Any]:
    """Return each page with each size and each way: forwards on the phone, and back, in turn, on one of the two others.

    The drills have them all. A walk along a long page takes half a minute: its parts are those of a step.
    """
    chosen = set()
    for number, address in enumerate(filter(is_in_turn, EVERY_PAGE)):
        chosen.add((address, "phone", "Tab"))
        if address.kind not in LONG:
            chosen.add((address, ("wide", "zoomed")[number // 2 % 2], "Shift+Tab"))
    cases = product(EVERY_PAGE, SIZES, ("Tab", "Shift+Tab"))
    return [case if case in chosen else in_drills(*case) for case in cases]


@pytest.mark.parametrize(("address", "size", "key"), walks(), ids=str)
def test_focus_is_seen_all_the_way(address: Address, size: str, key: str, look: Callable[..., Page]) -> None:
    page = look(address)
    colour = focus_colour(page)
    page.evaluate(WATCH)
    resize(page, SIZES[size])
    reachable = page.evaluate(REACHABLE)

    steps = walk(page, key)

    assert unseen(steps, colour) == ""
    if key == "Tab":
        assert len(steps) == reachable
    else:
        assert len(steps) >= reachable - 1
    if key == "Tab" and address.kind not in {"unavailable", "publication-text"}:  # these have no footer
        assert steps[-1]["inFooter"]


@in_turn(EVERY_PAGE)
def test_skip_link_leads_to_content(address: Address, look: Callable[..., Page]) -> None:
    page = look(address)
    for size in SIZES.values():
        resize(page, size)
        page.evaluate(BACK_TO_START)

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
