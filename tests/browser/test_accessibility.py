"""axe-core finds nothing, in either language, on light and dark, narrow and wide, on screen and on paper."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import EVERY_PAGE, Address, in_turn, pages
from tests.browser.axe import Findings
from tests.browser.conftest import Visit
from tests.browser.test_layout import too_wide

pytestmark = pytest.mark.browser

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (320, 1280)


def unfold(page: Page) -> None:
    """Open what is folded, so that its text is looked at too."""
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")


@in_turn(EVERY_PAGE)
def test_axe_finds_nothing(address: Address, look: Callable[..., Page]) -> None:
    page = look(address)
    findings = Findings(page)
    unfold(page)
    for scheme in SCHEMES:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            findings.look(f"{scheme} {width} px", colours=scheme)
    page.emulate_media(media="print")
    findings.look("print", colours="print")

    assert findings.problems == ""


FORCED = pages("publications", "publications-narrowed", "publications-none", "publication", "publication-text")
FORCED += pages("search-hits", "step-role", "contacts", "lookup-several", "guidance-publications")[::2]  # in Swedish


@pytest.mark.parametrize("address", FORCED, ids=str)
def test_axe_finds_nothing_in_forced_colours(address: Address, look: Callable[..., Page]) -> None:
    page = look(address)
    page.emulate_media(forced_colors="active")
    findings = Findings(page)
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")

    findings.look("forced colours", colours="forced")

    # The colours are the reader's own, which axe does not know: it measures those of the site.
    assert [line for line in findings.problems.splitlines() if "color-contrast" not in line] == []


def test_axe_finds_nothing_on_the_way_in(visit: Callable[..., Visit]) -> None:
    page = visit(Address("sign-in", "sv", "/konto/login/"), size=(320, 800)).page
    for path in ("login/", "password/reset/", "login/code/", "login/code/confirm/"):
        if path == "login/code/confirm/":
            page.get_by_label("E-post").fill("nobody@example.org")
            page.get_by_role("button", name="Mejla mig en kod").click()
            page.wait_for_url(f"**/konto/{path}")
        else:
            page.goto(f"/konto/{path}")
        findings = Findings(page)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            findings.look(f"{path} {scheme}", colours=scheme)
        assert findings.problems == ""
        assert too_wide(page) == ""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_while_pointed_at(scheme: str, visit: Callable[..., Visit]) -> None:
    page = visit(pages("home")[0], color_scheme=scheme, size=(1280, 1400)).page  # nothing under the header that stays
    findings = Findings(page)

    page.keyboard.press("Tab")
    findings.look("skip link shown")
    page.locator(".lookup__field").focus()
    page.locator(".lookup button").hover()
    findings.look("button pointed at")

    assert findings.problems == ""
