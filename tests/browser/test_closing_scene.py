"""What the site is for: from the start page to the right person in two interactions, without script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import Address, pages
from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.sample]

COUNTY = {"sv": "Västra Götalands län", "en": "Västra Götaland County"}
STEP = {"sv": "/manual/akut-skydd/", "en": "/en/manual/emergency-protection/"}


@pytest.mark.parametrize("home", pages("home"), ids=str)
def test_coordinator_found_from_start_page(home: Address, visit: Callable[..., Visit]) -> None:
    page = visit(home, size=(390, 844), java_script_enabled=False).page

    page.locator("input[name=q]").fill("goteborg")
    page.keyboard.press("Enter")

    main = page.get_by_role("main")
    expect(main.get_by_role("heading", level=1)).to_contain_text(COUNTY[home.language])
    coordinator = main.locator(".coordinator").first
    expect(coordinator).to_contain_text("Exempel")
    expect(coordinator.locator("a[href^='tel:+46']").first).to_have_text(re.compile(r"[\d\s-]{9,}"))
    support_line = page.locator("a[href='tel:020390000']").first
    expect(support_line).to_be_visible()
    expect(support_line).to_have_text("020-390 000")
    step = main.locator(f"a[href='{STEP[home.language]}']")
    expect(step).to_contain_text("2")

    step.click()

    expect(page).to_have_url(re.compile(f"{STEP[home.language]}$"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
