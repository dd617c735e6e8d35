"""What the material adds to Wagtail's admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from resources.viewsets.resources import ResourceViewSet
from resources.viewsets.topics import TopicViewSet


@register_snippet
class ResourcesViewSetGroup(SnippetViewSetGroup):
    """Publications, as one entry of the admin's menu."""

    items = (ResourceViewSet, TopicViewSet)
    menu_icon = "doc-full"
    menu_label = _("Publications")
    menu_order = 210
