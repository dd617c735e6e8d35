"""An editor gives pages times, at which the server publishes them and takes them down by itself."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.admin.editing import LISTING, draft_time, expect_soon, open_page_form, press, published, schedule

pytestmark = pytest.mark.browser

EXPIRING = {
    "Återvändandeprogrammet": ("/vagledning/atervandandeprogrammet/", "Sidan har tagits bort"),
    "Return programme": ("/en/guidance/return-programme/", "This page has been removed"),
}


def test_pages_are_published_and_expire_at_their_time_by_the_server_itself(editor: Page) -> None:
    pages = {
        "NMT – nationellt metodstödsteam": ("/vagledning/nmt/", "Gäller från och med nu."),
        "NMT, the national task force": ("/en/guidance/nmt/", "From now on."),
    }
    at = timezone.localtime() + timedelta(seconds=110)  # written in minutes
    for title, (_address, lead) in pages.items():
        open_page_form(editor, title)
        editor.locator("[name=lead]").fill(lead)
        schedule(editor, at)
        open_page_form(editor, title)
        expect(editor.locator("footer")).to_contain_text("låst", ignore_case=True)
        expect(editor.locator("footer").get_by_role("button", name="Publicera", exact=True)).to_have_count(0)
    for title in EXPIRING:
        open_page_form(editor, title)
        draft_time(editor, at, "expire_at")
        press(editor, "Publicera")
        editor.wait_for_url(LISTING)
    editor.goto("/admin/reports/schedules/")
    for title in (*pages, *EXPIRING):
        expect(editor.locator("main")).to_contain_text(title)
    for address, lead in pages.values():
        expect_soon(editor, address, lead, seconds=130)
    for address, told in EXPIRING.values():
        expect_soon(editor, address, told, status=410)
    for title, (address, lead) in pages.items():
        open_page_form(editor, title)
        editor.locator("[name=lead]").fill(f"{lead} !")
        published(editor)
        expect_soon(editor, address, f"{lead} !")
