"""One walk over every registered address, with every method, as everybody, against the table in `access.py`."""

import re
from collections.abc import Callable, Iterator, Sequence
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
from tests.config.access import ADMIN, DOORS, PUBLIC
from tests.config.accounts import OVERVIEW
from tests.config.browsing import undone, visitor
from tests.config.every_request import FIELDS, OTHERS, Request, requests_to
from tests.config.every_url import Address, every_address, filled
from tests.config.expected import REFUSALS, USED_BY_WAGTAIL, allowed_answers, expected, word
from tests.config.world import ROLES, SECRETS, World
from tests.conftest import OpenDatabase

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::ResourceWarning")]

POLICIES = tuple(policies())
FIELDS_OF_ENTRY = [field.name for field in Coordinator._meta.concrete_fields]
# Each request of somebody who is signed in notes, after a minute, that the session is in use.
CHANGES_NO_ENTRY = re.compile('SELECT |SAVEPOINT |RELEASE SAVEPOINT |ROLLBACK TO |UPDATE "usersessions_usersession" ')
# Who may do what is decided before anything is read: A and the administrator together reach every query.
WALKERS = [
    role if role in {"A", "administrator"} else pytest.param(role, marks=pytest.mark.any_database) for role in ROLES
]
# Who comes to the code that reads what is sent, on every way there; the drills send nonsense as everybody.
WITH_NONSENSE = {"anonymous", "A", "administrator"}
# One of the methods that nearly every address refuses, in turn; the drills send all.
IN_TURN = pytest.mark.parametrize("every_method", [False, pytest.param(True, marks=pytest.mark.drill)])


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


def state(*entries: Coordinator) -> list[Any]:
    """Return everything that is kept of coordinators' entries, whatever language a request has left active."""
    rows = Coordinator.objects.filter(pk__in=[entry.pk for entry in entries])
    others = ("phones__number", "phones__kind", "counties__pk", "user__email")
    with translation.override("sv"):
        return list(rows.order_by("pk", "phones__pk", "counties__pk").values_list(*FIELDS_OF_ENTRY, *others))


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
@IN_TURN
@pytest.mark.parametrize("role", WALKERS)
def test_every_address_answers_as_the_table_says(world, addresses, role, every_method):
    assert len(addresses) > 500
    with_nonsense = every_method or role in WITH_NONSENSE
    every = [
        request
        for number, each in enumerate(addresses)
        for request in requests_to(each, number, world, every_method=every_method, with_nonsense=with_nonsense)
    ]
    assert len(every) == (8 if every_method else 4 if with_nonsense else 2) * len(addresses)
    assert_answered(every, role, world)


# What Django does with GET, without the body: one role shows that this is so, the others that nobody gets more.
@pytest.mark.any_database
@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=pytest.mark.long if role == "A" else pytest.mark.drill) for role in ROLES]
)
def test_head_answers_as_the_table_says(world, addresses, role):
    assert_answered([Request(address, "HEAD") for address in addresses], role, world)


def assert_answered(every: Sequence[Request], role: str, world: World) -> None:
    """Send every request as somebody, those that save nothing first, and name all that are answered otherwise."""
    client = visitor(world, role)
    client.get(OVERVIEW)  # lists the session, which every request would do anew
    before = state(*(entry for name, entry in world.entries.items() if name != role))
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
@IN_TURN
def test_live_admin_is_closed_without_a_second_step(world, addresses, settings, every_method):
    settings.SITE_LIVE = True
    client = visitor(world, "administrator")
    admin = [address for address in addresses if address.url.startswith("/admin/")]
    assert len(admin) > 400
    for number, address in enumerate(admin):
        for method in (client.get, client.head, client.post):
            client.cookies.pop("messages", None)  # thousands, which nobody reads, would be written anew each time
            answer = method(address.url)
            assert (answer.status_code, answer["Location"]) == (302, OVERVIEW), address
        for method in OTHERS if every_method else [OTHERS[number % len(OTHERS)]]:
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
