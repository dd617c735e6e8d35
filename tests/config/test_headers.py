"""What every answer tells the browser, and that an anonymous reader is told nothing to keep."""

import re
from pathlib import Path

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from wagtail.documents import get_document_model

from tests.factories import image, image_file
from tests.reading import ADDRESSES, PAIRS, soup

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.config.failing_urls"),
    pytest.mark.any_database,  # headers are added when a page is made already
]

PAGES = [*ADDRESSES, "/kontakt/?q=karl", "/en/contact/?q=xyzxyz"]
ERRORS = {"/finns-inte/": 404, "/en/is-not-here/": 404, "/failing/": 500, "/en/failing/": 500, "/away/": 503}
FILES = ["/robots.txt", "/sitemap.xml"]
REDIRECTS = {"/kontakt": (301, "/kontakt/"), "/kontakt/?q=lund": (302, "/kontakt/skane-lan/lund/#typed-lund")}
PUBLIC = [*PAGES, *ERRORS, *FILES, *REDIRECTS]

ELSEWHERE = {"/admin/": 302, "/koordinator/": 302, "/media/../secret_key": 400, "/finns\0inte/": 404}
REFUSED = {  # before a view is asked
    "other method": ({"method": "PUT", "path": "/"}, 405),
    "form of nobody": ({"method": "POST", "path": "/meddelande/"}, 403),
    "no such host": ({"method": "GET", "path": "/kontakt/?q=lund", "headers": {"host": "evil.example"}}, 400),
    "form on a page": ({"method": "POST", "path": "/kontakt/"}, 405),
}
POLICIES = {
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def static_file(site_folder: Path) -> str:
    """The address of a collected file; it must be there before the first request."""
    (site_folder / "static" / "collected.css").write_text("body { margin: 0 }")
    return "/static/collected.css"


def directives(response: HttpResponse) -> dict[str, list[str]]:
    """Return the sources that the answer's policy allows, by directive."""
    assert "Content-Security-Policy-Report-Only" not in response
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {name: sources for name, *sources in parts}


def assert_public(response: HttpResponse) -> None:
    policy = directives(response)
    assert policy.pop("default-src") == ["'none'"]
    assert policy.pop("frame-ancestors") == ["'none'"]
    assert policy.pop("base-uri") == ["'none'"]
    assert policy.pop("object-src") == ["'none'"]
    assert policy.pop("require-trusted-types-for") == ["'script'"]
    assert policy.pop("trusted-types") == ["'none'"]
    assert set(policy) == {"style-src", "script-src", "img-src", "connect-src", "form-action"}
    assert all(sources == ["'self'"] for sources in policy.values())
    assert_common(response)


def assert_common(response: HttpResponse, **others: str) -> None:
    expected = POLICIES | others
    assert {name: response.get(name) for name in expected} == expected
    denied = dict(part.strip().split("=") for part in response["Permissions-Policy"].split(","))
    assert {"camera", "geolocation", "microphone"} <= set(denied)
    assert set(denied.values()) == {"()"}


def assert_nothing_kept(response: HttpResponse) -> None:
    assert not response.cookies
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",")}
    assert varies <= {"", "accept-encoding"}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_answer_has_the_strict_policies(client, address):
    response = client.get(address)
    expected = REDIRECTS.get(address, (ERRORS.get(address, 200), None))
    assert (response.status_code, response.get("Location")) == expected
    assert_public(response)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_what_leads_elsewhere_or_nowhere_has_the_strict_policies(client, address):
    response = client.get(address)
    assert response.status_code == ELSEWHERE[address]
    assert directives(response)["default-src"] in (["'none'"], ["'self'"])
    assert_common(response, **{"X-Frame-Options": response["X-Frame-Options"]})
    assert response["X-Frame-Options"] in {"DENY", "SAMEORIGIN"}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_before_any_view_has_the_strict_policies(name):
    request, status = REFUSED[name]
    response = Client(raise_request_exception=False, enforce_csrf_checks=True).generic(**request)
    assert response.status_code == status
    assert_public(response)


def test_whoever_may_not_enter_the_admin_is_told_so_with_the_policies(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("stranger", "stranger@example.org"))
    response = client.get("/admin/")
    assert response.status_code == 403
    assert_public(response)


def test_page_that_is_not_modified_has_the_strict_policies(client):
    tag = client.get("/robots.txt")["ETag"]
    response = client.get("/robots.txt", headers={"If-None-Match": tag})
    assert response.status_code == 304
    assert_public(response)


# The form's token holds the second; that answer is never stored.
@time_machine.travel("2026-11-24 10:00+01:00", tick=False)  # pages show the minute
@pytest.mark.parametrize("address", [address for address in PUBLIC if address not in PAIRS["message"]])
def test_anonymous_reader_keeps_nothing_and_gets_what_everybody_gets(client, address):
    plain = client.get(address)
    assert_nothing_kept(plain)
    client.cookies.load({"sessionid": "left-over", "csrftoken": "a" * 32, "django_language": "en"})
    other = client.get(address, headers={"Accept-Language": "ar, en;q=0.9", "User-Agent": "other"})
    assert_nothing_kept(other)
    assert other.content == plain.content
    assert other["Content-Language"] == plain["Content-Language"]


def test_static_file_has_the_strict_policies(static_file, client):
    response = client.get(static_file)
    assert response.getvalue() == b"body { margin: 0 }"
    assert_public(response)
    assert_nothing_kept(response)
    assert "Access-Control-Allow-Origin" not in response


def test_missing_static_file_has_the_strict_policies(client):
    response = client.get("/static/missing.css")
    assert response.status_code == 404
    assert_public(response)


def test_uploads_have_the_strict_policies(client):
    document = get_document_model().objects.create(title="Blad", file=image_file("blad.png"))
    for address in (image().get_rendition("max-20x20").url, document.url):
        response = client.get(address)
        assert response.status_code == 200
        assert response.getvalue()
        assert directives(response)["default-src"] == ["'none'"]
        assert not re.search(r"unsafe|\*|http|data:", response["Content-Security-Policy"])
        assert_common(response)
        assert_nothing_kept(response)


@pytest.mark.parametrize("address", ["/admin/", "/admin/pages/", "/admin/images/"])
def test_admin_has_its_own_policy_without_foreign_origins(admin_client, address):
    response = admin_client.get(address, follow=True)
    assert response.status_code == 200
    policy = directives(response)
    assert policy["default-src"] == ["'self'"]
    for inline in ("script-src", "style-src"):
        assert policy[inline] == ["'self'", "'unsafe-inline'"]
    assert policy["img-src"] == ["'self'", "data:", "blob:"]
    assert policy["object-src"] == ["'none'"]
    assert not {"require-trusted-types-for", "trusted-types"} & set(policy)  # its scripts write HTML
    sources = {source for sources in policy.values() for source in sources}
    assert sources <= {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}
    assert_common(response, **{"X-Frame-Options": response["X-Frame-Options"]})


@pytest.mark.parametrize("address", ["/admin/", "/admin/account/", "/admin/reports/site-history/"])
def test_admin_asks_nobody_else(admin_client, admin_user, address):
    admin_user.email = "administrator@example.org"  # gravatar's address is made of it
    admin_user.save()
    page = soup(admin_client.get(address))
    assert len(page.find_all(src=True)) > 3
    named = re.findall(r"(?:https?:)?//[\w.-]+\.[a-z]+", str(page))
    links = {"https://guide.wagtail.org", "https://www.enable-javascript.com"}  # which an editor may follow
    assert set(named) <= {*links, "http://www.w3.org"}  # the name of SVG
    assert page.select("[data-controller~=w-upgrade]") == []  # whose script knows the address itself
