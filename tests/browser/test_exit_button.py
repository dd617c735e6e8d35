"""The button that leaves the site at once: by the link, by Shift three times, without script, on a phone."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.addresses import Address, pages
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

TARGET = "https://www.smhi.se/"
CONTACTS, _ENGLISH = pages("contacts")
COVER = "() => getComputedStyle(document.documentElement, '::after').position"


@pytest.fixture
def open_page(visit: Callable[..., Visit]) -> Callable[..., Page]:
    """Return a function that opens the contacts page after another; the target is answered by the test."""

    def open_address(address: Address = CONTACTS, **options: object) -> Page:
        page = visit(replace(address, path="/" if address.language == "sv" else "/en/"), **options).page
        page.route(f"{TARGET}**", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"))
        page.goto(address.path)
        return page

    return open_address


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.parametrize("address", pages("contacts"), ids=str)
def test_shift_three_times_leaves_and_is_told_on_the_way(address: Address, open_page: Callable[..., Page]) -> None:
    page = open_page(address)
    status = page.locator(".exit [role=status]")
    expect(status).to_have_text("")
    press(page, "Shift")
    expect(status).to_have_text(
        {
            "sv": "Tryck på skift två gånger till för att lämna webbplatsen",
            "en": "Press Shift two more times to leave the site",
        }[address.language]
    )
    press(page, "Shift")
    expect(status).to_contain_text({"sv": "en gång till", "en": "once more"}[address.language])
    press(page, "Shift")
    expect(page).to_have_url(TARGET)


def test_back_leads_past_the_page_that_was_left(open_page: Callable[..., Page]) -> None:
    page = open_page()
    press(page, "Shift", "Shift", "Shift")
    expect(page).to_have_url(TARGET)
    page.go_back()
    expect(page).to_have_url(re.compile(r"://127\.0\.0\.1:\d+/$"))


def test_link_leaves_in_the_same_way(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.locator(".exit__link").click()
    expect(page).to_have_url(TARGET)
    page.go_back()
    assert "kontakt" not in page.url


def test_page_is_covered_while_the_other_is_on_its_way(open_page: Callable[..., Page]) -> None:
    page = open_page()
    # No content: the browser stays where it is, as while it waits.
    page.route(f"{TARGET}**", lambda route: route.fulfill(status=204))
    assert page.evaluate(COVER) != "fixed"
    press(page, "Shift", "Shift", "Shift")
    expect(page.locator(".exit [role=status]")).to_have_text("Lämnar webbplatsen")
    assert page.evaluate(COVER) == "fixed"
    assert page.title() == "www.smhi.se"


def test_capital_letters_in_a_field_do_not_leave(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.locator("#lookup-field").focus()
    for letter in "NMT":
        page.keyboard.down("Shift")
        page.keyboard.press(letter)
        page.keyboard.up("Shift")
    expect(page.locator("#lookup-field")).to_have_value("NMT")
    press(page, "Shift", "Shift", "a", "Shift")
    expect(page.locator(".exit [role=status]")).to_contain_text("två gånger till")
    assert page.url.endswith("/kontakt/")


@pytest.mark.parametrize("held", ["Alt", "Control", "Meta"])
def test_choosing_another_keyboard_does_not_leave(held: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.locator("#lookup-field").focus()
    page.keyboard.down(held)
    press(page, "Shift", "Shift", "Shift")
    page.keyboard.up(held)
    expect(page.locator(".exit [role=status]")).to_have_text("")
    assert page.url.endswith("/kontakt/")


def test_it_is_told_apart_in_forced_colours(open_page: Callable[..., Page]) -> None:
    link = open_page(forced_colors="active").locator(".exit__link")
    style, colour = link.evaluate(
        "(link) => { const { borderTopStyle: style, borderTopColor: colour } ="
        " getComputedStyle(link); return [style, colour]; }"
    )
    assert style == "solid"
    assert colour != "rgba(0, 0, 0, 0)"


def test_three_presses_in_a_field_leave_too(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.locator("#lookup-field").focus()
    press(page, "Shift", "Shift", "Shift")
    expect(page).to_have_url(TARGET)


def test_presses_that_are_far_apart_do_not_leave(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.clock.install()
    press(page, "Shift", "Shift")
    page.clock.fast_forward(5_001)
    expect(page.locator(".exit [role=status]")).to_have_text("")
    press(page, "Shift")
    expect(page.locator(".exit [role=status]")).to_contain_text("två gånger till")


def test_keys_are_told_where_there_is_room(open_page: Callable[..., Page]) -> None:
    expect(open_page(size=(1280, 800)).locator(".exit__keys")).to_be_visible()
    expect(open_page(size=(360, 640)).locator(".exit__keys")).to_be_hidden()


def test_without_script_it_is_a_link_and_promises_no_keys(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    expect(page.locator(".exit__keys")).to_be_hidden()
    page.locator(".exit__link").click()
    expect(page).to_have_url(TARGET)


def test_referrer_does_not_tell_where_the_reader_was(open_page: Callable[..., Page]) -> None:
    page = open_page()
    with page.expect_request(TARGET) as asked:
        press(page, "Shift", "Shift", "Shift")
    assert "referer" not in asked.value.headers


@pytest.mark.parametrize(
    "size",
    [(320, 640), (320, 256), (640, 320), (1280, 800), (1280, 400)],
    ids=["phone", "zoomed", "phone on its side", "wide", "low"],
)
def test_it_is_in_reach_without_hiding_whom_to_call_or_the_end_of_the_page(
    size: tuple[int, int], open_page: Callable[..., Page]
) -> None:
    page = open_page(size=size)
    button, row = page.locator(".exit__link"), page.locator(".exit")
    assert button.bounding_box()["height"] >= 24
    is_high = size[1] > 448
    if is_high:
        expect(button).to_be_in_viewport(ratio=1)
    for part in (page.locator("footer a").last, page.locator(".call__number").first):
        part.evaluate("(part) => part.scrollIntoView({ block: 'nearest' })")
        expect(button).to_be_in_viewport(ratio=1)
        assert are_apart(part, row), (part.bounding_box(), row.bounding_box())
    assert row.bounding_box()["height"] <= (160 if is_high else 50)


def are_apart(one: Locator, other: Locator) -> bool:
    """Tell whether neither covers a part of the other."""
    a, b = one.bounding_box(), other.bounding_box()
    return any(
        first[side] + first[length] <= second[side]
        for first, second in ((a, b), (b, a))
        for side, length in (("x", "width"), ("y", "height"))
    )
