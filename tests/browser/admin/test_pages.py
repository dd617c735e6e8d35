"""An editor makes a page in both languages, gives it a picture and a time, and takes it down; readers see each."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.admin.editing import expect_soon, open_page_form, press, published, schedule

pytestmark = pytest.mark.browser

ADDRESS = {"sv": "/vagledning/atgarder-for-oppna-fragor/", "en": "/en/guidance/open-questions/"}
LEAD = {"sv": "Enligt 5 kap. 15 § utlänningslagen.", "en": "According to the Aliens Act."}
WHY = {"sv": "Reglerna har ändrats.", "en": "The rules have changed."}
TITLE = "Åtgärder för öppna frågor"


def section_form(editor: Page) -> str:
    """Return the path of the form of the Swedish section."""
    editor.goto("/admin/pages/search/?q=Vägledning")
    section = editor.locator(".title-wrapper a").filter(has_text=re.compile(r"^\s*Vägledning\s*$")).first
    return str(section.get_attribute("href"))


def test_page_is_made_found_translated_and_taken_down_in_both_languages(editor: Page) -> None:
    section = section_form(editor)
    editor.goto(section.replace("/edit/", "/").replace("/pages/", "/pages/add/pages/guidancepage/"))
    editor.locator("[name=title]").fill(TITLE)
    editor.locator("[name=lead]").fill(LEAD["sv"])
    expect(editor.locator("[name=slug]")).to_have_value("atgarder-for-oppna-fragor")
    forms = {"sv": published(editor)}
    expect_soon(editor, ADDRESS["sv"], LEAD["sv"])
    open_page_form(editor, "5 kap. 15 §", TITLE)

    editor.goto("/admin/reports/translations/")
    editor.locator("main tr").filter(has_text=TITLE).get_by_role("button", name="Skapa översättningen").click()
    expect(editor.locator("[name=lead]")).to_have_value("[???]")
    press(editor, "Publicera")
    expect(editor.locator(".error-message").first).to_contain_text("inte är översatt")
    for name, value in {"title": "Open questions", "lead": LEAD["en"]}.items():
        editor.locator(f"[name={name}]").fill(value)
    editor.get_by_role("tab", name="Adress").click()
    editor.locator("[name=slug]").fill("open-questions")
    forms["en"] = published(editor)
    expect_soon(editor, ADDRESS["en"], LEAD["en"])

    editor.goto(section.replace("/edit/", "/delete/"))
    expect(editor.locator("main")).to_contain_text("sidor följer med:")
    expect(editor.locator("main")).to_contain_text(f"{TITLE} (publicerad)")
    for language, way in (("sv", "unpublish"), ("en", "delete")):
        editor.goto(forms[language].replace("/edit/", f"/{way}/"))
        editor.locator("[name=reason]").fill(WHY[language])
        editor.locator("[name=withdraw]").check()
        editor.locator("main form [type=submit]").first.click()
        expect(editor.locator(".messages .success")).to_be_visible()
        expect_soon(editor, ADDRESS[language], WHY[language], status=410)


def test_photo_is_stored_smaller_has_no_text_of_its_own_and_is_decided_on_before_it_is_published(editor: Page) -> None:
    buffer = BytesIO()
    Image.effect_noise((4032, 3024), 90).convert("RGB").save(buffer, "JPEG", quality=96, subsampling=0)
    assert 12 * 2**20 < len(buffer.getvalue()) < 20 * 2**20
    editor.goto("/admin/images/add/")
    photo = {"name": "IMG_2041.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}
    editor.locator("main input[type=file]").set_input_files(photo)
    editor.locator("main [name=title]").fill("En dörr")
    editor.locator("main form [type=submit]").last.click()
    expect(editor.locator(".messages .success")).to_contain_text("En dörr")
    editor.get_by_role("link", name="En dörr").first.click()
    area = editor.locator(".focal-point-chooser .jcrop-tracker").last
    expect(area).to_be_visible()
    expect(editor.locator(".focal-point-chooser img").first).to_have_attribute("data-original-width", "2400")
    area.drag_to(area, source_position={"x": 300, "y": 100}, target_position={"x": 400, "y": 200})
    expect(editor.locator("[name=focal_point_width]")).not_to_have_value("")
    editor.locator("main form [type=submit]").first.click()
    expect(editor.locator(".messages .success")).to_contain_text("En dörr")

    open_page_form(editor, "Betänketid")
    editor.locator("button.c-sf-add-button").first.click()
    editor.get_by_role("option", name="Bild").click()
    block = editor.locator("[data-contentpath=body] [data-streamfield-child]").first
    block.get_by_role("button", name="Välj").first.click()
    editor.locator(".modal-content").get_by_role("link", name="En dörr").first.click()
    text = block.locator("[name$=alt_text]")
    expect(text).to_have_value("")
    press(editor, "Publicera")
    expect(editor.locator(".error-message").first).to_contain_text("Skriv en alternativtext eller markera")
    editor.locator("[data-contentpath=body] [data-streamfield-child]").first.locator("[name$=decorative]").check()
    published(editor)
    expect_soon(editor, "/vagledning/betanketid/", 'alt=""', in_source=True)


def test_page_is_published_at_its_time_by_the_server_itself(editor: Page) -> None:
    open_page_form(editor, "NMT – nationellt metodstödsteam")
    editor.locator("[name=lead]").fill("Gäller från och med nu.")
    schedule(editor, timezone.localtime() + timedelta(minutes=1))
    editor.goto("/admin/reports/schedules/")
    expect(editor.locator("main")).to_contain_text("NMT")
    expect_soon(editor, "/vagledning/nmt/", "Gäller från och med nu.", seconds=130)


def test_account_asks_for_no_time_zone_and_help_is_our_guide(editor: Page) -> None:
    editor.goto("/admin/account/")
    expect(editor.locator("select[name$=preferred_language]")).to_be_visible()
    expect(editor.locator("select[name$=time_zone]")).to_have_count(0)  # there is but one
    editor.goto("/admin/")
    editor.get_by_role("button", name="Hjälp").click()
    editor.get_by_role("link", name="Handbok för redaktörer").last.click()
    expect(editor.get_by_role("heading", name="Rätta något")).to_be_visible()
    editor.goto("/admin/reports/broken-links/")
    expect(editor.locator("main")).to_contain_text("Alla länkar leder någonstans")
