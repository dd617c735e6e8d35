"""What an editor writes is saved by itself, once, also when the session is over or another editor writes too."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.addresses import in_drills
from tests.browser.admin.editing import (
    LISTING,
    POLL,
    SAVED,
    add_block,
    answers_take,
    draft_time,
    expect_soon,
    one_in_drills,
    open_page_form,
    press,
    publish_at_that_time,
    published,
    read,
)
from tests.browser.served import Site
from tests.browser.signing_in import sign_in_as_editor, signed_in

pytestmark = pytest.mark.browser

PAGES = {
    "sv": ("Tecken på människohandel", "/vagledning/tecken/"),
    "en": ("Signs of human trafficking", "/en/guidance/signs/"),
}
SCHEDULED = {
    "Långsiktigt stöd": "/manual/langsiktigt-stod/",
    "Long-term support": "/en/manual/long-term-support/",
}
COORDINATOR = {"name": "Nova Exempel", "role_sv": "Koordinator", "role_en": "Coordinator", "employer": "Malmö stad"}


def test_coordinator_published_while_the_first_autosave_runs_is_one(editor: Page) -> None:
    editor.goto("/admin/snippets/contacts/coordinator/add/")
    editor.locator("[name=phones-0-kind]").select_option("direct")
    editor.locator("[name=phones-0-number]").fill("040-628 04 97")
    editor.locator("[name=target_group]").select_option("both")
    editor.locator("[name=counties]").select_option(label="Skåne län")
    with answers_take(editor, 3000):
        with editor.expect_request(lambda request: "form-key" in request.url and request.method == "POST") as first:
            for name, value in COORDINATOR.items():
                editor.locator(f"[name={name}]").fill(value)
        assert first.value.headers["accept"] == "application/json"
        press(editor, "Publicera")
        expect(editor.locator(".messages .success")).to_contain_text(COORDINATOR["name"])
    for address, number in {
        "/kontakt/skane-lan/": "040-628 04 97",
        "/en/contact/skane-county/": "+46 40 628 04 97",
    }.items():
        expect_soon(editor, address, COORDINATOR["name"])
        assert read(editor, address).count(number) == 1
    editor.goto("/admin/snippets/contacts/coordinator/?q=nova")
    assert editor.locator("main tbody").first.locator("tr").count() == 1


@pytest.mark.parametrize("language", ["sv", in_drills("en")])
def test_who_was_signed_out_is_told_and_goes_on_after_signing_in_elsewhere(
    editor: Page, site: Site, language: str
) -> None:
    title, address = PAGES[language]
    open_page_form(editor, title)
    editor.context.clear_cookies(name="sessionid")
    written = f"Skrivet utan inloggning, {language}."
    editor.locator("[name=lead]").fill(written)
    told = editor.locator("footer [data-w-messages-target=container]")
    expect(told).to_contain_text("Du är utloggad. Din text är kvar här")
    with editor.context.expect_page() as opened:
        told.get_by_role("link", name="Logga in i en ny flik").press("Enter")
    tab = opened.value
    sign_in_as_editor(tab, site)
    tab.close()
    editor.bring_to_front()
    # A browser without a screen shows every tab at once.
    editor.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(editor.locator(SAVED)).to_be_visible()
    assert editor.locator("[name=lead]").input_value() == written
    press(editor, "Publicera")
    editor.wait_for_url(LISTING)
    expect_soon(editor, address, written)


@pytest.mark.parametrize("language", ["en", in_drills("sv")])
def test_unfinished_links_stop_neither_autosave_nor_the_draft(editor: Page, language: str) -> None:
    title, address = PAGES[language]
    before = {each: read(editor, each) for _title, each in PAGES.values()}
    unfinished, finished = f"En länk utan mål, {language}", f"En länk med mål, {language}"
    open_page_form(editor, title)
    block = add_block(editor, "Länkar")
    block.locator("[name$=link_text]").fill(unfinished)
    expect(editor.locator(SAVED)).to_be_visible()
    editor.get_by_role("button", name="Spara utkast").click()
    expect(editor.locator(".messages .success")).to_be_visible()
    open_page_form(editor, title)
    expect(editor.locator("[name$=link_text]").first).to_have_value(unfinished)
    press(editor, "Publicera")
    expect(editor.get_by_text("Välj en sida eller skriv en adress, ett av dem.").first).to_be_visible()
    assert {each: read(editor, each) for each in before} == before
    editor.locator("[name$=link_text]").first.fill(finished)
    editor.locator("[name$='-url']").first.fill("https://example.org/")
    published(editor)
    expect_soon(editor, address, finished)
    (other,) = {*before} - {address}
    assert read(editor, other) == before[other]


@pytest.mark.parametrize("language", ["sv", in_drills("en")])
def test_what_was_typed_last_is_published(editor: Page, language: str) -> None:
    title, address = PAGES[language]
    written = {"sv": " Skrivet strax innan.", "en": " Written just before."}[language]
    open_page_form(editor, title)
    text = editor.locator("[data-contentpath=body] .public-DraftEditor-content").first
    text.click()
    editor.keyboard.press("Control+End")
    editor.keyboard.type(written)
    # Before Wagtail has put the text into the form.
    editor.evaluate("document.querySelector('[data-edit-form] [name=action-publish]').click()")
    editor.wait_for_url(LISTING)
    expect_soon(editor, address, written.strip())


@one_in_drills(SCHEDULED)
def test_time_that_is_set_while_the_form_saves_itself_is_kept(editor: Page, title: str) -> None:
    address = SCHEDULED[title]
    before = read(editor, address)
    open_page_form(editor, title)
    draft_time(editor, timezone.localtime() + timedelta(days=1))
    with answers_take(editor, 3000):
        with editor.expect_request(lambda request: request.headers.get("accept") == "application/json"):
            editor.locator("[name=lead]").fill("I morgon / Tomorrow")
        publish_at_that_time(editor)
    editor.goto("/admin/reports/schedules/")
    expect(editor.locator("main tbody tr").filter(has_text=title)).to_contain_text("publiceras")
    assert read(editor, address) == before


def test_form_that_saves_itself_while_it_asks_for_others_finds_nobody(editor: Page) -> None:
    asked: list[Route] = []
    editor.route("**/editing-sessions/ping/**", lambda route: asked.append(route))  # noqa: PLW0108 (Playwright takes functions only)
    title, address = PAGES["sv"]
    open_page_form(editor, title)
    while not asked:
        editor.wait_for_timeout(POLL)
    editor.locator("[name=lead]").fill("Sparat under tiden.")
    expect(editor.locator(SAVED)).to_be_visible()
    with editor.expect_response("**/editing-sessions/ping/**") as answer:
        asked.pop().continue_()
    assert "Du har sparat en nyare version i ett annat fönster" in answer.value.json()["html"]
    editor.wait_for_timeout(POLL)
    published(editor)
    expect_soon(editor, address, "Sparat under tiden.")


def test_second_of_two_editors_is_told_who_saved_and_keeps_the_text(browser: Browser, editor: Page, site: Site) -> None:
    title, address = PAGES["en"]
    with browser.new_context(base_url=site.address) as context:
        other = context.new_page()
        signed_in(other, site, "administrator")
        open_page_form(other, title)
        open_page_form(editor, title)
        other.locator("[name=lead]").fill("What the other wrote.")
        expect(other.locator(SAVED)).to_be_visible()
        # A form whose texts are not there yet would be refused as one that no browser sends.
        expect(editor.locator("[data-contentpath=body] .Draftail-Editor").last).to_be_visible()
        editor.evaluate("document.querySelector('[name=lead]').value = 'What I wrote.'")
        with editor.expect_navigation() as answer:
            editor.evaluate(PUBLISH)
        assert answer.value.status == 200, answer.value.text()
        expect(editor.locator(".messages .error")).to_contain_text("Inte sparat: administrator")
        expect(editor.locator("[name=lead]")).to_have_value("What I wrote.")
    editor.evaluate(PUBLISH)
    editor.wait_for_url(LISTING)
    expect_soon(editor, address, "What I wrote.")


# At once: left open, the form asks every ten seconds who else has saved, and warns.
PUBLISH = """
const form = document.querySelector("form[data-edit-form]");
const button = form.querySelector("[name=action-publish]");
const field = document.createElement("input");
Object.assign(field, { type: "hidden", name: button.name, value: button.value });
form.append(field);
form.submit();
"""
