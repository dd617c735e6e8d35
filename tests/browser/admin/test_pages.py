"""An editor makes a page in both languages, gives it a picture, and takes it down; readers see each."""

import re
import time
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.addresses import in_drills
from tests.browser.admin.editing import (
    add_block,
    assert_swedish,
    choose_page,
    expect_soon,
    open_page_form,
    press,
    published,
)
from tests.browser.served import Site

pytestmark = pytest.mark.browser

LANGUAGES = ("sv", "en")
TITLE = {"sv": "Åtgärder för öppna frågor", "en": "Open questions"}
ADDRESS = {"sv": "/vagledning/atgarder-for-oppna-fragor/", "en": "/en/guidance/oppna-fragor/"}
LEAD = {"sv": "Enligt 5 kap. 15 § utlänningslagen.", "en": "According to the Aliens Act."}
LAW = {"sv": "Se lag (2017:612) om samverkan.", "en": "See the act (2017:612) on discharge."}
WHY = {"sv": "Reglerna har ändrats.", "en": "The rules have changed."}
SECTION = {"sv": "Vägledning", "en": "Guidance"}
INSTEAD = {"sv": "Betänketid", "en": "Reflection period"}
PICTURED = {
    "Betänketid": ("/vagledning/betanketid/", "En röd dörr"),
    "Reflection period": ("/en/guidance/reflection-period/", "A red door"),
}
SIZES = 10  # three widths in three formats, and the cut beside a link


@pytest.fixture
def reader(browser: Browser, site: Site) -> Iterator[Page]:
    """Open a window in which nobody is signed in."""
    with browser.new_context(base_url=site.address) as context:
        yield context.new_page()


def section_form(editor: Page, title: str) -> str:
    """Return the path of the form of a section."""
    editor.goto(f"/admin/pages/search/?q={title}")
    section = editor.locator(".title-wrapper a").filter(has_text=re.compile(rf"^\s*{title}\s*$")).first
    return str(section.get_attribute("href"))


def write_text(editor: Page, text: str) -> None:
    """Write the first text of a page in place of what stands there."""
    editor.locator("[data-contentpath=body] .public-DraftEditor-content").first.click()
    editor.keyboard.press("Control+a")
    editor.keyboard.type(text)


def versions_of(reader: Page, address: str) -> list[str]:
    """Return the addresses of the versions of a page that readers find from there, the last of which stays open."""
    reader.goto(address)
    reader.locator("main a[href*='/version/page/']").first.click()
    links = reader.locator("main a[href*='/version/']:not([href*='/page/'])").all()
    found = [str(link.get_attribute("href")) for link in links]
    assert len({*found}) > 1
    reader.goto(found[-1])
    return found


def take_down(editor: Page, address: str, language: str) -> None:
    """Take a page down with its versions, and say why and what to read instead."""
    editor.goto(address)
    editor.locator("[name=reason]").fill(WHY[language])
    choose_page(editor, INSTEAD[language])
    editor.locator("[name=withdraw]").check()
    editor.locator("main form [type=submit]").first.click()
    expect(editor.locator(".messages .success")).to_be_visible()


@pytest.mark.parametrize("language", ["sv", in_drills("en")])
def test_page_is_made_found_and_translated_and_taken_down_in_a_language(
    editor: Page, reader: Page, language: str
) -> None:
    section = section_form(editor, SECTION["sv"])
    editor.goto(section.replace("/edit/", "/").replace("/pages/", "/pages/add/pages/guidancepage/"))
    editor.locator("[name=title]").fill(TITLE["sv"])
    editor.locator("[name=lead]").fill(LEAD["sv"])
    expect(editor.locator("[name=slug]")).to_have_value("atgarder-for-oppna-fragor")
    add_block(editor, "Text")
    write_text(editor, LAW["sv"])
    forms = {"sv": published(editor)}
    expect_soon(editor, ADDRESS["sv"], LAW["sv"])

    editor.goto("/admin/reports/translations/")
    editor.locator("main tr").filter(has_text=TITLE["sv"]).get_by_role("button", name="Skapa översättningen").click()
    expect(editor.locator("[name=lead]")).to_have_value("[???]")
    press(editor, "Publicera")
    expect(editor.locator(".error-message").first).to_contain_text("inte är översatt")
    reader.goto("/en/guidance/")
    expect(reader.locator("main")).not_to_contain_text("[???]")
    editor.goto("/admin/reports/translations/?state=draft")
    editor.locator("main tr").filter(has_text=TITLE["sv"]).get_by_role("link").first.click()
    expect(editor.locator("[name=lead]")).to_have_value("[???]")
    for name, value in {"title": TITLE["en"], "lead": LEAD["en"]}.items():
        editor.locator(f"[name={name}]").fill(value)
    write_text(editor, LAW["en"])
    editor.get_by_role("tab", name="Adress").click()
    editor.locator("[name=slug]").fill("Öppna frågor")
    forms["en"] = published(editor)
    expect_soon(editor, ADDRESS["en"], LAW["en"])

    for each in LANGUAGES:
        open_page_form(editor, "(2017:612)", TITLE[each])  # named in its text alone
        editor.goto(section_form(editor, SECTION[each]).replace("/edit/", "/delete/"))
        expect(editor.locator("main")).to_contain_text("sidor följer med:")
        expect(editor.locator("main")).to_contain_text(f"{TITLE[each]} (publicerad)")
    for way in ("unpublish", "delete"):
        editor.goto(forms[language])
        editor.locator("[name=lead]").fill(f"{LEAD[language]} {way}")
        published(editor)
        expect_soon(editor, ADDRESS[language], way)
        versions = versions_of(reader, ADDRESS[language])
        expect(reader.locator("main")).to_contain_text(LEAD[language] if way == "unpublish" else WHY[language])
        take_down(editor, forms[language].replace("/edit/", f"/{way}/"), language)
        expect_soon(editor, ADDRESS[language], WHY[language], status=410)
        for version in versions:
            expect_soon(editor, version, WHY[language], status=410)
            expect(reader.goto(version) and reader.locator("main")).not_to_contain_text(LEAD[language])
        reader.goto(ADDRESS[language])
        reader.locator("main").get_by_role("link", name=INSTEAD[language]).click()
        expect(reader.locator("h1")).to_have_text(INSTEAD[language])
    editor.goto("/admin/reports/site-history/")
    expect(editor.locator("main tbody tr").filter(has_text=WHY[language]).first).to_contain_text("editor")
    # Where the page is gone, the log of the version has it.
    editor.goto(f"/admin/snippets/pages/publishedversion/history/{versions[0].split('/')[-2]}/")
    expect(editor.locator("main tbody tr").filter(has_text=WHY[language]).first).to_contain_text("editor")


def photo() -> bytes:
    """Return what a phone takes, which is red at its upper edge alone."""
    picture = Image.effect_noise((4032, 3024), 90).convert("RGB")
    picture.paste("red", (0, 0, 4032, 400))
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=97, subsampling=0)
    assert 12 * 2**20 < len(buffer.getvalue()) < 20 * 2**20
    return buffer.getvalue()


def wait_for_sizes(editor: Page, site: Site) -> None:
    """Wait until the sizes of a new picture are there: they are made when its upload is answered."""
    end = time.monotonic() + 60
    while len(made := [*site.folder.rglob("IMG_2041.*")]) < SIZES:
        assert time.monotonic() < end, made
        editor.wait_for_timeout(300)


def choose_picture(editor: Page, name: str) -> Locator:
    """Put a picture before the text of the form, and return its block."""
    block = add_block(editor, "Bild")
    block.get_by_role("button", name="Välj").first.click()
    found = editor.locator(".modal-content").get_by_role("link", name=name).first
    expect(found).to_be_visible()
    assert_swedish(editor, "Välj en bild")
    found.click()
    expect(block.locator("[name$=image]")).not_to_have_value("")  # some time after the dialogue is closed
    expect(block.locator("[name$=alt_text]")).to_have_value("")
    return block


def colour_of_shared_picture(page: Page) -> tuple[int, ...]:
    """Return the colour at the upper edge of the picture that is shown beside a link to a page."""
    address = str(page.locator("meta[property='og:image']").get_attribute("content"))
    with Image.open(BytesIO(page.request.get(address).body())) as shown:
        assert shown.size == (1200, 630)
        return shown.getpixel((600, 40))


def test_photo_is_stored_smaller_has_no_text_of_its_own_and_is_decided_on_before_it_is_published(
    editor: Page, reader: Page, site: Site
) -> None:
    editor.goto("/admin/images/add/")
    file = {"name": "IMG_2041.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    editor.locator("main input[type=file]").set_input_files(file)
    expect(editor.locator("main [name=title]")).to_have_value("IMG_2041")
    editor.locator("main form [type=submit]").last.click()
    expect(editor.locator(".messages .success")).to_contain_text("IMG_2041")
    wait_for_sizes(editor, site)
    editor.get_by_role("link", name="IMG_2041").first.click()
    area = editor.locator(".focal-point-chooser .jcrop-tracker").last
    expect(area).to_be_visible()
    expect(editor.locator(".focal-point-chooser img").first).to_have_attribute("data-original-width", "2400")
    area.drag_to(area, source_position={"x": 300, "y": 10}, target_position={"x": 400, "y": 60})
    expect(editor.locator("[name=focal_point_width]")).not_to_have_value("")
    editor.locator("main form [type=submit]").first.click()
    expect(editor.locator(".messages .success")).to_contain_text("IMG_2041")

    for title, (address, text) in PICTURED.items():
        open_page_form(editor, title)
        choose_picture(editor, "IMG_2041").locator("[name$=alt_text]").fill(text)
        choose_picture(editor, "IMG_2041")  # of which nothing is said
        press(editor, "Publicera")
        expect(editor.locator(".error-message").first).to_contain_text("Skriv en alternativtext eller markera")
        editor.locator("[data-contentpath=body] [data-streamfield-child]").first.locator("[name$=decorative]").check()
        published(editor)
        expect_soon(editor, address, f'alt="{text}"', in_source=True)
        reader.goto(address)
        expect(reader.locator("main figure img[alt='']")).to_have_count(1)
        for picture in reader.locator("main figure img").all():
            assert picture.evaluate("(picture) => picture.decode().then(() => picture.naturalWidth)") > 200
        red, *others = colour_of_shared_picture(reader)
        assert red > 200
        assert max(others) < 100


def test_account_asks_for_no_time_zone_and_help_is_our_guide(editor: Page) -> None:
    editor.goto("/admin/account/")
    expect(editor.locator("select[name$=preferred_language]")).to_be_visible()
    expect(editor.locator("select[name$=time_zone]")).to_have_count(0)  # there is but one
    for guide, heading in (("redaktörer", "Rätta något"), ("koordinatorer", "Hålla uppgifterna aktuella")):
        editor.goto("/admin/")
        editor.get_by_role("button", name="Hjälp").click()
        editor.get_by_role("link", name=f"Handbok för {guide}").last.click()
        expect(editor.get_by_role("heading", name=heading)).to_be_visible()
        for picture in editor.locator(".admin-guide img").all():
            assert picture.evaluate("(picture) => picture.decode().then(() => picture.naturalWidth)") > 200
    editor.goto("/admin/reports/broken-links/")
    expect(editor.locator("main")).to_contain_text("Alla länkar leder någonstans")
