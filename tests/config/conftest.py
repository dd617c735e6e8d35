"""Copies of the test database that other processes can open."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest
from django.db import connection

from config import env
from tests.browser.served import scratch_database

CopySite = Callable[[], dict[str, str]]


@pytest.fixture(scope="session")
def copy_site(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: pytest.FixtureDef
) -> Iterator[CopySite]:
    """Return a function that copies the starter content, and gives the variables of a site that has it."""
    with ExitStack() as databases:

        def copy() -> dict[str, str]:
            folder = tmp_path_factory.mktemp("copied")
            with django_db_blocker.unblock():
                if connection.vendor == "sqlite":
                    connection.ensure_connection()
                    with closing(sqlite3.connect(folder / "db.sqlite3")) as file:
                        connection.connection.backup(file)
                    return {"DATA_DIR": str(folder)}
                connection.close()  # a database that is in use cannot be copied
            original = connection.settings_dict["NAME"]
            server, name = env.text("DATABASE_URL"), f"{original}_{folder.name}"
            url = databases.enter_context(scratch_database(server, name, template=original))
            return {"DATA_DIR": str(folder), "DATABASE_URL": url}

        yield copy


@pytest.fixture(scope="session")
def copied_site(copy_site: CopySite) -> dict[str, str]:
    """The variables of a copy that many tests read."""
    return copy_site()
