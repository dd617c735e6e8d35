"""What a link answers: opening changes nothing, forging is of no use, and the log says whose link it was."""

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from contacts.models import Coordinator
from contacts.own_entry.edit_tokens import edit_token
from contacts.own_entry.links import Why
from contacts.own_entry.values import read_values
from tests.contacts.own_entry.entry_world import NUMBERS, work
from tests.contacts.own_entry.link_model import OWNER, Link
from tests.contacts.own_entry.links import EDITOR, OWNERS, link, refused
from tests.contacts.own_pages import HISTORY, form_data, signed_in
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

B = work("Efraim")


@pytest.mark.parametrize("address", [EDITOR, OWNERS, work("Olga")])
def test_log_and_history_say_whose_link_it_was(world, address):
    who = {EDITOR: "editor", OWNERS: "owner"}.get(address, "address")
    shown = {"editor": "redaktionen", "owner": "koordinatorn", "address": "den tidigare e-postadressen"}
    world.change(OWNER, email=B)
    assert world.press(link(world, address)) == 200
    row = world.undone()
    assert (row.action, row.user, row.data["receiver"]) == ("contacts.own_entry.revert", None, who)
    event = words(soup(signed_in(world.row()).get(HISTORY)).select_one(".history > li"))
    assert shown[who] in event
    assert "länken" in event


def test_both_that_were_put_back_are_mailed_without_links(world):
    world.change(OWNER, email=B, phones=NUMBERS[1])
    assert world.press(link(world)) == 200
    told = dict(world.read_mail(None))
    assert told == dict.fromkeys([EDITOR, "redaktor1@example.org", OWNERS, work("Olga")], "")


@pytest.mark.parametrize("token", ["x", "MQ:1abc:abc", "å" * 300, "%2e%2e", "a b", "WzEsIngiXQ:1xXCLM:x", "x" * 3000])
def test_forged_link_is_gone_without_asking_for_a_change(token, client, django_assert_num_queries):
    with CaptureQueriesContext(connection) as queries:
        assert client.post(f"/koordinator/aterstall/{token}/").status_code == 410
    asked = [query["sql"] for query in queries]
    assert not [sql for sql in asked if "wagtailcore_modellogentry" in sql or sql.startswith(("SAVEPOINT", "BEGIN"))]
    assert "inte hel" in words(soup(client.get(f"/koordinator/aterstall/{token}/"), 410).main)


def test_link_is_bound_to_its_change_and_to_its_receiver(world):
    world.change(OWNER, phones=NUMBERS[1])
    path = link(world).path
    token = path.split("/")[-2]
    assert Client().get(path.replace(token[5:9], token[5:9].swapcase())).status_code == 410
    change, key = signing.loads(token, salt="contacts.own_entry.links")
    other = signing.dumps([change, key[::-1]], salt="contacts.own_entry.links")
    assert "inte längre får" in refused(world, Link(0, "", path.replace(token, other)))
    published = ModelLogEntry.objects.for_instance(world.entry).filter(action="wagtail.publish").get()
    for row in (published.pk, change + 1000):  # what is no change cannot be taken back
        other = signing.dumps([row, key], salt="contacts.own_entry.links")
        assert Client().post(path.replace(token, other)).status_code == 410
    for salt in ("contacts.own_entry.edit_token", "contacts.own_entry.notices"):
        other = signing.dumps([change, key], salt=salt)
        assert "inte hel" in refused(world, Link(0, "", path.replace(token, other)))
    assert OWNERS not in signing.b64_decode(token.partition(":")[0].encode()).decode()


def test_opening_changes_nothing_and_asks_for_no_lock(world):
    world.change(OWNER, phones=NUMBERS[1])
    before = ModelLogEntry.objects.count()
    with CaptureQueriesContext(connection) as queries:
        for ask in (Client().get, Client().head):
            assert ask(link(world).path).status_code == 200
    asked = [query["sql"] for query in queries]
    assert asked
    assert not [sql for sql in asked if "FOR UPDATE" in sql or not sql.startswith("SELECT")]
    assert (world.values()["phones"], ModelLogEntry.objects.count()) == (NUMBERS[1], before)


@pytest.mark.parametrize("entry", ["own", "another"])
def test_button_needs_the_page_that_it_stands_on(world, entry):
    """Nor does a page of another entry do, whose values are signed too."""
    world.change(OWNER, phones=NUMBERS[1])
    row = world.row() if entry == "own" else Coordinator.objects.get(user=world.users["deputy-1"])
    values = read_values(row, ["phones"]) | ({} if entry == "another" else {"phones": []})
    answer = Client().post(link(world).path, {"edit_token": edit_token(row, values)})
    assert NUMBERS[1][-2:] in words(soup(answer, 409).main)
    assert world.values()["phones"] == NUMBERS[1]


@pytest.mark.parametrize(("language", "heading"), [("", "Länken fungerar inte längre"), ("/en", "The link no longer")])
def test_page_says_why_in_both_languages(world, language, heading, strict_templates):
    world.change(OWNER, phones=NUMBERS[1])
    each = link(world)
    page = soup(Client().get(language + each.path))
    other = page.select_one(".site-header__ways a[hreflang]")["href"]
    assert Client().get(other).status_code == 200
    assert other != language + each.path
    # The address is a secret: a message about the page, or a printout, must not hold it.
    assert each.path not in str(page).replace(f'href="{other}"', "")
    data = form_data(page)
    assert Client().post(language + each.path, data).status_code == 200
    assert refused(world, each, language)
    page = soup(Client().get(language + each.path), 410)
    assert words(page.h1).startswith(heading)
    assert page.html["lang"] == (language.strip("/") or "sv")


def test_every_reason_is_a_sentence_of_its_own():
    assert len({str(why.label) for why in Why}) == len(Why) == 8
