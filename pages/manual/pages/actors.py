"""The page of the actors, and below it a page of what each of them does."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue
from wagtail.contrib.routable_page.models import path

from pages.html.links import urls_below
from pages.manual.audience import Role
from pages.manual.index import IndexedPart, ManualIndex, NumberedPart
from pages.manual.models.actors import Actor
from pages.manual.pages.step import ManualStepPage, read_index
from pages.models.base import BasePage
from pages.models.subpage_routes import SubpageRoutes
from pages.requests import PageRequest
from pages.search.documents import SearchKind


class ActorsPage(SubpageRoutes, BasePage):
    """Introduces the actors; below it, a page for each gathers the parts of the manual that concern it."""

    search_kind = SearchKind.MANUAL

    parent_page_types = ["pages.ManualPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    page_description = _("The actors of the manual; a page for each, made from the parts, lies below it.")

    current_subpage: Actor | None = None

    class Meta:
        verbose_name = _("page of the actors")
        verbose_name_plural = _("pages of the actors")

    @path("", name="index")
    def list_actors(self, request: HttpRequest) -> HttpResponse:
        """Show the introduction and all actors."""
        return self.render(request, context_overrides={"actors": Actor.objects.with_page()})

    @path("<slug:slug>/", name="actor")
    def actor(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show everything that an actor does, step by step."""
        self.current_subpage = next((actor for actor in self.actors if actor.slug == slug), None)
        if self.current_subpage is None:
            raise Http404
        return self.render(request, template="pages/actor.html", context_overrides={"actor": self.current_subpage})

    @cached_property
    def actors(self) -> list[Actor]:
        """All actors, in order. One query."""
        return list(Actor.objects.all())

    @cached_property
    def index(self) -> ManualIndex:
        """The published manual with the contents of its parts. One query."""
        return read_index(with_content=True)

    @cached_property
    def _concerning(self) -> list[IndexedPart]:
        role = Role(actor=self.current_subpage.code if self.current_subpage else "")
        own = (part for part in self.index.parts if part.step.is_sibling_of(self))
        return [part for part in own if role.is_concerned_by(part.content)]

    @cached_property
    def parts(self) -> StreamValue:
        """The parts that concern the shown actor, as a step has its own."""
        raw = [{"type": "part", "id": part.code, "value": part.content} for part in self._concerning]
        return ManualStepPage.parts.field.stream_block.to_python(raw)

    @property
    def description(self) -> str:
        """What the shown actor does."""
        return self.current_subpage.summary if self.current_subpage else super().description

    @property
    def texts(self) -> list[StreamValue]:
        """The introduction, or the parts of the shown actor."""
        return [self.parts] if self.current_subpage else [self.body]

    @cached_property
    def numbered_parts(self) -> list[NumberedPart]:
        """The parts that concern the shown actor, with the numbers that they have in their steps."""
        return [
            NumberedPart(block, part.number, part.code, part.step, self.actors)
            for block, part in zip(self.parts, self._concerning, strict=True)
        ]

    @property
    def paths_below(self) -> list[str]:
        """The paths below the page, with those of the actors' pages."""
        return [*super().paths_below, *(f"{actor.slug}/" for actor in self.actors)]

    def language_urls(self, request: PageRequest) -> dict[str, str]:
        """Lead to the same actor in each language."""
        urls = super().language_urls(request)
        return self._actor_urls(self.current_subpage, urls) if self.current_subpage else urls

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Add the page of every actor."""
        urls = {code: page.url for code, page in self.live_translations.items()}
        entries = (self.sitemap_entry(self._actor_urls(actor, urls)) for actor in self.actors)
        return [*super().get_sitemap_urls(request), *entries]

    def _actor_urls(self, actor: Actor, urls: dict[str, str]) -> dict[str, str]:
        """Return the addresses of an actor below those of this page, by language code."""
        return urls_below(urls, lambda: f"{actor.slug}/")
