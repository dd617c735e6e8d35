"""What a page knows of its translations: where they are, what lies below them, how search engines are told."""

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.models import Page
from wagtail.query import PageQuerySet

from pages.html.links import url_of
from pages.render_context import memoize_per_version, memory_of_build
from pages.requests import PageRequest
from pages.versions.models import PublishedVersion


def served_pages() -> PageQuerySet:
    """Return the published pages in languages whose start page, right below the root, is published too."""
    return Page.objects.live().filter(locale__in=Page.objects.live().filter(depth=2).values("locale"))


def translations_of(keys: Any) -> dict[Any, dict[str, Page]]:
    """Return the pages that readers can open, by translation key and language code. One query."""
    versions = PublishedVersion.objects.filter(page=models.OuterRef("pk"), withdrawn_on=None)
    pages = served_pages().filter(translation_key__in=keys).select_related("locale")
    found: dict[Any, dict[str, Page]] = {}
    for page in pages.annotate(version_id=models.Subquery(versions.values("pk")[:1])):
        found.setdefault(page.translation_key, {})[page.locale.language_code] = page
    return found


class InLanguages(Page):
    """A page in one language, whose translations are pages of their own."""

    class Meta:
        abstract = True

    @cached_property
    def live_translations(self) -> dict[str, Page]:
        """The translations of this page that readers can open, by language code; itself included. One query.

        Each has the id of the version that readers see as `version_id`; None where it is withdrawn or none was kept.
        Builds of a version of the site read those of all pages beside this one at once.
        """
        if memory_of_build() is None:
            return translations_of([self.translation_key]).get(self.translation_key, {})
        above = self.path[: -self.steplen]

        def read() -> dict[Any, dict[str, Page]]:
            beside = Page.objects.filter(path__startswith=above, depth=self.depth)
            return translations_of(beside.values("translation_key"))

        known = memoize_per_version(f"translations below {above}", read)
        return known.get(self.translation_key, {})

    @cached_property
    def _children_in_both_languages(self) -> list[Page]:
        """The published pages below this one and below its original in the default language. One query."""
        original = self.live_translations.get(settings.LANGUAGE_CODE, self)
        pages = self.annotated_children(Page.objects.live().select_related("locale"))
        return list(pages.filter(pages.child_of_q(self) | pages.child_of_q(original)).order_by("path"))

    def annotated_children(self, pages: PageQuerySet) -> PageQuerySet:
        """Add what this type shows of the pages below it; a hook for types that show more."""
        return pages

    @property
    def child_pages(self) -> list[Page]:
        """The published pages below this one, in menu order."""
        return [page for page in self._children_in_both_languages if page.is_child_of(self)]

    @property
    def untranslated_child_pages(self) -> list[Page]:
        """The pages that would be here, but are published in the default language only."""
        translated = {page.translation_key for page in self.child_pages}
        return [page for page in self._children_in_both_languages if page.translation_key not in translated]

    @property
    def translated_urls(self) -> dict[str, str]:
        """The addresses of this page, by the code of each language in which it is published."""
        return {code: url_of(page) for code, page in self.live_translations.items()}

    def language_urls(self, request: PageRequest) -> dict[str, str]:
        """The address of what this request asks for in each language; types with pages of their own below add them."""
        return self.translated_urls

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Describe the page at its public address, and where its other languages are."""
        return [self.sitemap_entry(self.translated_urls)]

    def sitemap_entry(self, urls: dict[str, str]) -> dict[str, Any]:
        """Describe an address that belongs to this page, given in each language in which it is published."""
        addresses = {code: settings.SITE_URL + url for code, url in urls.items()}
        own = addresses[self.locale.language_code]
        if settings.LANGUAGE_CODE in addresses:
            addresses["x-default"] = addresses[settings.LANGUAGE_CODE]
        alternates = [{"lang_code": code, "location": address} for code, address in addresses.items()]
        return {"location": own, "lastmod": self.last_published_at, "alternates": alternates}
