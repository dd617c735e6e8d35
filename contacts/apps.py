from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactsConfig(AppConfig):
    name = "contacts"
    verbose_name = _("contacts")

    def ready(self) -> None:
        from contacts import checks, signals  # noqa: F401  (registered by being imported)
        from pages import registry

        places = [
            registry.SearchedModel(label=label, below="contacts.ContactsPage", read_by="contacts.search.read_place")
            for label in ("contacts.County", "contacts.Municipality")
        ]
        coordinators = registry.SearchedModel(
            label="contacts.Coordinator", below="contacts.ContactsPage", read_by="contacts.search.read_coordinator"
        )
        numbered = ("contacts.SupportLine", "contacts.SupportService")
        registry.register(
            blocks={"contact": "contacts.blocks.ContactBlock"},
            readable_models=(
                "contacts.County",
                "contacts.Municipality",
                "contacts.SupportLine",
                "contacts.SupportService",
                "contacts.OpeningHours",
                "contacts.OpeningException",
                "contacts.Coordinator",
                "contacts.CoordinatorPhone",
            ),
            searched_models=(*places, coordinators),
            listed_on=dict.fromkeys(numbered, "contacts.ContactsPage"),
            text_rules=("contacts.typed_numbers.refused_numbers", "contacts.numbers.unknown_numbers"),
            text_marks=dict.fromkeys(numbered, "contacts.numbers.mark_of"),
            search_answers=("contacts.search.place_cards",),
            fact_loaders=("contacts.starter.load_facts",),
            starter_loaders=("contacts.starter.load",),
            starter_fillers={"contacts.GuidePage": "contacts.guide.starter.fill"},
            example_finders=("contacts.starter.examples",),
            reviewed_models=numbered,
            care_items=("contacts.care.care_items",),
            jobs=(
                registry.Job(command="remind_coordinators", label=_("reminders to coordinators"), hour=8),
                registry.Job(command="purge_leavers", label=_("deletion of who has left"), hour=3),
                registry.Job(command="delete_old_messages", label=_("deletion of old messages"), hour=3),
            ),
            sign_in_makers=("contacts.starter.make_sign_in",),
        )
