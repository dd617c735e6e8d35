"""Accounts for tests, and signing in as their owners do: through the account pages."""

import hmac
import re
import struct
import time
from base64 import b32decode
from email.message import EmailMessage
from typing import Any

from django.contrib.auth.models import Group, User
from django.http import HttpResponse
from django.test import Client

from contacts.models import Coordinator
from contacts.sign_in import give_sign_in
from pages.models import WaitingMail
from tests.mail import MailFolder, text
from tests.reading import soup

CODE_LINE = re.compile(r"^[A-Z]{4}-[A-Z]{4}$", re.MULTILINE)
PASSWORD = "ett ganska långt lösenord"  # noqa: S105
LOGIN = "/konto/login/"
CODE = "/konto/login/code/"
CONFIRM = "/konto/login/code/confirm/"
RESET = "/konto/password/reset/"
OVERVIEW = "/konto/tva-steg/"
SECOND_STEP = "/konto/tva-steg/authenticate/"
ADDRESS = "/konto/tva-steg/mail/"
SESSIONS = "/konto/inloggningar/"
STEP = 30  # seconds for which an authenticator app shows a code


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
    """Return the last code that was mailed to an address."""
    return last_code(mail.to(address))


def last_code(messages: list[EmailMessage]) -> str:
    """Return the last code in some mails, oldest first."""
    return CODE_LINE.findall("\n".join(map(text, messages)))[-1]


def totp(secret: str) -> str:
    """Return what an authenticator app shows now (RFC 6238), or a moment later: not a code about to expire."""
    if (left := STEP - time.time() % STEP) < 2:
        time.sleep(left)
    digest = hmac.digest(b32decode(secret), struct.pack(">Q", int(time.time()) // STEP), "sha1")
    start = digest[-1] & 0xF
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def confirm_address(client: Client) -> None:
    """Show by the code of a mail that the address is one's own, where the account has no factor yet."""
    if client.get(ADDRESS).status_code == 200:
        client.post(ADDRESS)
        body = WaitingMail.objects.latest("pk").body
        assert client.post(ADDRESS, {"code": CODE_LINE.search(body)[0]}).status_code == 302


def add_app(client: Client) -> str:
    """Add an authenticator app to the account that is signed in; return its secret."""
    confirm_address(client)
    page = client.get("/konto/tva-steg/app/")
    secret = str(soup(page).select_one(".secret").string)
    answer = client.post("/konto/tva-steg/app/", {"code": totp(secret)})
    assert answer.status_code == 302
    return secret
