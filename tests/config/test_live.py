"""What a live site demands of its settings: each refusal is a line that says what to do, whatever the command."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import live
from tests.config.processes import LIVE, run

pytestmark = pytest.mark.any_database

GOOD_KEY = "abcde" * 10  # as short and as plain as may be
GOOD = {
    "DEBUG": False,
    "SECRET_KEY": GOOD_KEY,
    "DATABASES": {"default": {"ENGINE": "config.postgresql"}},
}
WRONG = {
    "debug": ({"DEBUG": "true"}, ["DEBUG", "Set it to false"]),
    "short key": ({"SECRET_KEY": "abcde" * 9 + "abcd"}, ["SECRET_KEY has 49 characters", "token_urlsafe(50)"]),
    "plain key": ({"SECRET_KEY": "abcd" * 20}, ["SECRET_KEY has 4 different characters", "token_urlsafe(50)"]),
    "http": ({"SITE_URL": "http://stod.example.org"}, ["Set SITE_URL", "https://"]),
    "sqlite": ({"SQLITE_IN_PRODUCTION": ""}, ["SQLite", "Set DATABASE_URL", "SQLITE_IN_PRODUCTION"]),
    "no mail": ({"EMAIL_URL": ""}, ["Set EMAIL_URL"]),
}


@pytest.mark.parametrize("command", [("check", "--deploy"), ("serve", "--port", "1")], ids=lambda command: command[0])
@pytest.mark.parametrize("kind", WRONG)
def test_every_command_refuses_in_one_line_that_says_what_to_do(tmp_path, kind, command):
    variables, words = WRONG[kind]
    done = run("manage.py", *command, **{**LIVE, "DATA_DIR": str(tmp_path), **variables})
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert [word for word in words if word not in line] == []
    assert variables.get("SECRET_KEY", "no key") not in line


def test_every_fault_has_a_line_of_its_own(tmp_path):
    wrong = {"DEBUG": "1", "SECRET_KEY": "short", "SQLITE_IN_PRODUCTION": "no"}
    done = run("manage.py", "check", **{**LIVE, "DATA_DIR": str(tmp_path), **wrong})
    assert done.returncode == 1
    assert [line.split()[0] for line in done.stderr.splitlines()] == ["DEBUG", "SECRET_KEY", "A"]


def test_least_key_and_a_server_are_enough():
    live.demand(GOOD)


@pytest.mark.parametrize("key", ["a" * 50, GOOD_KEY[:-1], ""])
def test_earlier_keys_are_held_to_the_same(key):
    with pytest.raises(ImproperlyConfigured, match=r"^SECRET_KEY_FALLBACKS has"):
        live.demand(GOOD | {"SECRET_KEY_FALLBACKS": [GOOD_KEY, key]})
    live.demand(GOOD | {"SECRET_KEY_FALLBACKS": [GOOD_KEY]})


def test_demonstration_demands_nothing_of_this(tmp_path):
    variables = {"DATA_DIR": str(tmp_path), "DEBUG": "1", "SECRET_KEY": "short"}
    done = run("manage.py", "check", **variables)
    assert done.returncode == 0, done.stderr
