"""The site version rises with what readers see of the contacts, and stays while an editor writes a draft."""

from datetime import date, time

import pytest

from contacts.models import Coordinator, CoordinatorPhone, County, OpeningException, OpeningHours, SupportLine
from pages.models import site_version
from tests.contacts.editing import ADD_COORDINATOR, coordinator_form, line_form, send_form
from tests.factories import coordinator

pytestmark = pytest.mark.django_db


def support_line() -> SupportLine:
    return SupportLine.objects.get(level="advice")


def move_to_uppsala(someone: Coordinator) -> None:
    someone.counties = County.objects.filter(code="03")
    someone.save()


def replace_number(someone: Coordinator) -> None:
    someone.phones = [CoordinatorPhone(number="08-465 004 99")]
    someone.save()


def rename_county() -> None:
    county = County.objects.get(code="12")
    county.name_sv = "Region Skåne"
    county.save()


VISIBLE = {
    "new": lambda someone: coordinator(),
    "published": lambda someone: someone.save_revision().publish(),
    "unpublished": lambda someone: someone.unpublish(),
    "deleted": lambda someone: someone.delete(),
    "counties": move_to_uppsala,
    "number": replace_number,
    "one number": lambda someone: CoordinatorPhone.objects.filter(coordinator=someone).first().delete(),
    "county": lambda someone: rename_county(),
    "line": lambda someone: support_line().save(),
    "hours": lambda someone: OpeningHours.objects.create(
        line=support_line(), weekday=5, opens=time(8), closes=time(12)
    ),
    "exception": lambda someone: OpeningException.objects.create(
        line=support_line(), first_day=date(2026, 12, 31), last_day=date(2026, 12, 31)
    ),
}


@pytest.mark.parametrize("change", VISIBLE.values(), ids=VISIBLE)
def test_version_rises_with_what_readers_see(change):
    someone = coordinator()
    before = site_version()
    change(someone)
    assert site_version() > before


def test_version_stays_while_a_draft_is_written(editor):
    someone = coordinator()
    admin = editor()
    before = site_version()
    assert send_form(admin, coordinator_form(someone.pk), {"name": "Nytt Namn"}).status_code == 302
    someone.refresh_from_db()
    assert someone.get_latest_revision_as_object().name == "Nytt Namn"
    assert site_version() == before
    assert send_form(admin, coordinator_form(someone.pk), {"action-publish": "1"}).status_code == 302
    assert site_version() > before


def test_version_stays_while_the_forms_are_read(editor):
    someone = coordinator()
    admin = editor()
    before = site_version()
    for address in (ADD_COORDINATOR, coordinator_form(someone.pk), line_form(support_line())):
        assert admin.get(address).status_code == 200
    assert site_version() == before
