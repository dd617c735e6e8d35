"""The reader's role without script: choosing it, what is folded, and that nothing is out of reach."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import Address, pages
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

WIDE, PHONE = (1280, 800), (390, 844)
POLICE = {"sv": "Polisen", "en": "Police"}


def folded(page: Page) -> list[str]:
    return page.locator("details.part:not([open]) > summary .part__number").all_inner_texts()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("address", pages("step"), ids=str)
def test_role_is_chosen_and_goes_along(address: Address, size: tuple[int, int], visit: Callable[..., Visit]) -> None:
    page = visit(address, size=size, java_script_enabled=False).page
    assert folded(page) == []
    expect(page.locator("select[name=person]")).to_be_hidden()
    page.locator("select[name=actor]").select_option(POLICE[address.language])
    page.locator(".role__button").click()
    expect(page.locator(".role__result")).to_be_visible()
    page.locator("a[rel=next]").click()
    expect(page).to_have_url(re.compile(r"\?actor=police$"))
    expect(page.locator("details.part")).not_to_have_count(0)  # the address is there before the page
    assert folded(page) == ["3.4"]
    page.locator(".role__summary").click()
    page.locator("select[name=person]").select_option("child")
    page.locator(".role__button").click()
    expect(page).to_have_url(re.compile(r"actor=police&person=child"))
    expect(page.locator("select[name=person]")).to_be_visible()


@pytest.mark.parametrize("address", pages("step-role"), ids=str)
def test_folded_part_unfolds_where_a_link_leads_to_it(address: Address, visit: Callable[..., Visit]) -> None:
    page = visit(address, size=PHONE, java_script_enabled=False).page
    number = folded(page)[0]
    part = page.locator("details.part", has_text=number)
    expect(part.locator(".body")).to_be_hidden()

    page.locator(".step-parts summary").click()
    page.locator(".step-parts a", has_text=number).click()

    expect(part.locator(".body")).to_be_visible()
    expect(part.locator(".part__heading")).to_be_in_viewport()
    expect(page).to_have_url(re.compile(r"\?actor=police.*#p-"))


@pytest.mark.parametrize("address", pages("step-role"), ids=str)
def test_paper_shows_every_part_with_its_address(address: Address, visit: Callable[..., Visit]) -> None:
    page = visit(address).page
    page.emulate_media(media="print")
    expect(page.locator("details.part")).not_to_have_count(0)
    for body in page.locator(".part .body").all():
        expect(body).to_be_visible()
    printed = page.locator(".cite__address a").all_inner_texts()
    assert len(printed) == page.locator(".part").count() == 5
    assert all(re.fullmatch(r"https?://\S+/manual/p/[0-9a-f]{8}/", text) for text in printed)
    expect(page.locator(".role")).to_be_hidden()


def test_actor_leads_from_the_step_to_all_that_concerns_it(visit: Callable[..., Visit]) -> None:
    (address, _english) = pages("step-role")
    page = visit(address, java_script_enabled=False).page
    page.locator(".role__result a").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Polisen")
    page.get_by_role("link", name="3.1 ").click()
    expect(page).to_have_url(re.compile(r"/manual/inledande-stod/\?actor=police#p-"))
    expect(page.get_by_role("heading", name="3.1 ")).to_be_in_viewport()
