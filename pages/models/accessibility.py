"""The accessibility statement that the law on accessible digital public service (2018:1937) asks for."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from pages.blocks.text import NUMBER
from pages.models.base import BasePage

TEXT_FEATURES = ["bold", "ol", "ul", "link", NUMBER]


class Conformity(models.TextChoices):
    """How far the service meets the requirements."""

    FULL = "full", _("fully compliant")
    PARTIAL = "partial", _("partly compliant")
    NONE = "none", _("not compliant")


class AccessibilityStatementPage(BasePage):
    """The statement: one field for each part that the law asks for.

    The fields that must be there are simply required: Wagtail lets a draft lack them and refuses
    to publish, on every path, because publishing validates the whole page.
    """

    actor = models.CharField(_("responsible actor"), max_length=120)
    service = models.CharField(_("service"), max_length=200, help_text=_("What the statement is about."))
    conformity = models.CharField(_("conformity"), max_length=10, choices=Conformity.choices)
    not_accessible = RichTextField(_("what is not accessible, and why"), features=TEXT_FEATURES)
    disproportionate_burden = RichTextField(
        _("disproportionate burden (12 §), where used"), features=TEXT_FEATURES, blank=True
    )
    outside_the_law = RichTextField(_("content outside the law (9 §), where used"), features=TEXT_FEATURES, blank=True)
    # Null, yet required: Wagtail lets a draft lack only what the database can lack.
    assessed_on = models.DateField(_("assessed"), null=True)
    assessment_method = RichTextField(_("how it was assessed"), features=TEXT_FEATURES)
    statement_updated_on = models.DateField(_("statement updated"), null=True)
    report_faults = RichTextField(
        _("how to report problems"), features=TEXT_FEATURES, help_text=_("Must be possible without giving a name.")
    )
    supervision = RichTextField(_("how to complain to the supervisor"), features=TEXT_FEATURES)

    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    page_description = _("The statement required by law, linked from every page.")
    content_panels = [
        *BasePage.content_panels[:2],
        MultiFieldPanel(
            [FieldPanel(name) for name in ("actor", "service", "conformity")], heading=_("The service and its status")
        ),
        FieldPanel("not_accessible"),
        FieldPanel("disproportionate_burden"),
        FieldPanel("outside_the_law"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("assessed_on", "assessment_method", "statement_updated_on")],
            heading=_("Assessment"),
        ),
        FieldPanel("report_faults"),
        FieldPanel("supervision"),
    ]

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")
