"""What sorts of material there are, and for whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What sort of material it is."""

    SITUATION_ANALYSIS = "situation-analysis", _("situation analysis")
    HANDOUT = "handout", _("handout")
    MANUAL = "manual", _("manual")
    FACT_SHEET = "fact-sheet", _("fact sheet")
    PRESENTATION = "presentation", _("presentation")
    RECORDING = "recording", _("recording")
    COURSE = "course", _("course")
    LINK = "link", _("link")


class Audience(models.TextChoices):
    """Whom the material speaks to."""

    PROFESSIONALS = "professionals", _("professionals")
    VICTIMS = "victims", _("victims")
    CHILDREN = "children", _("children")
