"""The site in a process of its own, under settings that are read once, at its start."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from django.conf import settings

from config import env

LIVE = {
    "SITE_LIVE": "1",
    "SITE_URL": "https://stod.example.org",
    "SECRET_KEY": "a key of more than fifty letters, for tests alone, that nobody else has",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
    "SQLITE_IN_PRODUCTION": "1",  # of no meaning where tests run on PostgreSQL
}
VISITOR = str(Path(__file__).with_name("visitor.py"))
# What a browser's request looks like behind the proxy.
PROXIED = {"Host": "stod.example.org", "X-Forwarded-Proto": "https"}


def run(
    *arguments: str, folder: Path = settings.BASE_DIR, given: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run Python in a copy of the repository with these variables of the site alone, none from `.env`."""
    unset = {variable.name: "" for variable in env.VARIABLES}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"} | unset | variables,
        input=given,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site answered to one request."""

    status: int
    headers: dict[str, str]
    cookies: str  # as Set-Cookie headers, one a line
    text: str

    @property
    def html(self) -> BeautifulSoup:
        return BeautifulSoup(self.text, "html.parser")


def visit(requests: Iterable[dict[str, Any]], folder: Path = settings.BASE_DIR, **variables: str) -> list[Answer]:
    """Start the site, send the requests in turn (arguments of `Client.generic`), return its answers."""
    done = run(VISITOR, folder=folder, given=json.dumps(list(requests)), **variables)
    assert done.returncode == 0, done.stderr
    return [Answer(**answer) for answer in json.loads(done.stdout)]


def get(path: str, headers: dict[str, str]) -> dict[str, Any]:
    """Return the request of a page."""
    return {"method": "GET", "path": path, "headers": headers}
