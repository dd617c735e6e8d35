"""Whom the parts of the manual concern, and the pages of what each of them does."""

from itertools import count
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.routable_page.models import path

from pages.links import address_of, urls_below
from pages.models.base import AddressesBelow, BasePage
from pages.models.parts import NumberedPart
from pages.models.search import FoundKind
from pages.reader_roles import Role
from pages.requests import PageRequest

if TYPE_CHECKING:
    from pages.manual_index import IndexedPart, ManualIndex


class ActorQuerySet(models.QuerySet["Actor"]):
    """Questions that the manual asks of the actors."""

    def with_page(self) -> "ActorQuerySet":
        """Add where the page of all actors is in the active language, by which `Actor.url` knows its own place."""
        pages = ActorsPage.objects.live().filter(locale__language_code=get_language())
        return self.annotate(page_path=models.Subquery(pages.values("url_path")[:1]))


class Actor(models.Model):
    """A kind of professional or authority with a role in the manual; parts refer to it by `code`."""

    code = models.SlugField(_("code"), primary_key=True, editable=False)
    name = models.CharField(_("name"), max_length=80, help_text=_("As in running text: “police”, “health care”."))
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    summary = models.TextField(_("what it does"), help_text=_("One or two sentences."))
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    name_en: str  # made by modeltranslation
    page_path: str | None  # read by `with_page`

    objects = ActorQuerySet.as_manager()

    class Meta:
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        ordering = ["sort_order"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Make the code of a new actor from its English name; it stays when the name changes."""
        if not self.code:
            self.code = free_code(self.name_en)
            kwargs["force_insert"] = True  # never in the place of another
        before = Actor.objects.filter(pk=self.code).first()
        with transaction.atomic():
            super().save(*args, **kwargs)
            for page in ActorsPage.objects.select_related("locale") if before else []:
                page.lead_on(before, self)

    @property
    def url(self) -> str:
        """The address of the actor's page, for actors read `with_page`; "" while there is none."""
        return f"{address_of(self.page_path)}{self.slug}/" if self.page_path else ""


def free_code(name: str) -> str:
    """Return a code made from a name that no actor has."""
    taken = set(Actor.objects.values_list("code", flat=True))
    code = slugify(name)[:40] or "actor"
    return next(free for number in count(1) if (free := f"{code}-{number}" if number > 1 else code) not in taken)


class ActorsPage(AddressesBelow, BasePage):
    """Introduces the actors; below it, a page for each gathers the parts of the manual that concern it."""

    found_kind = FoundKind.MANUAL

    parent_page_types = ["pages.ManualPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    page_description = _("The actors of the manual; a page for each, made from the parts, lies below it.")

    shown_below: Actor | None = None

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
        self.shown_below = next((actor for actor in self.actors if actor.slug == slug), None)
        if self.shown_below is None:
            raise Http404
        return self.render(request, template="pages/actor.html", context_overrides={"actor": self.shown_below})

    @cached_property
    def actors(self) -> list[Actor]:
        """All actors, in order. One query."""
        return list(Actor.objects.all())

    @cached_property
    def index(self) -> "ManualIndex":
        """The published manual with the contents of its parts. One query."""
        from pages.manual_index import read_index  # noqa: PLC0415  (it reads models)

        return read_index(with_content=True)

    @cached_property
    def _concerning(self) -> list["IndexedPart"]:
        role = Role(actor=self.shown_below.code if self.shown_below else "")
        own = (part for part in self.index.parts if part.step.is_sibling_of(self))
        return [part for part in own if role.is_concerned_by(part.content)]

    @cached_property
    def parts(self) -> StreamValue:
        """The parts that concern the shown actor, as a step has its own."""
        from pages.models.manual import ManualStepPage  # noqa: PLC0415  (it reads this model)

        raw = [{"type": "part", "id": part.code, "value": part.content} for part in self._concerning]
        return ManualStepPage.parts.field.stream_block.to_python(raw)

    @property
    def description(self) -> str:
        """What the shown actor does."""
        return self.shown_below.summary if self.shown_below else super().description

    @property
    def texts(self) -> list[StreamValue]:
        """The introduction, or the parts of the shown actor."""
        return [self.parts] if self.shown_below else [self.body]

    @cached_property
    def numbered_parts(self) -> list[NumberedPart]:
        """The same with the numbers that they have in their steps."""
        return [
            NumberedPart(block, part.number, part.code, part.step, self.actors)
            for block, part in zip(self.parts, self._concerning, strict=True)
        ]

    def lead_on(self, before: Actor, actor: Actor) -> None:
        """Redirect from the address that an actor had below this page, as Wagtail does when a page is renamed."""
        with override(self.locale.language_code):
            old, new = f"/{before.slug}/", f"/{actor.slug}/"
        if old == new:
            return
        paths = {route: Redirect.normalise_path(address_of(self.url_path).rstrip("/") + route) for route in (old, new)}
        made = Redirect.objects.filter(automatically_created=True)
        made.filter(old_path__in=paths.values()).delete()
        made.filter(redirect_page=self, redirect_page_route_path=old).update(redirect_page_route_path=new)
        target = {"redirect_page": self, "redirect_page_route_path": new, "automatically_created": True}
        Redirect.objects.get_or_create(old_path=paths[old], site=self.get_site(), defaults=target)

    @property
    def paths_below(self) -> list[str]:
        """The pages of the actors too."""
        return [*super().paths_below, *(f"{actor.slug}/" for actor in self.actors)]

    def language_urls(self, request: PageRequest) -> dict[str, str]:
        """Lead to the same actor in each language."""
        urls = super().language_urls(request)
        return self._actor_urls(self.shown_below, urls) if self.shown_below else urls

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Add the page of every actor."""
        urls = {code: page.url for code, page in self.live_translations.items()}
        entries = (self.sitemap_entry(self._actor_urls(actor, urls)) for actor in self.actors)
        return [*super().get_sitemap_urls(request), *entries]

    def _actor_urls(self, actor: Actor, urls: dict[str, str]) -> dict[str, str]:
        """Return the addresses of an actor below those of this page, by language code."""
        return urls_below(urls, lambda: f"{actor.slug}/")
