"""Coordinators are reminded to confirm their entry: who, when and how often."""

import datetime as dt
import subprocess
import sys
from contextlib import ExitStack
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from contacts.activation import deactivate
from contacts.models import Coordinator
from tests.contacts.sign_ins import signing_in
from tests.database import environment_of_other_processes
from tests.factories import coordinator
from tests.mail import MailFolder, text

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[2]
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def no_starter_coordinators(db: None) -> None:
    Coordinator.objects.all().delete()


def ago(days: int) -> dt.date:
    return NOON.date() - dt.timedelta(days=days)


def remind(*arguments: str) -> str:
    out = StringIO()
    call_command("remind_coordinators", *arguments, stdout=out)
    return out.getvalue()


def reminded(mail: MailFolder) -> list[str]:
    return sorted(str(message["To"]) for message in mail.messages())


@pytest.mark.parametrize(("days", "is_reminded"), [(149, False), (150, True), (400, True), (None, True)])
def test_who_has_not_confirmed_for_150_days_or_ever_is_reminded(mail, days, is_reminded):
    coordinator(email="ada@example.se", confirmed_on=None if days is None else ago(days))
    remind()
    assert reminded(mail) == (["ada@example.se"] if is_reminded else [])


def test_unpublished_left_and_without_address_are_not_reminded(mail):
    coordinator(email="utkast@example.se", live=False)
    deactivate(signing_in("borta@example.org", email="borta@example.se"))
    coordinator(email="")
    coordinator(email="rätt@example.se")
    remind()
    assert len(mail.messages()) == 1


def test_reminder_goes_to_the_sign_in_address_else_to_the_published_one(mail):
    signing_in("ada@example.org", email="ada@example.se")
    signing_in("bo@example.org", email="")
    coordinator(email="cia@example.se")
    remind()
    assert reminded(mail) == ["ada@example.org", "bo@example.org", "cia@example.se"]


def test_reminder_says_in_swedish_what_to_do(mail, settings):
    signing_in("ada@example.org", name="Ada Ek", confirmed_on=dt.date(2026, 3, 5))
    coordinator(name="Bo Ny", email="bo@example.se")
    remind()
    (message,) = mail.to("ada@example.org")
    assert message["Subject"] == "Stämmer dina uppgifter fortfarande?"
    for part in ("Hej Ada Ek", "5 mars 2026", f"{settings.SITE_URL}/koordinator/"):
        assert part in text(message)
    (message,) = mail.to("bo@example.se")  # has no sign-in, so no address to sign in at
    assert "Hej Bo Ny" in text(message)
    assert "/koordinator/" not in text(message)
    assert f"{settings.SITE_URL}{reverse('message')}" in text(message)


def test_second_run_sends_nothing(mail):
    coordinator()
    assert "1 reminders written" in remind()
    assert "0 reminders written" in remind()
    assert len(mail.messages()) == 1


def test_next_reminder_comes_after_thirty_days_until_the_entry_is_confirmed(mail, today):
    entry = coordinator()
    remind()
    for days, mails in [(29, 1), (30, 2), (59, 2), (60, 3)]:
        today.move_to(NOON + dt.timedelta(days=days))
        remind()
        assert len(mail.messages()) == mails
    Coordinator.objects.filter(pk=entry.pk).update(confirmed_on=NOON.date() + dt.timedelta(days=61))
    today.move_to(NOON + dt.timedelta(days=61 + 149))
    remind()
    assert len(mail.messages()) == 3
    today.move_to(NOON + dt.timedelta(days=61 + 150))
    remind()
    assert len(mail.messages()) == 4


def test_dry_run_names_who_would_be_reminded_and_sends_nothing(mail):
    entry = signing_in("ada@example.org", name="Ada Ek")
    assert remind("--dry-run") == "Ada Ek <ada@example.org>\n"
    assert mail.messages() == []
    entry.refresh_from_db()
    assert entry.reminded_on is None


# A run in a process of its own that waits for the start.
RUN = """
import sys
import django; django.setup()
from contacts.reminders import due, remind
from pages.outbox.sending import send_waiting
due().count()
print("ready", flush=True)
sys.stdin.readline()
print(remind(), send_waiting().sent)
"""


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_send_each_reminder_once(tmp_path: Path):
    # So many that on a busy machine neither is done before the other begins.
    addresses = [f"person{number}@example.se" for number in range(160)]
    for address in addresses:
        coordinator(email=address)
    environment = environment_of_other_processes(tmp_path)
    with ExitStack() as running:
        runs = [
            running.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", RUN],
                    cwd=ROOT,
                    env=environment,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for _run in range(2)
        ]
        assert [run.stdout.readline() for run in runs] == ["ready\n"] * 2
        for run in runs:
            run.stdin.write("\n")
            run.stdin.flush()
        outcomes = [tuple(map(int, run.stdout.readline().split())) for run in runs]
    written, sent = (sum(numbers) for numbers in zip(*outcomes, strict=True))
    assert (written, sent) == (len(addresses), len(addresses))
    assert all(any(numbers) for numbers in outcomes)  # they did run at once
    assert reminded(MailFolder(tmp_path / "mail")) == sorted(addresses)
