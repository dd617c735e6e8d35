"""Browsers of each role, and requests that are taken back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.test import Client

from tests.config.world import World


def visitor(world: World, role: str) -> Client:
    """Return a browser that has just signed in; an error of the site is an answer with status 500."""
    client = Client(raise_request_exception=False)
    user = world.users[role]
    if user:
        client.force_login(user)
        session = client.session
        ways = [{"method": "code", "email": user.email}, {"method": "password"}]
        session["account_authentication_methods"] = [way | {"at": 9e12} for way in ways]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
    return client


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """Take back what a request does, in the database and in the browser."""
    cookies = {name: cookie.value for name, cookie in client.cookies.items()}
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies)
