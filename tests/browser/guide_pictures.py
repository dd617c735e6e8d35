"""Take the pictures of the guide for editors: `uv run python -m tests.browser.guide_pictures ADDRESS PASSWORD`.

The address is that of a demonstration that was just begun, the password its editor's. Writes to static/img/guide/.
"""

import os
import sys
from io import BytesIO
from pathlib import Path

import django
from PIL import Image
from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).parents[2] / "static" / "img" / "guide"
SIZE = {"width": 1100, "height": 640}
TOO_LONG = " Den som möter en person som kan vara utsatt" + " och som inte vet vad som gäller" * 4 + " ska fråga."


def main() -> None:
    """Sign in, open a page, and photograph its form, the blocks to choose from and the checks."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from tests.browser.conftest import CHROMIUM, CHROMIUM_FLAGS  # which reads the settings when it is loaded

    address, password = sys.argv[1:]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        page = browser.new_page(base_url=address, viewport=SIZE, color_scheme="light", locale="sv-SE")
        page.goto("/konto/login/?next=/admin/")
        page.get_by_label("E-post").fill("editor@example.org")
        page.get_by_label("Lösenord").fill(password)
        page.get_by_role("button", name="Logga in", exact=True).click()
        page.wait_for_url("**/admin/")
        (found,) = page.request.get("/admin/api/main/pages/?slug=betanketid").json()["items"]
        page.goto(f"/admin/pages/{found['id']}/edit/")
        keep(page, "editor")
        page.locator("[data-contentpath=body]").get_by_role("button", name="Lägg in ett block").first.click()
        page.get_by_role("option").first.hover()
        page.wait_for_timeout(2000)  # until the picture of the block is there
        keep(page, "blocks")
        page.keyboard.press("Escape")
        page.locator("[data-contentpath=body] .public-DraftEditor-content").nth(2).click()
        page.keyboard.press("Control+End")
        page.keyboard.type(TOO_LONG)
        page.get_by_role("button", name="Visa eller dölj kontroller").click()
        page.locator("[data-side-panel=checks] [data-content-checker-name]").first.wait_for()
        keep(page, "checks")
        browser.close()


def keep(page: Page, name: str) -> None:
    """Store what is seen as a small picture."""
    picture = Image.open(BytesIO(page.screenshot(animations="disabled")))
    picture.save(FOLDER / f"{name}.webp", quality=55, method=6)


if __name__ == "__main__":
    main()
