"""An editor inserts a stored number into a text with a button, and readers can call it."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.admin.editing import press
from tests.browser.axe import Findings
from tests.browser.served import Site

pytestmark = pytest.mark.browser

BUTTON = "Telefonnummer"
HONOUR = "/vagledning/heder/"


def open_text(editor: Page) -> Locator:
    """Open the form of a page; return its text, with the cursor at the end."""
    (found,) = editor.request.get("/admin/api/main/pages/?slug=heder").json()["items"]
    editor.goto(f"/admin/pages/{found['id']}/edit/")
    text = editor.locator("[data-contentpath=body] .public-DraftEditor-content").first
    text.click()
    editor.keyboard.press("Control+End")
    return text


def choose(editor: Page, number: str) -> None:
    dialogue = editor.get_by_role("dialog")
    dialogue.get_by_role("button", name=number, exact=True).click()
    expect(dialogue).to_have_count(0)


def publish(editor: Page, written: str, times: int = 1) -> None:
    """Publish, when the form, which lags behind the text, holds what was written so often."""
    stored = editor.locator("[data-contentpath=body] input:has(~ [data-draftail-editor-wrapper])").first
    editor.wait_for_function(
        "([input, written, times]) => [...input.value.matchAll(written)].length >= times",
        arg=[stored.element_handle(), written, times],
    )
    press(editor, "Publicera")


def test_number_is_chosen_stays_whole_and_is_called_by_readers(editor: Page, browser: Browser, site: Site) -> None:
    text = open_text(editor)
    numbers = text.locator("[data-number=bris]")
    before = numbers.count()
    editor.keyboard.type(" Ring /Tele")
    editor.get_by_role("option", name=BUTTON).wait_for()
    editor.keyboard.press("Enter")
    findings = Findings(editor)
    expect(editor.get_by_role("dialog").get_by_role("button", name="116 111", exact=True)).to_be_visible()
    findings.look("dialogue", within="[role=dialog]")
    choose(editor, "116 111")
    expect(numbers).to_have_count(before + 1)
    expect(numbers.last).to_have_text("116 111")
    expect(numbers.last).to_have_attribute("title", "Bris")
    expect(text).to_be_focused()
    editor.keyboard.press("Backspace")
    expect(numbers).to_have_count(before)
    expect(text).to_have_text(re.compile(r"Ring\s*$"))  # not a digit of it is left
    editor.keyboard.press("Control+z")
    expect(numbers).to_have_count(before + 1)
    editor.keyboard.press("Control+End")
    editor.keyboard.type(" nu.")
    publish(editor, "116 111 nu")
    expect(editor.locator(".messages .success")).to_be_visible()

    with browser.new_context(base_url=site.address, viewport={"width": 320, "height": 640}) as context:
        reader = context.new_page()
        reader.goto(HONOUR)
        link = reader.locator("main").get_by_role("link", name="116 111", exact=True).last
        expect(link).to_have_attribute("href", "tel:116111")
        expect(link.locator("xpath=..")).to_contain_text("Ring 116 111 nu.")
        assert link.evaluate("node => node.getClientRects().length") == 1  # on one line
        link.evaluate("node => { node.parentElement.style.inlineSize = '5rem' }")
        assert link.evaluate("node => node.getClientRects().length") == 1

    expect(open_text(editor).locator("[data-number=bris]").last).to_have_text("116 111")
    assert findings.problems == ""


def test_typed_number_is_refused_and_the_button_replaces_what_is_marked(
    editor: Page, browser: Browser, site: Site
) -> None:
    text = open_text(editor)
    editor.keyboard.type(" Ring 114 14")
    publish(editor, "Ring 114 14")
    expect(editor.locator("[data-contentpath=body]").get_by_text("”114 14” är skrivet för hand").first).to_be_visible()
    text = editor.locator("[data-contentpath=body] .public-DraftEditor-content").first
    expect(text).to_contain_text("Ring 114 14")
    text.click()
    editor.keyboard.press("Control+End")
    for _digit in "114 14":
        editor.keyboard.press("Shift+ArrowLeft")
    numbers = text.locator("[data-number=urgent]")
    before = numbers.count()
    editor.get_by_role("button", name=BUTTON).click()
    choose(editor, "114 14")
    expect(numbers).to_have_count(before + 1)
    publish(editor, '"key": ?"urgent"', before + 1)
    expect(editor.locator(".messages .success")).to_be_visible()
    with browser.new_context(base_url=site.address) as context:
        reader = context.new_page()
        reader.goto(HONOUR)
        expect(reader.locator("main a.number[href='tel:11414']").last).to_have_text("114 14")
