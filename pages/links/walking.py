"""A walk through the published site, in this process: every address that its pages lead to, asked for as a reader."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override
from phonenumbers import NumberParseException, PhoneNumber, is_possible_number, is_possible_short_number, parse

from pages.links.models import Fault
from pages.links.reading import Link, ReadPage, read_page
from pages.render_context import RenderContext, collecting

SITEMAP = "/sitemap.xml"
REGION = "SE"


@dataclass(slots=True)
class Answer:
    """What is at an address; `page` where it is a page."""

    status: int
    page: ReadPage | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A link that leads nowhere, and the path of the page that it is on."""

    path: str
    link: Link
    target: str
    fault: Fault


@dataclass(slots=True)
class Walk:
    """Every answer by its path, each asked for once. `external` has who links to each address elsewhere.

    `made` are the paths of pages' files that are made when asked for, and taken to be there.
    """

    made: frozenset[str] = frozenset()
    answers: dict[str, Answer] = field(default_factory=dict)
    external: dict[str, list[tuple[str, Link]]] = field(default_factory=dict)
    _told_outside_texts: set[str] = field(default_factory=set)
    _memo: dict[Any, Any] = field(default_factory=dict)  # what the pages show alike is read once

    def go(self, paths: list[str]) -> Iterator[Found]:
        """Yield what is broken on some pages; what they lead to is asked for, and not read any further."""
        for path in paths:
            page = self.answer(path).page
            for link in page.links if page else ():
                target = urlsplit(urljoin(settings.SITE_URL + path, link.target))
                found = self._look(path, link, target)
                if found and (link.is_content or found.target not in self._told_outside_texts):
                    self._told_outside_texts.add(found.target)
                    yield found

    def answer(self, path: str) -> Answer:
        """Return what is at a path of this site."""
        if path not in self.answers:
            self.answers[path] = self._ask(path)
        return self.answers[path]

    def _look(self, path: str, link: Link, target: Any) -> Found | None:
        fault: Fault | None = None
        match target.scheme:
            case "tel":
                fault = None if is_number(target.path) else Fault.NUMBER
            case "mailto":
                fault = None if _is_address(unquote(target.path)) else Fault.MAIL
            case "http" | "https" if _is_own(target):
                fault = self._own_fault(target.path, unquote(target.fragment))
            case "http" | "https":
                self.external.setdefault(target.geturl(), []).append((path, link))
        return Found(path, link, link.target, fault) if fault else None

    def _own_fault(self, path: str, place: str) -> Fault | None:
        answer = self.answer(path)
        if answer.status >= 500:
            return Fault.FAILING
        if answer.status >= 400:
            return Fault.MISSING
        if place and answer.page and place not in answer.page.ids:
            return Fault.ANCHOR
        return None

    def _ask(self, path: str) -> Answer:
        if path in self.made or _is_made_when_asked_for(path):
            return Answer(200)
        with collecting(RenderContext(self._memo)):
            response = _reader().get(path, follow=True)
        is_html = response.headers.get("Content-Type", "").startswith("text/html")
        is_page = response.status_code == 200 and is_html and not response.streaming
        page = read_page(response.content.decode()) if is_page else None
        if response.streaming:
            deque(response, maxlen=0)  # read to its end it is closed, as the client has closed the others
        return Answer(response.status_code, page)


def published_paths() -> list[str]:
    """Return the paths that search engines are told of: published pages and what is below them, no earlier versions."""
    client = _reader()
    parts = _locations(client.get(SITEMAP).content.decode())
    pages = [address for part in parts for address in _locations(client.get(_path(part)).content.decode())]
    return list(dict.fromkeys(map(_path, pages)))


def _reader() -> Client:
    """Return a reader who comes through the proxy, whom nothing is known of."""
    headers = {"host": settings.SITE_HOST, "x-forwarded-proto": "https"}
    return Client(raise_request_exception=False, headers=headers)


def _locations(sitemap: str) -> list[str]:
    return [piece.partition("</loc>")[0] for piece in sitemap.split("<loc>")[1:]]


def _path(address: str) -> str:
    return urlsplit(address).path


def _is_own(target: Any) -> bool:
    return target.netloc == urlsplit(settings.SITE_URL).netloc


def _is_made_when_asked_for(path: str) -> bool:
    """Tell whether it is a file of the site itself: one that a view makes, such as a card to print, takes long."""
    if path.startswith(settings.STATIC_URL):
        return True  # no editor writes such a link
    if path.endswith("/") or path.startswith(settings.MEDIA_URL):
        return False
    with override(get_language_from_path(path) or settings.LANGUAGE_CODE):  # the last page left its own active
        try:
            return resolve(path).url_name not in {"wagtaildocs_serve", "wagtail_serve"}
        except Resolver404:
            return False


def is_number(number: str) -> bool:
    """Tell whether a telephone can dial it, in Sweden: a whole number, or a short one."""
    try:
        parsed: PhoneNumber = parse(number, REGION)
    except NumberParseException:
        return False
    return is_possible_number(parsed) or is_possible_short_number(parsed)


def _is_address(address: str) -> bool:
    return _passes(validate_email, address)


def _passes(validate: Callable[[str], None], value: str) -> bool:
    try:
        validate(value)
    except ValidationError:
        return False
    return True
