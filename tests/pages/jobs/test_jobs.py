"""Jobs: when each is due, that one process at a time runs them, what is noted, and what is told."""

import datetime as dt
import re
from dataclasses import replace

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from pages.jobs.health import jobs_are_well, mail_is_well
from pages.jobs.runner import run_due
from pages.jobs.schedule import STARTED, is_due, is_overdue
from pages.models import JobRun, MailKind, WaitingMail
from pages.outbox.sending import send_waiting
from pages.registry import Job, registered_jobs
from tests import factories
from tests.config.accounts import admin_user
from tests.mail import NO_MAIL_SERVER
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

TICK = Job(command="tick", label="tick", every=dt.timedelta(minutes=1))
DAILY = Job(command="daily", label="daily", hour=3)
COMMANDS = {
    "publish_scheduled",
    "send_waiting_mail",
    "remind_coordinators",
    "remind_reviews",
    "check_links",
    "purge_leavers",
    "delete_old_messages",
}
AT_ONCE = COMMANDS - {"check_links"}  # which takes long, so that it waits for its hour
REPORT = "/admin/reports/unsent-mail/"


@pytest.fixture(autouse=True)
def own_lock(tmp_path, settings) -> None:
    """Let tests of several processes run jobs at once, each in its own database."""
    settings.DATA_DIR = tmp_path


def at(text: str) -> dt.datetime:
    """Return a time in Stockholm."""
    return timezone.make_aware(dt.datetime.fromisoformat(text))


def run(started: str, succeeded: str = "") -> JobRun:
    began = at(started)
    return JobRun(started_at=began, ended_at=began, succeeded_at=at(succeeded or started) if succeeded != "-" else None)


@pytest.mark.parametrize(
    ("job", "last", "now", "expected"),
    [
        (TICK, None, "2026-11-28 12:00", True),
        (TICK, run("2026-11-28 12:00"), "2026-11-28 12:00:59", False),
        (TICK, run("2026-11-28 12:00"), "2026-11-28 12:01", True),
        (TICK, run("2026-11-28 12:00"), "2026-11-27 12:00", True),  # the clock went back
        (DAILY, None, "2026-11-28 01:00", True),
        (DAILY, run("2026-11-28 03:00"), "2026-11-29 02:59", False),
        (DAILY, run("2026-11-28 03:00"), "2026-11-29 03:00", True),
        (DAILY, run("2026-11-28 23:00"), "2026-11-29 03:00", True),
        (DAILY, run("2026-11-28 03:00", "2026-11-27 03:00"), "2026-11-28 03:59", False),  # failed
        (DAILY, run("2026-11-28 03:00", "2026-11-27 03:00"), "2026-11-28 04:00", True),
        (DAILY, run("2026-11-28 03:00", "-"), "2026-11-28 04:00", True),
        (DAILY, run("2026-11-28 03:00"), "2026-11-27 03:00", True),  # the clock went back
        # Summer time begins at 2 and ends at 3: each night has one three o'clock.
        (DAILY, run("2026-03-28 03:00"), "2026-03-29 03:00", True),
        (DAILY, run("2026-03-29 03:00"), "2026-03-29 23:59", False),
        (DAILY, run("2026-10-25 03:00"), "2026-10-26 02:59", False),
        (DAILY, run("2026-10-25 03:00"), "2026-10-26 03:00", True),
    ],
    ids=str,
)
def test_job_is_due(job, last, now, expected):
    assert is_due(job, last, at(now)) is expected


def test_job_that_takes_long_waits_for_its_hour_where_it_has_never_run():
    local = timezone.localtime(STARTED)
    hour = local.replace(hour=3, minute=0, second=0, microsecond=0)
    first = hour if hour > local else timezone.make_aware(dt.datetime.combine(local + dt.timedelta(days=1), dt.time(3)))
    job = replace(DAILY, takes_long=True)
    assert not is_due(job, None, first - dt.timedelta(seconds=1))
    assert is_due(job, None, first)
    assert not is_overdue(job, None, STARTED + dt.timedelta(hours=26))
    assert is_overdue(job, None, STARTED + dt.timedelta(hours=27))


def test_job_is_overdue():
    assert not is_overdue(TICK, None, STARTED + dt.timedelta(minutes=15))
    assert is_overdue(TICK, None, STARTED + dt.timedelta(minutes=16))
    for job, minutes in [(TICK, 15), (DAILY, 26 * 60)]:
        ended = run("2026-11-28 12:00")
        assert not is_overdue(job, ended, ended.ended_at + dt.timedelta(minutes=minutes))
        assert is_overdue(job, ended, ended.ended_at + dt.timedelta(minutes=minutes + 1))
    hanging = JobRun(started_at=at("2026-11-28 12:00"))
    assert not is_overdue(TICK, hanging, at("2026-11-28 12:15"))
    assert is_overdue(TICK, hanging, at("2026-11-28 12:16"))


def test_everything_that_runs_by_itself_is_a_job_and_is_run_once():
    assert {job.command for job in registered_jobs()} == COMMANDS
    with time_machine.travel(STARTED + dt.timedelta(minutes=16)):
        late = ", ".join(job.command for job in registered_jobs() if not job.takes_long)
        assert jobs_are_well() == (False, f"overdue: {late}")
    run_due()
    runs = {row.command: row for row in JobRun.objects.all()}
    assert set(runs) == AT_ONCE
    assert all(row.succeeded_at and row.ended_at and not row.error for row in runs.values())
    is_well, said = jobs_are_well()
    assert is_well
    assert said.startswith("every job runs; delete_old_messages ended ")
    assert len(re.findall(r"\w+ ended \d+ s ago", said)) == len(AT_ONCE)
    run_due()
    assert {row.command: row.started_at for row in JobRun.objects.all()} == {
        name: row.started_at for name, row in runs.items()
    }
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=1, seconds=1)):
        run_due()
    later = {row.command for row in JobRun.objects.all() if row.started_at > runs[row.command].started_at}
    assert later == {"publish_scheduled", "send_waiting_mail"}


def test_scheduled_page_is_published(mail):
    page = factories.guidance()
    page.unpublish()
    page.go_live_at = timezone.now() + dt.timedelta(hours=1)
    page.save_revision().publish()
    page.refresh_from_db()
    assert not page.live
    run_due()
    with time_machine.travel(timezone.now() + dt.timedelta(hours=1, minutes=1)):
        run_due()
    page.refresh_from_db()
    assert page.live


def test_failure_is_noted_told_and_no_reason_to_stop_serving(settings, client):
    settings.MAILERS = {"server": {"BACKEND": "no.such.Backend"}}
    WaitingMail.objects.queue(MailKind.OTHER, "ada@example.se", "Ämne\n\nText")
    run_due()
    (failed,) = JobRun.objects.exclude(error="")
    assert (failed.command, failed.succeeded_at) == ("send_waiting_mail", None)
    assert failed.ended_at
    assert failed.error == "1 mejl kunde inte skickas."  # of a CommandError no class is named
    is_well, said = jobs_are_well()
    assert (is_well, said.partition(";")[0]) == (True, "failed: send_waiting_mail")
    assert mail_is_well() == (True, "1 waiting, 1 not sent")
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=6)):
        assert mail_is_well() == (False, "1 waiting, 1 not sent")
        WaitingMail.objects.create(message_id="<1@example.se>", next_try_at=timezone.now(), mailed_at=timezone.now())
        assert mail_is_well() == (True, "1 waiting, 1 not sent")  # one recipient's server alone takes none


def test_fault_is_noted_by_its_kind(monkeypatch):
    monkeypatch.setattr("pages.management.commands.send_waiting_mail.send_waiting", lambda: {}["x"])
    with pytest.raises(KeyError):
        call_command("send_waiting_mail")
    assert JobRun.objects.get().error == "KeyError: 'x'"


def test_timer_notes_its_run_and_a_dry_run_does_not():
    call_command("remind_coordinators", dry_run=True)
    call_command("publish_scheduled", dryrun=True)
    assert not JobRun.objects.exists()
    call_command("remind_coordinators")
    assert JobRun.objects.get().command == "remind_coordinators"


def dashboard(role: str) -> str:
    client = Client()
    client.force_login(admin_user(role))
    return words(soup(client.get("/admin/")).main)


@pytest.mark.parametrize(("role", "is_told"), [("author", False), ("editor", True), ("administrator", True)])
def test_dashboard_tells_of_mail_and_jobs_only_when_there_is_something_to_tell(role, is_told, settings):
    run_due()
    calm = dashboard(role)
    assert "Mejl som inte kunnat skickas" not in calm
    assert "Det webbplatsen ska göra av sig själv" not in calm
    WaitingMail.objects.queue(MailKind.ACCOUNT, "a@b@c", "Ämne\n\nHemlig länk")
    WaitingMail.objects.queue(MailKind.OTHER, "d@e@f", "Ämne\n\nText")
    settings.MAILERS = NO_MAIL_SERVER
    WaitingMail.objects.update(created_at=timezone.now() - dt.timedelta(minutes=6))
    send_waiting()
    JobRun.objects.filter(command="purge_leavers").update(ended_at=timezone.now() - dt.timedelta(days=2))
    JobRun.objects.filter(command="publish_scheduled").update(
        error="Kunde inte publiceras eller avpubliceras:\nEn sida"
    )
    client = Client()
    client.force_login(admin_user(role, "annan@example.org"))
    shown = soup(client.get("/admin/"))
    told = words(shown.main)
    for part in ("2 mejl har inte kunnat skickas", "Radering av dem som har slutat", "körs inte", "En sida"):
        assert (part in told) is is_told
    assert bool(shown.select_one(f'a[href="{REPORT}"]')) is is_told
    report = client.get(REPORT)
    assert report.status_code == (200 if is_told else 302)
    if is_told:
        listed = words(soup(report).main)
        assert "a@b@c" in listed
        assert "inloggning: kod, länk eller besked" in listed
        assert "Hemlig" not in report.content.decode()


def test_report_says_in_words_that_a_code_ran_out():
    WaitingMail.objects.queue(MailKind.ACCOUNT, "a@b.se", "Ämne\n\nKod", valid_for=dt.timedelta(minutes=15))
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16)):
        send_waiting()
        client = Client()
        client.force_login(admin_user())
        report = words(soup(client.get(REPORT)).main)
    assert "Det skickades inte medan det gällde." in report
    assert "expired" not in report
