"""Topics in the admin."""

from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from resources.models.topics import Topic


class TopicViewSet(SnippetViewSet):
    """The list of topics, in the order in which readers see them."""

    model = Topic
    icon = "tag"
    list_display = ["name_sv", "name_en", "sort_order"]
    panels = [FieldPanel(name) for name in ("name_sv", "name_en", "sort_order")]
