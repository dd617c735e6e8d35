"""What SITE_LIVE changes, what it demands, and that a demonstration is never mistaken for the agency's site."""

import os
import socketserver
import threading
from collections.abc import Iterator

import pytest

from config import env
from config.live import mailer
from tests.config.processes import LIVE, PROXIED, Answer, get, run, visit
from tests.reading import ADDRESSES, PAIRS, soup

pytestmark = [
    pytest.mark.django_db,  # also for the database that is copied
    pytest.mark.xdist_group("production"),  # one copy for all
    pytest.mark.long,
    pytest.mark.sample,
]

MISSING = ["/finns-inte/", "/en/is-not-here/"]
OTHERS = ["/robots.txt", "/sitemap.xml", "/admin/login/"]


@pytest.fixture(scope="module")
def live(copied_site: dict[str, str]) -> dict[str, Answer]:
    """The answers of a live site behind its proxy."""
    paths = [*ADDRESSES, *MISSING, *OTHERS]
    return dict(zip(paths, visit([get(path, PROXIED) for path in paths], **LIVE | copied_site), strict=True))


@pytest.mark.any_database
@pytest.mark.parametrize("address", [*ADDRESSES, *MISSING])
def test_live_page_is_the_agencys_and_for_search_engines(live, address):
    answer = live[address]
    assert answer.status == (404 if address in MISSING else 200)
    assert answer.html.main.h1
    assert answer.html.find(class_="demonstration") is None
    not_listed = {*PAIRS["search"], *PAIRS["guide result"]}
    assert (answer.html.find("meta", attrs={"name": "robots"}) is None) is (address not in not_listed)
    assert "X-Robots-Tag" not in answer.headers


@pytest.mark.any_database
@pytest.mark.parametrize("address", ADDRESSES)
def test_live_page_names_its_public_address(live, address):
    links = live[address].html.head.select("link[rel=canonical], link[rel=alternate][hreflang]")
    assert len(links) == 4
    assert all(link["href"].startswith("https://stod.example.org/") for link in links)


@pytest.mark.any_database
def test_live_robots_let_search_engines_in(live):
    assert "Disallow: /admin/" in live["/robots.txt"].text.splitlines()
    assert "Disallow: /" not in live["/robots.txt"].text.splitlines()


@pytest.mark.any_database
def test_every_live_answer_demands_https_for_a_year(live):
    assert len(live) > 20
    for address, answer in live.items():
        policy = answer.headers["Strict-Transport-Security"]
        assert policy == "max-age=31536000; includeSubDomains; preload", address


@pytest.mark.any_database
def test_only_the_proxys_word_is_https(copied_site):
    plain = {"Host": "stod.example.org"}
    requests = [get("/kontakt/?q=lund", plain), get("/en/", {**plain, "X-Forwarded-Proto": "http"}), get("/", PROXIED)]
    with_query, english, https = visit(requests, **LIVE | copied_site)
    assert (with_query.status, english.status, https.status) == (301, 301, 200)
    assert with_query.headers["Location"] == "https://stod.example.org/kontakt/?q=lund"
    assert english.headers["Location"] == "https://stod.example.org/en/"


@pytest.mark.any_database
def test_live_cookies_are_for_https_only(copied_site):
    made = run(
        "manage.py",
        *["createsuperuser", "--noinput", "--username", "chief", "--email", "chief@example.org"],
        **LIVE | copied_site,
        DJANGO_SUPERUSER_PASSWORD="a long enough password",  # noqa: S106
    )
    assert made.returncode == 0, made.stderr
    sign_in = get("/konto/login/", PROXIED) | {
        "method": "POST",
        "data": "login=chief%40example.org&password=a+long+enough+password",
        "content_type": "application/x-www-form-urlencoded",
    }
    page, signed_in = visit([get("/konto/login/", PROXIED), sign_in], **LIVE | copied_site)
    assert signed_in.status == 302
    lines = [line.strip() for answer in (page, signed_in) for line in answer.cookies.splitlines()]
    cookies = {line.partition("=")[0]: line for line in lines}
    assert {"__Host-csrftoken", "__Host-sessionid"} == set(cookies)
    assert all("; Secure" in line and "; SameSite=Lax" in line for line in cookies.values())
    # What browsers ask of the prefix, or they take the cookie for none.
    assert all("; Path=/" in line and "domain" not in line.lower() for line in cookies.values())
    assert "; HttpOnly" in cookies["__Host-sessionid"]


@pytest.mark.any_database
def test_live_site_answers_to_its_own_name_only(copied_site):
    hosts = ["evil.example", "stod.example.org.evil.example", "", "[::1"]
    answers = visit([get("/", {**PROXIED, "Host": host}) for host in hosts], **LIVE | copied_site)
    assert [answer.status for answer in answers] == [400] * len(hosts)
    assert all(len(answer.text) < 500 and "Traceback" not in answer.text for answer in answers)


class Mailbox(socketserver.TCPServer):
    """A mail server that keeps what it is sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Delivery)
        self.messages: list[str] = []


class Delivery(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            if line.lower().startswith(b"data"):
                self.wfile.write(b"354 go on\r\n")
                self.server.messages.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
            self.wfile.write(b"250 so be it\r\n")


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.any_database
def test_live_mail_goes_to_the_server_and_not_to_the_folder(mailbox, tmp_path):
    variables = {**LIVE, "DATA_DIR": str(tmp_path), "EMAIL_FROM": "stod@example.org"}
    variables["EMAIL_URL"] = f"smtp://127.0.0.1:{mailbox.server_address[1]}"
    done = run("manage.py", "sendtestemail", "--using", "server", "reader@example.org", **variables)
    assert done.returncode == 0, done.stderr
    (message,) = mailbox.messages
    assert "From: stod@example.org" in message
    assert "To: reader@example.org" in message
    assert not (tmp_path / "mail").exists()


@pytest.mark.any_database
def test_mail_server_is_the_one_that_the_variable_names(monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://us%40er:p%2Fss@mail.example.org:2525")
    expected = {"host": "mail.example.org", "port": 2525, "username": "us@er", "password": "p/ss"}
    assert mailer()["OPTIONS"] == expected | {"use_tls": True, "use_ssl": False, "timeout": 10}
    monkeypatch.setenv("EMAIL_URL", "smtp+ssl://mail.example.org")
    assert mailer()["OPTIONS"].items() >= {"use_tls": False, "use_ssl": True, "port": None}.items()


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"SECRET_KEY": ""}, ["Set SECRET_KEY", ".env.example"]),
        ({"SITE_URL": ""}, ["Set SITE_URL", "https://www.example.org"]),
        ({"SITE_URL": "http://stod.example.org"}, ["Set SITE_URL", "https://", "“http://stod.example.org”"]),
        ({"SITE_URL": "https://stod.example.org/sv"}, ["Set SITE_URL", "“https://stod.example.org/sv”"]),
        ({"SITE_URL": "https://stod.example.org:99999"}, ["Set SITE_URL", "“https://stod.example.org:99999”"]),
        ({"SITE_URL": "https://"}, ["Set SITE_URL", "“https://”"]),
        ({"SITE_URL": "https://[::1"}, ["Set SITE_URL", "“https://[::1”"]),
        ({"EMAIL_URL": ""}, ["Set EMAIL_URL", "smtp+tls://user:password@host:587"]),
        ({"EMAIL_URL": "mail.example.org"}, ["EMAIL_URL must be smtp+tls://user:password@host:587"]),
        ({"EMAIL_URL": "consolemail://"}, ["EMAIL_URL must be smtp+tls://user:password@host:587"]),
        ({"EMAIL_URL": "smtp+tls://"}, ["EMAIL_URL must be smtp+tls://user:password@host:587"]),
        ({"EMAIL_URL": "smtp://user:secret@host:port"}, ["EMAIL_URL cannot be read", ".env.example"]),
        ({"SITE_LIVE": "perhaps"}, ["SITE_LIVE must be true or false", "“perhaps”"]),
        ({"DEBUG": "2"}, ["DEBUG must be true or false", "“2”"]),
        ({"DATABASE_URL": "mysql://host/name"}, ["DATABASE_URL must be postgresql://", "empty for SQLite"]),
        ({"DATABASE_URL": "postgresql://user:secret@host"}, ["DATABASE_URL must be postgresql://"]),
        ({"DATABASE_URL": "postgresql://user:secret@host:port/name"}, ["DATABASE_URL cannot be read", ".env.example"]),
        ({"DATA_DIR": __file__}, [__file__, "File exists", "set DATA_DIR"]),
        ({"DATA_DIR": f"{__file__}/var"}, [f"{__file__}/var", "Not a directory", "set DATA_DIR"]),
        ({"ALLOWED_HOSTS": "*"}, ["ALLOWED_HOSTS must be host names", "“*”"]),
        ({"ALLOWED_HOSTS": "www.example.org, https://example.org"}, ["ALLOWED_HOSTS must be", "“https://example.org”"]),
    ],
    ids=lambda value: " ".join(f"{name}={text}" for name, text in value.items()) if isinstance(value, dict) else "",
)
def test_missing_or_malformed_variable_is_one_line_that_says_what_to_do(tmp_path, variables, words):
    done = run("manage.py", "check", **{**LIVE, "DATA_DIR": str(tmp_path / "new"), **variables})
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    for word in words:
        assert word in line
    assert ":secret@" not in line


@pytest.mark.any_database
@pytest.mark.parametrize("key", ["$abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrs$HOME", "{a}%(b)s" * 10])
def test_secret_key_is_taken_as_it_is_written(tmp_path, key):
    program = "import django; from django.conf import settings; print(settings.SECRET_KEY)"
    done = run("-c", program, **LIVE | {"SECRET_KEY": key, "DATA_DIR": str(tmp_path)})
    assert done.stdout.strip() == key, done.stderr


@pytest.mark.any_database
def test_what_an_earlier_key_signed_is_valid_while_it_is_named(tmp_path):
    live, imports = LIVE | {"DATA_DIR": str(tmp_path)}, "from django.core import signing"
    earlier = "an earlier key of more than fifty letters which signed something"
    never = "another key of more than fifty letters which has never signed anything"
    signed = run("-c", f"{imports}; print(signing.dumps(7))", **live | {"SECRET_KEY": earlier}).stdout.strip()
    assert signed
    read = f"{imports}; print(signing.loads({signed!r}))"
    assert "BadSignature" in run("-c", read, **live | {"SECRET_KEY_FALLBACKS": never}).stderr
    assert run("-c", read, **live | {"SECRET_KEY_FALLBACKS": f"{never}, {earlier}"}).stdout == "7\n"


def test_production_check_finds_nothing_to_warn_of(tmp_path):
    variables = {**LIVE, "DATA_DIR": str(tmp_path / "not" / "yet"), "DATABASE_URL": env.text("DATABASE_URL")}
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **variables)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues (0 silenced)" in done.stdout
    assert os.access(variables["DATA_DIR"], os.W_OK)


@pytest.mark.urls("tests.config.failing_urls")
@pytest.mark.parametrize(
    ("address", "status"), [("/finns-inte/", 404), ("/en/is-not-here/", 404), ("/failing/", 500), ("/en/away/", 503)]
)
def test_demonstration_says_so_on_error_pages_too(client, address, status):
    client.raise_request_exception = False
    page = soup(client.get(address), status)
    assert page.find(class_="demonstration")
    assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_demonstration_does_not_demand_https(client):
    response = client.get("/", headers={"X-Forwarded-Proto": "https"})
    assert response.status_code == 200
    assert "Strict-Transport-Security" not in response
