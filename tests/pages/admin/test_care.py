"""What waits for an editor on the first page of the admin, and that it takes no more queries on a large site."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from contacts.models import Coordinator, County, SupportService
from pages.models import GuidancePage
from tests.config.accounts import admin_user
from tests.factories import coordinator, guidance, many_guidance_pages, section
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

LIMIT = 40
LIST = "/admin/reports/schedules/"


def signed_in(role: str = "editor") -> Client:
    browser = Client()
    browser.force_login(admin_user(role))
    return browser


def lines(browser: Client) -> list[str]:
    """Return what the panel says, a line each."""
    return [words(line) for line in soup(browser.get("/admin/")).select("#care li, section:has(#care-heading) li")]


def schedule(page: GuidancePage, **ago: float) -> None:
    at = timezone.now() - timedelta(**ago)
    page.go_live_at = at
    page.save_revision(approved_go_live_at=at)


def test_overdue_and_coming_schedules_are_counted_and_listed():
    browser = signed_in()
    assert "Ingen schemalagd tid är försenad. Till listan : Ingen schemalagd tid är försenad." in lines(browser)
    schedule(guidance(title="Försenad", slug="forsenad"), hours=1)
    schedule(guidance(title="Kommande", slug="kommande"), hours=-1)
    leaving = guidance(title="Ska bort", slug="ska-bort")
    GuidancePage.objects.filter(pk=leaving.pk).update(expire_at=timezone.now() + timedelta(days=2))
    found = lines(browser)
    assert "1 schemalagd tid har passerat utan att något hände" in found
    assert "2 sidor eller poster ändras av sig själva längre fram" in found
    assert soup(browser.get("/admin/")).select(f'a[href="{LIST}"]')
    rows = [words(row) for row in soup(browser.get(LIST)).select("main tbody tr")]
    assert [row.split(" ")[0] for row in rows] == ["Försenad", "Kommande", "Ska"]
    assert "försenat" in rows[0].casefold()
    assert "tas bort från webbplatsen" in rows[2]


def test_author_is_told_of_own_section_alone():
    schedule(guidance(title="Försenad", slug="forsenad"), hours=1)
    browser = signed_in("author")
    assert "Försenad" not in words(soup(browser.get(LIST)))
    found = lines(browser)
    assert "Ingen schemalagd tid är försenad." in found[0]
    assert not [line for line in found if "koordinator" in line or "meddelande" in line]


def test_all_is_well_when_nothing_waits():
    SupportService.objects.update(confirmed_on=timezone.localdate())
    Coordinator.objects.update(confirmed_on=timezone.localdate())
    coordinator(counties=tuple(County.objects.values_list("code", flat=True)), confirmed_on=timezone.localdate())
    browser = signed_in()
    text = words(soup(browser.get("/admin/")))
    assert "Allt är väl: inget väntar på dig." in text


@pytest.mark.long
def test_dashboard_explorer_and_editor_take_as_many_queries_with_2000_pages_as_with_200():
    browser = signed_in()
    last = guidance(title="Sist", slug="sist")
    top, parent = section().get_parent(), section()
    addresses = [
        "/admin/",
        f"/admin/pages/{top.pk}/",
        f"/admin/pages/{parent.pk}/",
        f"/admin/pages/{last.pk}/edit/",
        LIST,
        "/admin/reports/pages-to-review/",
        "/admin/reports/translations/",
    ]
    counts = []
    for total in (200, 2000):
        many_guidance_pages(total - Page.objects.count())
        found = {}
        # No time passes: once a minute it is noted that the session is in use.
        with time_machine.travel(timezone.now(), tick=False):
            for address in addresses:
                assert browser.get(address).status_code == 200  # what a process reads once a second
            for address in addresses:
                with CaptureQueriesContext(connection) as queries:
                    browser.get(address)
                found[address] = len(queries)
        counts.append(found)
    assert counts[0] == counts[1]
    assert {address: count for address, count in counts[1].items() if count > LIMIT} == {}
