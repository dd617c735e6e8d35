"""The list of all material; each resource has its page below it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.contrib.routable_page.models import path

from pages.html.links import urls_below
from pages.html.plain_text import text_lines
from pages.models.base import BasePage
from pages.models.subpage_routes import SubpageRoutes
from pages.requests import PAGE_NUMBER, PageRequest
from resources.feed import ResourceFeed
from resources.filters import read_filters
from resources.frames import frame
from resources.listing import read_list
from resources.models.files import ResourceFile
from resources.models.resources import Resource
from resources.selection import read_selection, selected
from resources.structured_data import publication

PER_PAGE = 20
DESCRIPTION_LENGTH = 160  # characters, of which search engines show about as many


class ResourceIndexPage(SubpageRoutes, BasePage):
    """Lists the published resources, and filters them."""

    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    page_description = _("All publications, with filters; the page of each lies below it.")

    current_subpage: Resource | None = None
    shown_file: ResourceFile | None = None  # whose text is shown

    class Meta:
        verbose_name = _("list of publications")
        verbose_name_plural = _("lists of publications")

    @property
    def name_for_sharing(self) -> str:
        """The title of the shown text, else of the publication."""
        return (self.shown_file and self.shown_file.title) or super().name_for_sharing

    @property
    def description(self) -> str:
        """What the shown publication is, or how the shown text begins, in its own language."""
        if self.shown_file:
            return Truncator(" ".join(text_lines(self.shown_file.text))).chars(DESCRIPTION_LENGTH)
        return self.current_subpage.summary if self.current_subpage else super().description

    @property
    def feed_url(self) -> str:
        """The address of the feed."""
        return f"{self.url}{self.reverse_subpage('feed')}"

    @path("", name="index")
    def index(self, request: HttpRequest) -> HttpResponse:
        """Show what the filters leave, the newest first."""
        everything = read_list(self.url, request.GET.get("topic", ""))
        chosen = read_selection(request.GET, everything)
        paginator = Paginator(selected(everything.resources, chosen), PER_PAGE)
        found = paginator.get_page(request.GET.get(PAGE_NUMBER))
        filters = read_filters(everything, chosen)
        context = {
            "selection": chosen,
            "kept_query": replace(chosen, words="").query,
            "filters": [each for each in filters if each.choices],
            "in_force": [(each, each.chosen) for each in filters if each.chosen],
            "found": found,
            "numbers": [
                (number, chosen.page_query(number) if isinstance(number, int) else None)
                for number in paginator.get_elided_page_range(found.number)
            ],
        }
        return self.render(request, context_overrides=context)

    @path(pgettext_lazy("address of the feed of publications", "feed/"), name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """Return the newest resources as an Atom feed."""
        return ResourceFeed()(request, page=self, path=self.feed_url)

    @path("<slug:slug>/", name="resource")
    def resource(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show a resource with its files."""
        self.current_subpage = resource = self._published(slug)
        if slug != resource.slug:
            return redirect(self.url + self.reverse_subpage("resource", [resource.slug]))
        context = {"resource": resource, "data": publication(resource)}
        return self.render(request, template="resources/resource.html", context_overrides=context)

    @path("<slug:slug>/<slug:code>/", name="text")
    def text(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        """Show the text of a file of a resource as a web page, in the file's own language."""
        self.current_subpage = resource = self._published(slug)
        self.shown_file = next((file for file in resource.files.all() if file.code == code and file.text), None)
        if self.shown_file is None:
            raise Http404
        if slug != resource.slug:
            return redirect(self.url + self.reverse_subpage("text", [resource.slug, code]))
        urls = self._text_urls(resource, self.shown_file, self.translated_urls)
        context = {"resource": resource, "file": self.shown_file, "between": [resource], "text_urls": urls}
        if self.shown_file.language == self.locale.language_code:
            return self.render(request, template="resources/resource_text.html", context_overrides=context)
        context["frame"] = frame(self.shown_file.language)
        response = self.render(request, template="resources/foreign_text.html", context_overrides=context)
        response["Content-Language"] = context["frame"]["language"]
        return response

    def _published(self, slug: str) -> Resource:
        """Return the published resource at an address, with its files. Two queries."""
        known = Resource.objects.published().with_page().with_slug(slug).prefetch_related("files", "topics")
        resource = known.first()
        if resource is None:
            raise Http404
        return resource

    @property
    def paths_below(self) -> list[str]:
        """The paths below the page, with those of publications and their texts."""
        resources = Resource.objects.published().prefetch_related("files")
        texts = [f"{each.slug}/{file.code}/" for each in resources for file in each.files.all() if file.text]
        return [*super().paths_below, *(f"{each.slug}/" for each in resources), *texts]

    def language_urls(self, request: PageRequest) -> dict[str, str]:
        """Lead to the same resource in each language."""
        urls = super().language_urls(request)
        return self._resource_urls(self.current_subpage, self.shown_file, urls) if self.current_subpage else urls

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Add the page of every resource, and the texts of its files."""
        urls = self.translated_urls
        resources = Resource.objects.published().prefetch_related("files")
        entries = (
            self.sitemap_entry(self._resource_urls(resource, None, urls)) | {"lastmod": resource.last_published_at}
            for resource in resources
        )
        texts = (entry for resource in resources for entry in self._text_entries(resource, urls))
        return [*super().get_sitemap_urls(request), *entries, *texts]

    def _text_entries(self, resource: Resource, urls: dict[str, str]) -> Iterator[dict[str, Any]]:
        for file in resource.files.all():
            if file.text and (url := self._text_url(resource, file, urls)).startswith(self.url):
                found = self._text_urls(resource, file, urls).items()
                alternates = [{"lang_code": code, "location": settings.SITE_URL + other} for code, other in found]
                location = settings.SITE_URL + url
                yield {"location": location, "lastmod": resource.last_published_at, "alternates": alternates}

    def _text_urls(self, resource: Resource, shown: ResourceFile, urls: dict[str, str]) -> dict[str, str]:
        """Return where search engines find the texts of a resource, by their languages; in its own the shown one."""
        others = [file for file in resource.files.all() if file.text and file.language != shown.language]
        return {file.language: self._text_url(resource, file, urls) for file in [*others, shown]}

    def _text_url(self, resource: Resource, file: ResourceFile, urls: dict[str, str]) -> str:
        """Return the one address of a text that counts: below the list in its own language, else in the default."""
        below = self._resource_urls(resource, file, urls)
        return below.get(file.language) or below.get(settings.LANGUAGE_CODE) or below[self.locale.language_code]

    def _resource_urls(self, resource: Resource, file: ResourceFile | None, urls: dict[str, str]) -> dict[str, str]:
        return urls_below(urls, lambda: f"{resource.slug}/{file.code}/" if file else f"{resource.slug}/")
