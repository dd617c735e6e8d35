"""What commands find, and what should have happened by itself and did not, is told to editors where they begin."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import served
from tests.browser.admin.editing import expect_soon, one_in_drills, open_page_form, published, read, schedule
from tests.browser.served import Site
from tests.browser.signing_in import sign_in_as_editor, signed_in
from tests.browser.test_own_entry import save_number, sign_in
from tests.conftest import CopySite
from tests.mail import MailFolder, text
from tests.pages.startup.starting import Place

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

PAGES_WITH_LINKS = ("Om webbplatsen", "About this site")
LEADING_NOWHERE = ("/finns-inte/", "/vagledning/tecken/#inget", "/file/finnsinte/")
# As on pages that are older than the rule against numbers typed by hand.
RINGING = """
from pages.models import GuidancePage
for page in GuidancePage.objects.filter(slug__in=["om-webbplatsen", "about-this-site"]):
    page.body.append(("text", '<p><a href="tel:12">Ring</a></p>'))
    assert GuidancePage.objects.filter(pk=page.pk).update(body=page.body)
"""
REVIEWED = {
    "Heder och människohandel": ("/vagledning/heder/", "Personer"),
    "Honour and human trafficking": ("/en/guidance/honour/", "Grupper"),
}
LEAVER = "Kim Exempelström"
COUNTY_OF_LEAVER = {
    "/kontakt/kronobergs-lan/": "Ingen koordinator är registrerad",
    "/en/contact/kronoberg-county/": "No coordinator is registered",
}
MESSAGES = {"/meddelande/?page=/manual/": "/meddelande/skickat/", "/en/message/?page=/en/manual/": "/en/message/sent/"}
COUNTY_OF_COORDINATOR = ("/kontakt/norrbottens-lan/", "/en/contact/norrbotten-county/")
WAITING = ("län ", "inte bekräftat", "ändring", "meddelanden", "ändras av sig själv", "stödverksamheter")
# As half a year later; what another test has let pass is published.
LATER = """
from datetime import timedelta
from django.utils import timezone
from wagtail.models import Revision
from contacts.models import Coordinator
assert Coordinator.objects.update(confirmed_on=timezone.localdate() - timedelta(days=200)) > 5
Revision.objects.filter(approved_go_live_at__lt=timezone.now()).update(approved_go_live_at=None)
"""
# As when the rest of it has been taken care of, and what other tests have published in one language.
ALL_WELL = """
from django.utils import timezone
from wagtail.models import Page, Revision
from contacts.models import Coordinator, County, SupportService
from pages.models import BrokenLink, Review
for model in (Coordinator, SupportService):
    model.objects.update(confirmed_on=timezone.localdate())
everywhere = Coordinator.objects.filter(live=True).first()
everywhere.counties.set(County.objects.all())
everywhere.save()
Revision.objects.update(approved_go_live_at=None)
for model in (BrokenLink, Review):
    model.objects.all().delete()
Page.objects.update(last_published_at=timezone.now())
"""
# As when the server stood still at that time.
MISSED = """
from datetime import timedelta
from django.utils import timezone
from wagtail.models import Revision
scheduled = Revision.objects.exclude(approved_go_live_at=None)
assert scheduled.update(approved_go_live_at=timezone.now() - timedelta(hours=1)) == 1
"""


@pytest.fixture(scope="package")  # made before the browser: while Playwright runs, Django takes a test for asynchronous
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


@one_in_drills(PAGES_WITH_LINKS)
def test_link_that_leads_nowhere_is_found_and_told_with_its_place(
    idle: tuple[Place, Site], browser: Browser, title: str
) -> None:
    place, site = idle
    with browser.new_context(base_url=site.address) as context:
        editor = context.new_page()
        signed_in(editor, site)
        open_page_form(editor, title)
        links = editor.locator("[data-contentpath=body]")
        for number, path in enumerate(LEADING_NOWHERE, start=1):
            links.locator("[name$='-page']").nth(-number).evaluate("(chosen) => { chosen.value = '' }")
            links.locator("[name$='-url']").nth(-number).fill(f"{place.address}{path}")
        published(editor)
        place.manage("shell", "--verbosity", "0", "--command", RINGING)
        place.manage("check_links")
        editor.goto("/admin/")
        editor.get_by_role("link", name="länkar leder ingenstans").click()
        rows = editor.locator("main tbody tr").filter(has_text=title)
        for path in LEADING_NOWHERE:
            expect(rows.filter(has_text=path)).to_contain_text("Innehåll › Länkar")
        expect(rows.filter(has_text="tel:12")).to_contain_text("Innehåll › Text")


def test_owner_is_reminded_once_of_what_is_to_be_reviewed(
    idle: tuple[Place, Site], browser: Browser, capfd: pytest.CaptureFixture[str]
) -> None:
    place, site = idle
    mail = MailFolder(site.folder / "mail")
    with browser.new_context(base_url=site.address) as context:
        editor = context.new_page()
        signed_in(editor, site)
        for title, (_address, kind) in REVIEWED.items():
            open_page_form(editor, title)
            editor.get_by_role("tab", name="Inställningar").click()
            owner = editor.locator(f"[name=review_owner] optgroup[label={kind}] option").filter(has_text="editor").first
            editor.locator("[name=review_by]").fill(f"{timezone.localdate() - timedelta(days=1)}")
            editor.locator("[name=review_owner]").select_option(str(owner.get_attribute("value")))
            editor.keyboard.press("Tab")  # the calendar may lie over the button
            editor.get_by_role("button", name="Spara utkast").click()
            expect(editor.locator(".messages .success")).to_be_visible()

        capfd.readouterr()
        place.manage("remind_reviews", "--dry-run")
        said = capfd.readouterr().out
        assert all(f"{title}: " in said for title in REVIEWED)
        for _time in range(2):  # once in a period
            place.manage("remind_reviews")
            place.manage("send_waiting_mail")
        (written,) = [each for each in map(text, mail.to("editor@example.org")) if "Du ansvarar för" in each]
        for title, (address, _kind) in REVIEWED.items():
            assert title in written
            before = read(editor, address)
            editor.goto(urlsplit(written.split()[-1]).path)
            row = editor.locator("main tbody tr").filter(has_text=title)
            expect(row).to_contain_text("editor")
            row.get_by_role("button", name="Sett över, inget att ändra").click()
            expect(editor.locator(".messages .success")).to_contain_text(f"”{title}” är sedd över")
            assert read(editor, address) == before
        editor.goto("/admin/reports/site-history/")
        for title in REVIEWED:
            entry = editor.locator("main tbody tr").filter(has_text=title).filter(has_text="Sett över")
            expect(entry.first).to_contain_text("editor")


def waiting_for(editor: Page) -> Locator:
    """Return the links on the first page of the admin to what waits."""
    return editor.locator("#care-content li:has(strong) a")


def test_number_on_the_first_page_leads_to_as_many_rows(idle: tuple[Place, Site], browser: Browser) -> None:
    place, site = idle
    with browser.new_context(base_url=site.address) as context:  # readers, and a coordinator
        page = context.new_page()
        for form, sent in MESSAGES.items():
            page.goto(form)
            page.locator("[name=kind]").nth(1).check()
            page.locator("[name=text]").fill("Rubriken är fel.")
            page.locator("main button").last.click()
            page.wait_for_url(f"**{sent}*")
        sign_in(page, site)
        save_number(page, "0980-31 92 11")
        for address in COUNTY_OF_COORDINATOR:
            expect_soon(page, address, "31 92 11")
    with browser.new_context(base_url=site.address) as context:
        editor = context.new_page()
        signed_in(editor, site)
        open_page_form(editor, "Regionkoordinatorer")
        schedule(editor, timezone.localtime() + timedelta(days=1))
        editor.goto("/admin/snippets/contacts/coordinator/?q=kim")
        editor.get_by_role("button", name=LEAVER).click()
        editor.get_by_role("link", name="Har slutat").click()
        editor.get_by_role("button", name="Ja, personen har slutat").click()
        expect(editor.locator(".messages .success")).to_contain_text(LEAVER)
        for address, told in COUNTY_OF_LEAVER.items():
            expect_soon(editor, address, told)
        place.manage("shell", "--verbosity", "0", "--command", LATER)
        editor.goto("/admin/")
        waiting = {str(line.get_attribute("href")): line.inner_text() for line in waiting_for(editor).all()}
        for words in WAITING:
            assert [line for line in waiting.values() if words in line], (words, waiting)
        for address, line in waiting.items():
            editor.goto("/admin/")
            editor.locator(f"main a[href='{address}']").first.click()
            expect(editor.locator("main tbody tr")).to_have_count(int(line.split()[0]))
        for words, button in (*[("meddelande", "Markera som omhändertaget")] * 2, ("ändring av", "Jag har läst")):
            editor.goto("/admin/")
            waiting_for(editor).filter(has_text=words).click()
            editor.get_by_role("button", name=button).first.click()
            expect(editor.locator(".messages .success")).to_be_visible()
        editor.goto("/admin/")
        for words in ("Inget meddelande från en läsare väntar.", "Alla koordinatorers ändringar är lästa."):
            expect(editor.locator("#care-content")).to_contain_text(words)
        place.manage("shell", "--verbosity", "0", "--command", ALL_WELL)
        editor.goto("/admin/")
        expect(editor.locator("#care-content")).to_contain_text("Allt är väl: inget väntar på dig.")
