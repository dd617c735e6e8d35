"""The configuration of nginx in front of this site, written from the settings."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from config import env
from config.policies import policies
from contacts.guide.words import answers_words
from contacts.models import SupportLine
from pages.languages import language_codes

CONFIGURATION = ("site.conf", "headers.conf")
# Pages that nginx sends by itself: heading and lead, each in every language.
PAGES = {
    "away.html": (
        _("Something is wrong on our side"),
        _("The page cannot be shown at the moment. The numbers here still work. Try again in a while."),
    ),
    "refused.html": (
        _("This could not be received"),
        _("What was sent was too large, or not complete. Go back and try again with less. The numbers here work."),
    ),
}


@dataclass(frozen=True, slots=True)
class Server:
    """Where one `manage.py serve` listens, with the others that take over while it starts again."""

    address: str  # host and port
    port: str
    others: tuple[str, ...]


def servers(addresses: Sequence[str]) -> list[Server]:
    """Return a server for each address; ValueError where one is no address, or two have the same port.

    A server is known by its port alone to the file that tells nginx that it is about to stop.
    """
    found = [
        Server(address, address.rpartition(":")[2], tuple(other for other in addresses if other != address))
        for address in addresses
    ]
    for server in found:
        if not re.fullmatch(r"[^\s:;{}]+:[0-9]{1,5}|\[[0-9a-fA-F:.]+\]:[0-9]{1,5}", server.address):
            raise ValueError(f"{server.address} is no address of a server, like 127.0.0.1:8000.")
    if len({server.port for server in found}) < len(found):
        raise ValueError("Two servers have the same port. Give each its own: serve --port")
    return found


def nginx_files(folder: Path, applications: Sequence[Server], lines: Iterable[SupportLine]) -> dict[str, str]:
    """Return the content of each file by its name.

    `folder` is where they will lie, and `lines` the numbers of the pages that readers get when no server answers, or
    none is asked.
    """
    codes = language_codes()
    context: dict[str, object] = {
        "site_url": settings.SITE_URL,
        "host": settings.SITE_HOST,
        "hosts": " ".join(dict.fromkeys([settings.SITE_HOST, *env.hosts("ALLOWED_HOSTS")])),
        "data": settings.DATA_DIR,
        "folder": folder,
        "applications": applications,
        "languages": codes,
        "default_language": settings.LANGUAGE_CODE,
        "other_languages": [code for code in codes if code != settings.LANGUAGE_CODE],
        "lines": list(lines),
        "answers_words": answers_words(),
        "policies": list(policies().items()),
    }
    pages: dict[str, str] = {
        name: render_to_string("nginx/page.html", context | {"heading": heading, "lead": lead})
        for name, (heading, lead) in PAGES.items()
    }
    return {name: render_to_string(f"nginx/{name}", context) for name in CONFIGURATION} | pages
