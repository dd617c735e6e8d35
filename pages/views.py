"""Answers outside the page tree: errors, robots.txt, uploads."""

import errno
import sys
from typing import NamedTuple

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.static import serve as serve_file
from wagtail.models import Page
from wagtail.views import serve as wagtail_serve

from pages.kept_versions import versions_of, with_todays_blocks
from pages.links import address_of, linked_page
from pages.manual_index import read_index, replacement_of
from pages.models import HomePage, ManualPart, PublishedVersion, SiteSettings
from pages.ready.notes import true_until
from pages.ready.rules import storable
from pages.requests import PageRequest


class Crumb(NamedTuple):
    """What the breadcrumbs show that is no page of the tree."""

    title: str
    url: str


@storable
def serve(request: PageRequest, path: str) -> HttpResponse:
    """Serve a page as Wagtail does, but find the start page of the language in one query.

    Wagtail asks for the site, its start page, the locale, the translation and its own table.
    """
    home = HomePage.for_active_language()
    if home is None:
        raise Http404
    request._wagtail_route_for_request = home.route(request, [slug for slug in path.split("/") if slug])
    return wagtail_serve(request, path)


def part(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from the permanent address of a part to where it is now; 410 where it is no more.

    Never a permanent redirect: browsers keep those, and the part may move again.
    """
    known = ManualPart.objects.select_related("replaced_by").filter(code=code).first()
    if known is None:
        raise Http404
    index = read_index()
    if place := index.part(code):
        return redirect(place.url)
    return render(request, "410.html", {"page": None, "replacement": replacement_of(known, index)}, status=410)


@storable
def versions(request: HttpRequest, page_id: int) -> HttpResponse:
    """List the published versions of a page; 404 in another language than the page's."""
    known = list(versions_of(page_id).filter(locale__language_code=translation.get_language()).defer("body"))
    if not known:
        raise Http404
    own, current = Page.objects.filter(pk=page_id).first(), linked_page(page_id)
    context = {"page": None, "current": current, "versions": known, "between": _crumbs(current)}
    context["belongs_to"] = address_of(own.url_path) if own else ""
    context["language_urls"] = _lists_of_versions(page_id)
    return render(request, "pages/versions.html", context)


def _crumbs(current: Page | None) -> list[Page | Crumb]:
    """Return the pages that the breadcrumbs show after the start page, down to this one. One query."""
    return list(current.get_ancestors(inclusive=True).filter(depth__gt=2)) if current else []


def _lists_of_versions(page_id: int | None) -> dict[str, str]:
    """Return where the versions of a page and of its published translations are listed, by language code."""
    keys = Page.objects.filter(pk=page_id).values("translation_key")
    urls = {}
    for page in Page.objects.filter(translation_key__in=keys).live().select_related("locale"):
        with translation.override(page.locale.language_code):
            urls[page.locale.language_code] = reverse("versions", args=[page.pk])
    return urls


@storable
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a page as it was published, with today's numbers; 410 and the reason when it is withdrawn."""
    shown = get_object_or_404(PublishedVersion.objects.select_related("page", "locale"), pk=pk)
    if shown.locale.language_code != translation.get_language():
        raise Http404
    later = versions_of(shown.page_id).filter(published_at__gt=shown.published_at).last()
    current = shown.page if shown.page and shown.page.live else None
    context = {"page": None, "version": shown, "current": current, "until": later and later.published_at}
    context["between"] = between = _crumbs(current)
    if shown.page_id:
        between.append(Crumb(gettext("Earlier versions"), reverse("versions", args=[shown.page_id])))
    context["belongs_to"] = address_of(shown.page.url_path) if shown.page else ""
    context["language_urls"] = _lists_of_versions(shown.page_id) | {shown.locale.language_code: request.path}
    if shown.withdrawn_on:
        return render(request, "pages/version.html", context, status=410)
    context["body"] = with_todays_blocks(shown.body, {"request": request})
    return render(request, "pages/version.html", context)


@storable
def robots(request: HttpRequest) -> HttpResponse:
    """Keep a demonstration out of search engines; show a live site's map to them."""
    rules = f"Disallow: /admin/\nSitemap: {settings.SITE_URL}/sitemap.xml" if settings.SITE_LIVE else "Disallow: /"
    return HttpResponse(f"User-agent: *\n{rules}\n", content_type="text/plain; charset=utf-8")


def security_txt(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a security hole (RFC 9116); 404 while that is not set, or is no longer valid."""
    known = SiteSettings.objects.first()
    if known is None or known.security_expires is None:
        raise Http404
    true_until(known.security_expires)
    fields = {
        "Contact": known.security_contact,
        "Expires": f"{known.security_expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages": ", ".join(code for code, _name in settings.LANGUAGES),
        "Canonical": settings.SITE_URL + request.path,
    }
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def uploaded_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve an upload; a name that is too long for a file is not there."""
    try:
        return serve_file(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        raise Http404 from error


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the page is not there, lead on, and show whom to call."""
    return render(request, "404.html", {"meant_page": _meant_page(request)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Show whom to call, also without a database; 503 when that is what failed."""
    database_away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    response = render(request, "500.html", {"database_away": database_away}, status=503 if database_away else 500)
    if database_away:
        response.headers["Retry-After"] = "60"
    return response


def _meant_page(request: HttpRequest) -> Page | None:
    """Find the page of a Swedish path behind another language's prefix: /en/kontakt/.

    It is returned in the language of the prefix where it is published in it.
    """
    language = translation.get_language_from_path(request.path_info)
    if not language or language == settings.LANGUAGE_CODE or "\0" in request.path_info:
        return None
    path = request.path_info.removeprefix(f"/{language}/")
    home = HomePage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE).first()
    page = Page.objects.live().filter(url_path=f"{home.url_path}{path}").first() if home and path else None
    return linked_page(page.pk) if page else None
