"""Jobs and mail in processes of their own: one at a time, none lost by a kill, gone at once when the process ends."""

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack

import pytest
from django.conf import settings

from pages.jobs.runner import TICK_SECONDS
from tests.conftest import CopySite
from tests.mail import MailFolder
from tests.pages.page_cache.processes import wait_until
from tests.pages.startup.starting import Visitor

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

# A process that takes the lock, says so, and keeps it until its input ends.
HOLD = """
import sys
import django; django.setup()
from pages.jobs.lock import job_lock
with job_lock(long="long" in sys.argv) as is_held:
    print(is_held, flush=True)
    sys.stdin.read()
"""
# A process that is killed after a mail was committed, before any thread could send it.
QUEUE = """
import os, signal
import django; django.setup()
from pages.models import MailKind, WaitingMail
from pages.outbox import sender
from pages.outbox.sending import send_waiting
sender.start(send_waiting)
WaitingMail.objects.queue(MailKind.OTHER, "ada@example.se", "Subject\\n\\nText")
os.kill(os.getpid(), signal.SIGKILL)
"""


def start(variables: dict[str, str], program: str, *arguments: str) -> subprocess.Popen[str]:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"} | variables
    command = [sys.executable, "-c", program, *arguments]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, text=True, **pipes)


def test_one_process_at_a_time_and_a_killed_one_lets_go_at_once(copy_site: CopySite):
    copied_site = copy_site().variables
    with ExitStack() as running:
        first = running.enter_context(start(copied_site, HOLD))
        assert first.stdout.readline() == "True\n"
        second = running.enter_context(start(copied_site, HOLD))
        assert second.stdout.readline() == "False\n"
        first.kill()
        first.wait()
        third = running.enter_context(start(copied_site, HOLD))
        assert third.stdout.readline() == "True\n"
        for process in (second, third):
            process.kill()


def test_what_takes_long_holds_up_nothing_but_its_like(copy_site: CopySite):
    copied_site = copy_site().variables
    with ExitStack() as running:
        for arguments, expected in ((["long"], "True\n"), (["long"], "False\n"), ([], "True\n")):
            process = running.enter_context(start(copied_site, HOLD, *arguments))
            assert process.stdout.readline() == expected
            running.callback(process.kill)


def test_mail_of_a_killed_process_is_sent_by_the_next_and_jobs_end_with_the_server(copy_site: CopySite):
    place = copy_site()
    with start(place.variables, QUEUE) as killed:
        assert killed.wait() == -signal.SIGKILL
    folder = MailFolder(place.folder / "mail")
    assert not folder.folder.exists()
    with place.start(JOBS="") as serving:  # the default
        serving.wait_for_answer()
        wait_until(lambda: folder.folder.exists() and [str(mail["To"]) for mail in folder.messages()], 30)
        assert [str(mail["To"]) for mail in folder.messages()] == ["ada@example.se"]
        began = time.monotonic()
        serving.stop(signal.SIGTERM)
        assert time.monotonic() - began < 15  # the drills hold three seconds, on a quiet machine


def test_setting_leaves_jobs_to_timers(copy_site: CopySite):
    place = copy_site()
    with place.start(JOBS="false") as serving:
        serving.wait_for_answer()
        time.sleep(TICK_SECONDS + 2)
    assert place.rows()["pages_jobrun"] == []


# Gives a page of each language a time, as the form does.
SCHEDULE = """
from datetime import timedelta
from django.utils import timezone
from pages.models import GuidancePage
for slug in ["tecken", "signs"]:
    page = GuidancePage.objects.get(slug=slug)
    page.lead, page.go_live_at = "Enligt schema.", timezone.now() + timedelta(seconds=3)
    page.save_revision().publish()
"""


def test_serve_keeps_a_schedule_by_itself_in_each_language(copy_site: CopySite):
    place = copy_site()
    with place.start(JOBS="") as serving:
        serving.wait_for_answer()
        place.manage("shell", "--verbosity", "0", "--command", SCHEDULE)
        reader = Visitor(serving.address)
        for address in ("/vagledning/tecken/", "/en/guidance/signs/"):
            wait_until(lambda: "Enligt schema." in reader.get(address), 120)  # noqa: B023  (called at once)
        assert "Enligt schema." in reader.get("/vagledning/tecken/")
    place.manage("shell", "--verbosity", "0", "--command", NOTHING_WAITS)


NOTHING_WAITS = """
from wagtail.models import Revision
assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
"""
