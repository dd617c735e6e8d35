"""Two who save at once: the second is told, sees both values, and nothing is lost."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connection

from contacts.models import Coordinator
from tests.contacts.own_pages import CHANGE, form_data, held_entry, opened, signed_in
from tests.contacts.sign_ins import action, admin_form, editing
from tests.database import environment_of_other_processes
from tests.reading import soup, words

FIRST, SECOND, THIRD = "040-628 04 11", "040-628 04 22", "040-628 04 33"


def number(entry: Coordinator) -> str:
    return Coordinator.objects.get(pk=entry.pk).phones.get().number.as_national


@pytest.fixture
def entry(mail):
    return held_entry(FIRST, note_sv="Gammal")


@pytest.mark.django_db
def test_second_is_told_and_sees_both_values(entry):
    own = signed_in(entry)
    mine = opened(own, CHANGE)
    own.post(CHANGE, opened(own, CHANGE) | {"phones-0-number": SECOND})

    html = soup(own.post(CHANGE, mine | {"phones-0-number": THIRD}), 409)

    told = words(html.select_one("[role=alert]"))
    assert SECOND in told
    assert THIRD in told
    assert "Ny Koordinator" in told
    assert number(entry) == SECOND
    assert form_data(html)["phones-0-number"] == THIRD
    assert own.post(CHANGE, form_data(html)).status_code == 302
    assert number(entry) == THIRD


@pytest.mark.django_db
def test_different_fields_are_joined(entry):
    own = signed_in(entry)
    mine = opened(own, CHANGE)
    own.post(CHANGE, opened(own, CHANGE) | {"phones-0-number": SECOND})

    html = soup(own.post(CHANGE, mine | {"note_sv": ""}), 409)
    assert SECOND in words(html.select_one("[role=alert]"))
    own.post(CHANGE, form_data(html))

    assert number(entry) == SECOND
    assert Coordinator.objects.get(pk=entry.pk).note_sv == ""


@pytest.mark.django_db
def test_pressing_twice_is_no_conflict(entry):
    own = signed_in(entry)
    mine = opened(own, CHANGE) | {"phones-0-number": SECOND}
    assert [own.post(CHANGE, mine).status_code for _press in range(2)] == [302, 302]


@pytest.mark.django_db
def test_entry_that_is_closed_while_a_save_waits_for_it_is_not_changed(entry):
    own = signed_in(entry)
    mine = opened(own, CHANGE) | {"phones-0-number": SECOND}
    asked = []

    def close_first(execute, sql, *rest):
        """Close the entry just before it is read to be changed, as another process does whose lock was waited for."""
        if '"uid" = ' in sql and not asked:
            asked.append(sql)
            Coordinator.objects.filter(pk=entry.pk).update(live=False, left_on="2026-11-28")
        return execute(sql, *rest)

    with connection.execute_wrapper(close_first):
        own.post(CHANGE, mine)
    assert asked
    assert number(entry) == FIRST
    assert own.post(CHANGE, mine).status_code == 403


@pytest.mark.django_db
def test_fault_in_between_does_not_hide_the_conflict(entry):
    own = signed_in(entry)
    mine = opened(own, CHANGE)
    own.post(CHANGE, opened(own, CHANGE) | {"phones-0-number": SECOND})
    again = form_data(soup(own.post(CHANGE, mine | {"phones-0-number": "x"}), 422))
    assert own.post(CHANGE, again | {"phones-0-number": THIRD}).status_code == 409


@pytest.mark.django_db
def test_change_by_an_editor_is_told_to_the_coordinator(entry):
    own = signed_in(entry)
    mine = opened(own, CHANGE)
    entry.employer = "Lunds kommun"
    entry.save_revision().publish()
    html = soup(own.post(CHANGE, mine | {"phones-0-number": SECOND}), 409)
    assert "Lunds kommun" in words(html.select_one("[role=alert]"))
    assert "redaktionen" in words(html.select_one("[role=alert]"))


@pytest.mark.django_db
@pytest.mark.parametrize("has_version", [True, False])
def test_editor_who_opened_the_form_before_is_told(entry, has_version):
    if has_version:
        entry.save_revision().publish()
    editor = editing()
    before = admin_form(editor, entry)
    own = signed_in(entry)
    own.post(CHANGE, opened(own, CHANGE) | {"phones-0-number": SECOND})

    html = soup(editor.post(action("edit", entry), before | {"employer": "Lunds kommun", "action-publish": "1"}))

    told = words(html.select_one(".messages"))
    assert "Ny Koordinator" in told
    assert f"{FIRST} (direkt) → {SECOND} (direkt)" in told
    assert number(entry) == SECOND
    assert Coordinator.objects.get(pk=entry.pk).employer == "Malmö stad"
    assert html.select_one("[name=employer]")["value"] == "Lunds kommun"


@pytest.mark.django_db
def test_editor_who_opened_the_form_afterwards_publishes(entry):
    own = signed_in(entry)
    own.post(CHANGE, opened(own, CHANGE) | {"phones-0-number": SECOND})
    editor = editing()
    sent = admin_form(editor, entry) | {"employer": "Lunds kommun", "action-publish": "1"}
    assert editor.post(action("edit", entry), sent).status_code == 302
    assert number(entry) == SECOND
    assert Coordinator.objects.get(pk=entry.pk).employer == "Lunds kommun"


# A browser in a process of its own: again and again opens the form, waits for the start, and saves.
BROWSER = """
import sys
import django; django.setup()
from django.test.utils import override_settings, setup_test_environment
setup_test_environment()
plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
override_settings(STORAGES={"default": plain, "staticfiles": plain}).enable()
from contacts.models import Coordinator
from tests.contacts.own_pages import CHANGE, opened, signed_in
own = signed_in(Coordinator.objects.get(pk=sys.argv[1]))
for number in sys.argv[2:]:
    sent = opened(own, CHANGE) | {"phones-0-number": number}
    print("ready", flush=True)
    sys.stdin.readline()
    print(own.post(CHANGE, sent).status_code, flush=True)
"""
NUMBERS = {
    "one": ["040-628 04 50", "040-628 04 51", "040-628 04 52", "040-628 04 53"],
    "other": ["040-628 04 60", "040-628 04 61", "040-628 04 62", "040-628 04 63"],
}


@pytest.fixture
def shared_database(tmp_path: Path) -> dict[str, str]:
    """Return the environment in which other processes see the data of this test."""
    return environment_of_other_processes(tmp_path)


@pytest.mark.long
@pytest.mark.sample
@pytest.mark.django_db(transaction=True)
def test_of_two_processes_one_saves_and_the_other_is_told(entry, request):
    environment = request.getfixturevalue("shared_database")  # after the entry, which SQLite's copy must hold
    with ExitStack() as running:
        browsers = [
            running.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", BROWSER, str(entry.pk), *numbers],
                    cwd=Path(__file__).parents[2],
                    env=environment,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for numbers in NUMBERS.values()
        ]
        for _save in NUMBERS["one"]:
            assert [browser.stdout.readline() for browser in browsers] == ["ready\n"] * 2
            for browser in browsers:
                browser.stdin.write("\n")
                browser.stdin.flush()
            assert sorted(browser.stdout.readline() for browser in browsers) == ["302\n", "409\n"]
