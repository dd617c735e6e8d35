"""Operators are mailed about an error: once an hour, however many servers have it, and without what is personal."""

from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest

from tests.config.processes import LIVE, run
from tests.conftest import CopySite
from tests.mail_server import MailServer, mail_server
from tests.pages.startup.starting import Place

pytestmark = [pytest.mark.long, pytest.mark.sample]

# A server that fails twice in one place.
FAIL = """
import logging
import django
django.setup()
for number in range(2):
    logging.getLogger("site").error("Row %s of a@example.org failed", number)
"""
# One that fails before it is ready.
FAIL_EARLY = """
import logging
from django.conf import settings
from django.utils.log import configure_logging
configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
logging.getLogger("site").error("Too early")
"""
FORGET = """
import django
django.setup()
from django.core.cache import cache
cache.clear()
"""


@pytest.fixture
def place(copy_site: CopySite) -> Place:
    return copy_site()


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


def run_live(program: str, place: Place, port: int, operators: str = "drift@example.org") -> str:
    """Run a program as a live site does; return its log."""
    mail = {"EMAIL_URL": f"smtp://127.0.0.1:{port}", "OPERATORS": operators}
    done = run("-c", program, **LIVE | place.variables | mail)
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_error_is_mailed_once_an_hour_by_all_servers_together(place, server):
    port = server.server_address[1]
    for _server in range(2):
        assert "Row 1" in run_live(FAIL, place, port)
    assert server.accepted == ["drift@example.org"]
    mail = message_from_bytes(server.messages[0], policy=policy.default)
    assert mail["Subject"] == "Fel på webbplatsen: stod.example.org / Error on the site: stod.example.org"
    for words in ("Row 0", "högst en gång i timmen", "at most once an hour"):
        assert words in mail.get_content()
    run_live(FORGET, place, port)  # as an hour does
    run_live(FAIL, place, port)
    assert server.accepted == ["drift@example.org"] * 2


def test_nobody_is_mailed_where_nobody_wants_it(place, server):
    assert "Row 1" in run_live(FAIL, place, server.server_address[1], operators="")
    assert server.accepted == []


def test_mail_server_that_is_away_is_told_in_the_log(place):
    with mail_server() as server:
        port = server.server_address[1]
    assert "Operators could not be told of an error: ConnectionRefusedError" in run_live(FAIL, place, port)


def test_error_before_the_site_is_ready_is_mailed_too(place, server):
    run_live(FAIL_EARLY, place, server.server_address[1])
    mail = message_from_bytes(server.messages[0], policy=policy.default)
    assert mail["Subject"] == "Error on the site: stod.example.org"
    assert "Too early" in mail.get_content()
