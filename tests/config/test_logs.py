"""The log stays short while every request fails, and tells of everything that is not repeated."""

import json
import logging
import re

import pytest

from config.log_answers import WithoutAnswers
from config.logs import OncePerHour, OncePerMinute
from tests.config.processes import VISITOR, get, run
from tests.pages.startup.starting import free_port

pytestmark = pytest.mark.any_database

LOCAL = {"Host": "localhost"}
REQUESTS = 300
MOST = 40_000  # bytes


@pytest.mark.long
def test_300_requests_without_a_database_write_little():
    away = f"postgresql://nobody@127.0.0.1:{free_port()}/none"
    requests = [get(path, LOCAL) for path in ("/sok/?q=stöd", "/", "/koordinator/", "/konto/login/", "/finns-inte/")]
    done = run(VISITOR, given=json.dumps(requests * (REQUESTS // len(requests))), DATABASE_URL=away)
    assert done.returncode == 0, done.stderr[-3000:]
    statuses = [answer["status"] for answer in json.loads(done.stdout)]
    assert len(statuses) == REQUESTS
    assert statuses.count(503) > REQUESTS / 2
    assert "Traceback" in done.stderr
    assert "OperationalError" in done.stderr
    assert len(done.stderr.encode()) < MOST


def test_page_that_is_not_there_is_no_warning(copied_site):
    done = run(VISITOR, given=json.dumps([get("/finns-inte/", LOCAL), get("/", LOCAL)]), **copied_site)
    assert [answer["status"] for answer in json.loads(done.stdout)] == [404, 200]
    assert "finns-inte" not in done.stderr


class Log(logging.Handler):
    """Keeps what the site's filter lets through, at a time that the test sets."""

    def __init__(self, once: type[OncePerMinute] = OncePerMinute) -> None:
        super().__init__()
        self.now = 0.0
        self.lines: list[str] = []
        self.addFilter(once(lambda: self.now))
        self.logger = logging.Logger("test")
        self.logger.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())

    def fail(self, error: Exception, said: str = "failed") -> None:
        try:
            raise error
        except type(error):
            self.logger.exception(said)


def test_what_is_no_error_or_one_of_another_kind_is_written():
    log = Log()
    for number in range(3):
        log.fail(ValueError(number), f"wrong {number}")
        log.fail(KeyError(number), f"missing {number}")
        log.logger.warning("Wrong password: %s", number)
    assert log.lines == ["wrong 0", "missing 0", *(f"Wrong password: {number}" for number in range(3))]


def test_number_of_what_was_kept_back_is_told_a_minute_later():
    log = Log()
    for log.now in (0, 1, 2, OncePerMinute.seconds - 1, OncePerMinute.seconds, OncePerMinute.seconds + 1):
        log.fail(ValueError())
    assert log.lines == ["failed", "failed (and 3 like it before)"]


def test_operators_are_told_of_each_kind_once_an_hour():
    log = Log(OncePerHour)
    for log.now in range(0, 7200, 60):
        log.fail(ValueError())
        log.logger.error("One of %s", log.now)
    assert log.lines == ["failed", "One of 0", "failed (and 59 like it before)", "One of 3600 (and 59 like it before)"]


def test_what_was_answered_in_the_guide_is_not_logged(copied_site):
    """Answers that lead nowhere, a method that is not taken, a form without its token, an error."""
    path = "/just-nu/svar/nej-inte-just-nu/kanske/?place=2580"
    asked = [get(path, LOCAL), *(get(path, LOCAL) | {"method": method} for method in ("POST", "PUT", "DELETE"))]
    done = run(VISITOR, given=json.dumps(asked), **copied_site)
    assert [answer["status"] for answer in json.loads(done.stdout)] == [404, 405, 405, 405]
    assert "Method Not Allowed" in done.stderr
    assert not re.search("nej-inte|kanske|2580", done.stderr)


@pytest.mark.parametrize(
    ("message", "arguments", "written"),
    [
        ("%s: %s", ("Not Found", "/just-nu/svar/ja/?place=1280"), "Not Found: /just-nu/svar/…"),
        ("%s: %s", ("Bad Request", "/en/right-now/answers/yes/"), "Bad Request: /en/right-now/answers/…"),
        ("Broken: '/just-nu/svar/ja/' twice /just-nu/svar/nej/", (), "Broken: '/just-nu/svar/…' twice /just-nu/svar/…"),
        ("%s: %s", ("Not Found", "/kontakt/skane-lan/"), "Not Found: /kontakt/skane-lan/"),
    ],
)
def test_address_is_cut_before_the_answers(message, arguments, written):
    record = logging.LogRecord("test", logging.WARNING, __file__, 1, message, arguments, None)
    assert WithoutAnswers().filter(record).getMessage() == written
    assert record.args == arguments, "other handlers write the record as it is"
