from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    name = "resources"
    verbose_name = _("publications")

    def ready(self) -> None:
        from pages import registry
        from resources import signals  # noqa: F401  (connected by being imported)

        registry.register_block("resources", "resources.blocks.ResourcesBlock")
        registry.register_readable_models(
            "resources.Resource",
            "resources.ResourceFile",
            "resources.Topic",
        )
        registry.register_searched_model(
            "resources.Resource", below="resources.ResourceIndexPage", read_by="resources.search.read_resource"
        )
        for part in ("resources.ResourceFile", "resources.Topic"):
            registry.register_read_with(part, "resources.Resource", rows_by="resources.search.resources_showing")
        registry.register_starter_loader("resources.starter_resources.load")
