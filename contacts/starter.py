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

REGISTER = Path(__file__).parent / "register"
CONTACTS = REGISTER / "starter.toml"
LANGUAGES = ("sv", "en")


def load() -> None:
    """Fill the tables; the caller opens the transaction."""
    County.objects.bulk_create(County(code=row["code"], **_names(row)) for row in read_register("counties.csv"))
    Municipality.objects.bulk_create(
        Municipality(code=row["code"], county_id=row["code"][:2], formal_name=row["formal_name_sv"], **_names(row))
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
    for place, entry in enumerate(contacts["coordinator"]):
        _coordinator(entry, place).save()


def read_register(name: str) -> list[dict[str, str]]:
    """Return the rows of a register file (UTF-8, comma separated, with a header)."""
    with (REGISTER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shipped_support_lines() -> Iterator[SupportLine]:
    """Yield the unsaved lines that the site ships with, in order of urgency."""
    for entry in tomllib.loads(CONTACTS.read_text())["support_line"]:
        yield SupportLine(
            level=entry["level"],
            number=entry["number"],
            hours_status=HoursStatus.EXAMPLE if "weekdays" in entry else HoursStatus.UNKNOWN,
            **_translated(entry, "heading", "name", "plain_hours"),
        )


def make_sign_in() -> tuple[str, str]:
    """Let the first invented coordinator sign in; return where, and with which address."""
    address = "koordinator@example.org"
    give_sign_in(Coordinator.objects.filter(is_example=True)[0], address)
    return reverse("own_entry:entry"), address


def _names(row: dict[str, str]) -> dict[str, str]:
    names = {f"name_{language}": row[f"name_{language}"] for language in LANGUAGES}
    return names | {f"slug_{language}": slugify(row[f"name_{language}"]) for language in LANGUAGES}


def _translated(entry: dict[str, Any], *fields: str) -> dict[str, str]:
    return {f"{field}_{language}": entry.get(f"{field}_{language}", "") for field in fields for language in LANGUAGES}


def _coordinator(entry: dict[str, Any], place: int) -> Coordinator:
    coordinator = Coordinator(
        name=entry["name"],
        employer=entry["employer"],
        target_group=entry["target_group"],
        email=entry["email"],
        confirmed_on=entry["confirmed_on"],
        sort_order=place * 10,
        is_example=True,
        **_translated(entry, "role", "note"),
    )
    coordinator.counties = County.objects.filter(code__in=entry["counties"])
    coordinator.phones = [CoordinatorPhone(**phone, sort_order=order) for order, phone in enumerate(entry["phones"])]
    return coordinator
