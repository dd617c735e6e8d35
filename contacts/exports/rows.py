"""The rows of the registers as plain values, in every language at once."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.db.models import Model
from phonenumber_field.phonenumber import PhoneNumber

from contacts.models import Coordinator, County, Municipality
from contacts.numbers import written
from pages.html.links import view_urls

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)

type Value = str | bool | list["Value"] | dict[str, "Value"] | None
type Row = dict[str, Value]


def coordinators() -> Iterator[Row]:
    """Yield the published coordinators in the order of the site. Three queries."""
    for coordinator in Coordinator.objects.published().prefetch_related("counties"):
        deputy = coordinator.deputy
        yield {
            "uid": str(coordinator.uid),
            "name": coordinator.name,
            "role": _by_language(coordinator, "role"),
            "employer": coordinator.employer,
            "target_group": coordinator.target_group,
            "counties": [_county(county) for county in coordinator.counties.all()],
            "phones": [{"kind": phone.kind, **_number(phone.number)} for phone in coordinator.phones.all()],
            "email": coordinator.email,
            "note": _by_language(coordinator, "note"),
            "deputy": str(deputy.uid) if deputy and deputy.live else None,
            "is_example": coordinator.is_example,
            "confirmed_on": _date(coordinator.confirmed_on),
            "vcard": _addresses("coordinator-card", coordinator.uid),
        }


def municipalities() -> Iterator[Row]:
    """Yield every municipality in order of code. One query."""
    for municipality in Municipality.objects.select_related("county"):
        yield {
            "code": municipality.code,
            "name": _by_language(municipality, "name"),
            "formal_name": municipality.formal_name,
            "county": _county(municipality.county),
            "social_services": _number_if_known(municipality.social_services_number),
            "out_of_hours": _number_if_known(municipality.out_of_hours_number),
            "website": municipality.website,
            "source": municipality.source,
            "checked_on": _date(municipality.checked_on),
        }


def _by_language(row: Model, field: str) -> dict[str, Value]:
    return {language: getattr(row, f"{field}_{language}") or "" for language in LANGUAGES}


def _county(county: County) -> dict[str, Value]:
    return {"code": county.code, "name": _by_language(county, "name")}


def _number(number: PhoneNumber) -> dict[str, Value]:
    e164 = number.as_e164
    shown: dict[str, Value] = {language: written(number, language) for language in LANGUAGES}
    return {"e164": e164, "uri": f"tel:{e164}", "shown": shown}


def _number_if_known(number: PhoneNumber | None) -> dict[str, Value] | None:
    return _number(number) if number else None


def _date(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _addresses(view: str, *args: object) -> dict[str, Value]:
    return {language: settings.SITE_URL + url for language, url in view_urls(view, *args).items()}
