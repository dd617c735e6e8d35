"""What stands in for cookies and puzzles: where a message comes from, how old its form is, how many came."""

from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from pages.networks import network_of

SALT = "contacts.messages"
FORM_AGE = 12 * 3600  # seconds; somebody may leave it open over a working day
MOST_MESSAGES = 10
PERIOD = 3600  # seconds


def comes_from_this_site(request: HttpRequest) -> bool:
    """Tell whether a browser says that it sends what one of our own pages had it send.

    `Sec-Fetch-Site` comes from every browser of today over HTTPS, and no page can forge it; "none"
    is the reader's own doing. Older browsers send `Origin` or, as our Referrer-Policy lets them,
    `Referer`. Who sends none of the three is refused.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return (parts.scheme, parts.netloc.lower()) == (request.scheme, request.get_host().lower())


def new_token() -> str:
    """Return proof that a form was given out now."""
    return signing.dumps("form", salt=SALT)


def is_fresh(token: str) -> bool:
    """Tell whether a token is ours, and given out within FORM_AGE."""
    try:
        signing.loads(token, salt=SALT, max_age=FORM_AGE)
    except signing.BadSignature:
        return False
    return True


def is_within_limit(request: HttpRequest) -> bool:
    """Count a message from the network that the request comes from; False after MOST_MESSAGES in PERIOD.

    The address is kept as a keyed hash only, and no longer than PERIOD.
    """
    network = salted_hmac(SALT, _network(request), algorithm="sha256").hexdigest()
    # A slot for each message, taken in one step whatever the cache is; to count up is not one step in all.
    return any(cache.add(f"messages:{network}:{slot}", 1, PERIOD) for slot in range(MOST_MESSAGES))


def _network(request: HttpRequest) -> str:
    try:
        return network_of(get_adapter().get_client_ip(request))
    except (PermissionDenied, ValueError):
        return "unknown"
