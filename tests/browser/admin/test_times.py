"""An editor gives pages and notices times, at which they come and go by themselves."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.addresses import in_drills
from tests.browser.admin.editing import (
    LISTING,
    draft_time,
    expect_soon,
    open_notice_form,
    open_page_form,
    press,
    published,
    remove_notice,
    save_snippet,
    schedule,
    write_times,
)

pytestmark = pytest.mark.browser

STARTING = {
    "sv": ("NMT – nationellt metodstödsteam", "/vagledning/nmt/", "Gäller från och med nu."),
    "en": ("NMT, the national task force", "/en/guidance/nmt/", "From now on."),
}
EXPIRING = {
    "sv": ("Återvändandeprogrammet", "/vagledning/atervandandeprogrammet/", "Sidan har tagits bort"),
    "en": ("Return programme", "/en/guidance/return-programme/", "This page has been removed"),
}
COMING = {"sv": "I kväll svarar ingen i stödtelefonen.", "en": "Nobody answers the support line tonight."}
GOING = {"sv": "Webbplatsen är långsam just nu.", "en": "The website is slow right now."}


def notices(editor: Page) -> str:
    """Return what the start pages, Swedish and English, say to all readers, without script."""
    said = []
    site = editor.url.partition("/admin")[0]
    with editor.context.browser.new_context(base_url=site, java_script_enabled=False) as context:
        reader = context.new_page()
        for address in ("/", "/en/"):
            reader.goto(address)
            said += reader.locator(".site-notices").all_inner_texts()
    return "\n".join(said)


@pytest.mark.parametrize(("starts_in", "expires_in"), [("sv", "en"), in_drills("en", "sv")])
def test_pages_and_notices_come_and_go_at_their_time_by_themselves(
    editor: Page, starts_in: str, expires_in: str
) -> None:
    (starting, address, lead), (expiring, old_address, told) = STARTING[starts_in], EXPIRING[expires_in]
    now = timezone.localtime()
    at = (now + timedelta(seconds=120)).replace(second=0, microsecond=0)  # written in minutes
    for texts, starts, ends in ((COMING, at, at + timedelta(days=1)), (GOING, now, at)):
        open_notice_form(editor, texts)
        write_times(editor, starts, ends)
        save_snippet(editor)
    open_page_form(editor, starting)
    editor.locator("[name=lead]").fill(lead)
    schedule(editor, at)
    open_page_form(editor, starting)
    expect(editor.locator("footer")).to_contain_text("låst", ignore_case=True)
    expect(editor.locator("footer").get_by_role("button", name="Publicera", exact=True)).to_have_count(0)
    open_page_form(editor, expiring)
    draft_time(editor, at, "expire_at")
    press(editor, "Publicera")
    editor.wait_for_url(LISTING)
    editor.goto("/admin/reports/schedules/")
    for title in (starting, expiring):
        expect(editor.locator("main")).to_contain_text(title)
    said = notices(editor)
    assert [text in said for text in (*GOING.values(), *COMING.values())] == [True, True, False, False]
    assert timezone.localtime() < at
    editor.wait_for_timeout((at - timezone.localtime()).total_seconds() * 1000 + 1500)
    said = notices(editor)
    assert [text in said for text in (*GOING.values(), *COMING.values())] == [False, False, True, True]
    expect_soon(editor, address, lead, seconds=70)
    expect_soon(editor, old_address, told, status=410)
    open_page_form(editor, starting)
    editor.locator("[name=lead]").fill(f"{lead} !")
    published(editor)
    expect_soon(editor, address, f"{lead} !")
    remove_notice(editor, COMING["sv"])
