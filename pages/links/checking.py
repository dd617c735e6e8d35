"""The check of all links: a walk through the site and a look at what is stored, noted for the report."""

from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.utils.translation import override
from wagtail.models import Page, get_page_models

from pages.html.links import address_of
from pages.links.external import silent
from pages.links.models import BrokenLink, Fault
from pages.links.stored import dead_page_links, places
from pages.links.walking import Found, Walk, published_paths
from pages.models.base import BasePage
from pages.models.in_languages import served_pages
from pages.models.subpage_routes import SubpageRoutes


def check_links(*, external: bool = False) -> int:
    """Note what is broken now in place of what was, links to elsewhere only when asked; return how many there are."""
    with override(settings.LANGUAGE_CODE):  # what is asked for leaves its own active
        return _check(external)


def _check(external: bool) -> int:
    walk = Walk(frozenset(_made()))
    pages = {address_of(page.url_path): page for page in served_pages().select_related("locale")}
    broken = [*_broken(walk.go(published_paths()), pages), *_dead(pages)]
    if external:
        broken += _broken(_silent(walk), pages, is_external=True)
    with transaction.atomic():
        old = BrokenLink.objects.all() if external else BrokenLink.objects.filter(is_external=False)
        old.delete()
        BrokenLink.objects.bulk_create(broken)
    return BrokenLink.objects.count()


def _made() -> Iterator[str]:
    for model in get_page_models():
        if issubclass(model, SubpageRoutes) and model.made_files:
            for page in model.objects.filter(pk__in=served_pages().values("pk")).select_related("locale"):
                yield from page.paths_of_made_files


def _broken(found: Iterator[Found], pages: dict[str, Page], *, is_external: bool = False) -> Iterator[BrokenLink]:
    for each in found:
        page = pages.get(each.path)
        place = next(places(page.specific, each.link.target), "") if page and each.link.is_content else ""
        yield BrokenLink(
            page=page,
            address=each.path[:500],
            place=place,
            text=each.link.text[:200],
            target=each.target[:2000],
            fault=each.fault,
            is_external=is_external,
        )


def _dead(pages: dict[str, Page]) -> Iterator[BrokenLink]:
    """Yield the links to pages that are not published: readers see their words alone, or nothing."""
    for model in get_page_models():
        if not issubclass(model, BasePage):
            continue
        for page in model.objects.filter(pk__in=served_pages().values("pk")).select_related("locale").order_by("path"):
            for place, page_id in dead_page_links(page):
                target = Page.objects.filter(pk=page_id).first()
                yield BrokenLink(
                    page=page,
                    address=address_of(page.url_path)[:500],
                    place=place,
                    target=str(target or page_id),
                    fault=Fault.UNPUBLISHED if target else Fault.MISSING,
                )


def _silent(walk: Walk) -> Iterator[Found]:
    gone = silent(sorted(walk.external))
    for url, linked in walk.external.items():
        if url in gone:
            yield from (Found(path, link, url, Fault.AWAY) for path, link in linked)
