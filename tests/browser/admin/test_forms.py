"""What editors' forms take: comments that no reader sees, and nothing that no browser of an editor sends."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.admin.editing import expect_soon, one_in_drills, open_page_form, open_panel, press, published

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

PAGES = {
    "Därför är du viktig": ("/vagledning/darfor-ar-du-viktig/", "Stämmer det här?"),
    "Why you matter": ("/en/guidance/why-you-matter/", "Is this right?"),
}
LINK = {"type": "LINK", "mutability": "MUTABLE", "data": {"id": "x", "parentId": 1, "url": "/x/"}}
BLOCK = {"key": "a1b2c", "text": "Till sidan", "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
WRONG_LINK = {
    "blocks": [BLOCK | {"entityRanges": [{"key": 0, "offset": 0, "length": 4}]}],
    "entityMap": {"0": LINK},
}
TEXT = "[data-contentpath=body] input:has(~ [data-draftail-editor-wrapper])"
# What is sent goes past the scripts, which would put it right.
TAMPERED = {
    "no count of blocks": """document.querySelector("[name=body-count]").remove()""",
    "text that is no JSON": f"""document.querySelector({json.dumps(TEXT)}).value = "no JSON" """,
    "link to no page": f"""document.querySelector({json.dumps(TEXT)}).value = {json.dumps(json.dumps(WRONG_LINK))}""",
}
PUBLISH = """
const form = document.querySelector("form[data-edit-form]");
const button = document.createElement("input");
Object.assign(button, { type: "hidden", name: "action-publish", value: "1" });
form.append(button);
HTMLFormElement.prototype.submit.call(form);
"""


@one_in_drills(PAGES)
def test_comment_stands_beside_its_field_until_it_is_resolved_and_no_reader_sees_it(editor: Page, title: str) -> None:
    address, comment = PAGES[title]
    open_page_form(editor, title)
    editor.locator("[data-comment-add][aria-describedby=id_lead-label]").click()
    expect(editor.locator(".comment--focused textarea")).to_be_focused()
    editor.keyboard.type(comment)
    # It moves to its field meanwhile, away from a pointer; and what is typed is text of the page before it is taken.
    editor.locator(".comment--focused").get_by_role("button", name="Kommentera").press("Enter")
    shown = editor.locator(".comment--mode-default").filter(has_text=comment)
    expect(shown).to_be_visible()
    lead = editor.locator("[name=lead]")
    written = f"{lead.input_value()} ({title})"
    lead.fill(written)
    published(editor)
    expect_soon(editor, address, written)
    with editor.context.browser.new_context() as context:
        reader = context.new_page()
        reader.goto(editor.url.partition("/admin/")[0] + address)
        assert comment not in reader.content()
    open_page_form(editor, title)
    open_panel(editor, "comments")
    expect(shown).to_be_visible()
    expect(shown).to_contain_text("editor")
    shown.get_by_role("button", name="Fler åtgärder").press("Enter")
    shown.get_by_role("menuitem", name="Markera som löst").press("Enter")
    expect(shown).to_have_count(0)
    press(editor, "Publicera")
    editor.wait_for_url("**/admin/pages/*/")
    open_page_form(editor, title)
    expect(editor.locator(".comment").filter(has_text=comment)).to_have_count(0)


@one_in_drills([*PAGES][::-1])
def test_what_no_browser_of_an_editor_sends_is_refused_and_readers_keep_what_they_had(editor: Page, title: str) -> None:
    address, _comment = PAGES[title]
    for tampered in TAMPERED.values():
        open_page_form(editor, title)
        expect(editor.locator("[data-contentpath=body] .Draftail-Editor").first).to_be_visible()
        editor.locator("[name=lead]").evaluate("(lead) => { lead.value = 'Av någon annan.' }")
        with editor.expect_navigation() as answer:
            editor.evaluate(f"{tampered}\n{PUBLISH}")  # at once: the editor of the text puts its own back in a moment
        assert answer.value.status == 400
    editor.goto(address)
    expect(editor.locator("main")).to_be_visible()
    expect(editor.locator("main")).not_to_contain_text("Av någon annan.")
