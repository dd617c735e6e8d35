"""What editors and coordinators do, in a process of its own; pages are named by id, since addresses change."""

from datetime import date, datetime, time, timedelta

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from contacts.models import Coordinator, HoursStatus, OpeningException, OpeningHours, SupportLine
from pages.models import GuidancePage, HomePage, SiteNotice, raise_site_version
from tests.factories import guidance, many_guidance_pages


def make_page(title: str) -> int:
    """Publish a new page below the section and return its id."""
    return guidance(title=title, slug=title.lower(), lead=f"Om {title}.").pk


def publish(page: int, lead: str) -> None:
    """Publish a page with another lead."""
    found = GuidancePage.objects.get(pk=page)
    found.lead = lead
    found.save_revision().publish()


def unpublish(page: int) -> None:
    GuidancePage.objects.get(pk=page).unpublish()


def make_pages(count: int) -> list[str]:
    """Publish many pages below the section and return their paths."""
    many_guidance_pages(count)
    raise_site_version()
    return [page.url for page in GuidancePage.objects.filter(slug__startswith="sida-")]


def delete(page: int) -> None:
    GuidancePage.objects.get(pk=page).delete()


def rename(page: int, slug: str) -> None:
    """Give a page another address."""
    found = GuidancePage.objects.get(pk=page)
    found.slug = slug
    found.save()


def move(page: int) -> None:
    """Move a page between the section and the start page."""
    found = GuidancePage.objects.get(pk=page)
    home = HomePage.objects.get(locale__language_code="sv")
    target = home.get_children().get(slug="vagledning") if found.get_parent().pk == home.pk else home
    found.move(target, pos="last-child")


def schedule(page: int, lead: str, minutes: int) -> None:
    """Let a version be published in so many minutes."""
    found = GuidancePage.objects.get(pk=page)
    found.lead = lead
    found.go_live_at = _in_minutes(minutes)
    found.save_revision(approved_go_live_at=found.go_live_at)


def expire(page: int, minutes: int) -> None:
    """Let a page be taken down in so many minutes."""
    found = GuidancePage.objects.get(pk=page)
    found.expire_at = _in_minutes(minutes)
    found.save()


def publish_scheduled() -> None:
    """Do what the command does that runs every few minutes."""
    call_command("publish_scheduled")


def roll_back(page: int, lead: str) -> None:
    """Publish a page in a transaction that fails."""
    with transaction.atomic():
        publish(page, lead)
        transaction.set_rollback(True)


def edit_contact(number: str) -> None:
    """Change the telephone number of the first coordinator."""
    entry = Coordinator.objects.published()[0]
    entry.phones.all()[0].delete()
    entry.phones.create(number=number)
    entry.save()


def confirm_contact(days_ago: int) -> None:
    """Let the first coordinator have confirmed the entry so many days ago."""
    entry = Coordinator.objects.published()[0]
    entry.confirmed_on = _in_minutes(0).date() - timedelta(days=days_ago)
    entry.save()


def take_leave(first: str, last: str) -> None:
    """Let the first coordinator be on leave from one day to another, with the second as deputy."""
    entry, deputy = Coordinator.objects.published()[:2]
    entry.leave_from, entry.leave_until, entry.deputy = date.fromisoformat(first), date.fromisoformat(last), deputy
    entry.save()


def set_hours(opens: int, closes: int) -> None:
    """Let the support line be open every day from one full hour to another."""
    line = SupportLine.objects.get(level="advice")
    line.hours_status = HoursStatus.CONFIRMED
    line.hours_confirmed_on = _in_minutes(0).date()
    line.opening_hours = [OpeningHours(weekday=day, opens=time(opens), closes=time(closes)) for day in range(7)]
    line.opening_exceptions = []
    line.open_on_holidays = True
    line.save()


def close_today() -> None:
    """Let the support line be closed on this date."""
    today = _in_minutes(0).date().isoformat()
    close(today, today, "")


def close(first_day: str, last_day: str, reason: str) -> None:
    """Let the support line be closed on these dates and no others."""
    line = SupportLine.objects.get(level="advice")
    line.opening_exceptions = [OpeningException(first_day=first_day, last_day=last_day, reason_sv=reason)]
    line.save()


def update_quietly(page: int, lead: str) -> None:
    """Change a page as code does that goes round signals."""
    with transaction.atomic():
        GuidancePage.objects.filter(pk=page).update(lead=lead)
        raise_site_version()


def address(page: int) -> str:
    """Return the path of a page, published or not."""
    return GuidancePage.objects.get(pk=page).url


def addresses() -> list[str]:
    """Return the paths of all published pages."""
    return [page.url for page in Page.objects.live().filter(depth__gt=1).order_by("path")]


def _in_minutes(minutes: int) -> datetime:
    return timezone.localtime() + timedelta(minutes=minutes)


def tell_all(text: str, starts: str, ends: str) -> None:
    """Tell all readers something from one time to another (ISO 8601), in both languages alike."""
    times = {"starts_at": datetime.fromisoformat(starts), "ends_at": datetime.fromisoformat(ends)}
    SiteNotice.objects.create(text_sv=text, text_en=text, **times)


CHANGES = (
    *(make_page, make_pages, publish, unpublish, delete, rename, move, schedule, expire, publish_scheduled, roll_back),
    *(edit_contact, confirm_contact, take_leave, set_hours, close_today, close, update_quietly, address, addresses),
    tell_all,
)
