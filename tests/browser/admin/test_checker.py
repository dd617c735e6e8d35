"""The content checker beside the editor's preview: in Swedish, with every rule of axe, and with our advice."""

import pytest
from playwright.sync_api import Locator, Page, expect

from pages.admin.checker import SiteCheckerItem
from tests.browser.admin.editing import assert_swedish, copy, expect_soon, published

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

# Of axe as Wagtail brings it: the rules that run by themselves, which are all but those on trial and of level AAA.
RULES = """() => axe.getRules().filter(({ ruleId, tags }) =>
  !["experimental", "wcag2aaa", "deprecated"].some((tag) => tags.includes(tag))).map(({ ruleId }) => ruleId)"""


ADVISED = [
    "En lag nämns utan källa",
    "En länk säger inte vart den leder",
    "En mening är längre än 25 ord",
    "Något blev kvar från Word",
    "Sidan saknar ingress",
    "Texten är svårläst (LIX över 45)",
]
HARD = {
    "betanketid": "Socialnämndens ansökningsmöjligheter kompletterar bestämmelserna beträffande förlängning.",
    "reflection-period": "Investigating authorities continuously evaluate complementary residence permit applications.",
}
FAULTY = {  # the first paragraph joins the one before, which has a source
    "betanketid": '<p class="MsoNormal">Läs <a href="https://example.org/">här</a></p><p>Enligt brottsbalken.</p>',
    "reflection-period": '<p class="MsoNormal">Look <a href="https://example.org/">here</a></p><p>The Aliens Act.</p>',
}


def advised(editor: Page, slug: str, sentence: str) -> Locator:
    """Write a sentence that the checker has two things to say of, and return its panel."""
    (found,) = editor.request.get(f"/admin/api/main/pages/?slug={slug}").json()["items"]
    editor.goto(f"/admin/pages/{found['id']}/edit/")
    panel = editor.locator("[data-side-panel=checks]")
    editor.get_by_role("button", name="Visa eller dölj kontroller").click()
    rows = panel.locator("[data-content-checker-name]")
    expect(panel.locator("[data-content-word-count]")).not_to_have_text("-")
    assert rows.all_inner_texts() == []

    copy(editor, FAULTY[slug] + f"<p>{HARD[slug]}</p>" * 40)
    text = editor.locator("[data-contentpath=body] .public-DraftEditor-content").nth(2)
    text.click()
    editor.keyboard.press("Control+End")
    editor.keyboard.type(f" {sentence}")
    expect(rows).to_have_count(2)
    assert sorted(rows.all_inner_texts()) == ["En mening är längre än 25 ord", "Något blev kvar från Word"]
    expect(panel).to_contain_text("Dela den i två.")

    lead = editor.locator("[name=lead]")
    told = lead.input_value()
    editor.keyboard.press("Control+v")
    expect(text).to_contain_text(HARD[slug])
    lead.fill("")
    expect(rows).to_have_count(len(ADVISED))
    assert sorted(rows.all_inner_texts()) == ADVISED
    lead.fill(told)  # without it nothing is published
    expect(rows).to_have_count(len(ADVISED) - 1)
    return panel


def test_checker_advises_in_swedish_and_stops_nobody(editor: Page) -> None:
    english = "word " * 26 + ". See note [1] in the act."
    advised(editor, "reflection-period", english)
    published(editor)
    expect_soon(editor, "/en/guidance/reflection-period/", english.strip())
    expect_soon(editor, "/en/guidance/reflection-period/", HARD["reflection-period"])
    editor.evaluate("localStorage.clear()")  # which panel was open

    swedish = "ord " * 26 + ". Se not [1] i brottsbalken."
    advised(editor, "betanketid", swedish)

    messages = SiteCheckerItem.axe_messages
    rules = editor.evaluate(RULES)
    assert len(rules) > 80
    assert [rule for rule in rules if rule not in messages] == []
    assert_swedish(editor, "Fäll ihop alla")
    editor.locator("[data-contentpath=body]").get_by_role("button", name="Lägg in ett block").first.click()
    expect(editor.get_by_role("option", name="Checklista")).to_be_visible()
    assert_swedish(editor, "Fäll ihop alla")
    editor.keyboard.press("Escape")

    published(editor)
    expect_soon(editor, "/vagledning/betanketid/", swedish)
    expect_soon(editor, "/vagledning/betanketid/", HARD["betanketid"])
