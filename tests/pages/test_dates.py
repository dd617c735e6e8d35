"""The dates that readers see are the editor's; no technical save changes them."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from pages.models import GuidancePage, SectionPage
from tests.factories import guidance
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LATER = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def page() -> GuidancePage:
    with time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC)):
        return guidance(title="Ny", slug="ny", updated_on=date(2026, 12, 3), responsible_unit="Enheten")


def shown_dates(client, address="/vagledning/ny/") -> tuple[str, list[str]]:
    dates = soup(client.get(address)).main.find(class_="dates")
    return words(dates), [time["datetime"] for time in dates.find_all("time")]


def test_published_and_updated_dates_are_shown_with_the_unit(client, page):
    text, machine = shown_dates(client)
    assert text == "Publicerad 1 december 2026 · Uppdaterad 3 december 2026 · Ansvarig: Enheten · Tidigare versioner"
    assert machine == ["2026-12-01", "2026-12-03"]


def test_dates_are_written_in_english_on_english_pages(client):
    english = GuidancePage.objects.get(slug="signs")
    english.first_published_at = datetime(2026, 12, 1, 12, tzinfo=UTC)
    english.updated_on = date(2026, 12, 3)
    english.save_revision().publish()
    text, _machine = shown_dates(client, "/en/guidance/signs/")
    assert text.startswith("Published 1 December 2026 · Updated 3 December 2026")


def republish(page):
    page.save_revision().publish()


def save(page):
    page.save()


def rename(page):
    page.title = "Nytt namn"
    page.save_revision().publish()


def move_away_and_back(page):
    parent = page.get_parent()
    page.move(SectionPage.objects.get(slug="ukraina"), pos="last-child")
    page.refresh_from_db()
    page.move(parent, pos="last-child")


def unpublish_and_publish(page):
    page.unpublish()
    page.refresh_from_db()
    page.save_revision().publish()


@pytest.mark.parametrize("change", [republish, save, rename, move_away_and_back, unpublish_and_publish])
def test_technical_save_changes_no_date(client, page, change):
    before = shown_dates(client)
    with time_machine.travel(LATER):
        page.refresh_from_db()
        change(page)
        assert shown_dates(client) == before


def test_editor_changes_the_updated_date(client, page):
    page.updated_on = date(2027, 2, 14)
    with time_machine.travel(LATER):
        page.save_revision().publish()
    assert shown_dates(client)[1] == ["2026-12-01", "2027-02-14"]


def test_date_is_in_stockholm_time(client):
    with time_machine.travel(datetime(2026, 12, 1, 23, 30, tzinfo=UTC)):
        guidance(title="Sen", slug="sen")
    assert shown_dates(client, "/vagledning/sen/")[1] == ["2026-12-02"]


def test_page_without_updated_date_shows_the_published_one_alone(client):
    guidance(title="Utan", slug="utan")
    text, machine = shown_dates(client, "/vagledning/utan/")
    assert len(machine) == 1
    assert "Uppdaterad" not in text
