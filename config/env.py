"""Every environment variable of the site: its type, default and meaning.

Read from the process environment, then from `.env` beside `manage.py`. The table in the README
is tested against `VARIABLES`.
"""

import contextlib
import errno
import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
MAX_PORT = 65535


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable; `default` is None where production must set it."""

    name: str
    type: str
    default: str | None
    meaning: str


VARIABLES = (
    Variable("SITE_LIVE", "bool", "false", "The agency's public site: no demonstration banner, HTTPS only, real mail"),
    Variable("SITE_URL", "url", "http://localhost:8000", "Public address of the site, without a slash at the end"),
    Variable("SECRET_KEY", "str", None, "Signs sessions and tokens; generated in DATA_DIR while SITE_LIVE is false"),
    Variable("SECRET_KEY_FALLBACKS", "list", "", "Earlier keys, comma separated: what they signed goes on being valid"),
    Variable("DATABASE_URL", "url", "sqlite", "postgresql://user:password@host/name; SQLite in DATA_DIR when empty"),
    Variable("SQLITE_IN_PRODUCTION", "bool", "false", "Consent to SQLite on a live site: one machine, one writer"),
    Variable("DATA_DIR", "path", "var", "The one folder for database, uploads, collected static files and mail"),
    Variable("UPLOADS_URL", "url", "folder", "s3://key:secret@host/bucket; folders in DATA_DIR when empty"),
    Variable("ALLOWED_HOSTS", "list", "", "Extra host names, comma separated; that of SITE_URL is always allowed"),
    Variable(
        "EMAIL_URL", "url", None, "smtp+tls://user:password@host:587; mail goes to a folder while SITE_LIVE is false"
    ),
    Variable("EMAIL_FROM", "str", "webbplats@example.org", "Sender of the site's mail"),
    Variable(
        "TRUSTED_PROXIES", "int", "1", "How many proxies before a live site add the client's address to X-Forwarded-For"
    ),
    Variable("MESSAGES_KEPT_DAYS", "int", "90", "Days after which `delete_old_messages` deletes what readers wrote"),
    Variable("LEAVERS_KEPT_MONTHS", "int", "12", "Months after which `purge_leavers` deletes who has left"),
    Variable("PAGES_AHEAD", "int", "500", "How many pages are built before they are asked for, after each change"),
    Variable("LOG_JSON", "bool", "false", "Whether the log is JSON: an object a line, without addresses and queries"),
    Variable("OPERATORS", "list", "", "Who gets a mail about errors, comma separated: of a kind once an hour at most"),
    Variable("JOBS", "bool", "true", "Whether `serve` runs the commands that run by themselves; false where timers do"),
    Variable("DEBUG", "bool", "false", "Django's debug pages; for developers only"),
)

environ.Env.read_env(BASE_DIR / ".env")
_variables = {variable.name: variable for variable in VARIABLES}
_HOST = r"[\w-]+(\.[\w-]+)*|\[[0-9a-fA-F:.]+\]"


def text(name: str) -> str:
    """Return a string variable; an empty one counts as unset.

    One that is unset and has no default raises ImproperlyConfigured saying what to do.
    """
    # Not through environ.Env: it would look up a secret key that begins with $ as another variable.
    value = os.environ.get(name) or _variables[name].default
    if value is None:
        raise ImproperlyConfigured(f"Set {name} ({_variables[name].meaning}). See .env.example.")
    return value


def flag(name: str) -> bool:
    """Return a boolean variable: true/false, yes/no, on/off or 1/0."""
    value = text(name).strip().lower()
    if value not in {"true", "yes", "on", "1", "false", "no", "off", "0"}:
        raise ImproperlyConfigured(f"{name} must be true or false, not “{value}”.")
    return value in {"true", "yes", "on", "1"}


def number(name: str) -> int:
    """Return a variable that is a whole number, zero or more."""
    value = text(name).strip()
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not “{value}”.")
    return int(value)


def address(name: str, *, https: bool = False) -> str:
    """Return the web address of a site, without the slash at its end; `https` refuses plain http."""
    value = text(name)
    found = re.fullmatch(rf"{'https' if https else 'https?'}://({_HOST})(:(?P<port>\d{{1,5}}))?/?", value)
    if not found or not 0 < int(found["port"] or 80) <= MAX_PORT:
        raise ImproperlyConfigured(f"Set {name} to an address like https://www.example.org, not “{value}”.")
    return value.rstrip("/")


def hosts(name: str) -> list[str]:
    """Return comma separated host names as a list without empty items; "*" is no name."""
    values = [item.strip() for item in text(name).split(",") if item.strip()]
    for value in values:
        if not re.fullmatch(_HOST, value):
            raise ImproperlyConfigured(f"{name} must be host names like www.example.org, not “{value}”.")
    return values


def addresses(name: str) -> list[str]:
    """Return comma separated mail addresses as a list without empty items."""
    values = [item.strip() for item in text(name).split(",") if item.strip()]
    for value in values:
        if not re.fullmatch(r"[^\s@]+@[^\s@]+", value):
            raise ImproperlyConfigured(f"{name} must be mail addresses, comma separated, not “{value}”.")
    return values


def data_dir() -> Path:
    """Return the absolute data folder, made when it is missing; a relative one is taken from the repository."""
    folder = BASE_DIR / text("DATA_DIR")
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return folder


def subfolder(path: Path) -> Path:
    """Return a folder of the site, which may not be there yet; a file in its place is said in one line."""
    if path.exists() and not path.is_dir():
        raise ImproperlyConfigured(f"{path} is a file where the site needs a folder. Move it away.")
    return path


def database(folder: Path, url: str = "") -> dict[str, Any]:
    """Return Django's settings of a database: SQLite in `folder`, or a server's; by default what DATABASE_URL names."""
    url = url or text("DATABASE_URL")
    if url == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "db.sqlite3",
            "CONN_MAX_AGE": 60,  # opening it costs as much as ten queries
            "OPTIONS": {
                # Readers never wait for a writer, and a writer takes its lock at once instead of
                # failing half-way with "database is locked".
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    with parsing("DATABASE_URL"):
        config = environ.Env.db_url_config(url) if url.startswith(("postgresql://", "postgres://")) else {}
    if not config.get("NAME"):
        raise ImproperlyConfigured("DATABASE_URL must be postgresql://user:password@host/name, or empty for SQLite.")
    # A server that does not answer must not keep readers waiting for the error page: neither when it is called,
    # nor when it is cut off in the middle of a query, which TCP by itself takes a quarter of an hour to notice.
    alive = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3, "tcp_user_timeout": 8000}
    options = {"connect_timeout": 5, **alive, **config.get("OPTIONS", {})}
    engine = "config.postgresql"  # a web server gives up on one that is silent
    return {**config, "ENGINE": engine, "OPTIONS": options, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def generated_secret_key(folder: Path) -> str:
    """Return the key kept in `folder`, made at the first call, readable by the owner only."""
    path = folder / "secret_key"
    with _writing(folder):
        if not path.exists():
            # Written whole under another name (mode 0600), then named; of two starts the first names it.
            with tempfile.NamedTemporaryFile("w", dir=folder, prefix="secret_key-") as file:
                file.write(secrets.token_urlsafe(50))
                file.flush()
                with contextlib.suppress(FileExistsError):
                    path.hardlink_to(file.name)
        return path.read_text()


@contextlib.contextmanager
def parsing(name: str) -> Iterator[None]:
    """Turn a ValueError inside into one line about the variable."""
    try:
        yield
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} cannot be read ({error}). See .env.example.") from error


@contextlib.contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ImproperlyConfigured(
            f"{folder} cannot be written ({error.strerror}). Make it writable, or set DATA_DIR to a folder that is."
        ) from error
