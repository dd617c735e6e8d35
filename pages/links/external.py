"""Asking other websites whether they answer: one at a time, with a pause, and only for the head of a page."""

import time
from ipaddress import ip_address
from socket import gaierror, getaddrinfo
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

PAUSE = 1.0  # seconds between two questions to one host
PATIENCE = 10  # seconds
GONE = {404, 410}
UNKNOWN_TO_HEAD = {403, 405, 501}  # servers that answer only to GET


class _NoRedirects(HTTPRedirectHandler):
    """A page that has moved answers: who follows goes where it was not sent."""

    def redirect_request(self, *args: object) -> None:
        """Follow nowhere."""


def is_public(host: str) -> bool:
    """Tell whether a name is that of a machine on the internet: what editors write must not lead into the own network.

    A name that is not known is left to the question itself, which fails.
    """
    try:
        found = getaddrinfo(host, None)
    except (gaierror, UnicodeError):
        return True
    return all(ip_address(str(address[4][0]).partition("%")[0]).is_global for address in found)


def answers(url: str) -> bool:
    """Tell whether there is a page at an address: not where the answer is that there is none, nor without an answer."""
    opener = build_opener(_NoRedirects)
    for method in ("HEAD", "GET"):
        agent = f"link check of {settings.SITE_URL}"
        request = Request(url, headers={"User-Agent": agent}, method=method)  # noqa: S310  (http and https alone)
        try:
            with opener.open(request, timeout=PATIENCE):
                return True
        except HTTPError as error:
            error.close()
            if error.code not in UNKNOWN_TO_HEAD:
                return error.code not in GONE
        except (OSError, ValueError):
            return False
    return True


def silent(urls: list[str]) -> set[str]:
    """Return the addresses at which nothing is; each host is asked at most once a second."""
    asked: dict[str, float] = {}
    found = set()
    for url in urls:
        host = urlsplit(url).hostname or ""
        time.sleep(max(0.0, asked.get(host, 0.0) + PAUSE - time.monotonic()))
        if not is_public(host) or not answers(url):
            found.add(url)
        asked[host] = time.monotonic()
    return found
