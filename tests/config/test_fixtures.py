"""A fixture of a whole site (`dumpdata`) is loaded into an empty one (`loaddata`) without a signal that stumbles."""

import pytest

from tests.config.processes import run
from tests.conftest import CopySite

pytestmark = pytest.mark.long

MADE_ANEW = ("contenttypes", "auth.permission", "wagtailsearch")
# What says which migrations there are, what the search makes of the words, and what SQLite keeps for itself.
OWN = ("django_migrations", "wagtailsearch", "sqlite")


def manage(place, *arguments: str) -> None:
    done = run("manage.py", *arguments, **place.variables)
    assert done.returncode == 0, done.stderr


def test_fixture_of_a_site_is_loaded_where_there_was_nothing(copy_site: CopySite, tmp_path):
    place, fixture = copy_site(), tmp_path / "site.json"
    before = place.counts()
    manage(place, "dumpdata", *(f"--exclude={name}" for name in MADE_ANEW), f"--output={fixture}")
    manage(place, "flush", "--no-input")
    assert place.counts()["wagtailcore_page"] == 0
    manage(place, "loaddata", str(fixture))
    after = place.counts()
    kept = {name: rows for name, rows in before.items() if not name.startswith(OWN)}
    assert len(kept) > 80
    assert kept["wagtailcore_page"] > 40
    assert {name: after[name] for name in kept} == kept
