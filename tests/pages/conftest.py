"""Sites that `manage.py serve` has started; the first start takes longest, so its site is shared."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.database import scratch_database
from tests.pages.startup.starting import Place, Start, free_port


@pytest.fixture(scope="session")
def new_place(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Callable[[], Place]]:
    """Return a function that makes an empty folder and, on PostgreSQL, an empty database."""
    folder = tmp_path_factory.mktemp("serve")
    with ExitStack() as databases:

        def make() -> Place:
            number = len([path for path in folder.glob("site-*") if path.is_dir()])
            site_folder = folder / f"site-{number}"
            site_folder.mkdir()
            name = f"stod_serve_{worker_id}_{number}"
            url = databases.enter_context(scratch_database(name))
            return Place(site_folder, url, free_port())

        yield make


@pytest.fixture(scope="session")
def empty_place(new_place: Callable[[], Place]) -> Place:
    """A place for starts that fail before they make anything."""
    return new_place()


@pytest.fixture(scope="session")
def place(new_place: Callable[[], Place]) -> Place:
    """The place of the shared site."""
    return new_place()


@pytest.fixture(scope="package")
def site(place: Place) -> Iterator[Start]:
    """The shared site after its first start, running. Tests may sign in, but not change what readers see."""
    with place.start(terminal=True) as start:
        start.wait_for_answer()
        start.counts = place.counts()
        yield start
