"""Nobody learns by the time of an answer who has an account, while the mail server takes its time."""

import json
import logging
import os
from statistics import median

import pytest

from tests.config.processes import run
from tests.conftest import CopySite
from tests.mail_server import mail_server

logger = logging.getLogger(__name__)

PAIRS = int(os.environ.get("TIMING_PAIRS", "100"))
SHARE, SECONDS = 0.05, 0.002  # by which known and unknown may differ: the larger of the two
ANSWER_OF_MAIL_SERVER = 0.02  # seconds, of which a mail has six


@pytest.mark.drill
@pytest.mark.parametrize("page", ["code", "reset", "sign-in"])
def test_known_and_unknown_addresses_are_answered_alike(copy_site: CopySite, page):
    with mail_server(seconds=ANSWER_OF_MAIL_SERVER) as server:
        # A password takes long by design, and so does each pair.
        number = PAIRS // 4 if page == "sign-in" and PAIRS < 400 else PAIRS
        port = server.server_address[1]
        done = run("-m", "tests.config.asker", page, str(number), str(port), **copy_site().variables)
    assert done.returncode == 0, done.stderr
    pairs = json.loads(done.stdout)
    assert len(pairs) == number > 20
    difference = median(known - unknown for known, unknown in pairs)
    usual = median(unknown for _known, unknown in pairs)
    found = f"{page}: {difference * 1000:.2f} of {usual * 1000:.2f} ms in {number} pairs"
    logger.info(found)
    assert abs(difference) <= max(SHARE * usual, SECONDS), found
    assert page == "sign-in" or len(server.accepted) > 20  # mail went out meanwhile, one after another
    assert all(to.startswith("person") for to in server.accepted)
