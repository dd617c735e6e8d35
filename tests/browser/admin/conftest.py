"""A site that editors change, and an editor who is signed in."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import served
from tests.browser.signing_in import signed_in
from tests.conftest import CopySite


@pytest.fixture(scope="package")
def site(copy_site: CopySite) -> Iterator[served.Site]:
    """A site of its own, which publishes what is due: the others measure pages as they come."""
    with served.running_site(copy_site(), JOBS="") as site:
        yield site


@pytest.fixture
def editor(browser: Browser, site: served.Site) -> Iterator[Page]:
    """A window in which the editor of the demonstration is signed in; an error of a script fails the test."""
    errors: list[str] = []
    with browser.new_context(base_url=site.address) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        signed_in(page, site)
        yield page
    assert errors == []
