"""What is where, how large, and that nothing covers anything: as in the pictures that the look was drawn in."""

from collections.abc import Callable
from itertools import combinations

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.addresses import Address, in_turn, pages

pytestmark = pytest.mark.browser

PHONES = [(360, 740), (390, 844)]
WIDE = (1440, 900)
READING = pages("guidance-questions", "step", "county", "contacts", "search-hits")
# Outside running text, where a line cannot be as high as a thumb is wide.
TOUCHED = """
.site-header a, .call__number, .breadcrumbs__link, .contents__title, .lookup__field, .lookup__button, .role__field,
.role__button, .role__summary, .site-footer__link, .coordinator__link, .coordinator__way-link, .places__link,
.cite__summary
"""
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


@pytest.mark.parametrize("address", [*pages("home", "message", "publications"), *READING], ids=str)
def test_what_a_thumb_meets_is_large(address: Address, look: Callable[..., Page]) -> None:
    page = look(address, size=PHONES[0])
    touched = [part for part in page.locator(TOUCHED).all() if part.is_visible()]
    assert len(touched) > 8
    in_row = "(part) => part.closest('.call__row')?.getBoundingClientRect().height ?? 0"
    small = [part.inner_text() for part in touched if max(height(part), part.evaluate(in_row)) < 44]
    assert small == []


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
