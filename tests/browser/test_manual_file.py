"""The manual as one HTML file: opened from disk without a network, it asks for nothing and axe finds nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.addresses import Address, in_turn, pages
from tests.browser.axe import Findings
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

LINK = {"sv": "/manual/kopia/html/", "en": "/en/manual/copy/html/"}


@pytest.fixture
def file(request: pytest.FixtureRequest, visit: Callable[..., Visit], tmp_path: Path) -> Path:
    """Download the file as a reader does, by the link on the manual's page."""
    address: Address = request.param
    page = visit(address, java_script_enabled=False).page
    with page.expect_download() as download:
        page.locator(f"main a[href='{LINK[address.language]}']").click()
    assert download.value.suggested_filename == f"manual-{address.language}.html"
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    return path


@in_turn(pages("manual"), "file", indirect=True)
def test_file_opens_from_disk_with_the_network_cut(file: Path, browser: Browser) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(file.as_uri())
    findings = Findings(page)
    for scheme in ("light", "dark"):
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            findings.look(f"{scheme} {width} px", colours=scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(media="print")
    findings.look("print", colours="print")
    folded = page.locator("details > :not(summary)")
    assert folded.count()
    assert folded.evaluate_all("(all) => all.every((answer) => answer.checkVisibility())")

    assert findings.problems == ""
    assert asked == [file.as_uri()]
    assert complaints == []
    page.locator("nav.contents a[href^='#p-']").last.click()
    expect(page.locator("section.part").last).to_be_in_viewport()
    context.close()
