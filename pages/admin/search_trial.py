"""Where editors try searches: what some queries find in every language, and ways to change it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.contrib.search_promotions.views import CreateView as PromotionCreateView
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import CreateView

from pages.languages import default_field, language_codes
from pages.models.site_version import site_version
from pages.registry import registered_functions
from pages.search.finding import find
from pages.search.hits import linked_hits, read_hits
from pages.search.models import SearchSynonyms
from pages.search.query import MAX_QUERY_LENGTH

MOST_QUERIES = 20
SHOWN = 3  # hits of each
ADD_SYNONYMS, ADD_PIN = "wagtailsnippets_pages_searchsynonyms:add", "wagtailsearchpromotions:add"


class QueriesForm(forms.Form):
    """Some queries, a line each."""

    queries = forms.CharField(
        label=_("Searches"),
        help_text=_("One a line, at most %(most)s. They are not stored.") % {"most": MOST_QUERIES},
        max_length=MOST_QUERIES * MAX_QUERY_LENGTH,
        widget=forms.Textarea({"rows": 6}),
    )

    def clean_queries(self) -> list[str]:
        """Return the lines that say something."""
        lines = (line.strip() for line in self.cleaned_data["queries"].splitlines())
        return list(dict.fromkeys(filter(None, lines)))[:MOST_QUERIES]


class TrySearchesView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Shows what queries find; for those who keep the words with one meaning. Nothing of it is stored."""

    form_class = QueriesForm
    template_name = "pages/admin/try_searches.html"
    page_title = _("Try searches")
    header_icon = "search"
    permission_policy = ModelPermissionPolicy(SearchSynonyms)
    permission_required = "change"

    def form_valid(self, form: QueriesForm) -> HttpResponse:
        """Show the form again, and what was found."""
        trials = [_tried(query) for query in form.cleaned_data["queries"]]
        return self.render_to_response(self.get_context_data(form=form, trials=trials))


class TrySearchesMenuItem(MenuItem):
    """In the menu of those who may."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the view's permissions."""
        view = TrySearchesView
        return view.permission_policy.user_has_permission(request.user, view.permission_required)


class _FilledByAddress:
    """A view of a form whose fields begin with what the address says."""

    request: HttpRequest

    def get_initial(self) -> dict[str, Any]:
        """Return the fields that the address fills."""
        return self.request.GET.dict()


class SynonymsCreateView(_FilledByAddress, CreateView):
    """Begins with the words in the address."""


class PinCreateView(_FilledByAddress, PromotionCreateView):
    """Begins with the query in the address."""


def _tried(query: str) -> dict[str, Any]:
    """Return what a query finds in each language, and where to change that."""
    version = site_version()
    found = []
    for language in language_codes():
        with override(language):
            finding = find(query, version, language)
            cards = [card for answering in registered_functions("search_answers") for card in answering(query, version)]
            hits = [*linked_hits(finding), *read_hits(finding.entries[:SHOWN], finding)]
        name = get_language_info(language)["name_translated"]
        found.append({"language": name, "finding": finding, "hits": hits, "urls": [card.url for card in cards]})
    synonyms = urlencode({default_field("words"): query})
    return {
        "query": query,
        "found": found,
        "synonym_url": f"{reverse(ADD_SYNONYMS)}?{synonyms}",
        "pin_url": f"{reverse(ADD_PIN)}?{urlencode({'query_string': query})}",
    }
