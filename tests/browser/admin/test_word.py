"""An editor pastes from Word: headings, lists, tables and footnotes come along, and readers see them."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import in_drills
from tests.browser.admin.editing import copy, expect_soon, press

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

WORD = (Path(__file__).parents[2] / "pages/admin/word.html").read_text()
TEXT = "Skydd i ett akut läge"


def open_text(editor: Page, slug: str) -> None:
    (found,) = editor.request.get(f"/admin/api/main/pages/?slug={slug}").json()["items"]
    editor.goto(f"/admin/pages/{found['id']}/edit/")


@pytest.mark.parametrize(
    ("slug", "address"), [("heder", "/vagledning/heder/"), in_drills("honour", "/en/guidance/honour/")]
)
def test_what_is_pasted_from_word_reaches_readers(editor: Page, slug: str, address: str) -> None:
    open_text(editor, slug)
    copy(editor, WORD, TEXT)
    # The page begins with a call-out, which takes no tables; then comes a text.
    text = editor.locator("[data-contentpath=body] .public-DraftEditor-content").nth(1)
    notes = editor.locator("[data-contentpath=footnotes] .public-DraftEditor-content")
    tables = editor.locator("[data-contentpath=body] table")
    before = notes.count()
    text.click()
    editor.keyboard.press("Control+Home")
    editor.keyboard.type("Före. Efter.")
    for _letter in "Efter.":
        editor.keyboard.press("ArrowLeft")
    editor.keyboard.press("Control+v")
    told = editor.get_by_role("status").filter(has_text="fotnoter")
    for words in ("1 tabell", "2 fotnoter", "Bilder följde inte med (1)", "vanlig text (2)", "spårade ändringar"):
        expect(told).to_contain_text(words)
    expect(notes).to_have_count(before + 2)
    expect(tables).to_have_count(1)
    assert "Efter." not in text.inner_text()  # what stood after the cursor stands after the table
    publish(editor)

    editor.goto(address)
    main = editor.locator("main")
    headings = main.get_by_role("heading")
    expect(headings.filter(has_text="Skydd i ett akut läge")).to_have_count(1)
    expect(headings.filter(has_text="Vem som ansvarar")).to_have_count(1)
    expect(main.locator("ul > li > ul > li")).to_have_text("även utomlands")
    expect(main.get_by_role("table").get_by_role("rowheader")).to_have_text("Betänketid")
    expect(main.get_by_role("paragraph").filter(has_text="Efter tabellen. Tillagt.")).to_have_count(1)
    mark = main.get_by_role("paragraph").filter(has_text="personen är i fara").locator("a").first
    mark.click()
    expect(main.locator(":target")).to_contain_text("4 § polislagen (1984:387).")
    dead = """() => [...document.querySelectorAll("main a")].map((link) => link.getAttribute("href")).filter(
      (href) => !href || href.startsWith("file:") || (href[0] === "#" && !document.getElementById(href.slice(1))))"""
    assert editor.evaluate(dead) == []


def publish(editor: Page) -> None:
    """Publish at once: the form, which lags behind the text, gets the last of it on its way."""
    press(editor, "Publicera")
    expect(editor.locator(".messages .success")).to_be_visible()


@pytest.mark.parametrize(
    ("slug", "address"),
    [in_drills("identifiering", "/manual/identifiering/"), ("identification", "/en/manual/identification/")],
)
def test_part_of_the_manual_gets_its_own_table_and_notes_and_a_lost_server_is_told(
    editor: Page, slug: str, address: str
) -> None:
    open_text(editor, slug)
    copy(editor, WORD, TEXT)
    part = editor.locator("[data-contentpath=parts] [data-contentpath=body]").first
    notes = editor.locator("[data-contentpath=parts] [data-contentpath=footnotes]").first
    of_notes = notes.locator(".public-DraftEditor-content")
    before = of_notes.count()
    text = part.locator(".public-DraftEditor-content").first
    text.click()
    editor.keyboard.press("Control+End")
    editor.keyboard.press("Control+v")
    expect(part.locator("table")).to_have_count(1)
    expect(of_notes).to_have_count(before + 2)
    expect(text).to_contain_text(f"personen är i fara.[^{before + 1}]")

    editor.route("**/paste-word/", lambda route: route.abort())
    text.click()
    editor.keyboard.press("Control+End")
    editor.keyboard.press("Control+v")
    expect(part.get_by_role("status")).to_contain_text("bara texten följde med")
    expect(part.locator("table")).to_have_count(1)
    expect(text).to_contain_text("Skydd i ett akut läge")
    editor.locator("[data-contentpath=parts] [name$=is_minor_edit]").first.check()
    publish(editor)

    expect_soon(editor, address, "4 § polislagen (1984:387).")
    editor.goto(address)
    main = editor.locator("main")
    expect(main.get_by_role("table").get_by_role("rowheader", name="Betänketid")).to_be_visible()
    expect(main.locator("ol > li").filter(has_text="Anteckna")).to_be_visible()
    main.get_by_role("paragraph").filter(has_text="personen är i fara").locator("a").first.click()
    expect(main.locator(":target")).to_contain_text("4 § polislagen (1984:387).")
