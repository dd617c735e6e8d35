"""A checklist is ticked and printed by itself, with its ticks, without a script too; nothing of it is kept."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import Address, in_turn, pages
from tests.browser.axe import Findings
from tests.browser.conftest import Visit
from tests.browser.test_media import printed

pytestmark = pytest.mark.browser

SIGNS = pages("guidance-checklists")
TITLES = ".checklist .block-title"


def ticked(page: Page) -> int:
    return page.locator(".checklist__box:checked").count()


@pytest.mark.parametrize("scripts", [True, False])
@in_turn(SIGNS)
def test_link_prints_its_list_alone_with_whom_to_call(
    address: Address, scripts: bool, visit: Callable[..., Visit]
) -> None:
    page = visit(address, java_script_enabled=scripts).page
    if scripts:
        page.evaluate("window.print = () => { document.title = 'printed' }")
    titles = page.locator(TITLES).all_inner_texts()
    assert len(titles) == 7
    sheet = page.locator(".checklist").nth(1)
    label = sheet.locator(".checklist__label").first
    label.click()
    assert ticked(page) == 1
    whole = printed(page)
    assert [title for title in titles if title not in whole] == []

    sheet.locator(".checklist__print").click()

    if scripts:
        expect(page).to_have_title("printed")
    expect(sheet.locator(".checklist__chosen")).to_be_visible()
    assert ticked(page) == 1
    alone = printed(page)
    assert [title for title in titles if title in alone] == [titles[1]]
    items = sheet.locator(".checklist__label").all_inner_texts()
    assert [item for item in items if item.strip() not in alone] == []
    assert [number for number in ("112", "114 14", "020-390 000") if number not in alone] == []
    assert page.locator("h1").inner_text() not in alone

    sheet.locator(".checklist__chosen a").click()
    assert [title for title in titles if title not in printed(page)] == []


@in_turn(SIGNS)
def test_ticks_are_gone_when_the_page_is_loaded_again(address: Address, visit: Callable[..., Visit]) -> None:
    page = visit(address).page
    page.locator(".checklist__box").first.check()
    page.locator(".checklist__box").last.check()
    page.reload()
    assert ticked(page) == 0
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@in_turn(SIGNS)
def test_chosen_and_ticked_list_has_no_fault_and_boxes_are_large(address: Address, visit: Callable[..., Visit]) -> None:
    page = visit(address).page
    page.locator(".checklist__box").first.check()
    page.goto(f"{page.url}#checklist")
    findings = Findings(page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        findings.look(scheme, colours=scheme)
    assert [line for line in findings.problems.splitlines() if "checklist" in line] == []
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        heights = page.locator(".checklist__label, .checklist__print").evaluate_all(
            "(all) => all.map((each) => each.getBoundingClientRect().height)"
        )
        assert min(heights) >= 44
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("address", pages("step-role"), ids=str)
def test_words_that_are_explained_stay_in_their_line(address: Address, look: Callable[..., Page]) -> None:
    page = look(address, size=(360, 740))
    words = page.locator(".checklist__label .term")
    assert words.count() > 0
    assert set(words.evaluate_all("(all) => all.map((word) => getComputedStyle(word).display)")) == {"inline"}
