"""Pages that answer at addresses below their own too."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from wagtail.contrib.routable_page.models import RoutablePageMixin

from pages.html.links import address_of
from pages.models.base import BasePage
from pages.requests import PageRequest, framed_by_the_admin


class SubpageRoutes(RoutablePageMixin):
    """What page types have in common that answer at addresses below the page too."""

    made_files: tuple[str, ...] = ()  # names of routes to files that are made when asked for, which takes long

    @property
    def paths_below(self) -> list[str]:
        """The paths of what lies below this page, and its own, in the active language; page types add theirs."""
        routes = [route for route in self.get_subpage_urls() if not route.pattern.converters]
        return [self.reverse_subpage(route.name) for route in routes]

    @property
    def paths_of_made_files(self) -> list[str]:
        """The whole paths of such files."""
        page = cast("BasePage", self)
        with override(page.locale.language_code):
            return [address_of(page.url_path) + self.reverse_subpage(name) for name in self.made_files]

    def get_route_paths(self) -> list[str]:
        """Name the addresses that Wagtail redirects when this page is renamed or moved."""
        with override(cast("BasePage", self).locale.language_code):
            return [f"/{path}" for path in self.paths_below]

    @framed_by_the_admin
    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show a draft of the page itself, and note that on the request as routing does."""
        cast("PageRequest", request).routable_resolver_match = self.resolve_subpage("/")
        return super().serve_preview(request, mode_name)
