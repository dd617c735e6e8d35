"""Draw what browsers and other sites show of this one, from `static/img/favicon.svg`: who replaces the mark runs this.

`uv run python -m tests.browser.brand` writes favicon.ico, apple-touch-icon.png and, for each language, the picture that
goes along when a page is shared: the name of the site, and its sender as the starter content gives it.
"""

import io
import os
import tomllib
from pathlib import Path

import django
from django.utils.translation import gettext, override
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).parents[2] / "static" / "img"
DEEP, ON_DEEP, SOFT = "#06363b", "#fff", "#c9e0de"
SHARED = (1200, 630)
PAGE = """<style>
* {{ margin: 0 }}
body {{ display: grid; align-content: center; gap: 28px; block-size: 100vh; padding: 0 {padding}px;
  box-sizing: border-box; background: {back}; color: {ink}; font-family: system-ui, sans-serif }}
svg {{ display: block; inline-size: {mark}px; block-size: {mark}px }}
h1 {{ font-size: 76px; line-height: 1.1 }}
p {{ color: {soft}; font-size: 40px }}
</style>{svg}{words}"""


def drawn(browser: Browser, size: tuple[int, int], back: str, mark: int, words: str = "", padding: int = 0) -> Image:
    """Return a picture with the mark, of a size in pixels, and words as HTML below it."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    svg = (IMAGES / "favicon.svg").read_text()
    values = {"back": back, "ink": ON_DEEP, "soft": SOFT, "mark": mark, "padding": padding, "svg": svg, "words": words}
    page.set_content(PAGE.format(**values))
    picture = Image.open(io.BytesIO(page.screenshot(omit_background=True)))
    page.close()
    return picture


def main() -> None:
    """Draw all of them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from pages.languages import language_codes  # these read the settings when they are loaded
    from pages.starter.loader import STARTER
    from tests.browser.conftest import CHROMIUM, CHROMIUM_FLAGS

    sender = tomllib.loads((STARTER / "site.toml").read_text(encoding="utf-8"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        small = [drawn(browser, (pixels, pixels), "transparent", pixels) for pixels in (16, 32, 48)]
        small[-1].save(IMAGES / "favicon.ico", append_images=small[:-1], sizes=[each.size for each in small])
        drawn(browser, (180, 180), "#0b5a5c", 180).quantize(16).save(IMAGES / "apple-touch-icon.png", optimize=True)
        for code in language_codes():
            with override(code):
                words = f"<h1>{gettext('Support for professionals')}</h1><p>{sender[f'sender_{code}']}</p>"
            picture = drawn(browser, SHARED, DEEP, 150, words, padding=100)
            picture.quantize(32).save(IMAGES / f"shared-{code}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
