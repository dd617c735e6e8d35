"""The guide on a phone: walked by touch and by keys, with and without script, and printed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.addresses import pages
from tests.browser.conftest import Visit
from tests.browser.test_layout import too_wide

pytestmark = pytest.mark.browser

PHONE = (390, 844)
START, _ENGLISH = pages("guide")
RESULT, _ENGLISH_RESULT = pages("guide-result-place")
ANSWERS = ["Nej, inte just nu", "Jag möter personen i mitt arbete", "Nej, en vuxen"]


def choose(page: Page, label: str) -> None:
    page.get_by_role("link", name=label).click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_phone_leads_from_the_first_question_to_the_number(script: bool, visit: Callable[..., Visit]) -> None:
    visited = visit(START, size=PHONE, java_script_enabled=script)
    page = visited.page
    for number, label in enumerate(ANSWERS, start=1):
        expect(page.get_by_text(f"Fråga {number} av högst 6")).to_be_visible()
        expect(page.locator(".exit__link")).to_be_in_viewport()
        expect(page.locator(".call--compact .call__number[href='tel:112']")).to_be_visible()
        choose(page, label)
    page.get_by_label("Kommun eller län").fill("malmö")
    page.get_by_label("Kommun eller län").press("Enter")
    page.wait_for_url("**/var-ar-personen/?place=1280#question")
    choose(page, "Ja, det kan vänta")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vad handlar det om?")
    choose(page, "Personen behöver skydd")
    expect(page).to_have_title("Ordna skydd – Just nu – Stöd till yrkesverksamma")
    expect(page.locator(".guide-calls a[href^='tel:']").first).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vad handlar det om?")
    page.go_forward()
    page.get_by_role("link", name="Ändra Är någon i fara nu?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Är någon i fara nu?")
    if script:
        assert too_wide(page) == ""
        assert visited.complaints == []
        assert page.evaluate("document.cookie") == ""
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_keys_alone_answer_and_the_next_question_has_the_focus(visit: Callable[..., Visit]) -> None:
    page = visit(START, size=PHONE).page
    page.get_by_role("link", name="Nej, inte just nu").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#question")
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Jag möter personen i mitt arbete")).to_be_focused()


@pytest.mark.parametrize("result", pages("guide-result") + pages("guide-result-place") + pages("guide-victim"), ids=str)
def test_only_the_first_of_an_order_is_filled(result, visit: Callable[..., Visit]) -> None:
    page = visit(result, size=PHONE).page

    def is_filled(item: Locator) -> list[bool]:
        keys = item.locator(".call__number, .coordinator__number, .social-services__number").all()
        return [key.evaluate("key => getComputedStyle(key).backgroundColor") != "rgba(0, 0, 0, 0)" for key in keys]

    first, *others = [is_filled(item) for item in page.locator(".guide-calls__item").all()]
    assert any(first)
    assert any(others)  # some have keys
    assert not any(any(each) for each in others)


def test_printed_result_has_numbers_hours_and_no_state(look: Callable[..., Page]) -> None:
    page = look(RESULT, size=PHONE)
    page.emulate_media(media="print")
    expect(page.locator(".guide-calls a[href^='tel:']").first).to_be_visible()
    for hidden in (".exit", ".guide-given__change", ".guide-calls .call__state", ".site-header nav"):
        for element in page.locator(hidden).all():
            expect(element).to_be_hidden()
    expect(page.locator(".guide-calls .call__lasting")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_result_is_printed_by_a_button(script: bool, visit: Callable[..., Visit]) -> None:
    page = visit(RESULT, size=PHONE, java_script_enabled=script).page
    button = page.get_by_role("button", name="Skriv ut")
    if not script:  # the browser's menu prints
        expect(button).to_have_count(0)
        return
    page.evaluate("window.print = () => { document.title = 'printed'; }")
    button.click()
    expect(page).to_have_title("printed")
    page.emulate_media(media="print")
    expect(button).to_be_hidden()


def test_flow_chart_fits_on_paper_and_moves_within_its_frame_on_a_phone(look: Callable[..., Page]) -> None:
    (swedish, _english) = pages("guide-flow-chart")
    page = look(swedish, size=PHONE)
    assert too_wide(page) == ""
    assert page.locator(".guide-figure").evaluate("(frame) => frame.scrollWidth > frame.clientWidth")
    page.emulate_media(media="print")
    assert page.locator(".guide-figure").evaluate("(frame) => frame.scrollWidth <= frame.clientWidth")
    # No line of text is longer than its box.
    assert (
        page.evaluate(
            """() => Math.max(...[...document.querySelectorAll(".guide-figure text")].map((text) =>
        text.getBBox().x + text.getBBox().width - Math.min(...[...document.querySelectorAll(".guide-figure rect")]
          .map((box) => box.getBBox()).filter((box) => box.x < text.getBBox().x && text.getBBox().x < box.x + box.width)
          .map((box) => box.x + box.width))))"""
        )
        <= 0
    )
