"""A reader leaves no trace: nothing is stored, nobody else is asked, no code is inline."""

from collections.abc import Callable

import pytest

from tests.browser.addresses import EVERY_PAGE, Address, in_turn
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

INLINE = """() => [...document.querySelectorAll("*")].filter((element) =>
  element.matches("style, script:not([src], [type='application/ld+json']), [style]")
  || [...element.attributes].some(({ name, value }) => name.startsWith("on") || value.startsWith("javascript:"))
).map((element) => element.outerHTML.slice(0, 120))"""
# The wait for a timer is over at once: what would be asked for minutes later is asked for now.
NO_WAIT = "window.setTimeout = ((set) => (run, _wait, ...given) => set(run, 0, ...given))(setTimeout)"
QUIET = 100  # milliseconds without a request
KEPT = """async () => [
  localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length,
  (await navigator.serviceWorker.getRegistrations()).length,
]"""


def wait_until_quiet(visited: Visit) -> None:
    """Wait until the page asks for nothing more, a fifth as long as Playwright does for "networkidle"."""
    count = 0
    while count < len(visited.requests):
        count = len(visited.requests)
        visited.page.wait_for_timeout(QUIET)


@in_turn(EVERY_PAGE)
def test_nothing_is_kept_and_nobody_else_asked(address: Address, visit: Callable[..., Visit]) -> None:
    visited = visit(address, script=NO_WAIT)
    wait_until_quiet(visited)
    origin = visited.response.url.removesuffix(visited.response.url.split("/", 3)[3])

    assert [request.url for request in visited.requests if not request.url.startswith(origin)] == []
    assert len(visited.requests) > 1
    assert visited.page.context.cookies() == []
    assert visited.response.header_value("Set-Cookie") is None
    assert visited.page.evaluate(KEPT) == [0, 0, 0, 0, 0]
    assert visited.page.evaluate(INLINE) == []
    # The browser reports the error page's own status as an error.
    own_status = f"Failed to load resource: the server responded with a status of {address.status}"
    assert [line for line in visited.complaints if not line.startswith(own_status)] == []
