"""What an editor is refused with the reason, and what is not refused."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.admin.editing import expect_soon, open_page_form, press, published
from tests.resources.making import pdf

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

MATERIAL = {"/publikationer/": "Exempel: Se, fråga och ring", "/en/publications/": "Example: See, ask and call"}
WITH_TABLES = {"Betänketid": "/vagledning/betanketid/", "Reflection period": "/en/guidance/reflection-period/"}


def test_publication_that_nobody_could_open_is_refused_with_the_reason(editor: Page) -> None:
    editor.goto("/admin/snippets/resources/resource/")
    editor.locator("main td a").filter(has_text=MATERIAL["/publikationer/"]).first.click()
    locked = {"name": "blad.pdf", "mimeType": "application/pdf", "buffer": pdf(locked=True)}
    editor.locator("main input[type=file]").first.set_input_files(locked)
    press(editor, "Publicera")
    expect(editor.locator(".error-message").first).to_contain_text("låst med ett lösenord")
    expect(editor.locator("[name=title_sv]")).to_have_value(MATERIAL["/publikationer/"])
    for address, title in MATERIAL.items():
        editor.goto(address)
        editor.get_by_role("link", name=title).click()
        file = editor.locator("main a").filter(has_text="PDF").first
        assert editor.request.get(str(file.get_attribute("href"))).ok


def test_cell_of_a_table_may_be_empty(editor: Page) -> None:
    for title, address in WITH_TABLES.items():
        open_page_form(editor, title)
        editor.get_by_role("button", name="Lägg till rad").first.click()
        cell = (
            editor.locator("[data-contentpath=body] table").first.locator("tbody tr").filter(has=editor.locator("td"))
        )
        cell.locator(".public-DraftEditor-content").nth(-2).click()
        editor.keyboard.type("Ingen annan")
        published(editor)
        expect_soon(editor, address, "Ingen annan")
