"""Support services in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from contacts.models import SupportService
from contacts.viewsets.panels import localized_panels
from pages.review.forms import review_panel


class SupportServiceViewSet(SnippetViewSet):
    """What professionals refer to; an editor confirms a service by setting the date."""

    model = SupportService
    icon = "group"
    list_display = ["name", "number", "places", "confirmed_on"]
    list_filter = {"confirmed_on": ["isnull"]}
    copy_view_enabled = False  # a number has one key
    panels = [
        FieldPanel("confirmed_on"),
        MultiFieldPanel(
            [FieldPanel("key"), *localized_panels("name", "description")],
            heading=_("What it is"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("for_professionals", "for_victims", "for_buyers")],
            heading=_("Who can turn to it"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("number"),
                FieldRowPanel(localized_panels("hours")),
                *localized_panels("places"),
                FieldPanel("website"),
            ],
            heading=_("How it is reached"),
        ),
        MultiFieldPanel(
            [*localized_panels("source"), FieldRowPanel(localized_panels("source_date"))],
            heading=_("Where the details come from"),
        ),
        FieldPanel("sort_order"),
        review_panel(),
    ]
