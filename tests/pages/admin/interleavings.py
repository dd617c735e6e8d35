"""One random history after the other of two editors, autosave, schedule and kill, on a database of its own.

`python -m tests.pages.admin.interleavings SEED …` walks, and ends with an error where a confirmed text is lost or
something is there twice. What is sent goes through the admin's own addresses, and is committed. A process that is
killed handles one request, or the job, and gets SIGKILL at a random moment, mostly between two writes; what it was to
do is done with all that belongs to it, or not at all.
"""

import logging
import sys
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import django
from django.conf import settings

# As in the other tests: plain names need no `collectstatic`.
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.STATIC_ROOT.mkdir(exist_ok=True)
django.setup()

import time_machine  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.text import slugify  # noqa: E402

from pages.models import GuidancePage, site_version  # noqa: E402
from tests.accounts import editor_client  # noqa: E402
from tests.editing import page_form  # noqa: E402
from tests.factories import guidance, section  # noqa: E402
from tests.pages.admin.killing import Killer  # noqa: E402
from tests.pages.admin.windows import LOADED, Page, Window, halves, halves_of_site  # noqa: E402
from tests.reading import soup, words  # noqa: E402

STEPS = 12
LETTERS = str.maketrans("0123456789", "abcdefghij")  # 112 in a title would be a number to call


class Walk:
    """Two editors with a page between them, each with a page of their own that may not be there yet."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311  (no secret)
        self.killer = Killer(self.random)
        self.clients = [editor_client("add", "change", "publish"), editor_client("add", "change", "publish")]
        self.users = [User.objects.get(pk=client.session["_auth_user_id"]) for client in self.clients]
        self.now = timezone.now()
        self.count = 0
        name = str(seed).translate(LETTERS)
        shared = guidance(title=f"Gemensam {name}", lead="Från början.")
        self.pages = {shared.title: Page(shared.title, "Från början.", "Från början.")}
        self.windows: list[Window] = []
        for number, client in enumerate(self.clients):
            title = f"Ny {name} av {number}"
            self.pages[title] = Page(title)
            self.windows += [self.opened(client, shared), self.new(client, title)]
        self.public = [page.public for page in self.pages.values()], site_version()

    def opened(self, client: Client, page: GuidancePage) -> Window:
        """Open the form of a page as it is now."""
        address = f"/admin/pages/{page.pk}/edit/"
        html = soup(client.get(address))
        draft = GuidancePage.objects.get(pk=page.pk).get_latest_revision_as_object()
        loaded = {name: html.select_one(f"[name={name}]")["value"] for name in LOADED}
        return Window(client, address, page_form(draft, go_live_at="") | loaded, seen={draft.lead})

    def new(self, client: Client, title: str) -> Window:
        """Open the form for a new page."""
        fields = {"title": title, "slug": slugify(title), "body-count": "0", "footnotes-count": "0"}
        return Window(client, f"/admin/pages/add/pages/guidancepage/{section().pk}/?form-key={title}", fields, title)

    def step(self) -> None:
        """Let one thing happen."""
        window = self.random.choice(self.windows)
        page = self.pages[window.fields["title"]]
        self.count += 1
        window.fields["lead"] = f"Text {self.count}."
        window.seen.add(window.fields["lead"])
        act: Callable[[Window, Page], Any] = self.random.choice(
            [self.autosave, self.autosave, self.save, self.publish, self.schedule, self.reload, self.pass_time]
        )
        with time_machine.travel(self.now):
            act(window, page)
        self.now += timedelta(seconds=1)
        self.check()

    def autosave(self, window: Window, page: Page) -> None:
        answer = self.through(lambda: window.send(by_itself=True), page, window, "save")
        if answer is None:
            return
        saved = answer.json()
        if saved["success"]:
            self.confirm(window, page)
            window.learn(saved)
        else:
            assert saved["error_code"] in {"invalid_revision", "locked", "sent"}, saved

    def save(self, window: Window, page: Page) -> None:
        self.press(window, page, "save")

    def publish(self, window: Window, page: Page) -> None:
        if self.press(window, page, "publish", "action-publish"):
            page.public, page.waits = page.latest, ""

    def schedule(self, window: Window, page: Page) -> None:
        later = timezone.localtime(self.now + timedelta(hours=1))
        window.fields["go_live_at"] = later.strftime("%Y-%m-%d %H:%M")
        if self.press(window, page, "schedule", "action-publish"):
            page.waits = page.latest
        window.fields["go_live_at"] = ""

    def press(self, window: Window, page: Page, wanted: str, *buttons: str) -> bool:
        """Press a button; return whether it was done."""
        answer = self.through(lambda: window.send(*buttons), page, window, wanted)
        if answer is None:
            return False
        if answer.status_code == 302:
            assert "/konto/" not in answer.headers["Location"], "signed out"
            self.confirm(window, page)
            page.saved_by_button.append(page.latest)
            self.reload(window, page)
            return True
        html = soup(answer)
        shown = html.select_one("[name=lead]").text.strip()
        assert shown == window.fields["lead"], "what was refused is not in the form"
        if "Inte sparat" in words(html.select_one(".messages")):
            window.fields |= {name: html.select_one(f"[name={name}]")["value"] for name in LOADED}
            window.fields.pop("overwrite_revision_id", None)
            window.seen.add(page.latest)
        return False

    def reload(self, window: Window, page: Page) -> None:
        """Open the form anew; that of a new page that is not there stays as it is."""
        there = GuidancePage.objects.filter(title=page.title).first()
        if there:
            page.resolve()
            fresh = self.opened(window.client, there)
            window.address, window.fields, window.seen = fresh.address, fresh.fields, fresh.seen

    def pass_time(self, window: Window, page: Page) -> None:
        """Let two hours pass, and the job do what is due; perhaps it is killed at its first try."""
        self.now += timedelta(hours=2)
        with time_machine.travel(self.now):
            if self.random.random() < 0.3:
                self.killer.kill("job", lambda: call_command("publish_scheduled"))
            self.killer.watch("job", lambda: call_command("publish_scheduled"))
            for client, user in zip(self.clients, self.users, strict=True):
                client.logout()  # who does nothing for two hours is signed out
                client.force_login(user)
        for each in self.pages.values():
            if each.waits:
                each.public, each.waits = each.waits, ""

    def through(self, send: Callable[[], HttpResponse], page: Page, window: Window, wanted: str) -> HttpResponse | None:
        """Send something; None where the process was killed, before it was done or afterwards, or the answer lost."""
        chance = self.random.random()
        if chance < 0.4:
            page.may_be[window.fields["lead"]] = wanted
        if chance < 0.25:
            self.killer.kill("request", send)
            return None
        answer = self.killer.watch("request", send)
        return None if chance < 0.4 else answer

    def confirm(self, window: Window, page: Page) -> None:
        """Take down that an editor was told that the text is saved: it may lie over none that they have not seen."""
        assert not page.latest or page.latest in window.seen, f"{page.latest} was written over unseen"
        page.latest = window.fields["lead"]

    def check(self) -> None:
        """Compare the database with what is known."""
        for page in self.pages.values():
            page.resolve()
            stored = list(GuidancePage.objects.filter(title=page.title))
            assert len(stored) <= 1, f"{page.title} is there {len(stored)} times"
            if not stored:
                assert not page.latest, f"{page.title} is lost"
                continue
            assert stored[0].get_latest_revision_as_object().lead == page.latest
            assert (stored[0].lead if stored[0].live else "") == page.public
            kept = {revision.content["lead"] for revision in stored[0].revisions.all()}
            assert kept.issuperset(page.saved_by_button)
            done_by_halves = list(halves(stored[0]))
            assert not done_by_halves, f"{page.title}: {done_by_halves}"
        done_by_halves = list(halves_of_site())
        assert not done_by_halves, done_by_halves
        public = [page.public for page in self.pages.values()]
        assert public == self.public[0] or site_version() > self.public[1], "readers are not told of a change"
        self.public = public, site_version()


if __name__ == "__main__":
    setup_test_environment()
    logging.disable()
    for given in sys.argv[1:]:
        walk = Walk(int(given))
        for _step in range(STEPS):
            walk.step()
        sys.stdout.write(f"{given}: {walk.count} steps, {walk.killer.kills} processes killed\n")
