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
        registry.register(
            blocks={"contact": "contacts.blocks.ContactBlock"},
            readable_models=(
                "contacts.County",
                "contacts.Municipality",
                "contacts.SupportLine",
                "contacts.OpeningHours",
                "contacts.OpeningException",
                "contacts.Coordinator",
                "contacts.CoordinatorPhone",
            ),
            searched_models=(*places, coordinators),
            listed_on={"contacts.SupportLine": "contacts.ContactsPage"},
            search_answers=("contacts.search.place_cards",),
            starter_loaders=("contacts.starter.load",),
            sign_in_makers=("contacts.starter.make_sign_in",),
        )
