"""One walk over every registered address, with every method, as everybody, against the table in `access.py`."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation

from config.policies import policies
from contacts.models import Coordinator
from pages.render_context import reading_once
from tests.config.access import ADMIN, DOORS, OWN, PUBLIC
from tests.config.accounts import OVERVIEW
from tests.config.browsing import undone, visitor
from tests.config.every_request import FIELDS, OTHERS, Request, requests_to
from tests.config.every_url import Address, every_address, filled
from tests.config.world import ROLES, SECRETS, World
from tests.conftest import OpenDatabase

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::ResourceWarning")]

POLICIES = tuple(policies())
# Its scripts remove what was kept for a preview, and keep what a user has put away.
USED_BY_WAGTAIL = re.compile("^DELETE /admin/.*/preview/|^PATCH /admin/dismissibles/")
FIELDS_OF_ENTRY = [field.name for field in Coordinator._meta.concrete_fields]
# Each request of somebody who is signed in notes, after a minute, that the session is in use.
CHANGES_NO_ENTRY = re.compile('SELECT |SAVEPOINT |RELEASE SAVEPOINT |ROLLBACK TO |UPDATE "usersessions_usersession" ')
REFUSALS = {"sign-in", "403", "404", "405", "410"}
IN = {"ok", "moved", "400", "404", "405", "422"}
OUT = {"home", "403", "404", "405"}
# Who may do what is decided before anything is read: A and the administrator together reach every query.
WALKERS = [
    role if role in {"A", "administrator"} else pytest.param(role, marks=pytest.mark.any_database) for role in ROLES
]


@pytest.fixture(scope="module", autouse=True)
def own_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the manual's files apart: whoever asks while another process makes the PDF is told to come later."""
    with override_settings(DATA_DIR=tmp_path_factory.mktemp("every_url")):
        yield


@pytest.fixture(scope="module")
def world(module_rows: OpenDatabase) -> World:
    with module_rows():
        return World()


@pytest.fixture(scope="module")
def addresses(world: World, module_rows: OpenDatabase) -> list[Address]:
    """Return every address, in Swedish and in English."""
    found = {}
    for language in ("sv", "en"):
        with module_rows(), translation.override(language):
            found |= {address.url: address for address in every_address(world)}
    return list(found.values())


def word(answer: HttpResponse) -> str:
    """Return the answer in the table's words."""
    target = answer.get("Location", "")
    is_post = answer.request["REQUEST_METHOD"] == "POST"
    if is_post and answer.status_code == 200 and answer.get("Content-Type") == "application/json":
        told = answer.json()
        target = told.get("location", "") if isinstance(told, dict) else ""  # as allauth tells scripts where to go
    if 200 <= answer.status_code < 300 and not target:
        return "ok"
    if answer.status_code not in {200, 301, 302, 303, 307, 308}:
        return str(answer.status_code)
    if target.removeprefix("/en").startswith(("/konto/login/", "/admin/login/")):
        return "sign-in"
    return "home" if target == "/admin/" else "moved"


def expected(address: Address, role: str, method: str) -> set[str]:
    """Return the words that the table allows; raises LookupError where it says nothing."""
    if not address.url.startswith("/admin/"):
        return {_public(address, role, method)}
    if role in SECRETS:
        return {"403"}
    door = next((answer for beginning, answer in DOORS if address.name.startswith(beginning)), "")
    if door or role == "anonymous":
        return {door or "sign-in", "405"}
    who = _admin(address, method)
    if who == OWN and role == "author":
        return {"other": OUT, "missing": IN | OUT}.get(address.of, IN | {"403"})
    return IN if who == OWN or role in who else OUT


def _admin(address: Address, method: str) -> set[str] | str:
    wholes = (f"{address.name} {method}", f"{address.name} {address.of}")
    names = [beginning for beginning in ADMIN if any(whole.startswith(beginning) for whole in wholes)]
    if not names:
        raise LookupError(f"{address.name} is not in the table")
    return ADMIN[max(names, key=len)]


def _public(address: Address, role: str, method: str) -> str:
    for name, of, get, post in PUBLIC:
        if (address.name == name or (name.endswith(":") and address.name.startswith(name))) and (
            address.of in of.split() or not of
        ):
            words = (post if method == "post" else get).split()
            return words[ROLES.index(role)] if len(words) > 1 else words[0]
    raise LookupError(f"{address.name} ({address.of}) is not in the table")


def state(*entries: Coordinator) -> list[Any]:
    """Return everything that is kept of coordinators' entries, whatever language a request has left active."""
    rows = Coordinator.objects.filter(pk__in=[entry.pk for entry in entries])
    others = ("phones__number", "phones__kind", "counties__pk", "user__email")
    with translation.override("sv"):
        return list(rows.order_by("pk", "phones__pk", "counties__pk").values_list(*FIELDS_OF_ENTRY, *others))


def allowed_for_junk(address: Address, role: str) -> set[str] | None:
    """Return what nonsense may be answered with; None where whoever sends it may be told anything but a fault."""
    allowed = expected(address, role, "post")
    return allowed | {"400"} if allowed <= REFUSALS | {"home"} else None


def saves_nothing(request: Request, role: str) -> bool:
    """Tell whether a request only reads, or must be refused."""
    allowed = allowed_answers(request, role)
    return request.method in {"GET", "HEAD"} or (allowed is not None and allowed <= REFUSALS | {"home", "400"})


@contextmanager
def writing() -> Iterator[list[str]]:
    """Collect what is asked of the database meanwhile, but for what cannot change an entry."""
    written: list[str] = []

    def collect(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if not CHANGES_NO_ENTRY.match(sql):
            written.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(collect):
        yield written


def lacks_policies(answer: HttpResponse) -> bool:
    return any(name not in answer.headers for name in POLICIES)


def allowed_answers(request: Request, role: str) -> set[str] | None:
    """Return what the table allows; None where whoever sends nonsense may be told anything but a fault."""
    method = request.method
    if request.junk:
        return allowed_for_junk(request.address, role)
    if method in OTHERS and not USED_BY_WAGTAIL.search(f"{method} {request.address.url}"):
        return {"405"}
    return expected(request.address, role, method.lower())


def faults(client: Client, request: Request, role: str, world: World, before: list[Any]) -> Iterator[str]:
    """Send a request, take back what it does, and yield what is wrong with the answer."""
    others = {name: entry for name, entry in world.entries.items() if name != role}
    is_stranger = role not in {"editor", "administrator"}
    with undone(client), writing() as written:
        answer = request.send(client)
        text = answer.getvalue().decode(errors="replace")
        changed = is_stranger and written and state(*others.values()) != before
    found, allowed = word(answer), allowed_answers(request, role)
    if (allowed is not None and found not in allowed) or (request.junk and answer.status_code >= 500):
        yield found
    if is_stranger and any(SECRETS[name] in text for name in others):
        yield "shows a draft"
    if changed:
        yield "changes an entry"
    if lacks_policies(answer):
        yield "lacks a policy"


@pytest.mark.long
@pytest.mark.parametrize("role", WALKERS)
def test_every_address_answers_as_the_table_says(world, addresses, role):
    client = visitor(world, role)
    client.get(OVERVIEW)  # lists the session, which every request would do anew
    before = state(*(entry for name, entry in world.entries.items() if name != role))
    assert len(addresses) > 500
    every = [request for number, each in enumerate(addresses) for request in requests_to(each, number, world)]
    assert len(every) == 9 * len(addresses)
    reading = [request for request in every if saves_nothing(request, role)]
    wrong = []
    with reading_once():  # what all their pages show alike takes a third of the time
        for request in reading:
            wrong.extend(f"{request}: {fault}" for fault in faults(client, request, role, world, before))
    for request in every:
        if not saves_nothing(request, role):
            wrong.extend(f"{request}: {fault}" for fault in faults(client, request, role, world, before))
    assert not wrong, "\n".join([f"{len(wrong)} as {role}", *wrong])


@pytest.mark.parametrize("name", ["own_entry:change", "own_entry:confirm"])
def test_what_the_walk_sends_changes_the_entry_of_b_when_b_sends_it(world, name):
    before = state(world.entries["B"])
    visitor(world, "B").post(reverse(name), FIELDS[name](world))
    assert state(world.entries["B"]) != before


@pytest.mark.long
def test_live_admin_is_closed_without_a_second_step(world, addresses, settings):
    settings.SITE_LIVE = True
    client = visitor(world, "administrator")
    admin = [address for address in addresses if address.url.startswith("/admin/")]
    assert len(admin) > 400
    for address in admin:
        for method in (client.get, client.head, client.post):
            answer = method(address.url)
            assert (answer.status_code, answer["Location"]) == (302, OVERVIEW), address
        for method in OTHERS:
            answer = client.generic(method, address.url)
            expected_status = 302 if USED_BY_WAGTAIL.search(f"{method} {address.url}") else 405
            assert (answer.status_code, lacks_policies(answer)) == (expected_status, False), address


def test_drafts_are_there_to_be_read(world, addresses):
    client = visitor(world, "editor")
    texts = "".join(
        client.get(address.url).content.decode()
        for address in addresses
        if address.name == "wagtailsnippets_contacts_coordinator:edit" and address.of in SECRETS
    )
    assert all(secret in texts for secret in SECRETS.values())


def test_table_names_nothing_that_is_not_there(addresses):
    names = {address.name for address in addresses}
    assert {name for name, *_rest in PUBLIC} <= names
    for beginning in [*(name.split()[0] for name in ADMIN), *(door for door, _answer in DOORS)]:
        assert any(name.startswith(beginning) for name in names), beginning


def test_unknown_pattern_fails(world):
    with pytest.raises(LookupError, match="no samples for parameter"):
        list(filled("new/<int:parameter>/", "a:new:name", world.samples))
    for url in ("/admin/new/", "/new/"):
        with pytest.raises(LookupError, match="not in the table"):
            expected(Address("a:new:name", url, ""), "author", "get")
