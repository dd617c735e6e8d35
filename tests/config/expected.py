"""What the table in `access.py` says of one request, and an answer in its words."""

import re

from django.http import HttpResponse

from tests.config.access import ADMIN, DOORS, OWN, PUBLIC
from tests.config.every_request import OTHERS, Request
from tests.config.every_url import Address
from tests.config.world import ROLES, SECRETS

# Its scripts remove what was kept for a preview, and keep what a user has put away.
USED_BY_WAGTAIL = re.compile("^DELETE /admin/.*/preview/|^PATCH /admin/dismissibles/")
REFUSALS = {"sign-in", "403", "404", "405", "410"}
IN = {"ok", "moved", "400", "404", "405", "422"}
OUT = {"home", "403", "404", "405"}


def word(answer: HttpResponse) -> str:
    """Return the answer in the table's words."""
    target = answer.get("Location", "")
    is_post = answer.request["REQUEST_METHOD"] == "POST"
    if is_post and answer.status_code == 200 and answer.get("Content-Type") == "application/json":
        told = answer.json()
        target = told.get("location", "") if isinstance(told, dict) else ""  # as allauth tells scripts where to go
    if 200 <= answer.status_code < 300 and not target:
        return "ok"
    if answer.status_code not in {200, 301, 302, 303, 307, 308}:
        return str(answer.status_code)
    if target.removeprefix("/en").startswith(("/konto/login/", "/admin/login/")):
        return "sign-in"
    return "home" if target == "/admin/" else "moved"


def expected(address: Address, role: str, method: str) -> set[str]:
    """Return the words that the table allows; raises LookupError where it says nothing."""
    if not address.url.startswith("/admin/"):
        return {_public(address, role, method)}
    if role in SECRETS:
        return {"403"}
    door = next((answer for beginning, answer in DOORS if address.name.startswith(beginning)), "")
    if door or role == "anonymous":
        return {door or "sign-in", "405"}
    who = _admin(address, method)
    if who == OWN and role == "author":
        return {"other": OUT, "missing": IN | OUT}.get(address.of, IN | {"403"})
    return IN if who == OWN or role in who else OUT


def _admin(address: Address, method: str) -> set[str] | str:
    wholes = (f"{address.name} {method}", f"{address.name} {address.of}")
    names = [beginning for beginning in ADMIN if any(whole.startswith(beginning) for whole in wholes)]
    if not names:
        raise LookupError(f"{address.name} is not in the table")
    return ADMIN[max(names, key=len)]


def _public(address: Address, role: str, method: str) -> str:
    for name, of, get, post in PUBLIC:
        if (address.name == name or (name.endswith(":") and address.name.startswith(name))) and (
            address.of in of.split() or not of
        ):
            words = (post if method == "post" else get).split()
            return words[ROLES.index(role)] if len(words) > 1 else words[0]
    raise LookupError(f"{address.name} ({address.of}) is not in the table")


def allowed_for_junk(address: Address, role: str) -> set[str] | None:
    """Return what nonsense may be answered with; None where whoever sends it may be told anything but a fault."""
    allowed = expected(address, role, "post")
    return allowed | {"400"} if allowed <= REFUSALS | {"home"} else None


def allowed_answers(request: Request, role: str) -> set[str] | None:
    """Return what the table allows; None where whoever sends nonsense may be told anything but a fault."""
    method = request.method
    if request.junk:
        return allowed_for_junk(request.address, role)
    if method in OTHERS and not USED_BY_WAGTAIL.search(f"{method} {request.address.url}"):
        return {"405"}
    return expected(request.address, role, method.lower())
