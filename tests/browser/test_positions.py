"""What is where, how large, and that nothing covers anything: as in the pictures that the look was drawn in."""

from collections.abc import Callable
from itertools import combinations

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.addresses import EVERY_PAGE, Address, in_turn, pages

pytestmark = pytest.mark.browser

PHONES = [(360, 740), (390, 844)]
WIDE = (1440, 900)
READING = pages("guidance-questions", "step", "county", "contacts", "search-hits")
# What a thumb meets and is lower than it is wide, as far as it answers to the thumb: a line of running text cannot be
# higher than it is. A choice answers where its words do, a link that fills its card wherever the card does.
LOW = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter((each) => {
    if (!each.checkVisibility() || each.closest(".skip-link, .visually-hidden")) return false;
    const line = each.closest("p, li, dd, td, th, h1, h2, h3, label, figcaption") ?? each.parentElement;
    return getComputedStyle(each).display !== "inline" || line.textContent.trim() === each.textContent.trim();
  })
  .map((each) => {
    each.scrollIntoView({ block: "center" });
    const shown = each.matches("[type=checkbox], [type=radio]") ? each.labels[0] : each;
    const box = shown.getClientRects()[0];
    const column = each.getClientRects()[0]; // a choice's own: its words may lead elsewhere
    const answers = (y) => {
      const hit = document.elementFromPoint(column.x + column.width / 2, y);
      const pressed = hit?.closest("a[href], button, input, select, textarea, summary, label, .field__choice");
      return pressed === each || pressed === shown || pressed?.contains(each);
    };
    const middle = box.y + box.height / 2;
    let [top, bottom] = [middle, middle];
    while (bottom - top < 44 && answers(top - 1)) top -= 1;
    while (bottom - top < 44 && answers(bottom + 1)) bottom += 1;
    return { name: each.outerHTML.slice(0, 120), height: bottom - top + 1 }; // at the edges less than a pixel is lost
  })"""
# The boxes of what is pressed, and of its words, which may be longer than it: of a link that fills its card, the link
# without its card.
BOXES = """() => [...document.querySelectorAll("a[href], button, input, select, summary")]
  .filter((each) => each.checkVisibility() && !each.closest(".skip-link, .site-footer, .footnotes__mark"))
  .flatMap((each) => {
    const texts = document.createNodeIterator(each, NodeFilter.SHOW_TEXT);
    const boxes = [...each.getClientRects()];
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      if (!text.parentElement.checkVisibility() || text.parentElement.closest(".visually-hidden")) continue;
      const range = new Range();
      range.selectNodeContents(text);
      boxes.push(...range.getClientRects());
    }
    return boxes.filter((box) => box.width > 1).map((box) =>
      ({ name: each.outerHTML.slice(0, 90), x: box.x, y: box.y, right: box.right, bottom: box.bottom }));
  })"""


def box(part: Locator) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a part on the page, in pixels."""
    found = part.bounding_box()
    assert found is not None, part
    return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]


def height(part: Locator) -> float:
    _left, top, _right, bottom = box(part)
    return bottom - top


def overlapping(page: Page) -> list[tuple[str, str]]:
    """Return what is pressed and lies over something else that is; the small marks of footnotes have room to spare."""
    found = page.evaluate(BOXES)
    assert len(found) > 8
    return [
        (one["name"], other["name"])
        for one, other in combinations(found, 2)
        if one["name"] != other["name"]
        and one["x"] < other["right"] - 1
        and other["x"] < one["right"] - 1
        and one["y"] < other["bottom"] - 1
        and other["y"] < one["bottom"] - 1
    ]


@pytest.mark.parametrize("size", PHONES, ids=str)
@pytest.mark.parametrize("address", pages("home"), ids=str)
def test_numbers_and_the_lookup_are_on_the_first_screen(
    address: Address, size: tuple[int, int], look: Callable[..., Page]
) -> None:
    page = look(address, size=size)
    assert height(page.locator(".site-header")) <= 65
    numbers = page.locator(".hero .call__number")
    assert [height(number) >= 44 for number in numbers.all()] == [True] * 3
    assert box(numbers.last)[3] <= 740
    assert box(page.locator(".lookup__field"))[3] <= 740


@pytest.mark.parametrize("size", PHONES, ids=str)
@pytest.mark.parametrize("address", READING, ids=str)
def test_header_and_numbers_take_little_of_a_phone(
    address: Address, size: tuple[int, int], look: Callable[..., Page]
) -> None:
    page = look(address, size=size)
    header, row = page.locator(".site-header"), page.locator(".call--compact")
    assert height(header) <= 65
    assert box(row)[1] == pytest.approx(box(header)[3], abs=1)
    assert height(header) + height(row) <= 130
    tops = {round(box(number)[1]) for number in page.locator(".call--compact .call__row").all()}
    assert len(tops) == 1  # one row


@pytest.mark.parametrize("address", pages("home", "step", "contacts"), ids=str)
def test_whole_row_calls(address: Address, look: Callable[..., Page]) -> None:
    page = look(address, size=PHONES[1])
    rows = page.locator(".hero .call__row, .call--compact .call__row")
    assert rows.count() == 3
    for row in rows.all():
        left, top, _right, bottom = box(row)
        hit = "([x, y]) => document.elementFromPoint(x, y)?.closest('a')?.href ?? ''"
        assert page.evaluate(hit, [left + 14, (top + bottom) / 2]).startswith("tel:")


@pytest.mark.parametrize("size", [*PHONES, (768, 1024), WIDE], ids=str)
@in_turn([*pages("home", "publications", "lookup-none", "guide-result"), *READING])
def test_nothing_lies_over_anything(address: Address, size: tuple[int, int], look: Callable[..., Page]) -> None:
    assert overlapping(look(address, size=size)) == []


@in_turn(EVERY_PAGE)
def test_what_a_thumb_meets_is_large(address: Address, look: Callable[..., Page]) -> None:
    page = look(address, size=PHONES[0])
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    met = page.evaluate(LOW)
    assert len(met) > 2
    assert "\n".join(f"{each['height']} px: {each['name']}" for each in met if each["height"] < 44) == ""


@pytest.mark.parametrize("address", pages("guidance-questions", "step"), ids=str)
def test_menu_text_and_numbers_stand_beside_each_other(address: Address, look: Callable[..., Page]) -> None:
    page = look(address, size=WIDE)
    menu = box(page.locator(".step-menu" if "step" in address.kind else ".layout > main > .contents"))
    text = box(page.locator("main .lead"))
    call = box(page.locator(".call--compact"))
    assert menu[2] <= text[0] <= menu[2] + 90
    assert text[2] <= call[0] <= text[2] + 140
    assert 560 <= box(page.locator("main h1 + *, main .body").last)[2] - text[0] <= 660  # 60 to 70 characters
    assert abs(menu[1] - call[1]) < 40


@pytest.mark.parametrize("address", pages("home"), ids=str)
def test_steps_are_a_figure(address: Address, look: Callable[..., Page]) -> None:
    page = look(address, size=WIDE)
    steps = [box(step) for step in page.locator(".manual-steps__step").all()]
    assert len(steps) == 6
    assert len({round(step[1]) for step in steps[:4]}) == 1
    assert len({round(step[1]) for step in steps[4:]}) == 1
    assert steps[4][1] > steps[0][3]
    words, call = box(page.locator(".hero__words")), box(page.locator(".hero .call"))
    assert words[2] <= call[0]
    assert words[1] < call[3]


@pytest.mark.parametrize("address", pages("municipality"), ids=str)
def test_levels_stand_beside_the_coordinators(address: Address, look: Callable[..., Page]) -> None:
    page = look(address, size=WIDE)
    cards = [box(card) for card in page.locator(".place__cards > *").all()]
    call = box(page.locator(".call--compact"))
    assert len(cards) > 1
    assert all(card[2] < call[0] for card in cards)
    assert any(one[1] == other[1] and one[2] < other[0] for one, other in combinations(cards, 2))  # a pair


@pytest.mark.parametrize("address", pages("guide-result"), ids=str)
def test_whom_to_call_stands_beside_what_to_do(address: Address, look: Callable[..., Page]) -> None:
    page = look(address, size=WIDE)
    todo, calls = box(page.locator(".steps__list")), box(page.locator(".guide-calls"))
    levels = box(page.locator(".call--compact"))
    assert todo[2] < calls[0] < calls[2] < levels[0]
    assert calls[1] < todo[3]
    assert box(page.locator(".guide-calls .call__number").first)[3] <= 400


@pytest.mark.parametrize("address", pages("contacts"), ids=str)
def test_map_stands_beside_the_list_of_counties(address: Address, look: Callable[..., Page]) -> None:
    page = look(address, size=WIDE)
    county_map, counties = page.locator(".counties-and-map__map"), page.locator(".places--counties")
    county_map.scroll_into_view_if_needed()
    assert box(county_map)[2] < box(counties)[0]
    assert county_map.evaluate("(map) => map.decode().then(() => map.naturalWidth)") > 100
    assert county_map.get_attribute("alt") == ""
