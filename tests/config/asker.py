"""The program that the test of times runs: asks for pairs of a known and an unknown address, writes down the seconds.

A process of its own, with the thread that sends mail, the hashes of production and a mail server that takes its time.
"""

import json
import sys
import time
from collections.abc import Iterator
from itertools import count
from typing import Any

import django
from django.conf import settings

ACCOUNTS = 50  # so that no account asks often
PASSWORD = "ett ganska långt lösenord"  # noqa: S105
WRONG = "Adressen eller lösenordet stämmer inte."
PAGES = {"code": "/konto/login/code/", "reset": "/konto/password/reset/", "sign-in": "/konto/login/"}


def make_accounts(page: str) -> list[str]:
    """Make coordinators or editors, all with one password, since hashing takes long; return their addresses."""
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import Group, User

    from contacts.sign_in import give_sign_in
    from tests.factories import coordinator

    addresses = [f"person{number}@example.org" for number in range(ACCOUNTS)]
    if page == "code":
        for address in addresses:
            give_sign_in(coordinator(email=""), address)
        return addresses
    editors, password = Group.objects.get(name="editor"), make_password(PASSWORD)
    for address in addresses:
        editors.user_set.add(User.objects.create(username=address, email=address, password=password))
    return addresses


def ask(page: str, address: str, network: str) -> float:
    """Send a form from a network of its own, in a new browser; return the seconds until the answer."""
    from django.test import Client

    field = "login" if page == "sign-in" else "email"
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR=network)
    began = time.perf_counter()
    answer = client.post(PAGES[page], {field: address, "password": "fel"})
    seconds = time.perf_counter() - began
    assert answer.status_code == (200 if page == "sign-in" else 302), answer.status_code
    assert page != "sign-in" or WRONG in answer.content.decode()
    return seconds


def pairs(page: str, known: list[str], number: int) -> Iterator[tuple[float, float]]:
    """Yield the seconds for a known and for an unknown address, which come first in turn."""
    networks = (f"10.{n >> 8 & 255}.{n & 255}.1" for n in count(1))
    for n in range(number):
        both = {"known": known[n % len(known)], "unknown": f"ingen{n % len(known)}@example.org"}
        order = sorted(both, reverse=bool(n % 2))
        seconds = {name: ask(page, both[name], next(networks)) for name in order}
        yield seconds["known"], seconds["unknown"]


def main(page: str, number: str, port: str) -> None:
    options: dict[str, Any] = {"host": "127.0.0.1", "port": int(port), "timeout": 10}
    settings.MAILERS["server"] = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    django.setup()

    from pages.outbox import sender
    from pages.outbox.sending import send_waiting

    known = make_accounts(page)
    sender.start(send_waiting)
    list(pairs(page, known, 5))  # templates are read once
    json.dump(list(pairs(page, known, int(number))), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
