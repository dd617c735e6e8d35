"""The search by keyboard, with suggestions and without, and its hits in forced colours."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import Address, pages
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

TITLES = re.compile(r"/(sok/titlar|search/titles)\.json$")
TYPED = {"sv": ("betän", "/vagledning/betanketid/"), "en": ("reflec", "/en/guidance/reflection-period/")}


@pytest.mark.parametrize("address", pages("search"), ids=str)
def test_suggestion_leads_to_a_page(address: Address, visit: Callable[..., Visit]) -> None:
    visited = visit(address)
    page, (typed, target) = visited.page, TYPED[address.language]
    with page.expect_response(TITLES):
        page.locator("#search-field").focus()

    page.keyboard.type(typed)
    expect(page.get_by_role("listbox").get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(re.escape(target) + "$"))
    assert visited.complaints == []
    assert page.context.cookies() == []


@pytest.mark.parametrize("address", pages("search"), ids=str)
def test_field_works_without_script(address: Address, visit: Callable[..., Visit]) -> None:
    page = visit(address, java_script_enabled=False).page

    page.locator("#search-field").fill(TYPED[address.language][0])
    page.keyboard.press("Enter")

    expect(page.locator(".hit a").first).to_have_attribute("href", TYPED[address.language][1])


@pytest.mark.parametrize("address", pages("search-hits", "search-card"), ids=str)
def test_hits_are_told_apart_in_forced_colours(address: Address, visit: Callable[..., Visit]) -> None:
    page = visit(address, forced_colors="active").page
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")

    mark = page.locator(".hit mark").first
    expect(mark).to_be_visible()
    assert mark.evaluate("(mark) => getComputedStyle(mark).fontWeight") == "700"
    assert page.locator(".hit a").first.evaluate("(link) => getComputedStyle(link).textDecorationLine") == "underline"
