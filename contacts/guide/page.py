"""The page of the guide: one address for each way through it."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StreamValue
from wagtail.contrib.routable_page.models import path
from wagtail.fields import StreamField
from wagtail.models import Page

from contacts.answers import Answer
from contacts.findings import Finding
from contacts.guide.addresses import Addresses, PreviewAddresses, answers_path
from contacts.guide.blocks import NodesBlock, graph_of
from contacts.guide.graph import Graph, Question, Result, Visit
from contacts.guide.panels import FigurePanel
from contacts.guide.publishing import GuideForm, refuse_broken_guide
from contacts.guide.words import ANSWERS
from contacts.lookup import find_places
from contacts.models.places import Municipality
from contacts.places import known_places, place_with_code, registered_places
from pages.html.links import urls_below
from pages.models import BasePage, SubpageRoutes
from pages.render_context import memoize_per_version
from pages.requests import LOOKUP, PLACE, PageRequest, framed_by_the_admin

FLOW_CHART = "flow-chart"


class GuidePage(SubpageRoutes, BasePage):
    """Questions that lead to what to do now."""

    nodes = StreamField(NodesBlock(), verbose_name=_("questions and results"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead"), FigurePanel(heading=_("Figure")), FieldPanel("nodes")]
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    page_description = _("Questions that end in what to do now, whom to call at this hour, and a part of the manual.")
    preview_modes: list[tuple[str, str | Promise]] = [("", _("Walk through it")), (FLOW_CHART, _("Flow chart"))]
    base_form_class = GuideForm

    visit: Visit | None = None  # what a request shows

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to be published with a way that leads nowhere, on whatever path."""
        fields = kwargs.get("update_fields")
        if self.live and (fields is None or "nodes" in fields):
            refuse_broken_guide(self)
        super().save(*args, **kwargs)

    @property
    def texts(self) -> list[StreamValue]:
        """The questions and results."""
        return [*super().texts, self.nodes]

    @property
    def graph(self) -> Graph:
        """The guide as a graph, as it is served."""
        return memoize_per_version(f"guide {self.pk}", lambda: graph_of(self.nodes))

    def search_text(self, body: str) -> str:
        """Return the questions with their answers, and the headings of the results."""
        graph = graph_of(self.nodes)
        lines = [[node.heading, *(answer.label for answer in graph.answers_of(node))] for node in graph.nodes]
        return "\n".join(" ".join(line) for line in lines)

    @path("", name="index")
    def index(self, request: PageRequest) -> HttpResponse:
        """Show the first question."""
        return self._show(request, self.graph.visit(""), Addresses(self.url))

    @path(format_lazy("{}/<path:answers>/", ANSWERS), name="answers")
    def answers(self, request: PageRequest, answers: str) -> HttpResponse:
        """Show what comes after the answers, for a place where `?place=` gives the code of one."""
        request.shown_path = self.url  # what is sent from here, or printed, tells no answers
        visit = self.graph.visit(answers)
        place = place_with_code(request.GET.get(PLACE, "")) if visit and visit.has_passed_place else None
        response = self._show(request, visit, Addresses(self.url, place))
        if request.GET:
            patch_cache_control(response, no_store=True)
        return response

    @path(pgettext_lazy("address of the flow chart of the guide", "flow-chart/"), name=FLOW_CHART)
    def flow_chart(self, request: PageRequest) -> HttpResponse:
        """Show the whole guide as a figure, made to be printed."""
        return self.render(request, template="contacts/guide_flow_chart.html")

    @framed_by_the_admin
    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show a draft at what was answered, or as a figure; a place follows the answers after an @."""
        asked = cast("PageRequest", request)
        asked.routable_resolver_match = self.resolve_subpage("/")
        if mode_name == FLOW_CHART:
            return self.flow_chart(asked)
        answers, _at, code = mode_name.partition("@")
        return self._show(asked, self.graph.visit(answers), PreviewAddresses(self.url or "/", place_with_code(code)))

    def _show(self, request: PageRequest, visit: Visit | None, addresses: Addresses) -> HttpResponse:
        if visit is None:
            raise Http404
        self.visit = visit
        if isinstance(visit.node, Result):
            return self._render(request, visit, addresses, "contacts/guide_result.html")
        if not visit.node.takes_place:
            return self._render(request, visit, addresses, "contacts/guide_page.html")
        return self._ask_place(request, visit, visit.node, addresses)

    def _ask_place(self, request: PageRequest, visit: Visit, question: Question, addresses: Addresses) -> HttpResponse:
        query = request.GET.get(LOOKUP, "")
        finding = find_places(query, known_places()) if query else Finding([])
        places = registered_places(finding.places)
        if isinstance(addresses, PreviewAddresses):  # which takes no parameter for a place that was typed
            places = [*Municipality.objects.select_related("county")[:1]]
        onward = [self.graph.follow(visit, answer) for answer in self.graph.answers_of(question)]
        urls = [type(addresses)(addresses.url, place).of(each) for each in onward for place in places]
        if finding.is_certain and urls:
            return redirect(urls[0])
        answer = Answer.to(query, finding, places)
        context = {"answer": answer, "choices": [*zip(answer.choices, urls, strict=False)]}
        return self._render(request, visit, addresses, "contacts/guide_place.html", **context)

    def _render(
        self, request: PageRequest, visit: Visit, addresses: Addresses, template: str, **context: Any
    ) -> HttpResponse:
        graph = self.graph
        given = [
            (question, answer, addresses.of(visit.before(number)))
            for number, (question, answer) in enumerate(visit.given, start=1)
        ]
        context |= {
            "visit": visit,
            "place": addresses.place,
            "municipality": addresses.place if isinstance(addresses.place, Municipality) else None,
            "kept_query": addresses.query,
            "total": range(1, graph.questions_of(visit) + 1),
            "answers": [(each, addresses.of(graph.follow(visit, each))) for each in graph.answers_of(visit.node)],
            "place_question": next((url for question, _answer, url in given if question.takes_place), ""),
            "given": given,
        }
        return self.render(request, template=template, context_overrides=context)

    def language_urls(self, request: PageRequest) -> dict[str, str]:
        """Lead to the same question, result or figure in each language, else to the first question."""
        read = super().language_urls
        urls = {**memoize_per_version(f"languages of guide {self.pk}", lambda: read(request))}
        if request.routable_resolver_match.url_name == FLOW_CHART:
            return urls_below(urls, lambda: self.reverse_subpage(FLOW_CHART))
        if self.visit is None or not self.visit.given:
            return urls
        for page in memoize_per_version("guides", lambda: list(GuidePage.objects.live().select_related("locale"))):
            code = page.locale.language_code
            if code in urls and (visit := self.graph.translated(self.visit, page.graph)):
                with override(code):
                    urls[code] += answers_path(visit)
        return urls
