"""The list of publications as a reader uses it: with a finger, with keys, without script, in forced colours."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.addresses import pages
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

LIST = pages("publications")[0]


def titles(page: Page) -> Locator:
    return page.locator("main .page-list .page-list__link")


def test_material_is_found_by_language_without_script(visit: Callable[..., Visit]) -> None:
    page = visit(LIST, java_script_enabled=False).page

    page.get_by_role("link", name="Українська, Ukrainska (2)").click()
    page.get_by_role("link", name="Barn (1)").first.click()
    expect(page.get_by_role("heading", name="1 publikation")).to_be_visible()
    page.locator("main .page-list__link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Exempel: Du kan be om hjälp – blad för barn")
    page.get_by_role("link", name="Samma text som webbsida, ukrainska").click()

    article = page.locator("article")
    assert article.get_attribute("lang") == "uk"
    expect(article.get_by_role("heading", level=1)).to_have_text("Ти можеш попросити про допомогу")


def test_words_and_choices_are_narrowed_and_cleared_with_the_keyboard(visit: Callable[..., Visit]) -> None:
    page = visit(LIST).page
    everything = titles(page).all_inner_texts()

    page.get_by_label("Sök bland publikationerna").fill("blad")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Barn (1)").last.press("Enter")
    page.wait_for_url("**/publikationer/?audience=children&q=blad")
    expect(titles(page)).to_have_text(["Exempel: Du kan be om hjälp – blad för barn"])
    page.get_by_role("link", name="Skrivet för: Barn – ta bort").press("Enter")
    page.wait_for_url("**/publikationer/?q=blad")
    expect(page.get_by_label("Sök bland publikationerna")).to_have_value("blad")
    page.get_by_role("link", name="Rensa och visa allt").press("Enter")

    page.wait_for_url("**/publikationer/")
    expect(titles(page)).to_have_text(everything)
    assert len(everything) == 7


def test_filters_are_one_line_on_a_phone(visit: Callable[..., Visit]) -> None:
    page = visit(LIST, size=(360, 640)).page
    choice = page.get_by_role("link", name="Ukraina (6)")

    expect(choice).to_be_hidden()
    page.locator(".filters summary").press("Enter")
    expect(choice).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator(".filters summary")).to_be_hidden()
    expect(choice).to_be_visible()


def test_what_is_chosen_is_told_apart_in_forced_colours(visit: Callable[..., Visit]) -> None:
    page = visit(pages("publications-narrowed")[0], forced_colors="active").page

    chosen = page.locator(".filters [aria-current]").first
    other = page.locator(".filters .options a:not([aria-current])").first
    styles = [
        link.evaluate("(link) => [getComputedStyle(link).fontWeight, getComputedStyle(link).textDecorationLine]")
        for link in (chosen, other)
    ]
    assert styles == [["700", "none"], ["400", "underline"]]
    border = page.locator(".in-force a").first.evaluate("(link) => getComputedStyle(link).borderTopStyle")
    assert border == "solid"
