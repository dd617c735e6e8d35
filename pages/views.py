"""Answers outside the page tree: errors, robots.txt, uploads."""

import errno
import sys

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import InterfaceError, OperationalError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.views.static import serve as serve_file
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.views import serve as wagtail_serve

from pages.html.links import linked_page
from pages.languages import language_codes
from pages.models.content import HomePage
from pages.models.site_settings import SiteSettings
from pages.page_cache.rules import cacheable
from pages.removed.keeping import removed_at
from pages.render_context import expire_at
from pages.requests import PageRequest
from pages.shared_memo import render_with_memo
from pages.storage_errors import is_storage_full
from pages.written import fields_of_own_form


@cacheable
def serve(request: PageRequest, path: str) -> HttpResponse:
    """Serve a page as Wagtail does, but find the start page of the language in one query.

    Wagtail asks for the site, its start page, the locale, the translation and its own table. Answers to what readers
    ask, which are stored nowhere, share with each other what they read.
    """
    if request.GET:
        return render_with_memo(lambda: _serve(request, path))
    return _serve(request, path)


def _serve(request: PageRequest, path: str) -> HttpResponse:
    home = HomePage.for_active_language()
    if home is None:
        raise Http404
    slugs = [slug for slug in path.split("/") if slug]
    try:
        request._wagtail_route_for_request = home.route(request, slugs)
    except Http404:
        return _removed(request, f"{home.url_path}{'/'.join(slugs)}/")
    return wagtail_serve(request, path)


def _removed(request: HttpRequest, url_path: str) -> HttpResponse:
    """Say why a page is no more, and what to read instead; Http404 where none was, or where a redirect leads on."""
    removed = removed_at(url_path)
    redirect = removed and get_redirect(request, Redirect.normalise_path(request.path, decode_unicode=False))
    if removed is None or (redirect and redirect.link):
        raise Http404
    replacement = linked_page(removed.replaced_by_id) if removed.replaced_by_id else None
    context = {"page": None, "removed": removed, "replacement": replacement}
    return render(request, "pages/removed_page.html", context, status=410)


@cacheable
def robots(request: HttpRequest) -> HttpResponse:
    """Keep a demonstration out of search engines; show a live site's map to them."""
    rules = f"Disallow: /admin/\nSitemap: {settings.SITE_URL}/sitemap.xml" if settings.SITE_LIVE else "Disallow: /"
    return HttpResponse(f"User-agent: *\n{rules}\n", content_type="text/plain; charset=utf-8")


@cacheable
def favicon(request: HttpRequest) -> HttpResponse:
    """Return the site's mark to browsers that ask for it where they always have."""
    return HttpResponse((settings.BASE_DIR / "static/img/favicon.ico").read_bytes(), content_type="image/x-icon")


def security_txt(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a security hole (RFC 9116); 404 while that is not set, or is no longer valid."""
    known = SiteSettings.objects.first()
    if known is None or known.security_expires is None:
        raise Http404
    expire_at(known.security_expires)
    fields = {
        "Contact": known.security_contact,
        "Expires": f"{known.security_expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages": ", ".join(language_codes()),
        "Canonical": settings.SITE_URL + request.path,
    }
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def uploaded_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve an upload, from wherever it lies; a name that is too long for a file is not there."""
    if not isinstance(default_storage, FileSystemStorage):
        return _stored_file(path)
    try:
        return serve_file(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        raise Http404 from error


def _stored_file(path: str) -> HttpResponseBase:
    try:
        content = default_storage.open(path)
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(content, filename=path.rpartition("/")[2])


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the page is not there, lead on, and show whom to call."""
    return render(request, "404.html", {"meant_page": _meant_page(request)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Show whom to call, also without a database; 503 when that is what failed, 507 when nothing can be stored."""
    error = sys.exc_info()[1]
    disk_full = is_storage_full(error)
    database_away = isinstance(error, OperationalError | InterfaceError) and not disk_full
    status = 503 if database_away else 507 if disk_full else 500
    context = {
        "database_away": database_away,
        "disk_full": disk_full,
        "fields": _kept_fields(request) if disk_full else [],
    }
    response = render(request, "500.html", context, status=status)
    if database_away:
        response.headers["Retry-After"] = "60"
    return response


def _kept_fields(request: HttpRequest) -> list[tuple[str, str]]:
    try:
        return fields_of_own_form(request)
    except (OSError, MultiPartParserError):  # there was no room for what was sent
        return []


def _meant_page(request: HttpRequest) -> Page | None:
    """Find the page of a path in the default language behind another language's prefix: /en/kontakt/.

    It is returned in the language of the prefix where it is published in it.
    """
    language = translation.get_language_from_path(request.path_info)
    if not language or language == settings.LANGUAGE_CODE or "\0" in request.path_info:
        return None
    path = request.path_info.removeprefix(f"/{language}/")
    home = HomePage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE).first()
    page = Page.objects.live().filter(url_path=f"{home.url_path}{path}").first() if home and path else None
    return linked_page(page.pk) if page else None
