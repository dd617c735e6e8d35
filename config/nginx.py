"""The configuration of nginx in front of this site, written from the settings."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from config import env
from contacts.models import SupportLine
from pages.languages import language_codes

TEMPLATES = ("nginx/site.conf", "nginx/headers.conf", "nginx/away.html")


def nginx_files(folder: Path, application: str, lines: Iterable[SupportLine]) -> dict[str, str]:
    """Return the content of each file by its name.

    `folder` is where they will lie, `application` the host and port on which the site listens, and `lines`
    the numbers of the page that readers get when it does not answer.
    """
    codes = language_codes()
    context = {
        "site_url": settings.SITE_URL,
        "host": settings.SITE_HOST,
        "hosts": " ".join(dict.fromkeys([settings.SITE_HOST, *env.hosts("ALLOWED_HOSTS")])),
        "data": settings.DATA_DIR,
        "folder": folder,
        "application": application,
        "languages": codes,
        "default_language": settings.LANGUAGE_CODE,
        "other_languages": [code for code in codes if code != settings.LANGUAGE_CODE],
        "lines": list(lines),
    }
    return {Path(name).name: render_to_string(name, context) for name in TEMPLATES}
