"""How links to pages in rich text are written; apart from `links`, since Wagtail's handler needs every model loaded."""

from django.utils.html import format_html
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from pages.html.links import linked_page, url_of


class LivePageLinkHandler(PageLinkHandler):
    """Expands links to pages as `pages.html.links` says; registered in place of Wagtail's own."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Return an opening tag for each link."""
        return [cls._opening_tag(linked_page(int(attrs["id"]))) for attrs in attrs_list]

    @staticmethod
    def _opening_tag(page: Page | None) -> str:
        if page is None:
            return "<a>"
        language = page.locale.language_code
        if language == get_language():
            return format_html('<a href="{}">', url_of(page))
        return format_html('<a href="{}" hreflang="{}">', url_of(page), language)
