"""Every public page, as this process renders it from its database: by which two databases are compared."""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.translation import override

from pages.languages import language_codes

ADDRESS = re.compile(r"<loc>([^<]+)</loc>")
AS_OF = re.compile(rb'<span class="call__as-of">.*?</span>', re.DOTALL)  # the minute in which a page was made
# What no sitemap names; each in every language.
VIEWS = ("search", "search-titles", "place-names", "registers")
STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # whatever is collected, or is not


def digests(most: int | None = None) -> dict[str, str]:
    """Return the status and a digest of each public page, by its path; of at most so many, from the whole list."""
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": STATIC}):
        paths = sorted(set(_paths(_client())))
        step = max(1, len(paths) // most) if most else 1
        return {path: _digest(_client().get(path)) for path in paths[::step]}


def pages_from(database_url: str, most: int | None = None) -> dict[str, str]:
    """Return what `digests` returns in a process on another database, which must have the same DATA_DIR.

    Raises CalledProcessError when that process ends with an error, which it has written.
    """
    done = subprocess.run(  # noqa: S603  (this program, and a number)
        [sys.executable, "manage.py", "public_pages", *(["--most", str(most)] if most else [])],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": database_url, "SQLITE_IN_PRODUCTION": "true"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


def differing(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Return the paths of pages that are in one only, or differ."""
    return sorted(path for path in one | other if one.get(path) != other.get(path))


def _client() -> Client:
    """Return a reader that comes through the proxy, whom nothing is known of."""
    headers = {"host": settings.SITE_HOST, "x-forwarded-proto": "https"}
    return Client(raise_request_exception=False, headers=headers)


def _paths(client: Client) -> Iterator[str]:
    yield from ("/", "/robots.txt", "/sitemap.xml")
    for part in _addresses(client, "/sitemap.xml"):
        yield part
        yield from _addresses(client, part)
    for language in language_codes():
        with override(language):
            yield from map(reverse, VIEWS)
            names = client.get(reverse("place-names")).content
        yield from (place["url"] for place in json.loads(names)["places"])


def _addresses(client: Client, path: str) -> list[str]:
    found = ADDRESS.findall(client.get(path).content.decode())
    return [address.removeprefix(settings.SITE_URL) for address in found]


def _digest(response: Any) -> str:
    return f"{response.status_code} {hashlib.sha256(AS_OF.sub(b'', response.content)).hexdigest()}"
