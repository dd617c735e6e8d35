"""The site's settings as an app, so that something can listen when it starts; and Wagtail's users with our forms."""

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class ConfigConfig(AppConfig):
    name = "config"
    default = True

    def ready(self) -> None:
        from config import audit, encryption, sessions  # noqa: F401  (connected by being imported)


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "config.users.AccountViewSet"
