"""How fast pages feel: Lighthouse, as on a phone with slow 4G, on a live site behind nginx with TLS.

Needs what `npm ci --prefix tests/bench` installs.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.config.live_site import HOST, LiveSite, manage_live, running_live_site
from tests.pages.startup.starting import Place, free_port

LIGHTHOUSE = Path(__file__).parent / "node_modules" / ".bin" / "lighthouse"
# Not the search: it asks not to be listed, which Lighthouse counts as a fault.
PAGES = {
    "start page": "/",
    "start page in English": "/en/",
    "guidance page": "/vagledning/betanketid/",
    "step of the manual": "/manual/akut-skydd/",
    "contacts": "/kontakt/",
    "county": "/kontakt/skane-lan/",
    "publications": "/publikationer/",
    "manual": "/manual/",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
AT_MOST = {"largest-contentful-paint": 1200, "total-blocking-time": 50}  # milliseconds


@contextmanager
def live_site(folder: Path) -> Iterator[LiveSite]:
    """Start a live site with the texts that the site ships with, and nothing invented."""
    (folder / "data").mkdir()
    (folder / "nginx").mkdir()
    place = Place(folder / "data", "", free_port())
    for command in (["serve", "--prepare-only"], ["init", "--texts", "--admin", "chief@agency.example", "--show-link"]):
        manage_live(place, *command)
    with running_live_site(place, folder / "nginx") as site:
        yield site


def lighthouse(site: LiveSite, path: str) -> dict[str, Any]:
    """Return Lighthouse's report on a page."""
    flags = [
        "--headless=new",
        "--no-sandbox",
        "--ignore-certificate-errors",
        f"--host-resolver-rules='MAP {HOST}:443 127.0.0.1:{site.ports['https']}'",
    ]
    command = [
        str(LIGHTHOUSE),
        f"https://{HOST}{path}",
        "--quiet",
        "--output=json",
        "--form-factor=mobile",
        "--throttling-method=simulate",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={' '.join(flags)}",
    ]
    environment = os.environ | {"CHROME_PATH": shutil.which("chromium") or ""}
    for _attempt in range(3):  # now and then the browser does not start, or paints nothing
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return json.loads(done.stdout)
    raise RuntimeError(done.stderr)


def scores(reports: list[dict[str, Any]], category: str) -> list[float]:
    """Return the scores of reports in a category, each of 100."""
    return [round(100 * report["categories"][category]["score"]) for report in reports]
