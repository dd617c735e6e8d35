"""An entry, its owner and the one who takes over, two deputies and two editors, and what they do to it."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from urllib.parse import urlsplit

import time_machine
from django.contrib.auth.models import Group, User
from django.test import Client
from wagtail.models import ModelLogEntry

from contacts.activation import deactivate, reactivate
from contacts.editors import EDITORS as GROUP
from contacts.models import Coordinator
from contacts.own_entry.log_actions import CHANGE
from contacts.own_entry.notices import tell_of_change
from contacts.own_entry.saving import save_entry
from contacts.own_entry.values import read_values, write_values
from contacts.sign_in import give_sign_in
from tests.contacts.own_entry.link_model import AGENCY, DEPUTIES, EDITORS, OWNER, Link, Model
from tests.contacts.own_pages import form_data, held_entry
from tests.contacts.sign_ins import editor
from tests.mail import MailFolder, text
from tests.reading import soup

NUMBERS = [f"+4640628041{digit}" for digit in range(4)]
PEOPLE = ("Olga", "Efraim", "Disa", "David", "Rita", "Rune")  # the owner, who takes over, the deputies, the editors
START = date(2027, 3, 1)


def work(person: str) -> str:
    """Return the mailbox of a person that may stand on the entry."""
    return f"{person.lower()}.arbete@example.se"


class World:
    """The site beside its model: each method does the same to both."""

    def __init__(self, mail: MailFolder, after_commit: Callable[[], AbstractContextManager], published_by: int) -> None:
        self.mail, self.after_commit = mail, after_commit
        self.users: dict[str, User] = {}
        for number, name in enumerate(EDITORS):
            self.users[name] = editor(f"redaktor{number}")
        self.entry = held_entry(NUMBERS[0], name="Olga", sign_in="olga@example.org", email=work("Olga"))
        self.users[OWNER] = self.entry.user
        for name, person in zip(DEPUTIES, ("Disa", "David"), strict=True):
            held = held_entry(name=person, sign_in=f"{person.lower()}@example.org", email="", counties=("01",))
            self.users[name] = held.user
        first = ("", *EDITORS)[published_by % 3]
        self.entry.save_revision(user=self.users.get(first)).publish(user=self.users.get(first))
        self.model = Model(
            first or AGENCY,
            {"phones": NUMBERS[0], "email": work("Olga")},
            {name: user.email for name, user in self.users.items()},
            dict(zip((OWNER, *DEPUTIES, *EDITORS), ("Olga", *PEOPLE[2:]), strict=True)),
        )
        self.links: list[Link] = []

    def at(self) -> time_machine.travel:
        """Make it the model's day."""
        return time_machine.travel(f"{START + timedelta(days=self.model.day)}T10:00+00:00", tick=False)

    def row(self) -> Coordinator:
        return Coordinator.objects.select_related("user").get(pk=self.entry.pk)

    def read_mail(self, change: int | None) -> list[tuple[str, str]]:
        """Return each address that mail went to with the path of its link, "" without; empty the folder."""
        found = []
        for message in self.mail.messages():
            paths = re.findall(r"^http\S+/koordinator/aterstall/\S+$", text(message), re.MULTILINE)
            found.append((str(message["To"]), urlsplit(paths[0]).path if paths else ""))
        for file in self.mail.folder.iterdir():
            file.unlink()
        self.links += [Link(change, address, path) for address, path in found if path and change is not None]
        return found

    def change(self, account: str, **values: str) -> None:
        """Save as the own pages do, if the account may; check whom that mails a link."""
        may_sign_in = self.model.may(account) and account not in EDITORS
        if not may_sign_in:
            return
        typed = values | ({"phones": [["direct", values["phones"]]]} if "phones" in values else {})
        with self.after_commit():
            row = self.row()
            saved = save_entry(row, typed, self.users[account], CHANGE)
            if saved:
                tell_of_change(row, saved)
        number = self.model.save(account, values)
        assert (saved is None) == (number is None)
        if number is not None:
            mailed = {address for address, path in self.read_mail(number) if path}
            assert mailed == self.model.receivers(number)

    def publish(self, account: str, **values: str) -> None:
        """Publish as an editor."""
        if account in self.model.closed or self.model.has_left:
            return
        typed = values | ({"phones": [["direct", values["phones"]]]} if "phones" in values else {})
        version = self.row().get_latest_revision_as_object()
        write_values(version, typed)
        version.save_revision(user=self.users[account]).publish(user=self.users[account])
        self.model.save(account, values)

    def go_on_leave(self, deputy: str, days: int) -> None:
        """Begin a leave, as an editor enters it; with no days it ends."""
        if not self.model.has_left:
            version = self.row().get_latest_revision_as_object()
            today = START + timedelta(days=self.model.day)
            version.deputy = Coordinator.objects.get(user=self.users[deputy]) if days else None
            version.leave_from, version.leave_until = (today, today + timedelta(days=days)) if days else (None, None)
            version.save_revision().publish()
            self.model.leave = (deputy, self.model.day + days) if days else None

    def hand_over(self) -> None:
        """Give the owner's account to the other one of two persons."""
        if OWNER not in self.model.closed and not self.model.has_left:
            person = "Efraim" if self.model.holders[OWNER] == "Olga" else "Olga"
            self.users[OWNER] = give_sign_in(self.row(), f"{person.lower()}@example.org")
            self.model.holders[OWNER], self.model.signs_in[OWNER] = person, f"{person.lower()}@example.org"
            self.model.handed_over_after = len(self.model.events) - 1

    def close_or_open(self, account: str) -> None:
        """Take an account's right away, or give it back: editors leave the group, others' accounts are closed."""
        if self.model.has_left and account == OWNER:
            return
        user, opens = User.objects.get(pk=self.users[account].pk), account in self.model.closed
        if account in EDITORS:
            (user.groups.add if opens else user.groups.remove)(Group.objects.get(name=GROUP))
        else:
            user.is_active = opens
            user.save()
        self.users[account] = user
        self.model.closed ^= {account}

    def leave_or_return(self) -> None:
        """Close the entry of somebody who leaves, or open it again."""
        was_closed = OWNER in self.model.closed
        (reactivate if self.model.has_left else deactivate)(self.row())
        self.model.has_left = not self.model.has_left
        self.model.leave = None
        self.users[OWNER] = User.objects.get(pk=self.users[OWNER].pk)
        assert self.users[OWNER].is_active == (not self.model.has_left and not was_closed)

    def press(self, link: Link) -> int:
        """Open a link and press its button without signing in; return the status of the answer."""
        anyone = Client(enforce_csrf_checks=True)
        opened = anyone.get(link.path)
        data = form_data(soup(opened)) if opened.status_code == 200 else {}
        with self.after_commit():
            answer = anyone.post(link.path, data)
        assert answer.status_code == opened.status_code
        return answer.status_code

    def values(self) -> dict[str, str]:
        """Return what readers see of what is mailed."""
        now = read_values(self.row(), ["phones", "email"])
        return {"phones": now["phones"][0][1], "email": now["email"]}

    def undone(self) -> ModelLogEntry:
        """Return the log's last row."""
        return ModelLogEntry.objects.for_instance(self.entry).order_by("pk").last()
