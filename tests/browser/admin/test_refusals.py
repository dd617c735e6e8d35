"""What an editor is refused with the reason, and what is not refused."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.addresses import in_drills
from tests.browser.admin.editing import expect_soon, one_in_drills, open_page_form, press, published
from tests.browser.served import Site
from tests.resources.making import pdf

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

MATERIAL = {
    "sv": ("/publikationer/", "Exempel: Se, fråga och ring"),
    "en": ("/en/publications/", "Example: See, ask and call"),
}
UNREADABLE = [(pdf(locked=True), "är lösenordsskyddad"), (b"PK\x03\x04 word/document.xml", "ingen PDF")]
WITH_TABLES = {"Betänketid": "/vagledning/betanketid/", "Reflection period": "/en/guidance/reflection-period/"}


@pytest.fixture
def reader(browser: Browser, site: Site) -> Iterator[Page]:
    """Open a window in which nobody is signed in."""
    with browser.new_context(base_url=site.address) as context:
        yield context.new_page()


def files(reader: Page) -> dict[str, bytes]:
    """Return the file of a publication in each language, as a reader of that language finds it."""
    found = {}
    for language, (address, title) in MATERIAL.items():
        reader.goto(address)
        reader.get_by_role("link", name=title).click()
        link = reader.locator(f"main a[type='application/pdf'][hreflang={language}]")
        found[language] = reader.request.get(str(link.get_attribute("href"))).body()
    assert all(content.startswith(b"%PDF-") for content in found.values())
    return found


@pytest.mark.parametrize("language", ["en", in_drills("sv")])
def test_file_that_nobody_could_open_is_kept_as_a_draft_and_refused_to_readers(
    editor: Page, reader: Page, language: str
) -> None:
    shown = files(reader)
    editor.goto("/admin/snippets/resources/resource/")
    editor.locator("main td a").filter(has_text=MATERIAL["sv"][1]).first.click()
    form = editor.url
    chosen = editor.locator("select[name^=files-]", has=editor.locator(f"option[value={language}]:checked")).first
    field = editor.locator(f"[name={str(chosen.get_attribute('name')).removesuffix('language')}file]")

    def choose(content: bytes) -> None:
        field.set_input_files({"name": "blad.pdf", "mimeType": "application/pdf", "buffer": content})

    for content, reason in UNREADABLE:
        choose(content)
        press(editor, "Publicera")
        expect(editor.locator(".error-message").first).to_contain_text(reason)
        expect(editor.locator("[name=title_sv]")).to_have_value(MATERIAL["sv"][1])
        choose(content)
        editor.get_by_role("button", name="Spara utkast").click()
        expect(editor.locator(".messages .warning")).to_contain_text(reason)
        editor.goto(form)
        press(editor, "Publicera")
        expect(editor.locator(".error-message").first).to_contain_text(reason)
        assert files(reader) == shown
    title = editor.locator("[name=title_en]")
    title.fill("")
    editor.get_by_role("button", name="Spara utkast").click()
    expect(editor.locator(".messages .success")).to_be_visible()
    press(editor, "Publicera")
    beside = editor.locator(".w-field").filter(has=title).locator(".error-message")
    expect(beside).to_contain_text("Skriv titeln på det här språket också.")
    title.fill(MATERIAL["en"][1])
    new = pdf(language=language, title="Nytt blad")
    choose(new)
    press(editor, "Publicera")
    editor.wait_for_url("**/snippets/resources/resource/")
    assert files(reader) == shown | {language: new}


@one_in_drills(WITH_TABLES)
def test_cell_of_a_table_may_be_empty(editor: Page, reader: Page, title: str) -> None:
    address = WITH_TABLES[title]
    open_page_form(editor, title)
    editor.get_by_role("button", name="Lägg till rad").first.click()
    cell = editor.locator("[data-contentpath=body] table").first.locator("tbody tr").filter(has=editor.locator("td"))
    cell.locator(".public-DraftEditor-content").nth(-2).click()
    editor.keyboard.type("Ingen annan")
    published(editor)
    expect_soon(editor, address, "Ingen annan")
    reader.goto(address)
    (row,) = reader.locator("main table tr").filter(has_text="Ingen annan").all()
    assert "" in [text.strip() for text in row.locator("td, th").all_inner_texts()]
