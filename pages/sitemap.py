"""What search engines are told about: every published page in every language."""

from typing import Any

from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Locale
from wagtail.query import PageQuerySet

from pages.models.base import served_pages


class PageSitemap(Sitemap):
    """The trees of all languages; Wagtail's own sitemap holds that of the site's root page alone."""

    def items(self) -> PageQuerySet:
        """Return the pages that readers can open."""
        return served_pages().filter(depth__gt=1).order_by("path").defer_streamfields().specific()

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """Return every address. As many queries for many pages: each is told its translations, which are here too.

        Without the date of the latest change, which stays the same when a page is taken down.
        """
        pages = list(self.paginator.page(page).object_list)
        locales = Locale.objects.in_bulk()
        together: dict[Any, dict[str, Any]] = {}
        for item in pages:
            item.locale = locales[item.locale_id]
            together.setdefault(item.translation_key, {})[item.locale.language_code] = item
        for item in pages:
            item.live_translations = together[item.translation_key]
        return [entry for item in pages for entry in item.get_sitemap_urls(self.request)]
