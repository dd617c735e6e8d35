"""What the agency's public site demands of its settings; a demonstration demands nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

import environ
from django.core.checks.security.base import SECRET_KEY_MIN_LENGTH, SECRET_KEY_MIN_UNIQUE_CHARACTERS
from django.core.exceptions import ImproperlyConfigured

from config import env

NEW_KEY = "Set it to what this prints: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"


def mailer() -> dict[str, Any]:
    """Return Django's settings of the SMTP server that EMAIL_URL names."""
    url = env.text("EMAIL_URL")
    with env.parsing("EMAIL_URL"):
        config = environ.Env.email_url_config(url) if url.startswith(("smtp://", "smtp+tls://", "smtp+ssl://")) else {}
    if not config.get("EMAIL_HOST"):
        raise ImproperlyConfigured("EMAIL_URL must be smtp+tls://user:password@host:587 (or smtp+ssl:// or smtp://).")
    options = {
        "host": config["EMAIL_HOST"],
        "port": config["EMAIL_PORT"],
        "username": config["EMAIL_HOST_USER"],
        "password": config["EMAIL_HOST_PASSWORD"],
        "use_tls": config.get("EMAIL_USE_TLS", False),
        "use_ssl": config.get("EMAIL_USE_SSL", False),
        "timeout": 10,  # seconds; a server that does not answer then counts as away, and mail waits for the next try
    }
    return {"BACKEND": config["EMAIL_BACKEND"], "OPTIONS": options}


def demand(settings: Mapping[str, Any]) -> None:
    """Raise ImproperlyConfigured with a line for each setting that a live site must not have.

    So every command refuses, `serve` and `check` among them. An address with http, and no mail server, were refused
    when they were read.
    """
    if lines := list(_refused(settings)):
        raise ImproperlyConfigured("\n".join(lines))


def _refused(settings: Mapping[str, Any]) -> Iterator[str]:
    if settings["DEBUG"]:
        yield "DEBUG shows visitors how the site is made. Set it to false while SITE_LIVE is true."
    fallbacks = [("SECRET_KEY_FALLBACKS", key) for key in settings.get("SECRET_KEY_FALLBACKS", [])]
    for name, key in [("SECRET_KEY", settings["SECRET_KEY"]), *fallbacks]:
        if len(key) < SECRET_KEY_MIN_LENGTH:
            yield f"{name} has {len(key)} characters; at least {SECRET_KEY_MIN_LENGTH} cannot be guessed. {NEW_KEY}"
        elif len(set(key)) < SECRET_KEY_MIN_UNIQUE_CHARACTERS:
            least = SECRET_KEY_MIN_UNIQUE_CHARACTERS
            yield f"{name} has {len(set(key))} different characters; {least} is the least. {NEW_KEY}"
    is_sqlite = settings["DATABASES"]["default"]["ENGINE"].endswith("sqlite3")
    if is_sqlite and not env.flag("SQLITE_IN_PRODUCTION"):
        yield (
            "A live site on SQLite runs on one machine, with one writer at a time. Set DATABASE_URL to "
            "postgresql://user:password@host/name, or SQLITE_IN_PRODUCTION to true if you want that."
        )
