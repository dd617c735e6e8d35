"""Contacts in templates: the block of numbers, times and phone numbers as each language writes them."""

from datetime import datetime, time
from typing import Any

from django import template
from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, pgettext
from phonenumbers import PhoneNumber

from contacts.confirmation import ends_at, is_outdated
from contacts.models import ContactsPage, County, Municipality
from contacts.opening_hours import STOCKHOLM, Interval, WeeklyRow, weekly_rows
from contacts.phone_numbers import format_phone
from contacts.structured_data import organization
from contacts.who_to_call import WhoToCall, who_to_call_whatever_happens
from pages.templatetags.pages import top_pages

register = template.Library()
register.simple_tag(organization, name="get_organization")
register.filter("is_old_confirmation", is_outdated)
register.filter("confirmation_ends", ends_at)
register.filter("hours_rows", weekly_rows)


@register.simple_tag(takes_context=True)
def get_who_to_call(context: dict[str, Any]) -> WhoToCall:
    """Return the block's numbers, read once per request; for what is printed, without states."""
    request = context["request"]
    if not hasattr(request, "who_to_call"):
        request.who_to_call = who_to_call_whatever_happens()
    return request.who_to_call.on_paper() if context.get("is_paper") else request.who_to_call


@register.simple_tag(takes_context=True)
def get_lookup_url(context: dict[str, Any]) -> str:
    """Return the address of the contacts page in this language, else of that in the default language; "" without.

    No query beside the menu's where this language has one.
    """
    pages = top_pages(context["request"], context.get("page"))
    own = next((page for page in pages if page.content_type.model_class() is ContactsPage), None)
    page = own or ContactsPage.for_active_language()
    return page.url if page else ""


@register.simple_tag(takes_context=True)
def next_lookup_id(context: dict[str, Any]) -> str:
    """Return the HTML id of the next field that finds a coordinator: editors may place several on a page."""
    request = context["request"]
    request.lookups = getattr(request, "lookups", 0) + 1
    return "lookup-field" if request.lookups == 1 else f"lookup-field-{request.lookups}"


@register.simple_tag
def place_url(page: ContactsPage, place: County | Municipality) -> str:
    """Return the address of a place below the contacts page."""
    return page.url + page.place_path(place)


@register.simple_tag
def all_coordinators_url(page: ContactsPage) -> str:
    """Return the address of the page with all coordinators."""
    return page.url + page.reverse_subpage("all")


@register.simple_tag
def place_label(place: County | Municipality) -> str:
    """Name a place so that it is told from others of the name: Habo, Jönköpings län."""
    return place.name if isinstance(place, County) else f"{place.name}, {place.county.name}"


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
    return formats.date_format(day, "l" if (day - today).days < 7 else "l j F")


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
def time_range(interval: Interval) -> str:
    """Write the times of an open stretch: 08.00–16.00."""
    return f"{clock(interval.opens)}–{clock(interval.closes)}"
