"""The contacts section: lookup, one page per county and municipality, and everything on one page."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import escape
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import path

from contacts.answers import Answer, Arrival, arrivals
from contacts.findings import Finding
from contacts.lookup import find_places
from contacts.models.coordinators import Coordinator
from contacts.models.places import County, Municipality, has_slug
from contacts.models.support_lines import SupportLine
from contacts.models.support_services import SupportService
from contacts.places import in_swedish_order, known_places, place_of, registered_places
from pages.html.headings import Heading
from pages.html.links import urls_below
from pages.models import BasePage, ManualStepPage, SubpageRoutes
from pages.requests import LOOKUP, PageRequest
from pages.tagged_pdf import can_make_pdf


class ContactsPage(SubpageRoutes, BasePage):
    """Finds the regional coordinator of a municipality or county."""

    onward_step = models.ForeignKey(
        ManualStepPage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("step to go on to"),
        help_text=_("The step of the manual that every county's page leads to."),
    )

    content_panels = [*BasePage.content_panels, FieldPanel("onward_step")]
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    page_description = _("The lookup of regional coordinators; counties and municipalities lie below it.")

    current_subpage: County | Municipality | None = None
    lists_all = False  # every coordinator on one page

    class Meta:
        verbose_name = _("contacts page")
        verbose_name_plural = _("contacts pages")

    @property
    def name_for_sharing(self) -> str:
        """The place, or what the list is called on its own page."""
        return str(_("All regional coordinators")) if self.lists_all else super().name_for_sharing

    @property
    def description(self) -> str:
        """Whom to call in the shown place."""
        if self.lists_all:
            return str(_("The regional coordinators of every county with their numbers, on one page to print."))
        if place := self.current_subpage:
            name = f"{place.name}, {place.county.name}" if isinstance(place, Municipality) else place.name
            told = _("%(place)s: who to call when you suspect human trafficking, and the numbers.")
            return str(told) % {"place": name}
        return super().description

    @classmethod
    def for_active_language(cls) -> Self | None:
        """Return the published contacts page in the active language, else in the default one. One query."""
        pages = {page.locale.language_code: page for page in cls.objects.live().select_related("locale")}
        return pages.get(get_language(), pages.get(settings.LANGUAGE_CODE))

    @path("", name="index")
    def index(self, request: HttpRequest) -> HttpResponse:
        """Show the field and all counties; with `?q=`, lead to the place or offer a choice."""
        query = request.GET.get(LOOKUP, "")
        finding = find_places(query, known_places()) if query else Finding([])
        places = registered_places(finding.places)
        if finding.is_certain:
            return redirect(f"{self.url}{self.place_path(places[0])}#{Arrival(finding.name).html_id}")
        context = {
            "answer": Answer.to(query, finding, places),
            "counties": in_swedish_order(County.objects.all()),
        }
        return self.render(request, context_overrides=context)

    @path(pgettext_lazy("address of the page with all coordinators", "all/"), name="all")
    def all_coordinators(self, request: HttpRequest) -> HttpResponse:
        """Show every county with its coordinators on one page, made to be printed."""
        self.lists_all = True
        coordinators = Prefetch("coordinators", Coordinator.objects.for_cards(), to_attr="published_coordinators")
        counties: list[Any] = in_swedish_order(County.objects.prefetch_related(coordinators))
        return self.render(
            request,
            template="contacts/all_coordinators.html",
            context_overrides={
                "counties": counties,
                "has_coordinators": any(county.published_coordinators for county in counties),
                "headings": [Heading(f"county-{county.code}", escape(county.name), 2) for county in counties],
            },
        )

    @path("<slug:county_slug>/", name="county")
    def county(self, request: HttpRequest, county_slug: str) -> HttpResponse:
        """Show the coordinators of a county."""
        county = County.objects.filter(has_slug(county_slug)).first()
        if county is None:
            raise Http404
        return self._render_place(request, county, None)

    @path("<slug:county_slug>/<slug:municipality_slug>/", name="municipality")
    def municipality(self, request: HttpRequest, county_slug: str, municipality_slug: str) -> HttpResponse:
        """Show the coordinators of a municipality, which are those of its county."""
        municipality = (
            Municipality.objects.select_related("county")
            .filter(has_slug(municipality_slug), has_slug(county_slug, "county__"))
            .first()
        )
        if municipality is None:
            raise Http404
        return self._render_place(request, municipality.county, municipality)

    def _render_place(self, request: HttpRequest, county: County, municipality: Municipality | None) -> HttpResponse:
        self.current_subpage = municipality or county
        context = {
            "county": county,
            "municipality": municipality,
            "arrivals": arrivals(place_of(self.current_subpage)),
            "coordinators": Coordinator.objects.for_cards().for_county(county),
            "onward_step": self.published_onward_step,
            "can_be_pdf": can_make_pdf(),
        }
        return self.render(request, template="contacts/place.html", context_overrides=context)

    @property
    def search_lead(self) -> str:
        """The words of the lead with the numbers to call: who looks for one finds this page before others with it."""
        lines = [f"{line.heading}: {line.name} {line.number}" for line in SupportLine.objects.all()]
        return "\n".join([super().search_lead, *lines])

    def search_text(self, body: str) -> str:
        """Return the text of the page with the numbers of support for victims."""
        services = SupportService.objects.filter(for_victims=True)
        return "\n".join([*(f"{service.name} {service.number}" for service in services), super().search_text(body)])

    @property
    def published_onward_step(self) -> ManualStepPage | None:
        """The step to go on to, with its siblings, by which it is numbered. One query."""
        steps = list(ManualStepPage.objects.filter(locale=self.locale_id).live().order_by("path"))
        step = next((step for step in steps if step.pk == self.onward_step_id), None)
        if step:
            step.steps = [sibling for sibling in steps if sibling.is_sibling_of(step)]
        return step

    def place_path(self, place: County | Municipality) -> str:
        """Return the path of a place below this page, in the active language."""
        if isinstance(place, County):
            return self.reverse_subpage("county", [place.slug])
        return self.reverse_subpage("municipality", [place.county.slug, place.slug])

    @property
    def paths_below(self) -> list[str]:
        """The paths below the page, with those of all places."""
        return [*super().paths_below, *map(self.place_path, registered_places(known_places()))]

    def language_urls(self, request: PageRequest) -> dict[str, str]:
        """Lead to the same county, municipality or list in each language, not to the section's start."""
        urls = super().language_urls(request)
        if place := self.current_subpage:
            return urls_below(urls, lambda: self.place_path(place))
        return urls_below(urls, lambda: self.reverse_subpage(request.routable_resolver_match.url_name))

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Add the page of every county."""
        return [*super().get_sitemap_urls(request), *map(self._county_entry, County.objects.all())]

    def _county_entry(self, county: County) -> dict[str, Any]:
        return self.sitemap_entry(urls_below(self.translated_urls, lambda: self.place_path(county)))
