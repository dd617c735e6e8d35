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
REDIRECTS = {"/kontakt": (301, "/kontakt/"), "/kontakt/?q=lund": (302, "/kontakt/skane-lan/lund/")}
PUBLIC = [*PAGES, *ERRORS, *FILES, *REDIRECTS]

POLICIES = {
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
    assert set(policy) == {"style-src", "script-src", "img-src", "connect-src", "form-action"}
    assert all(sources == ["'self'"] for sources in policy.values())
    assert_common(response)


def assert_common(response: HttpResponse) -> None:
    assert {name: response.get(name) for name in POLICIES} == POLICIES
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


@pytest.mark.parametrize("address", [*PAGES, *ERRORS])
def test_public_page_stands_in_no_frame_of_old_browsers_either(client, address):
    assert client.get(address)["X-Frame-Options"] == "DENY"


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
    sources = {source for sources in policy.values() for source in sources}
    assert sources <= {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}
    assert_common(response)


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
