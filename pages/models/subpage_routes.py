"""Pages that answer at addresses below their own too."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from wagtail.contrib.routable_page.models import RoutablePageMixin

from pages.models.base import BasePage
from pages.requests import PageRequest, framed_by_the_admin


class SubpageRoutes(RoutablePageMixin):
    """What page types have in common that answer at addresses below the page too."""

    @property
    def paths_below(self) -> list[str]:
        """The paths of what lies below this page, and its own, in the active language; page types add theirs."""
        routes = [route for route in self.get_subpage_urls() if not route.pattern.converters]
        return [self.reverse_subpage(route.name) for route in routes]

    def get_route_paths(self) -> list[str]:
        """Name the addresses that Wagtail redirects when this page is renamed or moved."""
        with override(cast("BasePage", self).locale.language_code):
            return [f"/{path}" for path in self.paths_below]

    @framed_by_the_admin
    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show a draft of the page itself, and note that on the request as routing does."""
        cast("PageRequest", request).routable_resolver_match = self.resolve_subpage("/")
        return super().serve_preview(request, mode_name)
