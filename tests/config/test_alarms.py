"""Each alarm of OPERATIONS.md, raised on purpose: `/health/ready` says it in words, and `/metrics` as a number."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

import psycopg
import pytest
from django.conf import settings
from prometheus_client.parser import text_string_to_metric_families

from tests.conftest import CopySite
from tests.database import execute
from tests.pages.page_cache.processes import wait_until
from tests.pages.startup.starting import PATIENCE, Place

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("alarms")]

NOTICED_SECONDS = 150  # a connection to SQLite that is open goes on for a minute
LONG_AGO = "2020-01-01 00:00:00+00"
JOB = "INSERT INTO pages_jobrun (command, started_at, ended_at, error) VALUES ('publish_scheduled', '{0}', '{0}', '')"
MAIL = (
    'INSERT INTO pages_waitingmail (kind, "to", reply_to, subject, body, message_id, created_at, next_try_at, tried,'
    " error) VALUES ('other', 'a@example.org', '', '', '', '', '{0}', '{0}', 1, 'refused')"
)
FORGOTTEN = "DELETE FROM django_migrations WHERE app = 'config'"
REMEMBERED = "INSERT INTO django_migrations (app, name, applied) VALUES ('config', '0001_shared_cache', '{0}')"


@pytest.fixture(scope="module")
def place(copy_site: CopySite) -> Iterator[Place]:
    """A server that is well, but for the jobs that it does not run."""
    place = copy_site()
    with place.start() as start:
        start.wait_for_answer()
        yield place


def ask(place: Place, path: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", place.port, timeout=30)
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response.status, body


def ready(place: Place) -> dict[str, dict[str, object]]:
    return json.loads(ask(place, "/health/ready")[1])["checks"]


def numbers(place: Place) -> dict[tuple[str, str], float]:
    """Return the numbers by name and labels."""
    status, body = ask(place, "/metrics")
    assert status == 200
    samples = (sample for family in text_string_to_metric_families(body) for sample in family.samples)
    return {(sample.name, ",".join(sample.labels.values())): sample.value for sample in samples}


def sql(place: Place, statement: str) -> None:
    execute(place.folder, place.database_url, statement.format(LONG_AGO))


@contextmanager
def without_folder(place: Place) -> Iterator[None]:
    away = place.folder.with_name(f"{place.folder.name}-away")
    place.folder.rename(away)
    place.folder.write_text("a file, so that no server makes the folder again")
    try:
        yield
    finally:
        place.folder.unlink()
        away.rename(place.folder)


@contextmanager
def without_database(place: Place) -> Iterator[None]:
    if not place.database_url:
        with without_folder(place):
            yield
        return
    url, _slash, name = place.database_url.rpartition("/")
    with psycopg.connect(f"{url}/postgres", autocommit=True) as administrator:
        administrator.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        administrator.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            yield
        finally:
            administrator.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


@contextmanager
def by_sql(place: Place, raised: str, ended: str) -> Iterator[None]:
    sql(place, raised)
    try:
        yield
    finally:
        sql(place, ended)


ALARMS: dict[str, tuple[Callable[[Place], object], str]] = {
    "jobs": (lambda place: by_sql(place, JOB, "DELETE FROM pages_jobrun"), "overdue: .*publish_scheduled"),
    "mail": (lambda place: by_sql(place, MAIL, "DELETE FROM pages_waitingmail"), "1 waiting, 1 not sent"),
    "migrations": (lambda place: by_sql(place, FORGOTTEN, REMEMBERED), "lacks config.0001_shared_cache"),
    "disk": (without_folder, "the data folder cannot be written"),
    "database": (without_database, "does not answer|no answer within"),
    "generation": (without_database, "s old, compared"),
}


@pytest.mark.parametrize("name", ALARMS)
def test_alarm_is_told_in_words_and_as_a_number_and_ends(place, name):
    raised, words = ALARMS[name]
    with raised(place):
        wait_until(lambda: not ready(place)[name]["ok"], NOTICED_SECONDS)
        assert re.search(words, str(ready(place)[name]["words"]))
        assert ask(place, "/health/ready")[0] == 503
        assert numbers(place)["site_check_ok", name] == 0
    wait_until(lambda: ready(place)[name]["ok"], PATIENCE)
    assert numbers(place)["site_check_ok", name] == 1


def test_every_alarm_is_raised_and_explained(place):
    assert set(ready(place)) == set(ALARMS)
    explained = (settings.BASE_DIR / "config/OPERATIONS.md").read_text()
    for name in ALARMS:
        assert re.search(rf"^\| `{name}` \|", explained, re.MULTILINE), name


def test_answers_are_counted_by_cache_status(place):
    before = numbers(place)
    for path in ("/", "/", "/", "/finns-inte/"):
        ask(place, path)
    after = numbers(place)
    hits, others = (
        sum(value - before.get(key, 0) for key, value in after.items() if is_one(*key))
        for is_one in (
            lambda name, label: name == "site_answers_total" and "hit" in label,
            lambda name, label: name == "site_answers_total" and "hit" not in label,
        )
    )
    assert hits + others == 4
    assert hits >= 2


def test_numbers_behind_the_checks_are_told(place):
    with by_sql(place, JOB, "DELETE FROM pages_jobrun"), by_sql(place, MAIL, "DELETE FROM pages_waitingmail"):
        found = numbers(place)
    assert found["site_job_age_seconds", "publish_scheduled"] > 24 * 3600
    assert found["site_job_trouble", "publish_scheduled,overdue"] == 1
    assert found["site_mail_waiting", ""] == found["site_mail_not_sent", ""] == 1
    assert found["site_disk_free_bytes", ""] > 0
    assert found["site_queue_requests", ""] >= 0
    assert 0 <= found["site_generation_age_seconds", ""] < 24 * 3600
    assert found["process_resident_memory_bytes", ""] > 0


def test_nobody_else_is_told(place):
    connection = HTTPConnection("127.0.0.1", place.port, timeout=30)
    connection.request("GET", "/metrics", headers={"X-Forwarded-For": "192.0.2.1", "Host": "localhost"})
    response = connection.getresponse()
    assert response.status in {301, 404}
    assert b"site_" not in response.read()
    connection.close()
