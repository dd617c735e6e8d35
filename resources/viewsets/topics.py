"""Topics in the admin."""

from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from pages.languages import localized_fields
from resources.models.topics import Topic


class TopicViewSet(SnippetViewSet):
    """The list of topics, in the order in which readers see them."""

    model = Topic
    icon = "tag"
    list_display = [*localized_fields("name"), "sort_order"]
    panels = [FieldPanel(name) for name in list_display]
