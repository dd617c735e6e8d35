from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    name = "resources"
    verbose_name = _("publications")

    def ready(self) -> None:
        from pages import registry
        from resources import signals  # noqa: F401  (connected by being imported)

        showing = "resources.search.resources_showing"
        registry.register(
            blocks={"resources": "resources.blocks.ResourcesBlock"},
            readable_models=("resources.Resource", "resources.ResourceFile", "resources.Topic"),
            searched_models=(
                registry.SearchedModel(
                    label="resources.Resource",
                    below="resources.ResourceIndexPage",
                    read_by="resources.search.read_resource",
                    shows={"resources.ResourceFile": showing, "resources.Topic": showing},
                    marked_by="resources.search.resources_marked",
                ),
            ),
            reviewed_models=("resources.Resource",),
            text_places=("resources.search.places_in_resources",),
            starter_loaders=("resources.starter_resources.load",),
            example_finders=("resources.starter_resources.examples",),
        )
