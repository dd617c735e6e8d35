"""What commands find, and what should have happened by itself and did not, is told to editors where they begin."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from tests.browser import served
from tests.browser.admin.editing import open_page_form, published, schedule
from tests.browser.served import Site
from tests.browser.signing_in import sign_in_as_editor
from tests.conftest import CopySite
from tests.pages.startup.starting import Place

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

PAGES_WITH_LINKS = ("Om webbplatsen", "About this site")
# As when the server stood still at that time.
MISSED = """
from datetime import timedelta
from django.utils import timezone
from wagtail.models import Revision
scheduled = Revision.objects.exclude(approved_go_live_at=None)
assert scheduled.update(approved_go_live_at=timezone.now() - timedelta(hours=1)) == 1
"""


@pytest.fixture(scope="session")  # made before the browser: while Playwright runs, Django takes a test for asynchronous
def idle(copy_site: CopySite) -> Iterator[tuple[Place, Site]]:
    """A site whose jobs do not run."""
    place = copy_site()
    with served.running_site(place) as site:
        yield place, site


def test_what_did_not_happen_in_time_is_on_the_first_page(idle: tuple[Place, Site], browser: Browser) -> None:
    place, site = idle
    with browser.new_context(base_url=site.address) as context:
        editor = context.new_page()
        sign_in_as_editor(editor, site)
        expect(editor.locator("main")).to_contain_text("Ingen schemalagd tid är försenad.")
        open_page_form(editor, "NMT – nationellt metodstödsteam")
        schedule(editor, timezone.localtime() + timedelta(hours=1))
        place.manage("shell", "--verbosity", "0", "--command", MISSED)
        editor.goto("/admin/")
        editor.get_by_role("link", name="schemalagd tid har passerat").click()
        row = editor.locator("main tbody tr").filter(has_text="NMT")
        expect(row).to_contain_text("försenat", ignore_case=True)


def test_link_that_leads_nowhere_is_found_and_told_with_its_place(idle: tuple[Place, Site], browser: Browser) -> None:
    place, site = idle
    with browser.new_context(base_url=site.address) as context:
        editor = context.new_page()
        sign_in_as_editor(editor, site)
        for title in PAGES_WITH_LINKS:
            open_page_form(editor, title)
            links = editor.locator("[data-contentpath=body]")
            links.locator("[name$='-page']").last.evaluate("(chosen) => { chosen.value = '' }")
            links.locator("[name$='-url']").last.fill(f"{place.address}/finns-inte/")
            published(editor)
        place.manage("check_links")
        editor.goto("/admin/")
        editor.get_by_role("link", name="länkar leder ingenstans").click()
        for title in PAGES_WITH_LINKS:
            expect(editor.locator("main tbody tr").filter(has_text=title)).to_contain_text("/finns-inte/")
