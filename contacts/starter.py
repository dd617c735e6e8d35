"""Fill the contacts of an empty database: register and numbers, then support services and invented coordinators."""

import csv
import tomllib
from collections.abc import Iterator
from datetime import time
from functools import partial
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.text import slugify

from contacts.models import (
    Coordinator,
    CoordinatorPhone,
    County,
    HoursStatus,
    Municipality,
    OpeningHours,
    SupportLine,
    SupportService,
)
from contacts.sign_in import give_sign_in
from pages.examples import Example
from pages.languages import localized_fields

REGISTER = Path(__file__).parent / "register"
CONTACTS = REGISTER / "starter.toml"
HOURS = {"weekdays", "opens", "closes"}


def load_facts() -> None:
    """Fill the register and the three numbers, without hours; the caller opens the transaction."""
    if County.objects.exists():
        return
    County.objects.bulk_create(County(code=row["code"], **_names(row)) for row in read_register("counties.csv"))
    Municipality.objects.bulk_create(
        Municipality(code=row["code"], county_id=row["code"][:2], formal_name=row["formal_name"], **_names(row))
        for row in read_register("municipalities.csv")
    )
    for line in shipped_support_lines():
        line.hours_status = HoursStatus.UNKNOWN
        line.save()


def load(*, examples: bool) -> None:
    """Fill what is not there yet: facts, support services and, as examples, hours and invented coordinators."""
    load_facts()
    contacts = tomllib.loads(CONTACTS.read_text())
    for position, entry in enumerate(contacts["support_service"]):
        SupportService.objects.create(**entry, sort_order=position * 10)
    if examples:
        for entry in contacts["support_line"]:
            _example_hours(entry)
        for position, entry in enumerate(contacts["coordinator"]):
            _coordinator(entry, position).save()


def read_register(name: str) -> list[dict[str, str]]:
    """Return the rows of a register file (UTF-8, comma separated, with a header)."""
    with (REGISTER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shipped_support_lines() -> Iterator[SupportLine]:
    """Yield the unsaved lines that the site ships with, in order of urgency."""
    for entry in tomllib.loads(CONTACTS.read_text())["support_line"]:
        yield SupportLine(
            **{name: value for name, value in entry.items() if name not in HOURS},
            hours_status=HoursStatus.EXAMPLE if "weekdays" in entry else HoursStatus.UNKNOWN,
        )


def examples() -> Iterator[Example]:
    """Yield what is published and invented: coordinators, and opening hours, which a live site does not tell."""
    for coordinator in Coordinator.objects.filter(is_example=True, live=True):
        yield Example(coordinator, coordinator.unpublish)
    for line in SupportLine.objects.filter(hours_status=HoursStatus.EXAMPLE):
        yield Example(line, partial(_forget_hours, line))


def _forget_hours(line: SupportLine) -> None:
    line.hours_status = HoursStatus.UNKNOWN
    line.save()


def make_sign_in() -> tuple[str, str]:
    """Let the first invented coordinator sign in; return where, and with which address."""
    address = "koordinator@example.org"
    give_sign_in(Coordinator.objects.filter(is_example=True)[0], address)
    return reverse("own_entry:entry"), address


def _names(row: dict[str, str]) -> dict[str, str]:
    names = {name: row[name] for name in localized_fields("name") if name in row}
    return names | {name.replace("name", "slug", 1): slugify(value) for name, value in names.items()}


def _example_hours(entry: dict[str, Any]) -> None:
    line = SupportLine.objects.get(level=entry["level"])
    if weekdays := entry.get("weekdays"):
        opens, closes = (time.fromisoformat(entry[name]) for name in ("opens", "closes"))
        line.opening_hours = [OpeningHours(weekday=weekday, opens=opens, closes=closes) for weekday in weekdays]
        line.hours_status = HoursStatus.EXAMPLE
        line.save()


def _coordinator(entry: dict[str, Any], position: int) -> Coordinator:
    plain = {name: value for name, value in entry.items() if name not in {"counties", "phones"}}
    coordinator = Coordinator(**plain, sort_order=position * 10, is_example=True)
    coordinator.counties = County.objects.filter(code__in=entry["counties"])
    coordinator.phones = [CoordinatorPhone(**phone, sort_order=order) for order, phone in enumerate(entry["phones"])]
    return coordinator
