"""A database whose migrations are not those of the code: what is missing is applied, what is newer is refused."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from pages.startup.schema import compare, known_migrations

pytestmark = pytest.mark.django_db


@pytest.fixture
def recorder() -> MigrationRecorder:
    return MigrationRecorder(connection)


def last(label: str) -> str:
    return max(name for app, name in known_migrations() if app == label)


def test_database_of_this_code_has_its_migrations_and_no_others():
    assert len(known_migrations()) > 200
    assert {"contacts", "pages", "resources", "wagtailcore", "auth"} <= {app for app, _name in known_migrations()}
    found = compare()
    assert (found.missing, found.newer) == ((), ())


@pytest.mark.parametrize("label", ["contacts", "wagtailcore", "auth"])
def test_migration_that_the_code_lacks_is_newer(recorder, label):
    recorder.record_applied(label, "0002_other")
    assert compare().newer == (f"{label}.0002_other",)


def test_migration_that_was_squashed_since_is_not(recorder):
    name = last("contacts")
    recorder.record_unapplied("contacts", name)
    assert compare().missing == (f"contacts.{name}",)
    recorder.record_applied("contacts", "0001_squashed_since")
    recorder.record_applied("contacts", name)
    assert (compare().missing, compare().newer) == ((), ())


def test_apps_that_are_gone_are_nobodys(recorder):
    recorder.record_applied("gone", "0001_initial")
    assert compare().newer == ()


def test_empty_database_lacks_everything(recorder):
    recorder.migration_qs.all().delete()
    assert len(compare().missing) == len(known_migrations())
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE django_migrations")
    assert len(compare().missing) == len(known_migrations())
