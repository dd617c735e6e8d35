"""An editor tells all readers something, reviews, translates, mends links; readers of both languages see it."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import Browser, Page, expect

from pages.review.models import EVERY
from tests.browser import served
from tests.browser.admin.editing import (
    add_block,
    open_notice_form,
    open_page_form,
    open_panel,
    published,
    remove_notice,
    save_snippet,
    write_times,
)
from tests.browser.axe import Findings
from tests.browser.served import Site
from tests.browser.test_accessibility import unfold
from tests.browser.test_layout import too_wide
from tests.conftest import CopySite

pytestmark = pytest.mark.browser

TEXTS = {"sv": "Stödtelefonen är ur funktion.", "en": "The support line is out of order."}
LEVELS = {"sv": "Fara", "en": "Danger"}
START_PAGES = {"sv": "/", "en": "/en/"}
SIGNS = {"sv": "/vagledning/tecken/", "en": "/en/guidance/signs/"}
HANDOUT = {"sv": "Exempel: Se, fråga och ring", "en": "Example: See, ask and call"}
LINKED = {
    "Tecken på människohandel": ("Identifiering", "/manual/identifiering/"),
    "Signs of human trafficking": ("Identification", "/en/manual/identification/"),
}


@pytest.fixture(scope="package")
def site(copy_site: CopySite) -> Iterator[Site]:
    """A site of its own: its first page counts what every editor has changed."""
    with served.running_site(copy_site()) as site:
        yield site


@pytest.fixture(scope="module")
def reader(browser: Browser, site: Site) -> Iterator[Page]:
    """Open a window in which nobody is signed in, and no script runs."""
    with browser.new_context(base_url=site.address, java_script_enabled=False) as context:
        yield context.new_page()


def care(editor: Page):
    """Open the first page of the admin and return the panel."""
    editor.goto("/admin/")
    panel = editor.locator("section, .w-panel").filter(has_text="Att ta hand om").last
    expect(panel).to_be_visible()
    return panel


def test_notice_is_previewed_and_reaches_readers_of_both_languages_until_it_is_taken_away(
    editor: Page, reader: Page, browser: Browser, site: Site
) -> None:
    now = timezone.localtime()
    open_notice_form(editor, TEXTS)
    editor.locator("select[name=level]").select_option(label=LEVELS["sv"])
    write_times(editor, now + timedelta(days=1), now + timedelta(days=2))
    open_panel(editor, "preview")
    frames = editor.locator("[data-side-panel=preview] iframe")
    for language, text in TEXTS.items():
        expect(frames).to_have_count(1)  # while one is being loaded beside it, Wagtail may show either in the end
        editor.locator("[name=preview_mode]").select_option(language)
        previewed = frames.last.content_frame.locator(".site-notices")
        expect(previewed).to_contain_text(text)
        expect(previewed).to_contain_text(LEVELS[language])
    save_snippet(editor)
    for address in START_PAGES.values():
        reader.goto(address)
        expect(reader.locator(".site-notices")).to_have_count(0)

    editor.locator("main tbody a").filter(has_text=TEXTS["sv"]).first.click()
    write_times(editor, timezone.localtime(), now + timedelta(days=2))
    save_snippet(editor)
    for language, address in START_PAGES.items():
        reader.goto(address)
        expect(reader.locator(".site-notices")).to_contain_text(TEXTS[language])
        expect(reader.locator(".site-notices .callout__kind")).to_have_text(LEVELS[language])

    with browser.new_context(base_url=site.address) as context:
        page = context.new_page()
        for language, address in SIGNS.items():
            page.emulate_media(media="screen")
            page.goto(address)
            findings = Findings(page)
            unfold(page)
            for scheme in ("light", "dark"):
                for width in (320, 1280):
                    page.set_viewport_size({"width": width, "height": 800})
                    page.emulate_media(color_scheme=scheme)
                    findings.look(f"{language} {scheme} {width} px", colours=scheme)
                    assert too_wide(page) == ""
            page.emulate_media(media="print")
            expect(page.locator(".site-notices__item")).to_contain_text(TEXTS[language])
            expect(page.locator(".site-notices__item")).to_be_visible()
            findings.look(f"{language} print", colours="print")
            assert findings.problems == ""

    remove_notice(editor, TEXTS["sv"])
    for address in START_PAGES.values():
        reader.goto(address)
        expect(reader.locator(".site-notices")).to_have_count(0)


def review_by(editor: Page, form: str, day: date) -> None:
    """Write into a form until when its thing is to be reviewed, and save it, as a draft where it has drafts."""
    editor.goto(form)
    editor.locator("input[name=review_by]").fill(f"{day}")
    editor.locator("select[name=review_owner]").select_option(label="editor")
    editor.keyboard.press("Tab")  # the calendar may lie over the button
    editor.locator("footer").get_by_role("button", name=re.compile("^Spara")).first.click()
    expect(editor.locator(".messages .success")).to_be_visible()


@pytest.mark.parametrize("kind", ["contacts/supportservice", "resources/resource"])
def test_review_is_set_found_on_the_first_page_and_noted_with_one_press(editor: Page, kind: str) -> None:
    today = timezone.localdate()
    editor.goto(f"/admin/snippets/{kind}/")
    link = editor.locator("main td a").first
    name, form = link.inner_text().strip(), str(link.get_attribute("href"))
    review_by(editor, form, today + timedelta(days=20))
    near = care(editor).get_by_role("link", name=re.compile("texte?r? ska ses över inom en månad"))
    number = int(near.inner_text().split()[0])
    near.click()
    expect(editor.locator("main tbody tr")).to_have_count(number)
    expect(editor.locator("main tbody tr").filter(has_text=name)).to_contain_text("editor")
    review_by(editor, form, today - timedelta(days=1))
    care(editor).get_by_role("link", name="text borde redan ha setts över").click()
    row = editor.locator("main tbody tr").filter(has_text=name)
    row.get_by_role("button", name="Sett över, inget att ändra").click()
    expect(editor.locator(".messages .success")).to_contain_text(f"”{name}” är sedd över")
    expect(care(editor)).to_contain_text("Ingen text väntar på översyn.")
    editor.goto("/admin/reports/pages-to-review/?whose=mine")
    row = editor.locator("main tbody tr").filter(has_text=name)
    for day in (today, today + EVERY):
        expect(row).to_contain_text(date_format(day, "j F Y"))


def test_translation_that_is_older_is_found_compared_and_answered(editor: Page, reader: Page, site: Site) -> None:
    open_page_form(editor, "Tecken på människohandel")
    lead = editor.locator("textarea[name=lead]")
    lead.fill(f"{lead.input_value()} Ny mening i ingressen.")
    published(editor)
    reader.goto(SIGNS["sv"])
    expect(reader.locator("main")).to_contain_text("Ny mening i ingressen.")
    leads = {address: lead_of(reader, address) for address in SIGNS.values()}
    care(editor).get_by_role("link", name="översättning är äldre än sitt original").click()
    editor.get_by_role("link", name="Jämför").click()
    expect(editor.locator("main ins")).to_contain_text("Ny mening i ingressen.")
    findings = Findings(editor)
    findings.look("comparison", within="main")
    assert findings.problems == ""
    editor.get_by_role("button", name="Inget att ändra här").click()
    expect(care(editor)).to_contain_text("Varje översättning följer sitt original.")
    editor.goto("/admin/reports/site-history/")
    answer = editor.locator("main tbody tr").filter(has_text="Signs of human trafficking").first
    expect(answer).to_contain_text("inget att ändra")
    assert {address: lead_of(reader, address) for address in SIGNS.values()} == leads


def lead_of(reader: Page, address: str) -> str:
    """Return what readers read first on a page, and the day on which it was updated."""
    reader.goto(address)
    return reader.locator("main .lead").inner_text() + reader.locator("main .dates").inner_text()


def test_who_takes_down_what_is_linked_to_is_told_where(editor: Page, reader: Page) -> None:
    for title, (linking, address) in LINKED.items():
        editor.goto(f"/admin/pages/search/?q={title}")
        form = str(editor.get_by_role("link", name=title).first.get_attribute("href"))
        for way in ("unpublish", "delete"):
            editor.goto(form.replace("/edit/", f"/{way}/"))
            expect(editor.locator("main")).to_contain_text("Länkar leder hit från:")
            expect(editor.locator("main").get_by_role("link", name=linking)).to_be_visible()
        reader.goto(address)
        reader.locator("main").get_by_role("link", name=title).first.click()
        expect(reader.locator("h1")).to_contain_text(title)


def test_who_takes_down_a_publication_is_told_which_pages_show_it(editor: Page, reader: Page) -> None:
    titles = {"sv": "Tecken på människohandel", "en": "Signs of human trafficking"}
    for language, title in titles.items():
        open_page_form(editor, title)
        block = add_block(editor, "Publikationer")
        block.locator("[data-contentpath=chosen] button.c-sf-add-button").first.click()
        block.get_by_role("button", name="Välj").first.click()
        editor.locator(".modal-content").get_by_role("link", name=HANDOUT["sv"]).first.click()
        expect(block).to_contain_text(HANDOUT["sv"])
        published(editor)
        reader.goto(SIGNS[language])
        expect(reader.locator("main").get_by_role("link", name=HANDOUT[language])).to_be_visible()
    editor.goto("/admin/snippets/resources/resource/")
    form = str(editor.locator("main td a").filter(has_text=HANDOUT["sv"]).first.get_attribute("href"))
    for way in ("unpublish", "delete"):
        editor.goto(form.replace("/edit/", f"/{way}/"))
        for title in titles.values():
            expect(editor.locator("main").get_by_role("link", name=title)).to_be_visible()
