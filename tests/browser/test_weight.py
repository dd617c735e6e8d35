"""A first view fits in what a server may send before the first acknowledgement: about 14.6 kB."""

import gzip
import re
from collections.abc import Callable
from functools import cache
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import brotli
import pytest
from bs4 import BeautifulSoup

from tests.browser.addresses import EVERY_PAGE, Address, pages
from tests.browser.conftest import Visit, path_of

pytestmark = pytest.mark.browser

FIRST_VIEW = 14_600
SCRIPT = 3_000
# To print, or to search in with the browser: light without their text.
LONG_PAGES = pages("all-coordinators", "manual-whole", "actor-whole", "manual-changes")


STYLES = "link[rel=stylesheet]:not([media=print])"  # what is for paper is not waited for
ICONS = "svg use"
UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress}


def fetch(url: str) -> tuple[bytes, str]:
    """Return the bytes that come over the wire to a browser, and how they are packed."""
    try:
        answer = urlopen(Request(url, headers={"Accept-Encoding": "gzip, br"}))  # noqa: S310 (our own server)
    except HTTPError as error:
        answer = error
    with answer:
        return answer.read(), answer.headers["Content-Encoding"]


@cache  # the name of a style or script changes with what it holds
def size(url: str) -> int:
    return len(fetch(url)[0])


@pytest.fixture
def weights(server_of: Callable[[Address], str]) -> Callable[..., dict[str, int]]:
    """Return a function that weighs a page with its styles and scripts; what matches `without` is left out of it."""

    def weigh(address: Address, without: str = "") -> dict[str, int]:
        server = server_of(address)
        document, packing = fetch(server + path_of(address, server))
        html = UNPACK[packing](document).decode()
        page = BeautifulSoup(html, "html.parser")
        if without:
            frame, found = re.subn(without, "", html)
            assert found == 1
            document = gzip.compress(frame.encode(), 6)
        return {
            "document": len(document),
            "stylesheet": sum(size(server + path) for path in {each["href"] for each in page.select(STYLES)}),
            "icons": sum(
                size(server + path) for path in {each["href"].partition("#")[0] for each in page.select(ICONS)}
            ),
            "script": sum(size(server + path) for path in {each["src"] for each in page.select("script[src]")}),
        }

    return weigh


@pytest.mark.parametrize("address", [each for each in EVERY_PAGE if each not in LONG_PAGES], ids=str)
def test_first_view_is_light(address: Address, weights: Callable[..., dict[str, int]]) -> None:
    weight = weights(address)

    assert weight["document"] > 900
    assert weight["stylesheet"] > 1_000
    assert sum(weight.values()) <= FIRST_VIEW, weight
    assert weight["script"] <= SCRIPT


@pytest.mark.parametrize("address", LONG_PAGES, ids=str)
def test_long_page_is_light_without_its_text(address: Address, weights: Callable[..., dict[str, int]]) -> None:
    assert sum(weights(address, without=r"(?s)<main.*</main>").values()) <= FIRST_VIEW


@pytest.mark.parametrize("address", pages("home", "contacts", "search-hits", "message"), ids=str)
def test_browser_asks_for_no_more(
    address: Address, visit: Callable[..., Visit], weights: Callable[..., dict[str, int]]
) -> None:
    visited = visit(address)
    visited.page.wait_for_load_state("networkidle")
    came: dict[str, int] = {}
    for request in visited.requests:
        if "/css/print." in request.url:
            continue
        came[request.resource_type] = came.get(request.resource_type, 0) + request.sizes()["responseBodySize"]

    expected = weights(address)
    assert "font" not in came
    for kind in ("stylesheet", "script"):
        assert came.get(kind, 0) == expected[kind]
    assert came["document"] == pytest.approx(expected["document"], abs=250)  # tokens and padding differ
