"""A served site, Debian's Chromium, and visits to the site's pages."""

import shutil
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.error import HTTPError

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, Request, Response, expect, sync_playwright

from tests.browser import served
from tests.browser.addresses import Address
from tests.conftest import CopySite
from tests.tools import tool_or_skip

BUSY = 30_000  # milliseconds that something may take on a busy machine
# Debian's Chromium without its windows is the same to pages; a page that is opened takes it a quarter of the time.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium") or shutil.which("google-chrome")
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(slots=True)
class Visit:
    """A page that was opened, what it asked for and what the browser complained about."""

    page: Page
    response: Response
    requests: list[Request]
    complaints: list[str]


@dataclass(slots=True)
class Answer:
    """A page as the server sends it."""

    status: int
    headers: Message
    html: str


@pytest.fixture(scope="package")
def site(copy_site: CopySite) -> Iterator[served.Site]:
    """The site with its starter content. One for each worker: to share one would spare no time, only wait for it."""
    with served.running_site(copy_site()) as site:
        yield site


@pytest.fixture(scope="package")
def site_without_database(site: served.Site) -> Iterator[served.Site]:
    """The site when its database does not answer."""
    with served.running_without_database(site.folder) as broken_site:
        yield broken_site


@pytest.fixture(scope="module")  # not longer: while Playwright runs, Django takes every test for asynchronous code
def browser() -> Iterator[Browser]:
    tool_or_skip("Chromium", CHROMIUM is not None, "apt-get install chromium-headless-shell")
    with sync_playwright() as playwright:
        expect.set_options(timeout=BUSY)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def server_of(site: served.Site, request: pytest.FixtureRequest) -> Callable[[Address], str]:
    """Return a function that tells the server of a page; the one without a database starts when first asked for."""

    def server(address: Address) -> str:
        if address.kind == "unavailable":
            return request.getfixturevalue("site_without_database").address
        return site.address

    return server


@pytest.fixture
def read(server_of: Callable[[Address], str]) -> Callable[[Address], Answer]:
    """Return a function that reads a page without a browser."""

    def read_address(address: Address) -> Answer:
        answer = _read(server_of(address) + path_of(address, server_of(address)))
        assert answer.status == address.status
        return answer

    return read_address


def path_of(address: Address, server: str) -> str:
    """Return the path of an address, which may be that of a link to follow."""
    path = address.path
    for link in address.links:
        page = BeautifulSoup(_read(server + path).html, "html.parser")
        path = str(page.select_one(f"main a[href^='{link}']")["href"])
    return path


def _read(url: str) -> Answer:
    try:
        answer = urllib.request.urlopen(url)  # noqa: S310 (our own server)
    except HTTPError as error:
        answer = error
    with answer:
        return Answer(answer.status, answer.headers, answer.read().decode())


def _open(page: Page, address: Address, server: str) -> Response:
    response = page.goto(server + path_of(address, server))
    assert response is not None
    assert response.status == address.status
    return response


@pytest.fixture
def visit(browser: Browser, server_of: Callable[[Address], str]) -> Iterator[Callable[..., Visit]]:
    """Return a function that opens an address in a browser that has seen nothing before."""
    with ExitStack() as contexts:

        def open_address(
            address: Address, *, size: tuple[int, int] = (1280, 800), script: str = "", **options: Any
        ) -> Visit:
            context = contexts.enter_context(
                browser.new_context(
                    base_url=server_of(address), viewport={"width": size[0], "height": size[1]}, **options
                )
            )
            page = context.new_page()
            if script:
                page.add_init_script(script)
            requests: list[Request] = []
            complaints: list[str] = []
            page.on("request", lambda request: requests.append(request))  # noqa: PLW0108 (Playwright takes functions only)
            page.on("console", lambda message: complaints.append(f"{message.text} ({message.location['url']})"))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            response = _open(page, address, server_of(address))
            return Visit(page, response, requests, complaints)

        yield open_address


@pytest.fixture(scope="module")
def window(browser: Browser) -> Page:
    """A page that tests of a module use one after the other: to open another takes longer than most of them."""
    page = browser.new_page()
    # What an earlier test has read is read again.
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    return page


@pytest.fixture
def look(window: Page, server_of: Callable[[Address], str]) -> Callable[..., Page]:
    """Return a function that opens an address where it does not matter what the browser has seen before."""

    def open_address(address: Address, *, size: tuple[int, int] = (1280, 800)) -> Page:
        window.set_viewport_size({"width": size[0], "height": size[1]})
        window.emulate_media(media="null", color_scheme="light", forced_colors="none")
        _open(window, address, server_of(address))
        return window

    return open_address
