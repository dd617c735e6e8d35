"""The words that are no text of a page: the terms of the glossary, the actors, what means the same in a search."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from pages.admin.policies import LimitedPolicy
from pages.admin.search_trial import SynonymsCreateView
from pages.languages import localized_fields
from pages.manual.models.actors import Actor
from pages.manual.models.terms import GlossaryTerm
from pages.search.models import SearchSynonyms

# Parts name the actors they concern; without its actor a part would concern everybody.
register_permission_policy(Actor, LimitedPolicy(Actor, "view", "add", "change"))


def localized_rows(*names: str) -> list[FieldRowPanel]:
    """Return a row for each field, with its languages side by side."""
    return [FieldRowPanel([FieldPanel(field) for field in localized_fields(name)]) for name in names]


class GlossaryTermViewSet(SnippetViewSet):
    """The words that the manual explains."""

    model = GlossaryTerm
    icon = "openquote"
    list_display = ["term", "definition"]
    search_fields = localized_fields("term", "definition")
    panels = localized_rows("term", "other_forms", "definition")


class ActorViewSet(SnippetViewSet):
    """Whom the parts of the manual concern."""

    model = Actor
    icon = "group"
    list_display = ["name", "summary"]
    panels = [*localized_rows("name", "slug", "summary"), FieldPanel("sort_order")]


class SearchSynonymsViewSet(SnippetViewSet):
    """What means the same to those who search."""

    model = SearchSynonyms
    add_view_class = SynonymsCreateView
    icon = "search"
    list_display = ["__str__"]
    search_fields = localized_fields("words")
    panels = localized_rows("words")


class WordsViewSetGroup(SnippetViewSetGroup):
    """All of them, as one entry of the admin's menu."""

    items = (GlossaryTermViewSet, ActorViewSet, SearchSynonymsViewSet)
    menu_icon = "openquote"
    menu_label = _("Words")
    menu_order = 190
