"""What nginx answers by itself has the policies of every other answer, and no answer has them twice."""

import socket
import ssl
from http.client import HTTPConnection

import pytest

from config.policies import policies
from tests.config.live_site import HOST, LiveSite

pytestmark = [
    pytest.mark.django_db,  # for the database that is copied
    pytest.mark.xdist_group("live site"),  # one started site for all
    pytest.mark.long,
    pytest.mark.any_database,  # nginx knows no database
]

HUGE = 26 * 2**20  # bytes; more than any upload may have
LONG = "a" * 9_000  # more than one buffer takes
HTTPS = "max-age=31536000; includeSubDomains; preload"


def sent(live_site: LiveSite, request: str) -> tuple[list[str], str]:
    """Return the lines of the head and the body of the answer to bytes that no library would send."""
    context = ssl.create_default_context(cafile=live_site.certificate)
    with (
        socket.create_connection(("127.0.0.1", live_site.ports["https"]), timeout=60) as plain,
        context.wrap_socket(plain, server_hostname="127.0.0.1") as connection,
    ):
        connection.sendall(f"{request}\r\nConnection: close\r\n\r\n".encode("latin-1"))
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    head, _, body = answer.partition("\r\n\r\n")
    return head.splitlines(), body


@pytest.mark.parametrize(
    ("request_line", "headers", "status"),
    [
        ("GET /\x01 HTTP/1.1", "", 400),
        (f"GET /{LONG} HTTP/1.1", "", 414),
        ("GET / HTTP/1.1", f"\r\nX: {LONG}", 400),
        ("POST /meddelande/ HTTP/1.1", f"\r\nContent-Length: {HUGE}", 413),
        ("POST /static/css/site.css HTTP/1.1", "\r\nContent-Length: 0", 405),
        ("GET /static/css/missing.css HTTP/1.1", "", 404),
        ("GET /static/ HTTP/1.1", "", 403),
    ],
    ids=["400", "414", "400 headers", "413", "405", "404", "403"],
)
def test_what_nginx_answers_by_itself_has_the_policies_once(live_site, request_line, headers, status):
    head, body = sent(live_site, f"{request_line}\r\nHost: {HOST}{headers}")
    assert f" {status} " in head[0]
    assert [line.split(":")[0] for line in head].count("Content-Security-Policy") == 1
    for name, value in (policies() | {"Strict-Transport-Security": HTTPS}).items():
        assert f"{name}: {value}" in head
    if status in {400, 405, 413, 414}:
        assert "tel:020390000" in body


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/en/",
        "/finns-inte/",
        "/kontakt/?q=lund",
        "/kontakt",
        "/admin/",
        "/konto/login/",
        "/media/x",
        "/robots.txt",
    ],
)
def test_answer_has_each_policy_once(live_site, path):
    answer = live_site.ask(f"https://{HOST}{path}", Host=HOST)
    names = [name.lower() for name, _value in answer.headers]
    assert {name: names.count(name.lower()) for name in (*policies(), "Strict-Transport-Security")} == (
        dict.fromkeys((*policies(), "Strict-Transport-Security"), 1)
    )


def test_way_from_http_has_the_policies_and_demands_nothing_that_http_may_not(live_site):
    connection = HTTPConnection("127.0.0.1", live_site.ports["http"], timeout=30)
    connection.request("GET", "/kontakt/?q=lund", headers={"Host": HOST})
    answer = connection.getresponse()
    connection.close()
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/kontakt/?q=lund")
    assert {name: answer.headers[name] for name in policies()} == policies()
    assert "Strict-Transport-Security" not in answer.headers
