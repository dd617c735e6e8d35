"""A site that editors change, and an editor who is signed in."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import served
from tests.browser.signing_in import sign_in_as_editor
from tests.conftest import CopySite


@pytest.fixture(scope="package")
def site(copy_site: CopySite) -> Iterator[served.Site]:
    """A site of its own, which publishes what is due: the others measure pages as they come."""
    with served.running_site(copy_site(), JOBS="") as site:
        yield site


@pytest.fixture
def editor(browser: Browser, site: served.Site) -> Iterator[Page]:
    """Sign in as the editor of the demonstration; an error of a script fails the test."""
    errors: list[str] = []
    with browser.new_context(base_url=site.address) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        sign_in_as_editor(page, site)
        yield page
    assert errors == []
