"""Two fields that a copy of the repository has: `office`, and `greeting` in every language.

Run by `test_adding_a_field` in that copy.
"""

import csv
import io
import json
import re

import pytest

from contacts.models import Coordinator
from tests.contacts.importing import csv_file, run
from tests.contacts.own_pages import CHANGE, HISTORY, form_data, held_entry, opened, signed_in
from tests.contacts.sign_ins import action, admin_form, editing, editor
from tests.factories import coordinator
from tests.mail import text
from tests.reading import PAIRS, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail")]

SWEDISH, ENGLISH = PAIRS["county"]
TYPED = {"office": "Rum 12", "greeting_sv": "Hej", "greeting_en": "Hello"}


def values(entry: Coordinator) -> dict[str, str]:
    return Coordinator.objects.filter(pk=entry.pk).values(*TYPED).get()


def test_coordinator_writes_them_and_readers_see_them(client):
    entry = held_entry("040-628 04 11")
    own = signed_in(entry)
    assert own.post(CHANGE, opened(own, CHANGE) | TYPED).status_code == 302
    assert values(entry) == TYPED
    assert TYPED.items() <= opened(own, CHANGE).items()
    assert "Rum 12 Hej" in words(soup(client.get(SWEDISH)).main)
    assert "Rum 12 Hello" in words(soup(client.get(ENGLISH)).main)


def test_history_tells_what_was_there_before():
    own = signed_in(held_entry("040-628 04 11"))
    own.post(CHANGE, opened(own, CHANGE) | TYPED)
    own.post(CHANGE, opened(own, CHANGE) | {"office": "Rum 13", "greeting_sv": ""})
    latest, _first = map(words, soup(own.get(HISTORY)).select(".history > li"))
    assert "Kontor Före: Rum 12 Efter: Rum 13" in latest
    assert "Hälsning på svenska Före: Hej Efter: (tomt)" in latest


def test_change_of_what_is_mailed_is_told_and_taken_back(mail, client, django_capture_on_commit_callbacks):
    editor()
    entry = held_entry("040-628 04 11")
    own = signed_in(entry)
    own.post(CHANGE, opened(own, CHANGE) | TYPED)
    with django_capture_on_commit_callbacks(execute=True):
        own.post(CHANGE, opened(own, CHANGE) | {"office": "Rum 13", "greeting_sv": "Hej hej"})
    told = text(mail.to("redaktor@example.org")[-1])
    assert re.search("Kontor.+Rum 12.+Rum 13", told, re.DOTALL)
    assert "Hej hej" not in told  # the row does not say that it is mailed
    (link,) = re.findall(r"^http\S+(/koordinator/aterstall/\S+)$", told, re.MULTILINE)
    html = soup(client.get(link))
    assert "Rum 12" in words(html.main)
    assert client.post(link, form_data(html)).status_code == 200
    assert values(entry) == TYPED | {"greeting_sv": "Hej hej"}


@pytest.mark.parametrize("name", TYPED)
def test_conflict_shows_both_values(name):
    entry = held_entry("040-628 04 11")
    own = signed_in(entry)
    mine = opened(own, CHANGE)
    own.post(CHANGE, opened(own, CHANGE) | {name: "Theirs"})
    html = soup(own.post(CHANGE, mine | {name: "Mine"}), 409)
    told = words(html.select_one("[role=alert]"))
    assert "Theirs" in told
    assert "Mine" in told
    assert html.select_one(f"[name={name}]")["value"] == "Mine"
    assert values(entry)[name] == "Theirs"


def test_editor_writes_them():
    entry, browser = coordinator("040-628 04 11"), editing()
    sent = admin_form(browser, entry) | TYPED | {"action-publish": "action-publish"}
    assert browser.post(action("edit", entry), sent).status_code == 302
    assert values(entry) == TYPED


def test_import_reads_them(tmp_path):
    ada = {
        "name": "Ada Ek",
        "role_sv": "Regionkoordinator",
        "employer": "Lunds kommun",
        "target_group": "both",
        "counties": "12",
        "phones": "040-628 04 70",
        "email": "ada@example.se",
        **TYPED,
    }
    path = csv_file(tmp_path, f"{';'.join(ada)}\n{';'.join(ada.values())}\n")
    run("import_coordinators", path)
    entry = Coordinator.objects.get(email="ada@example.se")
    assert values(entry) == TYPED
    run("import_coordinators", path)
    assert entry.revisions.count() == 1  # the second time nothing is new


def test_registers_hold_and_explain_them(client):
    entry = coordinator("040-628 04 11", **TYPED)
    (row,) = [
        row
        for row in json.loads(client.get("/register/coordinators.json").content)["coordinators"]
        if row["uid"] == str(entry.uid)
    ]
    assert (row["office"], row["greeting"]) == ("Rum 12", {"sv": "Hej", "en": "Hello"})
    table = client.get("/register/coordinators.csv").content.decode("utf-8-sig")
    (row,) = [row for row in csv.DictReader(io.StringIO(table), delimiter=";") if row["uid"] == str(entry.uid)]
    assert TYPED.items() <= row.items()
    html = soup(client.get("/register/"))
    assert "Var kontoret ligger" in words(html.main)
    assert "CSV: greeting_sv greeting_en" in words(html.main)
