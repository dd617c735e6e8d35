"""Home, sections and guidance."""

from itertools import accumulate
from typing import Self

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.url_routing import RouteResult

from pages.manual.pages.step import ManualStepPage
from pages.models.base import BasePage
from pages.render_context import memoize_per_version
from pages.requests import PageRequest
from pages.search.documents import LIST
from pages.site_frame import with_site_settings

MAX_DEPTH = 8  # slugs in one address; more is nobody's link


class HomePage(BasePage):
    """The start page of one language."""

    search_boost = LIST

    parent_page_types = ["wagtailcore.Page"]
    page_description = _("The start page: who to call, the steps of the manual, ways onwards.")

    class Meta:
        verbose_name = _("start page")
        verbose_name_plural = _("start pages")

    @classmethod
    def for_active_language(cls) -> Self | None:
        """Return the published start page in the active language. One query."""
        homes = cls.objects.live().select_related("locale")
        return memoize_per_version("start page", lambda: homes.filter(locale__language_code=get_language()).first())

    @cached_property
    def manual_steps(self) -> list[ManualStepPage]:
        """The published steps of the manual in this language, in order. One query."""
        return list(ManualStepPage.objects.descendant_of(self).live().order_by("path"))

    def route(self, request: PageRequest, path_components: list[str]) -> RouteResult:
        """Find the deepest page on the path in one query, where Wagtail asks once per level.

        The pages on the way become `request.page_trail`, which the breadcrumbs show; those of the menu come along,
        unless they are known.
        """
        if len(path_components) > MAX_DEPTH:
            raise Http404
        prefixes = list(accumulate(path_components, lambda path, slug: f"{path}{slug}/", initial=self.url_path))
        on_path = Page.objects.filter(url_path__in=prefixes[1:])
        found: list[Page] = []

        def read_both() -> list[Page]:
            found.extend(_with_types(self.get_children() | on_path))
            return [page for page in found if page.is_child_of(self)]

        request.all_top_pages = memoize_per_version(_top_pages_key(self), read_both)
        if path_components and not found:
            above = [page for page in request.all_top_pages if page.url_path == prefixes[1]]
            ends_here = len(prefixes) == 2 or not any(page.numchild for page in above)
            found.extend(above if ends_here else on_path.select_related("content_type").order_by("path"))
        trail = [page for page in found if page.url_path in prefixes]
        request.page_trail = [self, *trail]
        if trail:
            return trail[-1].get_specific().route(request, path_components[len(trail) :])
        if path_components:
            raise Http404
        return super().route(request, path_components)


def all_top_pages(home: Page) -> list[Page]:
    """Return the pages below a start page, published or not, in menu order, with what the settings say."""
    return memoize_per_version(_top_pages_key(home), lambda: list(_with_types(home.get_children())))


def _top_pages_key(home: Page) -> str:
    return f"top pages {home.pk}"


def _with_types(pages: PageQuerySet) -> PageQuerySet:
    return with_site_settings(pages).select_related("content_type").order_by("path")


class SectionPage(BasePage):
    """A part of the site; it lists the pages below it."""

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.GuidancePage"]
    page_description = _("A part of the site that lists the pages below it.")

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")


class GuidancePage(BasePage):
    """One subject, explained to a professional."""

    is_article = True
    parent_page_types = ["pages.HomePage", "pages.SectionPage", "pages.ManualPage"]
    subpage_types: list[str] = []
    page_description = _("One subject: what to know and what to do.")

    class Meta:
        verbose_name = _("guidance page")
        verbose_name_plural = _("guidance pages")
