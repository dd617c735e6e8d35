"""Home, sections and guidance."""

from copy import copy
from itertools import accumulate
from typing import Self

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.url_routing import RouteResult

from pages.manual.pages.manual import ManualPage
from pages.manual.pages.step import ManualStepPage
from pages.models.base import BasePage
from pages.render_context import memoize_per_version, memory_of_build
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
        return memoize_per_version(
            "start page",
            lambda: cls.objects.live().select_related("locale").filter(locale__language_code=get_language()).first(),
        )

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
        found: list[Page] = []

        def on_path() -> PageQuerySet:
            return Page.objects.filter(url_path__in=prefixes[1:])

        def read_both() -> list[Page]:
            found.extend(_with_types(self.get_children() | on_path()))
            return [page for page in found if page.is_child_of(self)]

        request.all_top_pages = memoize_per_version(_top_pages_key(self), read_both)
        if path_components and not found:
            above = [page for page in request.all_top_pages if page.url_path == prefixes[1]]
            ends_here = len(prefixes) == 2 or not any(page.numchild for page in above)
            known = above if ends_here else _known_in_section(above, prefixes)
            found.extend(known or on_path().select_related("content_type").order_by("path"))
        trail = [page for page in found if page.url_path in prefixes]
        request.page_trail = [self, *trail]
        if trail:
            return _specific(trail[-1], is_top=len(trail) == 1).route(request, path_components[len(trail) :])
        if path_components:
            raise Http404
        return super().route(request, path_components)


def all_top_pages(home: Page) -> list[Page]:
    """Return the pages below a start page, published or not, in menu order, with what the settings say."""
    return memoize_per_version(_top_pages_key(home), lambda: list(_with_types(home.get_children())))


def section_pages(section: Page) -> list[Page]:
    """Return the published pages below a section or the manual, in menu order, with their types. One query."""
    return memoize_per_version(
        f"section {section.pk}", lambda: list(section.get_children().live().select_related("content_type"))
    )


def is_section(page: Page) -> bool:
    """Tell whether a page whose type was read is a section or the manual, whose pages stand in one menu. No query."""
    return page.content_type.model in {SectionPage._meta.model_name, ManualPage._meta.model_name}


def _specific(page: Page, *, is_top: bool) -> Page:
    """Return a page of its own type. One query; none for a page below the start page that is remembered: they are few.

    Copies: Wagtail looks through what a page holds and adds to it, while other threads may do so too.
    """
    read = copy(page).get_specific
    return copy(memoize_per_version(f"top page {page.pk}", read)) if is_top else read()


def _known_in_section(above: list[Page], prefixes: list[str]) -> list[Page]:
    """Return a section and the page on the path in it; none outside a build, which reads all of them for the menu."""
    if memory_of_build() is None or len(prefixes) != 3 or not is_section(above[0]):
        return []
    found = [page for page in section_pages(above[0]) if page.url_path == prefixes[2]]
    return [*above, *found] if found else []


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
