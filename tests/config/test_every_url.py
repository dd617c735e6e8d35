"""One walk over every registered address, with every method, as everybody, against the table in `access.py`."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.signing import Signer
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation

from contacts.models import Coordinator
from contacts.own_entry.edit_tokens import edit_token
from contacts.own_entry.values import ENTRY_FIELDS, read_values
from tests.config.access import ADMIN, DOORS, OWN, PUBLIC
from tests.config.accounts import OVERVIEW
from tests.config.browsing import undone, visitor
from tests.config.every_url import Address, every_address, filled
from tests.config.world import ROLES, SECRETS, World
from tests.conftest import OpenDatabase

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::ResourceWarning")]

OTHERS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
# Its scripts remove what was kept for a preview, and keep what a user has put away.
USED_BY_WAGTAIL = re.compile("^DELETE /admin/.*/preview/|^PATCH /admin/dismissibles/")
FIELDS_OF_ENTRY = [field.name for field in Coordinator._meta.concrete_fields]
IN = {"ok", "moved", "400", "404", "405", "422"}
OUT = {"home", "403", "404", "405"}
# Who may do what is decided before anything is read: A and the administrator together reach every query.
WALKERS = [
    role if role in {"A", "administrator"} else pytest.param(role, marks=pytest.mark.any_database) for role in ROLES
]


def edit_token_of_b(world: World) -> dict[str, Any]:
    """Return what B's own pages send beside what is typed."""
    entry = world.entries["B"]
    return {"edit_token": edit_token(entry, read_values(entry, ENTRY_FIELDS))}


PHONES = {"phones-TOTAL_FORMS": "1", "phones-INITIAL_FORMS": "0", "phones-0-kind": "direct"}
TYPED = PHONES | {"phones-0-number": "040-628 04 99", "employer": "Annan", "role_sv": "Annan"}
# What a page sends where an empty form would not do; on the own pages as B, whoever sends it.
FIELDS: dict[str, Callable[[World], dict[str, Any]]] = {
    "own_entry:change": lambda world: edit_token_of_b(world) | TYPED | {"target_group": "both"},
    "own_entry:confirm": edit_token_of_b,
    "own_entry:switch": lambda world: {"entry": world.entries["B"].uid},
    "wagtailadmin_pages:copy": lambda world: {"new_parent_page": world.own.get_parent().pk, "new_slug": "kopia"},
    "wagtailadmin_choose_page_external_link": lambda world: {"external-link-chooser-url": "https://example.org/"},
    "wagtailredirects:process_import": lambda world: {
        "import_file_name": Signer().sign(str(world.upload)),
        "input_format": Signer().sign("0"),
    },
}


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
    if 200 <= answer.status_code < 300:
        return "ok"
    if answer.status_code not in {301, 302, 303, 307, 308}:
        return str(answer.status_code)
    target = answer["Location"]
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


@pytest.mark.long
@pytest.mark.parametrize("role", WALKERS)
def test_every_address_answers_as_the_table_says(world, addresses, role):
    client = visitor(world, role)
    others = {name: entry for name, entry in world.entries.items() if name != role}
    strangers = role not in {"editor", "administrator"}
    before = state(*others.values())
    assert len(addresses) > 500
    wrong = []
    for address in addresses:
        for method in ("get", "head", "post"):
            fields = {"body-count": "0", "related_pages-count": "0"} | FIELDS.get(address.name, lambda _world: {})(
                world
            )
            with undone(client):
                answer = getattr(client, method)(address.url, fields if method == "post" else None)
                text = answer.getvalue().decode(errors="replace")
                changed = strangers and state(*others.values()) != before
            if word(answer) not in expected(address, role, method):
                wrong.append(f"{method} {address.url} ({address.name}): {word(answer)}")
            if strangers and any(SECRETS[name] in text for name in others):
                wrong.append(f"{method} {address.url} shows a draft")
            if changed:
                wrong.append(f"{method} {address.url} changes an entry")
        for method in OTHERS:
            request = f"{method} {address.url}"
            allowed = expected(address, role, method) if USED_BY_WAGTAIL.search(request) else {"405"}
            with undone(client):
                found = word(client.generic(method, address.url))
            if found not in allowed:
                wrong.append(f"{request}: {found}")
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
        for method in (client.get, client.post):
            answer = method(address.url)
            assert (answer.status_code, answer["Location"]) == (302, OVERVIEW), address


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
