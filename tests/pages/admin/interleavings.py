"""One random history after the other of two editors, autosave, schedule and kill, on a database of its own.

`python -m tests.pages.admin.interleavings SEED …` walks, and ends with an error where a confirmed text is lost or
something is there twice. What is sent goes through the admin's own addresses, and is committed. A process that is
killed handles one request, or the job, and gets SIGKILL at a random moment.
"""

import logging
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
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

from pages.models import GuidancePage  # noqa: E402
from tests.accounts import editor_client  # noqa: E402
from tests.editing import page_form  # noqa: E402
from tests.factories import guidance, section  # noqa: E402
from tests.pages.admin.killing import Killer  # noqa: E402
from tests.reading import soup, words  # noqa: E402

STEPS = 12
LETTERS = str.maketrans("0123456789", "abcdefghij")  # 112 in a title would be a number to call
JSON = {"accept": "application/json"}
LOADED = ("loaded_revision_id", "loaded_revision_created_at")


@dataclass(slots=True)
class Window:
    """An editor's browser with one form open: of a page, or for a new one."""

    client: Client
    address: str
    fields: dict[str, Any]
    key: str = ""  # of a form for a new page
    seen: set[str] = field(default_factory=set)  # the texts of versions that its owner has seen, or has written

    def send(self, *buttons: str, by_itself: bool = False) -> HttpResponse:
        """Send the form."""
        data = self.fields | dict.fromkeys(buttons, "1")
        if not by_itself:
            data.pop("overwrite_revision_id", None)
        return self.client.post(self.address, data, headers=JSON if by_itself else {})

    def learn(self, saved: dict[str, Any]) -> None:
        """Do what the scripts do with an answer: Wagtail's, and ours."""
        self.fields |= saved["field_updates"]
        self.fields["overwrite_revision_id"] = str(saved["revision_id"])
        self.fields |= dict(zip(LOADED, (str(saved["revision_id"]), saved["revision_created_at"]), strict=True))
        self.address = saved.get("url", self.address)


@dataclass(slots=True)
class Page:
    """What must be true of a page: the text of its latest version, and of what readers see."""

    title: str
    latest: str = ""
    public: str = ""
    waits: str = ""  # for its time
    saved_by_button: list[str] = field(default_factory=list)
    may_be: list[str] = field(default_factory=list)  # texts whose answers were lost, though they were saved


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
        answer = self.through(lambda: window.send(by_itself=True), page, window)
        if answer is None:
            return
        saved = answer.json()
        if saved["success"]:
            self.confirm(window, page)
            window.learn(saved)
        else:
            assert saved["error_code"] in {"invalid_revision", "locked", "sent"}, saved

    def save(self, window: Window, page: Page) -> None:
        self.press(window, page)

    def publish(self, window: Window, page: Page) -> None:
        if self.press(window, page, "action-publish"):
            page.public, page.waits = page.latest, ""

    def schedule(self, window: Window, page: Page) -> None:
        later = timezone.localtime(self.now + timedelta(hours=1))
        window.fields["go_live_at"] = later.strftime("%Y-%m-%d %H:%M")
        if self.press(window, page, "action-publish"):
            page.waits = page.latest
        window.fields["go_live_at"] = ""

    def press(self, window: Window, page: Page, *buttons: str) -> bool:
        """Press a button; return whether it was done."""
        answer = self.through(lambda: window.send(*buttons), page, window)
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
            self.resolve(page)
            fresh = self.opened(window.client, there)
            window.address, window.fields, window.seen = fresh.address, fresh.fields, fresh.seen

    def pass_time(self, window: Window, page: Page) -> None:
        """Let two hours pass, and the job do what is due; perhaps it is killed at its first try."""
        self.now += timedelta(hours=2)
        with time_machine.travel(self.now):
            if self.random.random() < 0.3:
                self.killer.kill("job", lambda: call_command("publish_scheduled"))
            call_command("publish_scheduled")
            for client, user in zip(self.clients, self.users, strict=True):
                client.logout()  # who does nothing for two hours is signed out
                client.force_login(user)
        for each in self.pages.values():
            if each.waits:
                each.public, each.waits = each.waits, ""

    def through(self, send: Callable[[], HttpResponse], page: Page, window: Window) -> HttpResponse | None:
        """Send something; None where the process was killed, before it was done or afterwards, or the answer lost."""
        chance = self.random.random()
        if chance < 0.4:
            page.may_be.append(window.fields["lead"])
        if chance < 0.25:
            self.killer.kill("request", send)
            return None
        begun = time.perf_counter()
        answer = send()
        self.killer.durations["request"] = time.perf_counter() - begun
        return None if chance < 0.4 else answer

    def confirm(self, window: Window, page: Page) -> None:
        """Take down that an editor was told that the text is saved: it may lie over none that they have not seen."""
        assert not page.latest or page.latest in window.seen, f"{page.latest} was written over unseen"
        page.latest = window.fields["lead"]

    def resolve(self, page: Page) -> None:
        """Find out what came of a request whose answer was lost."""
        stored = GuidancePage.objects.filter(title=page.title).first()
        if stored and page.may_be:
            draft = stored.get_latest_revision_as_object()
            assert draft.lead in {page.latest, *page.may_be}
            page.latest, page.public = draft.lead, stored.lead if stored.live else ""
            waiting = stored.scheduled_revision
            page.waits = waiting.content["lead"] if waiting else ""
            page.may_be.clear()

    def check(self) -> None:
        """Compare the database with what is known."""
        for page in self.pages.values():
            self.resolve(page)
            stored = list(GuidancePage.objects.filter(title=page.title))
            assert len(stored) <= 1, f"{page.title} is there {len(stored)} times"
            if not stored:
                assert not page.latest, f"{page.title} is lost"
                continue
            assert stored[0].get_latest_revision_as_object().lead == page.latest
            assert (stored[0].lead if stored[0].live else "") == page.public
            kept = {revision.content["lead"] for revision in stored[0].revisions.all()}
            assert kept.issuperset(page.saved_by_button)


if __name__ == "__main__":
    setup_test_environment()
    logging.disable()
    for given in sys.argv[1:]:
        walk = Walk(int(given))
        for _step in range(STEPS):
            walk.step()
        sys.stdout.write(f"{given}: {walk.count} steps, {walk.killer.kills} processes killed\n")
