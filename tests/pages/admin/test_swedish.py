"""The Swedish admin says nothing in English: every page that an editor or an administrator can open is read."""

import json
from urllib.parse import urlsplit

import polib
import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext

from tests.config.browsing import undone, visitor
from tests.config.every_request import FIELDS
from tests.config.every_url import Address, every_address
from tests.config.world import World
from tests.conftest import OpenDatabase
from tests.pages.admin.swedish import FIXED, FOLDER, PLACEHOLDER, catalogues, pattern, plain, said, sources

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture(scope="module")
def world(module_rows: OpenDatabase) -> World:
    with module_rows():
        return World()


@pytest.fixture(scope="module")
def addresses(world: World, module_rows: OpenDatabase) -> list[Address]:
    """Return every address of the admin, once for each pattern."""
    with module_rows(), translation.override("sv"):
        every = [each for each in every_address(world) if each.url.startswith("/admin/") and each.of != "missing"]
    return list({(address.name, address.of): address for address in every}.values())


def read(client: Client, address: Address, world: World, names: set[str]) -> set[str]:
    """Return what a page says, and what it answers to a form that is sent empty.

    Of an answer that leads elsewhere, the messages that are shown there; the page too, unless its pattern is among
    `names`, those that are read by themselves.
    """
    found = set()
    fields = {"body-count": "0", "footnotes-count": "0", "related_pages-count": "0"}
    for method, sent in (("get", None), ("post", fields | FIELDS.get(address.name, lambda _world: {})(world))):
        with undone(client):
            answer = getattr(client, method)(address.url, sent)
            if answer.status_code in {301, 302}:
                found |= {text for message in get_messages(answer.wsgi_request) for text in said(str(message))}
                if resolve(urlsplit(answer["Location"]).path).view_name in names:
                    continue
                answer = client.get(answer["Location"], follow=True)
            if answer.status_code >= 500 or answer.streaming:
                continue
            text = answer.content.decode(errors="replace")
            if "json" in answer["Content-Type"]:
                found |= {word for html in _html_of(json.loads(text)) for word in said(html)}
            elif "html" in answer["Content-Type"]:
                found |= said(text)
    return {plain(text) for text in found}


def _html_of(answer: object) -> list[str]:
    values = answer.values() if isinstance(answer, dict) else []
    return [value for value in values if isinstance(value, str) and "<" in value]


@pytest.mark.long
# An administrator sees what an editor does, and more.
@pytest.mark.parametrize("role", [pytest.param("editor", marks=pytest.mark.drill), "administrator"])
def test_admin_says_nothing_in_english(world, addresses, role):
    assert len(addresses) > 200
    client, names = visitor(world, role), {address.name for address in addresses}
    heard: dict[str, str] = {}
    for address in addresses:
        for text in read(client, address, world, names):
            heard.setdefault(text, address.url)
    assert {"Spara utkast", "Publicera", "Lägg till undersida", "”Borta” har sparats."} <= heard.keys()
    assert {"Begärt av", "Begär ändringar"} <= heard.keys()  # of what waits for approval
    with translation.override("sv"):
        foreign = [each for each in sources("django") if plain(gettext(each.msgid)) != plain(each.msgid)]
    exact = {plain(each.msgid) for each in foreign} - FIXED
    formed = [found for each in foreign if (found := pattern(each.msgid))]
    assert len(exact) > 1000
    assert len(formed) > 200
    english = {
        text: url for text, url in heard.items() if text in exact or any(each.fullmatch(text) for each in formed)
    }
    assert {text: url for text, url in english.items() if text not in FIXED} == {}


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_every_text_of_wagtail_has_a_swedish_one(domain):
    ours = {entry.msgid for entry in polib.pofile(str(FOLDER / f"{domain}.po"))}
    theirs = {entry.msgid for file in catalogues(domain, "sv") for entry in file.translated_entries()}
    every = {entry.msgid for entry in sources(domain)}
    assert len(every) > 80
    assert every - theirs - ours == set()
    assert ours - every == set()  # nothing that Wagtail no longer says


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_swedish_of_wagtail_is_compiled_and_has_no_other_placeholders(domain):
    source, compiled = polib.pofile(str(FOLDER / f"{domain}.po")), polib.mofile(str(FOLDER / f"{domain}.mo"))
    assert {(each.msgid, each.msgstr, *each.msgstr_plural.values()) for each in source} == {
        (each.msgid, each.msgstr, *each.msgstr_plural.values()) for each in compiled
    }
    for entry in source:
        given = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            assert set(PLACEHOLDER.findall(text)) <= given, entry.msgid


def test_scripts_of_the_admin_are_given_swedish(client):
    script = client.get("/admin/jsi18n/").content.decode()
    catalogue, _end = json.JSONDecoder().raw_decode(script.partition("newcatalog = ")[2])
    ours = {entry.msgid: entry.msgstr for entry in polib.pofile(str(FOLDER / "djangojs.po")) if entry.msgstr}
    assert len(ours) > 20
    assert {source: catalogue.get(source) for source in ours} == ours
