"""Where the lookup leads, by keyboard and without script: what was read is said there, with the way back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import Address, pages
from tests.browser.axe import Findings
from tests.browser.conftest import Visit
from tests.browser.test_accessibility import SCHEMES, WIDTHS

pytestmark = pytest.mark.browser

SAID = {"sv": "Du skrev ”Gbg”. Fel plats? Sök igen", "en": "You wrote “Gbg”. Wrong place? Search again"}
FIRST_VIEW = 640  # px, of a phone


@pytest.mark.parametrize("address", pages("contacts"), ids=str)
def test_place_says_what_was_read_and_the_next_key_leads_back(address: Address, visit: Callable[..., Visit]) -> None:
    page = visit(address, java_script_enabled=False).page
    page.locator("#lookup-field").fill("i Gbg")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("#typed-gbg$"))
    expect(page.locator(".arrival:visible")).to_have_text(SAID[address.language])
    page.keyboard.press("Tab")
    expect(page.locator(".arrival:visible a")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(address.path) + "$"))


@pytest.mark.parametrize("address", pages("municipality"), ids=str)
def test_axe_finds_nothing_where_a_place_says_it(address: Address, visit: Callable[..., Visit]) -> None:
    page = visit(address).page
    expect(page.locator(".arrival:visible")).to_have_count(0)
    page.evaluate("location.hash = 'typed-gbg'")
    expect(page.locator(".arrival:visible")).to_have_count(1)
    findings = Findings(page)
    for scheme in SCHEMES:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            findings.look(f"{scheme} {width} px", colours=scheme)
    assert findings.problems == ""


@pytest.mark.parametrize("address", pages("lookup-none", "lookup-locality", "lookup-postcode"), ids=str)
def test_answer_stands_in_the_first_view_of_a_phone(address: Address, visit: Callable[..., Visit]) -> None:
    page = visit(address, size=(360, FIRST_VIEW)).page
    box = page.get_by_role("heading", level=1).bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= FIRST_VIEW
