"""The published versions of a page, as readers see them: their list, and each of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Page

from pages.datetimes import date_and_time
from pages.html.links import Crumb, address_of, linked_page
from pages.menus import MenuItem, Section
from pages.page_cache.rules import cacheable
from pages.versions.models import PublishedVersion
from pages.versions.snapshots import versions_of, with_current_blocks


@cacheable
def versions(request: HttpRequest, page_id: int) -> HttpResponse:
    """List the published versions of a page; 404 in another language than the page's."""
    known = list(versions_of(page_id).filter(locale__language_code=translation.get_language()).defer("body"))
    if not known:
        raise Http404
    own, current = Page.objects.filter(pk=page_id).first(), linked_page(page_id)
    context = {"page": None, "current": current, "versions": known, "between": _crumbs(current)}
    context |= {"heading": gettext("Earlier versions"), "description": ""}
    context["section_path"] = address_of(own.url_path) if own else ""
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


def _menu(known: list[PublishedVersion], shown: PublishedVersion) -> Section:
    items = [
        MenuItem(date_and_time(each.published_at), reverse("version", args=[each.pk]), each == shown) for each in known
    ]
    return Section(gettext("Earlier versions"), items)


@cacheable
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a page as it was published, with today's numbers; 410 and the reason when it is withdrawn."""
    shown = get_object_or_404(PublishedVersion.objects.select_related("page", "locale"), pk=pk)
    if shown.locale.language_code != translation.get_language():
        raise Http404
    known = list(versions_of(shown.page_id).defer("body"))
    later = next((each for each in reversed(known) if each.published_at > shown.published_at), None)
    current = shown.page if shown.page and shown.page.live else None
    context = {"page": None, "version": shown, "current": current, "until": later and later.published_at}
    context |= {"heading": shown.title, "description": ""}
    context["between"] = between = _crumbs(current)
    if shown.page_id:
        between.append(Crumb(gettext("Earlier versions"), reverse("versions", args=[shown.page_id])))
    context["section"] = _menu(known, shown)
    context["section_path"] = address_of(shown.page.url_path) if shown.page else ""
    context["language_urls"] = _lists_of_versions(shown.page_id) | {shown.locale.language_code: request.path}
    if shown.withdrawn_on:
        return render(request, "pages/version.html", context, status=410)
    context["body"] = with_current_blocks(shown.body, {"request": request})
    return render(request, "pages/version.html", context)
