"""What no reader should send: never a traceback, never a 500 where a 4xx is right, always whom to call."""

import pytest
from django.test import Client
from wagtail.models import Page

from tests.reading import assert_numbers, soup

pytestmark = pytest.mark.django_db

LONG = "a" * 8000
DEEP = "a/" * 400
NOT_FOUND = [
    "/finns-inte/",
    "/en/is-not-here/",
    "/de/",
    "/sv/",
    "/sv/kontakt/",
    "/en/en/",
    "/en/kontakt/",
    "/contact/",
    "/KONTAKT/",
    "/kontakt/finns-inte/",
    "/kontakt/skane-lan/goteborg/",  # a municipality of another county
    "/kontakt/skane-lan/malmo/mer/",
    "/en/contact/skane-lan/malmo/x/",
    "/manual/akut-skydd/akut-skydd/",
    "/vagledning/betanketid/alla/",
    f"/{LONG}/",
    f"/kontakt/{LONG}/",
    f"/{DEEP}",
    f"/en/{DEEP}",
    f"/kontakt/{DEEP}",
    f"/manual/akut-skydd/{DEEP}",
    "/%00/",
    "/en/%00/",
    "/kontakt/%00/",
    "/kontakt/skane-lan/%00/",
    "/media/%00",
    "/documents/1/%00",
    "/%FF%FE/",
    "/%C0%AF..%C0%AF/",
    "/%ED%A0%80/",
    "/kontakt/%ED%A0%80/",
    "/%F0%9F%98%80/",
    "/%E2%80%AE/",
    "/%25%30%30/",
    "/%5Cevil.example/",
    "/%0D%0ASet-Cookie:a=b/",
    "/../../etc/passwd/",
    "/media/",
    "/media/missing.png",
    f"/media/{LONG}",
    f"/media/{DEEP * 10}",
    "/documents/1/missing.pdf",
    "/documents/99999999999999999999/x.pdf",
    "/sitemap-0.xml",
    "/sitemap-x.xml",
    "/sitemap-99999999999999999999.xml",
    "/finns-inte/?x=%00",
    f"/finns-inte/?{LONG}",
]


def shortened(value: object) -> str | None:
    return value[:40] if isinstance(value, str) else None


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("address", NOT_FOUND, ids=shortened)
def test_address_of_nothing_answers_404_with_whom_to_call(client, address):
    page = soup(client.get(address), status=404)
    assert page.html["lang"] == ("en" if address.startswith("/en/") else "sv")
    assert len(page.find_all("h1")) == 1
    assert_numbers(page)


@pytest.mark.parametrize("address", ["//evil.example/", "//evil.example", "/\\evil.example", "/finns-inte//"])
def test_address_leads_to_no_other_site(client, address):
    # Not through `get`: it would take the first for an address of another site.
    response = client.get("/", PATH_INFO=address)
    assert response.status_code in {301, 404}
    assert not response.get("Location", "").startswith(("//", "/\\", "http"))


@pytest.mark.parametrize("address", ["/media/../db.sqlite3", "/media/%2e%2e/secret_key", "/media/..%2Fsecret_key"])
def test_files_outside_the_uploads_are_not_served(client, address):
    assert client.get(address).status_code in {400, 404}


QUERIES = [
    "q=%00",
    f"q={LONG}",
    f"q={'a%20' * 2000}",
    "q=%FF%FE",
    "q=%ED%A0%80",
    "q=%F0%9F%98%80",
    "q=%E2%80%AE",
    "q=%3Cscript%3Ealert(1)%3C/script%3E",
    "q=%25%25%25",
    "q=%27%20OR%201=1--",
    "q=a&q=b&q=c",
    "q[]=a",
    "q",
    "=",
    "&&&",
    f"{LONG}={LONG}",
    ";".join(["q=a"] * 500),
]


@pytest.mark.parametrize("query", QUERIES, ids=shortened)
@pytest.mark.parametrize("address", ["/", "/kontakt/", "/en/contact/"])
def test_odd_query_is_answered_with_the_page(client, address, query):
    page = soup(client.get("/", PATH_INFO=address, QUERY_STRING=query))
    assert_numbers(page)
    assert "<script>alert" not in str(page)
    assert len(str(page)) < 100_000


def test_too_many_parameters_are_refused(client):
    response = client.get("/kontakt/?" + "&".join(f"q{number}=a" for number in range(20_000)))
    assert response.status_code == 400
    assert "Traceback" not in response.text


METHODS = ["POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "CONNECT", "PROPFIND"]


READ_ONLY = ["/", "/en/", "/manual/akut-skydd/", "/kontakt/", "/en/contact/skane-county/", "/finns-inte/"]
READ_ONLY += ["/media/x.png", "/robots.txt", "/sitemap.xml"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("address", READ_ONLY)
def test_other_methods_are_refused(address, method):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    response = client.generic(method, address, "body=x", "application/x-www-form-urlencoded")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert not response.cookies
    assert b"body=x" not in response.content


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("\0" * 100, "multipart/form-data; boundary=x"),
        ("--x\r\n", "multipart/form-data"),
        ("{", "application/json"),
        ("%", "application/x-www-form-urlencoded; charset=nope"),
    ],
)
def test_odd_body_to_the_sign_in_is_no_mistake_of_ours(client, body, kind):
    response = client.generic("POST", "/konto/login/", body, kind)
    assert response.status_code in {200, 400, 403}
    assert "Traceback" not in response.text


@pytest.mark.parametrize("username", ["a\0b", "a" * 5000, "\ud800".encode("utf-8", "surrogatepass"), "😀\u202e"])
def test_odd_name_at_the_sign_in_is_no_mistake_of_ours(client, username):
    response = client.post("/konto/login/", {"login": username, "password": "x\0y"})
    assert response.status_code == 200
    assert soup(response).find("input", attrs={"name": "login"})


@pytest.mark.parametrize("address", ["/", "/en/contact/", "/finns-inte/"])
def test_head_is_answered_as_get_without_the_body(client, address):
    head, whole = client.head(address), client.get(address)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head["Content-Length"] == whole["Content-Length"]


HEADERS = [
    {"Accept-Language": "x" * 5000},
    {"Accept-Language": "en;q=zzz, \ufffd"},
    {"Accept-Encoding": "identity;q=nope, *;q=-1"},
    {"If-Modified-Since": "yesterday"},
    {"If-None-Match": '"' * 50},
    {"Range": "bytes=9-1"},
    {"Cookie": "sessionid=%00; csrftoken=\x7f; =; ;;"},
    {"Cookie": f"sessionid={'a' * 4000}"},
    {"Referer": "javascript:alert(1)"},
    {"Content-Length": "-1"},
    {"X-Forwarded-For": "'; --"},
]


@pytest.mark.parametrize("headers", HEADERS, ids=lambda headers: next(iter(headers)))
def test_odd_headers_are_ignored(client, headers):
    assert_numbers(soup(client.get("/kontakt/?q=karl", headers=headers)))


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "[::1", "", "a b", "localhost:port"])
@pytest.mark.parametrize("address", ["/", "/kontakt", "/finns-inte/", "/admin/"])
def test_unknown_host_answers_400_without_a_traceback(client, address, host):
    response = client.get(address, headers={"Host": host})
    assert response.status_code == 400
    assert len(response.content) < 500
    assert "Traceback" not in response.text


@pytest.mark.parametrize(
    ("name", "value"), [("body-count", "x"), ("comments-INITIAL_FORMS", "-1"), ("footnotes-count", "²")]
)
def test_form_of_the_admin_that_counts_in_no_digits_is_refused(admin_client, name, value):
    admin_client.raise_request_exception = False
    parent = Page.objects.filter(depth=2).first()
    answer = admin_client.post(f"/admin/pages/add/pages/guidancepage/{parent.pk}/", {name: value})
    assert answer.status_code == 400
