from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("pages")

    def ready(self) -> None:
        from pages import checks, registry, signals  # noqa: F401  (connected by being imported)

        registry.register(
            readable_models=(
                "wagtailcore.Site",
                "wagtailcore.Locale",
                "wagtailredirects.Redirect",
                "wagtailimages.Image",
                "wagtaildocs.Document",
                "pages.ManualPart",
                "pages.PublishedVersion",
                "pages.RemovedPage",
                "pages.Actor",
                "pages.GlossaryTerm",
                "pages.SiteNotice",
                "pages.SiteSettings",
                "pages.SearchSynonyms",
                "wagtailsearchpromotions.SearchPromotion",
                "wagtailsearchpromotions.Query",
            ),
            searched_models=(
                registry.SearchedModel(
                    label="pages.Actor", below="pages.ActorsPage", read_by="pages.manual.documents.actor_document"
                ),
            ),
            text_places=("pages.text_places.places_in_pages",),
            text_rules=("pages.translations.marks.refuse_marks",),
            listed_on={"pages.GlossaryTerm": "pages.GlossaryPage"},
            care_items=(
                "pages.admin.schedules.care_items",
                "pages.review.report.care_items",
                "pages.translations.report.care_items",
                "pages.links.report.care_items",
            ),
            jobs=(
                registry.Job(command="publish_scheduled", label=_("scheduled publishing"), every=timedelta(minutes=1)),
                registry.Job(command="send_waiting_mail", label=_("mail"), every=timedelta(minutes=1)),
                registry.Job(command="check_links", label=_("check of links"), hour=4, takes_long=True),
                registry.Job(command="remind_reviews", label=_("reminders to review"), hour=8),
            ),
        )
