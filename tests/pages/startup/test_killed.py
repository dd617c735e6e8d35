"""`serve` killed while it writes: what was confirmed is there, all of what was not is there or nothing of it."""

import os
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.config.publishing import PATH, Publisher
from tests.conftest import CopySite
from tests.pages.startup.journal import JOURNALLED, Journal
from tests.pages.startup.starting import Place, Start, Visitor

pytestmark = [pytest.mark.xdist_group("serve"), pytest.mark.drill]

MOMENTS = int(os.environ.get("KILL_MOMENTS", "2"))  # of each kind: migrations, content, publication
# Statements of the first start, or somewhat fewer; a moment is any of them. The last start counts them.
MIGRATION_STATEMENTS, CONTENT_STATEMENTS = 1400, 2300
PROGRAM = ("-c", JOURNALLED)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """An empty journal."""
    journal = Journal(tmp_path / "journal")
    journal.clear()
    return journal


@pytest.fixture
def chance() -> random.Random:
    """The same moments each time, for each number of them."""
    return random.Random(MOMENTS)  # noqa: S311  (no secret)


def kill(start: Start) -> None:
    """Kill the process and its workers at once."""
    os.killpg(start.process.pid, signal.SIGKILL)
    start.process.wait()


def kill_after(place: Place, journal: Journal, chance: random.Random, statements: int, words: str) -> None:
    """Start, and kill within a transaction once it shows `words` and then has written so many statements."""
    journal.clear()
    with place.start(program=PROGRAM, **journal.variables) as start:
        start.wait_until(lambda: words in start.output)
        begun = journal.statements("")
        start.wait_until(lambda: journal.statements("") >= begun + statements and bool(journal.open()))
        time.sleep(chance.uniform(0, 0.02))  # within a statement, too
        kill(start)


def kill_in(place: Place, journal: Journal, chance: random.Random, statements: int, words: str) -> None:
    """Do that until the journal proves that something was written and not confirmed: it may just have been."""
    kill_after(place, journal, chance, statements, words)
    while not journal.open():
        kill_after(place, journal, chance, statements, words)


def test_first_start_goes_on_wherever_it_was_killed(new_place, place, site, journal, chance):
    cut = new_place()
    cut.copy_static_files(place)
    applied = 0
    for _number in range(MOMENTS):
        statements = chance.randint(1, MIGRATION_STATEMENTS // (MOMENTS + 1))
        kill_in(cut, journal, chance, statements, "Preparing the database ...")
        applied += journal.confirmed('INSERT INTO "django_migrations"')
        assert len(cut.rows()["django_migrations"]) >= applied
    for _number in range(MOMENTS):
        statements = chance.randint(1, CONTENT_STATEMENTS)
        kill_in(cut, journal, chance, statements, "Loading the starter content ...")
        rows = cut.rows()
        assert not rows["contacts_county"]
        assert not rows["auth_user"]
        assert len(rows["wagtailcore_page"]) == 2  # Wagtail's own: the root and the welcome page
    journal.clear()
    with cut.start(program=PROGRAM, **journal.variables) as start:
        start.wait_for_answer()
        assert journal.statements("") > CONTENT_STATEMENTS
        assert set(start.passwords) == {"administrator", "editor"}
    assert cut.counts() == site.counts


@pytest.fixture(scope="module")
def copied(copy_site: CopySite) -> Place:
    """A site with content, copied before a test has opened a transaction."""
    return copy_site()


def where(place: Place, word: str) -> dict[str, int]:
    """Return in which tables a word is, and in how many rows of each."""
    found = {name: sum(word in row for row in rows) for name, rows in place.rows().items()}
    return {name: number for name, number in found.items() if number and "_fts_" not in name}


@pytest.mark.django_db
def test_publication_that_was_killed_is_whole_or_was_never_begun(copied, journal, chance):
    with copied.start(program=PROGRAM, **journal.variables) as start:
        start.wait_for_answer()
        password = start.passwords["editor"]
        publisher = Publisher(copied.address, password)
        begun = journal.statements("")
        publisher.publish("Utgåva utgava0.")
        statements = journal.statements("") - begun
        whole = where(copied, "utgava0.")
        assert len(whole) >= 4, whole  # the page, its revision, what is found, what it said on a date
        kill(start)
    seen, proven, killed = "utgava0.", 0, 0
    while proven < MOMENTS:
        killed += 1
        word = f"utgava{killed}."
        journal.clear()
        with copied.start(program=PROGRAM, **journal.variables) as start, ThreadPoolExecutor(1) as editor:
            start.wait_for_answer()
            publisher = Publisher(copied.address, password)
            begun = journal.statements("")
            answer = editor.submit(publisher.publish, f"Utgåva {word}")
            moment = begun + chance.randint(1, statements)
            start.wait_until(lambda moment=moment, answer=answer: answer.done() or journal.statements("") >= moment)
            time.sleep(chance.uniform(0, 0.01))
            kill(start)
            is_confirmed = answer.exception() is None
        proven += any('INSERT INTO "wagtailcore_revision"' in written for written in journal.open())
        found = where(copied, word)
        assert found in ({}, whole)
        assert found or not is_confirmed
        seen = word if found else seen
    with copied.start() as start:
        start.wait_for_answer()
        assert seen in Visitor(copied.address).get(PATH)
        Publisher(copied.address, password).publish("Utgåva sist.")
        assert "Utgåva sist." in Visitor(copied.address).get(PATH)
