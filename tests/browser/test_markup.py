"""The HTML that the server sends: valid, and with what a screen reader goes by."""

import json
import shutil
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from tests.browser.addresses import EVERY_PAGE, Address
from tests.browser.axe import NODE_MODULES
from tests.browser.conftest import Answer, path_of
from tests.conftest import CopySite
from tests.tools import tool_or_skip

pytestmark = pytest.mark.browser

every_page = pytest.mark.parametrize("address", EVERY_PAGE, ids=str)
FOREIGN = "publication-text"  # stands alone, in a language that the site is not in
CHECKER = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"


def test_html_and_css_are_valid(read: Callable[[Address], Answer], copy_site: CopySite, tmp_path: Path) -> None:
    """One run for all: Java takes seconds to start. Warnings count: there are none that we would rather keep."""
    tool_or_skip("Java", shutil.which("java") is not None, "apt-get install default-jre-headless")
    tool_or_skip("vnu-jar", CHECKER.exists(), "npm ci --prefix tests/browser")
    for address in EVERY_PAGE:
        (tmp_path / f"{address}.html").write_text(read(address).html)
    made_by_weasyprint = "paper_manual.css"  # strings of running heads, which no browser knows
    styles = sorted(path for path in (settings.BASE_DIR / "static").rglob("*.css") if path.name != made_by_weasyprint)
    copy_site().manage("nginx_conf", str(tmp_path / "nginx"))
    pages = [*tmp_path.glob("*.html"), *(tmp_path / "nginx").glob("*.html")]
    assert len(pages) > len(EVERY_PAGE) > 20

    command = ["java", "-jar", CHECKER, "--format", "json", "--stdout", "--exit-zero-always", "--also-check-css"]
    checked = subprocess.run([*command, *pages, *styles], capture_output=True, text=True, check=True)

    messages = json.loads(checked.stdout)["messages"]
    lines = [f"{Path(each['url']).name}:{each.get('lastLine')}: {each['message']}" for each in messages]
    assert "\n".join(lines) == ""


@every_page
def test_headings_are_one_tree(address: Address, read: Callable[[Address], Answer]) -> None:
    page = BeautifulSoup(read(address).html, "html.parser")

    headings = page.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])
    levels = [int(heading.name[1]) for heading in headings]
    skipping = [
        heading for heading, (above, level) in zip(headings[1:], pairwise(levels), strict=True) if level > above + 1
    ]
    assert levels.count(1) == 1
    assert page.main.find(["h1", "h2", "h3", "h4", "h5", "h6"]).name == "h1"
    before = headings[: levels.index(1)]
    assert [heading.name for heading in before if not heading.find_parent(class_="call")] == []  # numbers come first
    assert skipping == []
    assert all(heading.get_text(strip=True) for heading in headings)


@every_page
def test_landmarks_are_there_once(address: Address, read: Callable[[Address], Answer]) -> None:
    page = BeautifulSoup(read(address).html, "html.parser")

    counts = [len(page.select(landmark)) for landmark in ("body > header", "main", "body > footer")]

    # The error page has no menus: the database could not be asked for them. Nor has material in another language.
    expected = {"unavailable": [0, 1, 0], FOREIGN: [1, 1, 0]}
    assert counts == expected.get(address.kind, [1, 1, 1])


@every_page
def test_language_is_told(address: Address, read: Callable[[Address], Answer]) -> None:
    answer = read(address)

    language = "uk" if address.kind == FOREIGN else address.language
    assert BeautifulSoup(answer.html, "html.parser").html["lang"] == language
    assert answer.headers["Content-Language"] == language


@pytest.mark.parametrize(
    "address", [address for address in EVERY_PAGE if address.status == 200 and address.kind != FOREIGN], ids=str
)
def test_language_link_leads_to_same_page(
    address: Address, read: Callable[[Address], Answer], server_of: Callable[[Address], str]
) -> None:
    # A version has no translation; the list of the versions of its page has.
    kind = "versions" if address.kind == "version" else address.kind
    other = next(each for each in EVERY_PAGE if each.kind == kind and each.language != address.language)

    link = BeautifulSoup(read(address).html, "html.parser").select_one(f"header a[hreflang={other.language}]")

    assert link["lang"] == other.language
    # A role, a choice and a place go along; words that were looked for do not.
    path = path_of(other, server_of(other))
    goes_along = address.kind in {"step-role", "publications-narrowed", "guide-question", "guide-result-place"}
    assert link["href"] == (path if goes_along else path.partition("?")[0])
