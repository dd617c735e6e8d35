"""Fill the contacts of an empty database: the register, the three numbers, invented coordinators."""

import csv
import tomllib
from collections.abc import Iterator
from datetime import time
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
)
from contacts.sign_in import give_sign_in
from pages.languages import localized_fields

REGISTER = Path(__file__).parent / "register"
CONTACTS = REGISTER / "starter.toml"
HOURS = {"weekdays", "opens", "closes"}


def load() -> None:
    """Fill the tables; the caller opens the transaction."""
    County.objects.bulk_create(County(code=row["code"], **_names(row)) for row in read_register("counties.csv"))
    Municipality.objects.bulk_create(
        Municipality(code=row["code"], county_id=row["code"][:2], formal_name=row["formal_name"], **_names(row))
        for row in read_register("municipalities.csv")
    )
    contacts = tomllib.loads(CONTACTS.read_text())
    for line, entry in zip(shipped_support_lines(), contacts["support_line"], strict=True):
        line.opening_hours = [
            OpeningHours(
                weekday=weekday, opens=time.fromisoformat(entry["opens"]), closes=time.fromisoformat(entry["closes"])
            )
            for weekday in entry.get("weekdays", [])
        ]
        line.save()
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


def make_sign_in() -> tuple[str, str]:
    """Let the first invented coordinator sign in; return where, and with which address."""
    address = "koordinator@example.org"
    give_sign_in(Coordinator.objects.filter(is_example=True)[0], address)
    return reverse("own_entry:entry"), address


def _names(row: dict[str, str]) -> dict[str, str]:
    names = {name: row[name] for name in localized_fields("name") if name in row}
    return names | {name.replace("name", "slug", 1): slugify(value) for name, value in names.items()}


def _coordinator(entry: dict[str, Any], position: int) -> Coordinator:
    plain = {name: value for name, value in entry.items() if name not in {"counties", "phones"}}
    coordinator = Coordinator(**plain, sort_order=position * 10, is_example=True)
    coordinator.counties = County.objects.filter(code__in=entry["counties"])
    coordinator.phones = [CoordinatorPhone(**phone, sort_order=order) for order, phone in enumerate(entry["phones"])]
    return coordinator
