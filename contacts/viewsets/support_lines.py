"""Support lines in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet

from contacts.models import SupportLine
from contacts.viewsets.opening_exceptions import OpeningExceptionsPanel
from contacts.viewsets.panels import localized_panels
from pages.admin.policies import LimitedPolicy
from pages.review.forms import review_panel

# Every page gives the three numbers, and leads who is exposed to two of them: a number is changed, never deleted.
register_permission_policy(SupportLine, LimitedPolicy(SupportLine, "view", "add", "change"))


class SupportLineViewSet(SnippetViewSet):
    """The three numbers of the "who to call" block, with opening hours."""

    model = SupportLine
    icon = "mobile-alt"
    list_display = ["level", "heading", "number", "hours_status"]
    copy_view_enabled = False  # a level has one number
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("level"),
                FieldRowPanel([FieldPanel("number"), FieldPanel("international_number")]),
                *localized_panels("heading", "name"),
            ],
            heading=_("The number"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(localized_panels("plain_hours")),
                FieldRowPanel([FieldPanel("hours_status"), FieldPanel("hours_confirmed_on")]),
                FieldPanel("open_on_holidays"),
            ],
            heading=_("Hours"),
        ),
        InlinePanel("opening_hours", label=_("Open stretch")),
        OpeningExceptionsPanel(
            "opening_exceptions",
            [
                FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
                FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
                FieldRowPanel(localized_panels("reason")),
            ],
            label=_("Closed or other hours"),
        ),
        review_panel(),
    ]
