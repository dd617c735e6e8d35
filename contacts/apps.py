from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactsConfig(AppConfig):
    name = "contacts"
    verbose_name = _("contacts")

    def ready(self) -> None:
        from contacts import checks, signals  # noqa: F401  (registered by being imported)
        from pages import registry

        registry.register_block("contact", "contacts.blocks.ContactBlock")
        registry.register_readable_models(
            "contacts.County",
            "contacts.Municipality",
            "contacts.SupportLine",
            "contacts.OpeningHours",
            "contacts.OpeningException",
            "contacts.Coordinator",
            "contacts.CoordinatorPhone",
        )
        for model, reader in (("County", "place"), ("Municipality", "place"), ("Coordinator", "coordinator")):
            registry.register_searched_model(
                f"contacts.{model}", below="contacts.ContactsPage", read_by=f"contacts.search.read_{reader}"
            )
        registry.register_shown_in("contacts.SupportLine", "contacts.ContactsPage")
        registry.register_search_answer("contacts.search.place_cards")
        registry.register_starter_loader("contacts.starter.load")
        registry.register_sign_in_maker("contacts.starter.make_sign_in")
