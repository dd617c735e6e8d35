"""Every registered address, and every one below a page, with sample arguments.

Those are of coordinator A, of B, of what is there and of what is not (`world.py`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from django.urls import URLResolver, get_resolver
from django.utils.translation import get_language
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from tests.config.world import SECRETS, Samples, World

HOLE = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True)
class Address:
    """An address of a pattern; `of` tells what its arguments name: A, B, own, other, there, gone or missing."""

    name: str  # of the pattern, or its route where it has none; of one below a page, the page's type and its own
    url: str
    of: str


def every_address(world: World) -> list[Address]:
    """Return every address of every pattern in the active language; raises LookupError for one without samples."""
    found: dict[str, Address] = {}
    for route, name in [*registered(), *below_pages()]:
        for of, path in _written(route, world) or filled(route, name, world.samples):
            url = "/" + re.sub(r"[\^$]|\\Z", "", path)
            found.setdefault(url, Address(name or route, url, of))  # a later pattern of the same route is never met
    return list(found.values())


def registered(resolver: URLResolver | None = None, before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Yield the route and the name of every pattern, in the active language."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from registered(pattern, route, space + (f"{pattern.namespace}:" if pattern.namespace else ""))
        else:
            yield route, space + (pattern.name or "")


def below_pages() -> Iterator[tuple[str, str]]:
    """Yield routes and names of what published pages answer below them, in the active language."""
    for page in Page.objects.live().filter(locale__language_code=get_language()).specific():
        if isinstance(page, RoutablePageMixin):
            for pattern in page.get_subpage_urls():
                yield page.url.removeprefix("/") + str(pattern.pattern), f"{page._meta.model_name}:{pattern.name}"


def filled(route: str, name: str, samples: dict[str, Samples]) -> Iterator[tuple[str, str]]:
    """Yield the paths of a pattern without expressions, with what they are of."""
    if "(" in route:
        raise LookupError(f"{route} ({name}) is an expression: write its addresses in WRITTEN")
    choices = [_of_parameter(name, hole, route, samples).items() for hole in HOLE.findall(route)]
    for arguments in product(*choices):
        kinds = {of for of, _value in arguments if of}
        if len(kinds) > 1 and "missing" not in kinds:
            continue  # no address names something of A and something of B
        path = route
        for _of, value in arguments:
            path = HOLE.sub(str(value), path, count=1)
        yield "missing" if "missing" in kinds else "".join(kinds), path


def _of_parameter(name: str, parameter: str, route: str, samples: dict[str, Samples]) -> Samples:
    space = (name.rpartition(":")[0] or name).replace("snippetchoosers", "snippets")
    for key in (f"{name} {parameter}", f"{space} {parameter}", parameter):
        for found in (f"{key} {get_language()}", key):
            if found in samples:
                return samples[found]
    raise LookupError(f"{route} ({name}) has no samples for {parameter}")


def _written(route: str, world: World) -> list[tuple[str, str]]:
    return [(of, path.format(world=world)) for of, path in WRITTEN.get(route, [])]


_COMPARE = r"/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$"
_COORDINATOR = "admin/snippets/contacts/coordinator/history/"
_RESOURCE = "admin/snippets/resources/resource/history/"
# Addresses of patterns that are expressions.
WRITTEN: dict[str, list[tuple[str, str]]] = {
    "^admin/password_reset/": [("", "admin/password_reset/"), ("", "admin/password_reset/confirm/MQ/abc-def/")],
    "admin/^.*/$": [("missing", "admin/finns-inte/")],
    r"^admin/snippets/choose/\w+/\w+/create/$": [
        ("", f"admin/snippets/choose/{model._meta.label_lower.replace('.', '/')}/create/")
        for model in get_snippet_models()
    ],
    "^admin/snippets/choose/contacts/readermessage/": [("", "admin/snippets/choose/contacts/readermessage/")],
    rf"admin/pages/^(?P<pk>\d+){_COMPARE}": [
        ("own", "admin/pages/{world.own.pk}/revisions/compare/live...latest/"),
        ("other", "admin/pages/{world.other.pk}/revisions/compare/earliest...latest/"),
        ("missing", "admin/pages/987654/revisions/compare/live...latest/"),
    ],
    rf"{_COORDINATOR}(?P<pk>.+){_COMPARE}": [
        (name, _COORDINATOR + f"{{world.entries[{name}].pk}}/revisions/compare/live...latest/") for name in SECRETS
    ],
    rf"{_RESOURCE}(?P<pk>.+){_COMPARE}": [("missing", f"{_RESOURCE}987654/revisions/compare/live...latest/")],
    r"documents/^(\d+)/(.*)$": [("missing", "documents/987654/blad.pdf")],
    r"^((?:[\w\-]+/)*)$": [("", ""), ("missing", "finns-inte/")],
    r"en/^((?:[\w\-]+/)*)$": [("", "en/"), ("missing", "en/is-not-here/")],
}
_RESET = r"konto/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"
WRITTEN |= {prefix + _RESET: [("missing", f"{prefix}konto/password/reset/key/1-abc-def/")] for prefix in ("", "en/")}
