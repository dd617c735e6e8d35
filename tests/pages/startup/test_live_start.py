"""`manage.py serve` on a live site: nothing invented is loaded, and nothing invented is shown."""

import re
import subprocess
import sys
from urllib.error import HTTPError
from urllib.request import build_opener

import pytest
from django.conf import settings

from tests.config.processes import LIVE
from tests.pages.startup.starting import Place, Start

pytestmark = [pytest.mark.xdist_group("serve"), pytest.mark.long, pytest.mark.any_database]

PROXIED = {"Host": "stod.example.org", "X-Forwarded-Proto": "https"}


@pytest.fixture(scope="module")
def live_place(new_place, place: Place, site: Start) -> Place:
    """An empty place whose static files are collected."""
    made = new_place()
    made.copy_static_files(place)
    return made


@pytest.fixture(scope="module")
def first(live_place: Place) -> tuple[int, str, str, dict[str, int]]:
    """What a live start on an empty database answers at / (status and page), says and makes."""
    with live_place.start(**LIVE) as start:
        start.wait_until(start.listens)
        status, page = ask(start, "/")
        return status, page, start.output, live_place.counts()


def ask(start: Start, path: str) -> tuple[int, str]:
    """Ask as the proxy does."""
    opener = build_opener()
    opener.addheaders = list(PROXIED.items())
    try:
        with opener.open(f"{start.address}{path}", timeout=30) as response:
            return response.status, response.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def manage(place: Place, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the live site."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=place.environment() | LIVE,
        capture_output=True,
        text=True,
        check=False,
    )


def test_live_start_on_an_empty_database_invents_nobody(first):
    _status, _page, said, counts = first
    empty = ["auth_user", "contacts_coordinator", "contacts_openinghours", "resources_resource", "pages_homepage"]
    assert {name: counts[name] for name in empty} == dict.fromkeys(empty, 0)
    assert (counts["contacts_county"], counts["contacts_municipality"], counts["contacts_supportline"]) == (21, 290, 3)
    assert "init --admin" in said
    assert "example.org" not in re.sub(r"^Serving \S+", "", said, flags=re.MULTILINE)


def test_site_without_pages_says_whom_to_call(first):
    status, page, _said, _counts = first
    assert status == 404
    assert 'href="tel:112"' in page
    assert 'href="tel:020390000"' in page


def test_texts_come_when_asked_for_and_without_anything_invented(first, live_place):
    done = manage(live_place, "init", "--texts", "--admin", "chief@agency.example", "--show-link")
    assert done.returncode == 0, done.stderr
    assert "https://stod.example.org/konto/password/reset/key/" in done.stdout
    rows = live_place.rows()
    assert rows["contacts_coordinator"] == rows["contacts_openinghours"] == []
    assert len(rows["pages_homepage"]) == 2
    assert len(rows["auth_user"]) == 1
    assert 0 < len(rows["resources_resource"]) < 10
    with live_place.start(**LIVE) as start:
        start.wait_until(start.listens)
        status, page = ask(start, "/")
        assert "init --admin" not in start.output
    assert status == 200
    assert 'class="demonstration' not in page
    assert "Exempel" not in page
    checked = manage(live_place, "check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr


def test_demonstration_that_becomes_live_is_refused_until_its_examples_are_down(copy_site):
    demonstration = copy_site()
    checked = manage(demonstration, "check", "--deploy")
    errors = re.findall(r"\(pages\.E003\) (.+)", checked.stderr)
    assert checked.returncode == 1
    assert len(errors) > 10
    with demonstration.start(**LIVE) as start:
        assert start.wait() == 1, start.output
        for error in errors:
            assert error in start.output
        assert "manage.py init --take-down-examples" in start.output
    taken = manage(demonstration, "init", "--take-down-examples")
    assert taken.stdout.count("Taken down: ") == len(errors)
    assert manage(demonstration, "check", "--deploy").returncode == 0
    with demonstration.start(**LIVE) as start:
        start.wait_until(start.listens)
        assert ask(start, "/")[0] == 200
