"""Accounts for tests, and signing in as their owners do: through the account pages."""

import hmac
import re
import struct
import time
from base64 import b32decode
from typing import Any

from django.contrib.auth.models import Group, User
from django.http import HttpResponse
from django.test import Client

from contacts.models import Coordinator
from contacts.sign_in import give_sign_in
from tests.mail import MailFolder, text
from tests.reading import soup

PASSWORD = "ett ganska långt lösenord"  # noqa: S105
LOGIN = "/konto/login/"
CODE = "/konto/login/code/"
CONFIRM = "/konto/login/code/confirm/"
RESET = "/konto/password/reset/"
OVERVIEW = "/konto/tva-steg/"
SECOND_STEP = "/konto/tva-steg/authenticate/"


def admin_user(role: str = "editor", address: str = "", **fields: Any) -> User:
    """Return someone with a role in the admin."""
    address = address or f"{role}@example.org"
    user = User.objects.create_user(address, address, PASSWORD, **fields)
    user.groups.add(Group.objects.get(name=role))
    return user


def coordinator_account(address: str = "koordinator@example.org", place: int = 0) -> User:
    """Return the account of one of the starter content's coordinators."""
    return give_sign_in(Coordinator.objects.order_by("pk")[place], address)


def sign_in(client: Client, user: User, password: str = PASSWORD, **extra: Any) -> HttpResponse:
    """Send the form with address and password."""
    return client.post(LOGIN, {"login": user.email, "password": password}, **extra)


def ask_code(client: Client, address: str, **extra: Any) -> HttpResponse:
    """Ask for a code, and return the page that comes after."""
    return client.post(CODE, {"email": address}, follow=True, **extra)


def mailed_code(mail: MailFolder, address: str) -> str:
    """Return the code of the last mail to an address."""
    return re.search(r"^[A-Z]{4}-[A-Z]{4}$", text(mail.to(address)[-1]), re.MULTILINE)[0]


def totp(secret: str) -> str:
    """Return what an authenticator app shows now (RFC 6238)."""
    digest = hmac.digest(b32decode(secret), struct.pack(">Q", int(time.time()) // 30), "sha1")
    start = digest[-1] & 0xF
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def add_app(client: Client) -> str:
    """Add an authenticator app to the account that is signed in; return its secret."""
    page = client.get("/konto/tva-steg/app/")
    secret = str(soup(page).select_one(".secret").string)
    answer = client.post("/konto/tva-steg/app/", {"code": totp(secret)})
    assert answer.status_code == 302
    return secret
