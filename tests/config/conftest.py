"""A site for processes of their own."""

from collections.abc import Iterator

import pytest

from config import env
from tests.config.live_site import LiveSite, running_live_site
from tests.conftest import CopySite

# What only a server can do: be gone, stand still, hold a lock, be moved to.
OF_A_SERVER = ["test_outages.py", "test_silent_postgresql.py", "test_moving.py", "test_two_machines.py"]
collect_ignore = OF_A_SERVER if env.text("DATABASE_URL") == "sqlite" else []


@pytest.fixture(scope="session")
def copied_site(copy_site: CopySite) -> dict[str, str]:
    """The variables of a copy that many tests read."""
    return copy_site().variables


@pytest.fixture(scope="package")
def live_site(copy_site: CopySite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """The live site behind nginx with TLS; started once."""
    with running_live_site(copy_site(), tmp_path_factory.mktemp("live")) as site:
        yield site
