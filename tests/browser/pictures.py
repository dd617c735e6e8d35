"""Photograph the site, to look at: every kind of page in three widths, light and dark, in both languages, and on paper.

`uv run python -m tests.browser.pictures ADDRESS [KIND ...]` writes to var/pictures/, which git ignores: the address is
that of a site with the starter content, such as http://localhost:8000.
"""

import os
import sys
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parents[2] / "var" / "pictures"
SIZES = {360: 740, 768: 1024, 1440: 900}
ELSEWHERE = {"part-replaced", "version-withdrawn", "unavailable"}  # the starter content has none


def main() -> None:
    """Photograph the kinds that are named, else all."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from tests.browser.addresses import EVERY_PAGE  # these read the settings when they are loaded
    from tests.browser.conftest import CHROMIUM, CHROMIUM_FLAGS, path_of

    server, *kinds = sys.argv[1:]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        for address in EVERY_PAGE:
            if address.kind in ELSEWHERE or (kinds and address.kind not in kinds):
                continue
            url = server + path_of(address, server)
            for scheme in ("light", "dark"):
                for width, height in SIZES.items():
                    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                    page.goto(url)
                    page.screenshot(path=FOLDER / f"{address}-{width}-{scheme}.png", full_page=True)
                    page.close()
            page = browser.new_page()
            page.goto(url)
            page.pdf(path=FOLDER / f"{address}.pdf", prefer_css_page_size=True, print_background=True)
            page.close()
        browser.close()
    sys.stdout.write(f"{FOLDER}\n")


if __name__ == "__main__":
    main()
