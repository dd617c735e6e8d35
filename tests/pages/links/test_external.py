"""Other websites are asked politely, and never machines of the own network."""

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page

from pages.links import external
from tests.config.accounts import admin_user
from tests.pages.links.test_broken_links import LIST, links, page_with
from tests.reading import soup, words

ASKED: list[tuple[str, str, str]] = []


class Server(BaseHTTPRequestHandler):
    """Answers, also as a proxy, with the status that the path names; to HEAD with 405 where it says so."""

    def do_HEAD(self) -> None:
        ASKED.append((self.command, self.path, self.headers["User-Agent"]))
        wanted = urlsplit(self.path).path.strip("/").split("-")  # a proxy is given the whole address
        status = int(wanted[0] if self.command == "HEAD" else wanted[-1])
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://169.254.169.254/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815  (the name that Python calls)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.mark.parametrize(
    ("path", "is_there"),
    [
        ("200", True),
        ("404", False),
        ("410", False),
        ("405-200", True),
        ("405-404", False),
        ("302", True),
        ("503", True),
    ],
)
def test_only_what_says_that_it_is_not_there_is_broken(server, path, is_there):
    ASKED.clear()
    assert external.answers(f"{server}/{path}") is is_there
    assert [command for command, *_ in ASKED] == ["HEAD", "GET"][: 1 + ("-" in path)]
    assert "link check of " in ASKED[0][2]


def test_server_that_does_not_answer_is_broken():
    assert not external.answers("http://127.0.0.1:1/")


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "localhost"])
def test_machine_of_the_own_network_is_not_asked(host, server):
    ASKED.clear()
    assert not external.is_public(host)
    assert external.silent([server.replace("127.0.0.1", "localhost")]) != set()
    assert ASKED == []


def test_host_is_asked_once_a_second_at_most():
    began = time.monotonic()
    external.silent(["http://127.0.0.1/a", "http://127.0.0.1/b"])
    assert time.monotonic() - began >= external.PAUSE


def test_public_address_is_public():
    assert external.is_public("93.184.216.34")


@pytest.mark.django_db
def test_what_is_gone_from_another_website_is_a_row_of_the_report(server, monkeypatch):
    """It is asked through a proxy: no test reaches another website."""
    monkeypatch.setenv("http_proxy", server)
    gone, there = "http://93.184.216.34/404", "http://93.184.216.34/200"
    page = page_with(links(there, gone))
    own = page.get_ancestors(inclusive=True)
    Page.objects.exclude(pk__in=own).update(live=False)  # the others have links to more websites
    call_command("check_links", "--external")
    editor = Client()
    editor.force_login(admin_user("editor"))
    rows = [words(row) for row in soup(editor.get(LIST)).select("main tbody tr")]
    (row,) = [row for row in rows if there in row or gone in row]
    for told in (gone, "ord 1", "Innehåll › Text 1", "den andra webbplatsen svarar inte"):
        assert told in row
