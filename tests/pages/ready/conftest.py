"""A site of three processes, on a copy of the starter content."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from config import env
from tests.browser.served import scratch_database
from tests.database import environment_of_other_processes
from tests.pages.ready.processes import Site


@pytest.fixture(scope="module")
def site(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Iterator[Site]:
    """The site, its clock on a working day at ten, the support line open from eight to four every day."""
    folder = tmp_path_factory.mktemp("ready")
    with django_db_blocker.unblock():
        environment = environment_of_other_processes(folder)
        template = connections["default"].settings_dict["NAME"]
        if connections["default"].vendor == "postgresql":
            connections.close_all()  # what somebody is connected to cannot be copied
        name = f"stod_ready_{worker_id}"
        with scratch_database(env.text("DATABASE_URL"), name, str(template)) as url:
            site = Site(environment | {"DATABASE_URL": url})
            try:
                site.set_clock("2026-11-24T10:00+01:00")
                site.editor.do("set_hours", opens=8, closes=16)
                site.settle()
                yield site
            finally:
                site.close()
