"""Whatever strangers send, nothing breaks, nothing of it becomes markup, and nothing becomes a formula.

`HOSTILE_INPUTS` says how many; each is sent once. What fails names its input; the same number gives the same inputs.
"""

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.handlers.base import BaseHandler
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils.http import urlencode

from contacts.messages.protection import new_token
from contacts.models import Coordinator, Municipality
from tests.config.accounts import CODE, CONFIRM, LOGIN, RESET, ask_code, coordinator_account
from tests.contacts.cards import read_cards
from tests.contacts.hostile import Marks, hostile_texts, leads_away
from tests.contacts.own_pages import CHANGE, held_entry, opened, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.long]

INPUTS = int(os.environ.get("HOSTILE_INPUTS", "1000"))
PARTS = 4  # of each kind, so that both cores have work
SHARES = {"lookup": 34, "address": 10, "link": 10, "message": 20, "own entry": 6, "municipality": 5, "account": 5}
SHARES |= {"registers": 10}
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
EDIT_TOKEN = re.compile(r'name="edit_token" value="([^"]+)"')
Ask = Callable[..., HttpResponse]


def test_shares_are_all_there_is():
    assert sum(SHARES.values()) == 100


def texts(kind: str, part: int) -> list[str]:
    """Return a part of the inputs of a kind."""
    return hostile_texts(INPUTS * SHARES[kind] // 100 // PARTS, f"{kind} {part}")


@pytest.fixture
def ask(mail, monkeypatch) -> Ask:
    """Return a function that asks the site as a server does, without what the test client records."""
    monkeypatch.setattr(django_settings, "DEBUG_PROPAGATE_EXCEPTIONS", True)
    handler = BaseHandler()
    handler.load_middleware()
    factory = RequestFactory()

    def send(method: str, address: str, *args: Any, cookies: Any = None, **extra: Any) -> HttpResponse:
        factory.cookies = cookies or {}
        request = getattr(factory, method)(address, *args, **extra)
        request._dont_enforce_csrf_checks = True  # as the test client
        return handler.get_response(request)

    return send


def faults(response: HttpResponse) -> list[str]:
    """Return what is wrong with an answer to a stranger."""
    found = [] if response.status_code < 500 else [f"status {response.status_code}"]
    if leads_away(response.get("Location", "")):
        found.append(f"leads to {response.headers['Location']}")
    if response.get("Content-Type", "").startswith("text/html"):
        found += Marks.left_in(response.content.decode())
    return found


def all_faults(inputs: list[str], answer: Callable[[int, str], HttpResponse]) -> dict[str, list[str]]:
    """Send every input; return those with faults."""
    assert inputs
    found = {text: faults(answer(number, text)) for number, text in enumerate(inputs)}
    return {text: lines for text, lines in found.items() if lines}


# A part holds enough of each kind to meet what one database alone refuses.
OTHERS = [pytest.param(part, marks=pytest.mark.any_database) for part in range(1, PARTS)]
parts = pytest.mark.parametrize("part", [0, *OTHERS])


@parts
def test_lookup(ask, part):
    def answer(number: int, text: str) -> HttpResponse:
        path = ("/kontakt/", "/en/contact/")[number % 2]
        response = ask("get", f"{path}?{urlencode({'q': text})}")
        assert not response.cookies
        assert response.status_code == 200 or response.headers["Location"].startswith(path)
        return response

    assert all_faults(texts("lookup", part), answer) == {}


@parts
def test_address(ask, part):
    forms = ["/{}", "/en/{}/", "/kontakt/{}/", "/kontakt/skane-lan/{}/", "/register/{}.json", "/register/{}.csv"]
    forms += ["/register/coordinators/{}.vcf", "/register/counties/{}.vcf", "/koordinator/aterstall/{}/"]
    invalid = b"\xff\xc0\xafxprobe".decode("latin-1")

    def answer(number: int, text: str) -> HttpResponse:
        path = forms[number % len(forms)].format(text[:2000])
        # As a server does: bytes that are no UTF-8 come through too.
        raw = path.encode().decode("latin-1") + invalid * (number % 20 == 0)
        return ask("get", "/", PATH_INFO=raw)

    assert all_faults(texts("address", part), answer) == {}


@parts
def test_link_to_the_message_form(ask, part):
    def answer(number: int, text: str) -> HttpResponse:
        name = ("page", "kind", "coordinator", "token")[number % 4]
        value = f"/{text}"[:500] if name == "page" else text
        response = ask("get", f"/en/message/?{urlencode({name: value})}")
        assert not response.cookies
        return response

    assert all_faults(texts("link", part), answer) == {}


@parts
def test_message(ask, part):
    uid = str(Coordinator.objects.filter(live=True)[0].uid)

    def answer(number: int, text: str) -> HttpResponse:
        if number % 50 == 0:
            cache.clear()  # as if hours went by
        fields = {"kind": "wrong-number", "text": text, "token": new_token(), "page": "/", "coordinator": uid}
        if number % 2:
            fields[("kind", "page", "coordinator", "reply_to", "token", "leave_empty")[number // 2 % 6]] = text
        address = f"2001:db8:{part}:{number:x}::1"
        response = ask("post", "/meddelande/", fields, headers={"Sec-Fetch-Site": "same-origin"}, REMOTE_ADDR=address)
        assert not response.cookies
        assert response.status_code in {302, 422}
        return response

    assert all_faults(texts("message", part), answer) == {}


def saves(ask: Ask, own: Client, address: str, inputs: list[str], *taking: str) -> int:
    """Type every input into a form of the own pages, half of them into the fields `taking` any text.

    Return how many were saved; each is seen again in the form, which is opened anew.
    """
    form = opened(own, address)
    names = [name for name in form if name != "edit_token"]
    assert set(taking) < set(names)
    saved = []

    def answer(number: int, text: str) -> HttpResponse:
        # Short enough to be saved as often as not.
        some, typed = (taking, text[:100]) if number % 2 else (names, text)
        response = ask("post", address, form | {some[number // 2 % len(some)]: typed}, cookies=own.cookies)
        assert response.status_code in {302, 422}
        if response.status_code == 302:
            saved.append(text)
            again = ask("get", address, cookies=own.cookies)
            assert faults(again) == [], text
            form["edit_token"] = EDIT_TOKEN.search(again.content.decode())[1]
        return response

    assert all_faults(inputs, answer) == {}
    return len(saved)


@parts
def test_own_entry(ask, part):
    own = signed_in(held_entry("040-628 04 11"))
    inputs = texts("own entry", part)
    taking = ("employer", "role_sv", "role_en", "note_sv", "note_en")
    assert saves(ask, own, CHANGE, inputs, *taking) > len(inputs) // 4
    for address in ("/koordinator/", "/koordinator/historik/", "/kontakt/skane-lan/"):
        assert faults(ask("get", address, cookies=own.cookies)) == []


@parts
def test_municipality(ask, part):
    own = signed_in(held_entry("040-628 04 11"))
    inputs = texts("municipality", part)
    assert saves(ask, own, "/koordinator/kommuner/1280/", inputs, "source") > len(inputs) // 4


@parts
def test_account(ask, part):
    user = coordinator_account()
    client = Client()
    forms = [(LOGIN, "login"), (CODE, "email"), (RESET, "email"), (CONFIRM, "code")]

    def answer(number: int, text: str) -> HttpResponse:
        cache.clear()  # as if hours went by
        address, field = forms[number % len(forms)]
        if address == CONFIRM:
            ask_code(client, user.email)
        response = ask("post", address, {field: text, "password": text}, cookies=client.cookies)
        assert response.status_code in {200, 302}
        return response

    assert all_faults(texts("account", part), answer) == {}


def fitting(text: str, field: str, model: type = Coordinator) -> str:
    """Return as much of a text as a column takes; databases refuse NUL."""
    return text.replace("\0", "")[: model._meta.get_field(field).max_length]


def stored(inputs: list[str]) -> Iterator[list[str]]:
    """Fill the published entries, and as many municipalities, with inputs; yield those that are now stored."""
    entries = list(Coordinator.objects.filter(live=True).values_list("pk", flat=True))
    municipalities = list(Municipality.objects.values_list("pk", flat=True))
    for start in range(0, len(inputs), len(entries)):
        batch = inputs[start : start + len(entries)]
        for entry, municipality, text in zip(entries, municipalities, batch, strict=False):
            fields = {
                name: fitting(text, name) for name in ("name", "employer", "role_sv", "role_en", "note_sv", "note_en")
            }
            Coordinator.objects.filter(pk=entry).update(**fields)
            fields = {
                name: fitting(text, name, Municipality) for name in ("name_sv", "name_en", "formal_name", "source")
            }
            Municipality.objects.filter(pk=municipality).update(**fields)
        yield batch


@parts
def test_registers(ask, part):
    inputs = texts("registers", part)
    assert inputs
    published = Coordinator.objects.filter(live=True).count()
    for batch in stored(inputs):
        for name, size in (("coordinators", published), ("municipalities", 290)):
            assert len(json.loads(ask("get", f"/register/{name}.json").content)[name]) == size
            content = ask("get", f"/register/{name}.csv").content.decode().removeprefix("\ufeff")
            for separator in ";,\t":
                rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=separator))
                assert separator != ";" or len(rows) == size + 1, batch
                assert [cell for row in rows for cell in row if FORMULA.match(cell)] == []
        for uid in Coordinator.objects.filter(live=True).values_list("uid", flat=True):
            card = ask("get", f"/register/coordinators/{uid}.vcf")
            assert len(read_cards(card)) == 1, batch
            assert len(card.headers["Content-Disposition"]) < 200
        assert json.loads(ask("get", "/register/lookup/names.json").content)["places"]
        for address in ("/kontakt/alla/", "/en/contact/all/", f"/meddelande/?coordinator={uid}"):
            assert faults(ask("get", address)) == [], batch
