"""Contacts in templates: the block of numbers, times and phone numbers as each language writes them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django import template
from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, pgettext
from phonenumbers import PhoneNumber

from contacts.confirmation import ends_at, is_outdated
from contacts.duty import Duty, Office, duties, duty_of, office_at
from contacts.intervals import Interval, OtherHours
from contacts.models import ContactsPage, Coordinator, County, Municipality, SupportService
from contacts.numbers import support_services
from contacts.opening_hours import STOCKHOLM, WeeklyRow, weekly_rows
from contacts.phone_numbers import format_phone
from contacts.places import place_label
from contacts.structured_data import organization
from contacts.who_to_call import MoreSupport, WhoToCall, who_to_call_whatever_happens
from pages.html.links import url_of
from pages.templatetags.pages import top_pages

DAY_OF_MONTH = "j\N{NO-BREAK SPACE}F"
SUPPORT_FOR_VICTIMS = "support-for-victims"  # the block with it, and its HTML id

register = template.Library()
register.simple_tag(organization, name="get_organization")
register.filter("is_old_confirmation", is_outdated)
register.filter("confirmation_ends", ends_at)
register.filter("hours_rows", weekly_rows)
register.simple_tag(place_label)


@register.simple_tag(takes_context=True)
def get_who_to_call(context: dict[str, Any]) -> WhoToCall:
    """Return the block's numbers, read once per request; for what is printed, without states."""
    request = context["request"]
    if not hasattr(request, "who_to_call"):
        call = who_to_call_whatever_happens()
        # The page of an error of ours asks for nothing that may fail again.
        request.who_to_call = call if "database_away" in context else replace(call, more=_more_support(context))
    return request.who_to_call.on_paper() if context.get("is_paper") else request.who_to_call


def _more_support(context: dict[str, Any]) -> MoreSupport:
    """Return where there is more support for those who are exploited; on the contacts page itself, their numbers."""
    url = get_lookup_url(context)
    is_there = isinstance(context.get("page"), ContactsPage)
    numbers = (service for service in get_support_for_victims() if service.number) if is_there else ()
    return MoreSupport(f"{url}#{SUPPORT_FOR_VICTIMS}" if url else "", tuple(numbers))


@register.simple_tag(takes_context=True)
def get_office(context: dict[str, Any]) -> Office:
    """Return whether coordinators' offices are open, read once per request. Not for paper: it is a state."""
    request = context["request"]
    if not hasattr(request, "office"):
        get_who_to_call(context)
        request.office = office_at(request.who_to_call)
    return request.office


@register.simple_tag(takes_context=True)
def get_duties(context: dict[str, Any], county: Sequence[Coordinator]) -> list[Duty]:
    """Return the cards of a county's coordinators, given in order."""
    return duties(county, get_office(context))


@register.simple_tag(takes_context=True)
def get_duty(context: dict[str, Any], coordinator: Coordinator) -> Duty:
    """Return the card of a coordinator on its own."""
    return duty_of(coordinator, get_office(context))


@register.simple_tag(takes_context=True)
def get_lookup_url(context: dict[str, Any]) -> str:
    """Return the address of the contacts page in this language, else of that in the default language; "" without.

    No query beside the menu's where this language has one.
    """
    pages = top_pages(context["request"], context.get("page"))
    own = next((page for page in pages if page.content_type.model_class() is ContactsPage), None)
    page = own or ContactsPage.for_active_language()
    return url_of(page) if page else ""


@register.simple_tag(takes_context=True)
def next_id(context: dict[str, Any], name: str) -> str:
    """Return the HTML id of the next such thing: editors may place several of a block on a page."""
    request = context["request"]
    request.ids = getattr(request, "ids", Counter())
    request.ids[name] += 1
    return name if request.ids[name] == 1 else f"{name}-{request.ids[name]}"


@register.simple_tag
def get_support_services() -> tuple[SupportService, ...]:
    """Return all services to refer to, in order."""
    return support_services()


@register.simple_tag
def get_support_for_victims() -> tuple[SupportService, ...]:
    """Return the services that those who are exploited can turn to, in order."""
    return tuple(service for service in support_services() if service.for_victims)


@register.simple_tag
def place_url(page: ContactsPage, place: County | Municipality) -> str:
    """Return the address of a place below the contacts page."""
    return page.url + page.place_path(place)


@register.simple_tag
def all_coordinators_url(page: ContactsPage) -> str:
    """Return the address of the page with all coordinators."""
    return page.url + page.reverse_subpage("all")


@register.filter
def shown_number(number: PhoneNumber) -> str:
    """Write a number as the active language does: 08-465 004 00, +46 8 465 004 00."""
    return format_phone(number, get_language())


@register.filter
def clock(moment: datetime | time) -> str:
    """Write a time of day in Stockholm: 16.00 in Swedish, 16:00 in English."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(STOCKHOLM).time()
    return formats.time_format(moment, pgettext("time of day, as Django's time filter takes it", "H:i"))


@register.filter
def day_name(moment: datetime, seen_from: datetime) -> str:
    """Write the day of a moment in Stockholm: Monday, or Monday 4 January where that is a week away or more."""
    day, today = (each.astimezone(STOCKHOLM).date() for each in (moment, seen_from))
    return formats.date_format(day, "l" if (day - today).days < 7 else f"l {DAY_OF_MONTH}")


@register.filter
def day_of_leave(day: date, seen_from: date) -> str:
    """Write a day: 20 December, or 20 January 2027 where that is another year."""
    return formats.date_format(day, "j F" if day.year == seen_from.year else "j F Y")


@register.filter
def is_same_day(moment: datetime, other: datetime) -> bool:
    """Tell whether two moments are on one date in Stockholm."""
    return moment.astimezone(STOCKHOLM).date() == other.astimezone(STOCKHOLM).date()


@register.filter
def day_range(row: WeeklyRow) -> str:
    """Write the days of a row: Monday–Friday."""
    first, last = str(WEEKDAYS[row.first_weekday]), str(WEEKDAYS[row.last_weekday])
    return first if first == last else f"{first}–{last}"


@register.filter
def day_span(days: OtherHours) -> str:
    """Write the dates of a range: 24 December, 24–26 December, 24 December–2 January."""
    last = formats.date_format(days.last_day, DAY_OF_MONTH)
    if days.is_one_day:
        return last
    in_one_month = (days.first_day.year, days.first_day.month) == (days.last_day.year, days.last_day.month)
    return f"{formats.date_format(days.first_day, 'j' if in_one_month else DAY_OF_MONTH)}–{last}"


@register.filter
def time_range(interval: Interval) -> str:
    """Write the times of an open stretch: 08.00–16.00."""
    return f"{clock(interval.opens)}–{clock(interval.closes)}"
