"""The live site behind nginx with TLS, graded by the public rules of the HTTP Observatory."""

from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from resources.models import ResourceFile
from tests.config.live_site import HOST
from tests.config.observatory import RULES, Response, Scan, points, score

LEAST = 130
ADDRESSES = {
    "start": ("/", 200),
    "step of the manual": ("/manual/akut-skydd/", 200),
    "contacts": ("/kontakt/", 200),
    "sign-in to the admin": ("/admin/", 200),
    "nothing there": ("/finns-inte/", 404),
    "file": ("", 200),
    "redirect": ("/kontakt?q=lund", 200),
}


pytestmark = pytest.mark.any_database  # headers; the same from both


@pytest.mark.django_db
@pytest.mark.long
@pytest.mark.xdist_group("live site")
@pytest.mark.parametrize("name", ADDRESSES)
def test_live_site_has_the_best_grade(live_site, name):
    path, status = ADDRESSES[name]
    path = path or ResourceFile.objects.exclude(file="").filter(resource__live=True).first().url
    scan = live_site.scan(path)
    assert scan.page.status == status
    assert [urlsplit(response.url).scheme for response in scan.from_http[:2]] == ["http", "https"]
    assert score(scan) >= LEAST, points(scan)


BARE = Scan(
    Response(f"https://{HOST}/", 200, [("Content-Type", "text/html")]),
    [Response(f"http://{HOST}/", 301, []), Response(f"https://{HOST}/", 200, [])],
    Response(f"https://{HOST}/", 200, []),
)
GOOD = {
    "Content-Type": "text/html",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; frame-ancestors 'none'; form-action 'self'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
}


def graded(body: str = "", cookie: str = "", **changes: str) -> int:
    headers = GOOD | {name.replace("_", "-"): value for name, value in changes.items()}
    page = Response(BARE.page.url, 200, [(name, value) for name, value in headers.items() if value], body)
    return score(replace(BARE, page=page, cookies=[cookie] if cookie else []))


def test_rules_know_a_good_site_from_a_bad_one():
    assert score(BARE) == 30
    assert graded() == LEAST
    assert score(replace(BARE, from_http=BARE.from_http[:1])) == 10
    assert len(points(BARE)) == len(RULES) == 10


@pytest.mark.parametrize(
    ("changes", "points_less"),
    [
        ({"Content_Security_Policy": ""}, 75),  # nor frames, nor extra credit
        ({"Content_Security_Policy": "default-src 'self'; frame-ancestors 'none'"}, 5),
        ({"Content_Security_Policy": "default-src 'none'; script-src 'self' 'unsafe-inline'"}, 70),
        ({"Content_Security_Policy": "default-src 'none'; style-src data:; frame-ancestors 'none'"}, 10),
        ({"Strict_Transport_Security": "max-age=60"}, 10),
        ({"Strict_Transport_Security": ""}, 50),
        ({"Referrer_Policy": "unsafe-url"}, 10),
        ({"X_Content_Type_Options": ""}, 5),
        ({"Cross_Origin_Resource_Policy": ""}, 10),
        ({"cookie": "sessionid=1; Secure; HttpOnly; SameSite=Lax"}, -5),
        ({"cookie": "sessionid=1; Secure; SameSite=Lax"}, 60),
        ({"cookie": "csrftoken=1; Secure"}, 50),
        ({"body": '<script src="https://example.com/a.js"></script>'}, 5),
    ],
)
def test_each_rule_takes_what_it_says(changes, points_less):
    assert graded(**changes) == LEAST - points_less
