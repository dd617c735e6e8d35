"""The page of the actors, and below it what each of them does: a list of it, and all of it on one page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise, cached_property
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import StreamValue
from wagtail.contrib.routable_page.models import path

from pages.html.headings import Heading
from pages.html.links import Crumb, urls_below
from pages.manual.audience import Role
from pages.manual.editions import edition_beside
from pages.manual.index import IndexedPart, ManualIndex, NumberedPart, gathered
from pages.manual.models.actors import Actor
from pages.manual.pages.step import ManualStepPage, read_index
from pages.menus import MenuItem, Section
from pages.models.base import BasePage
from pages.models.subpage_routes import SubpageRoutes
from pages.requests import PageRequest
from pages.search.documents import LIST, SearchKind


class ActorsPage(SubpageRoutes, BasePage):
    """Introduces the actors; below it, two pages for each list and gather the parts of the manual that concern it."""

    search_kind = SearchKind.MANUAL
    search_boost = LIST

    parent_page_types = ["pages.ManualPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    page_description = _("The actors of the manual; a page for each, made from the parts, lies below it.")

    current_subpage: Actor | None = None
    is_whole = False  # whether everything that concerns it is shown

    class Meta:
        verbose_name = _("page of the actors")
        verbose_name_plural = _("pages of the actors")

    @path("", name="index")
    def list_actors(self, request: HttpRequest) -> HttpResponse:
        """Show the introduction and all actors."""
        return self.render(request, context_overrides={"actors": Actor.objects.with_page()})

    @path("<slug:slug>/", name="actor")
    def actor(self, request: HttpRequest, slug: str) -> HttpResponse:
        """List the parts that concern an actor, step by step, each leading to its step as that actor sees it."""
        actor = self._find(slug)
        _listed, whole = self.paths_of(actor)
        query = Role(actor=actor.code).query
        parts = ((part.step, (part, part.url_with(query))) for part in self._concerning)
        steps = gathered(self.index.beside(self), parts)
        context = {
            "actor": actor,
            "steps": steps,
            "whole": self.url + whole,
            "section": Section(self.title, [self._menu_item(each) for each in self.actors]),
            "headings": [Heading(item.step.slug, escape(f"{item.number} {item.step.title}"), 2) for item in steps],
        }
        return self.render(request, template="pages/actor.html", context_overrides=context)

    @path(pgettext_lazy("address of all that concerns an actor on a page", "<slug:slug>/whole/"), name="whole_actor")
    def whole_actor(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show everything that an actor does on one page, to read and to print."""
        actor = self._find(slug)
        self.is_whole = True
        listed, _whole = self.paths_of(actor)
        context = {"actor": actor, "between": [Crumb(capfirst(actor.name), self.url + listed)]}
        return self.render(request, template="pages/whole_actor.html", context_overrides=context)

    def _menu_item(self, actor: Actor) -> MenuItem:
        listed, _whole = self.paths_of(actor)
        return MenuItem(capfirst(actor.name), self.url + listed, actor == self.current_subpage)

    def _find(self, slug: str) -> Actor:
        self.current_subpage = next((actor for actor in self.actors if actor.slug == slug), None)
        if self.current_subpage is None:
            raise Http404
        return self.current_subpage

    @property
    def edition_mark(self) -> str | Promise:
        """The edition of the manual that this is of."""
        return edition_beside(self, self.index)

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
        if not self.current_subpage:
            return super().description
        summary = self.current_subpage.summary
        return f"{_('On one page')}: {summary}" if self.is_whole else summary

    @property
    def texts(self) -> list[StreamValue]:
        """The introduction, or the parts of the shown actor."""
        return [self.parts] if self.current_subpage else super().texts

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
        return [*super().paths_below, *(path for actor in self.actors for path in self.paths_of(actor))]

    def paths_of(self, actor: Actor) -> list[str]:
        """The paths of the two pages of an actor below this one, in the active language: the list, and the whole."""
        return [self.reverse_subpage(name, [actor.slug]) for name in ("actor", "whole_actor")]

    def language_urls(self, request: PageRequest) -> dict[str, str]:
        """Lead to the same page of the same actor in each language."""
        urls, actor = super().language_urls(request), self.current_subpage
        name = request.routable_resolver_match.url_name
        return urls_below(urls, lambda: self.reverse_subpage(name, [actor.slug])) if actor else urls

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Add the list of every actor; what it leads to on one page is in the steps too."""
        urls = self.translated_urls
        entries = (self.sitemap_entry(self._list_urls(actor, urls)) for actor in self.actors)
        return [*super().get_sitemap_urls(request), *entries]

    def _list_urls(self, actor: Actor, urls: dict[str, str]) -> dict[str, str]:
        """Return the addresses of an actor's list below those of this page, by language code."""
        return urls_below(urls, lambda: self.paths_of(actor)[0])
