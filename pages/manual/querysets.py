"""Questions about the steps of the manual."""

from django.conf import settings
from django.db.models import Exists, F, JSONField, OuterRef, Subquery, Value
from django.db.models.functions import Left, Length
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.query import PageQuerySet

# What lists of steps, and references to them, show.
FIELDS = (
    *("title", "draft_title", "slug", "url_path", "path", "depth"),
    *("time_frame", "translation_key", "locale", "updated_on"),
)


class StepQuerySet(PageQuerySet):
    """The steps, with what is known of their parts and of their manual."""

    def for_index(self, *, with_content: bool) -> "StepQuerySet":
        """Return the published steps in the active and the default language, in order, a row for each of their parts.

        The contents of parts come along where they are asked for.
        """
        start_page = Page.objects.live().filter(depth=2, locale=OuterRef("locale"))
        manual = Page.objects.filter(path=Left(OuterRef("path"), Length(OuterRef("path")) - Page.steplen))
        return (
            self.live()
            .filter(locale__language_code__in={get_language(), settings.LANGUAGE_CODE})
            .select_related("locale")
            .only(*FIELDS)
            .annotate(
                edition=Subquery(manual.values("manualpage__edition")),
                part_code=F("published_parts__part__code"),
                part_heading=F("published_parts__heading"),
                part_place=F("published_parts__sort_order"),
                part_content=F("published_parts__content") if with_content else Value(None, JSONField()),
                is_served=Exists(start_page),
            )
            .order_by("path", "part_place")
        )
