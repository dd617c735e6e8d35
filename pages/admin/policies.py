"""Who may do what with rows that no role, nor an administrator, may do everything with."""

from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Model, QuerySet
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry


class LimitedPolicy(ModelPermissionPolicy):
    """The model's permissions for some actions; nobody may do others, whatever permissions they have."""

    def __init__(self, model: type[Model], *actions: str) -> None:
        super().__init__(model)
        self.actions = frozenset(actions)

    def user_has_permission(self, user: User | AnonymousUser, action: str) -> bool:
        """Tell whether someone may do this."""
        return action in self.actions and super().user_has_permission(user, action)

    def users_with_any_permission(self, actions: list[str]) -> QuerySet[User]:
        """Return who may do one of the actions."""
        return super().users_with_any_permission(self.actions.intersection(actions))


class PublishersPolicy(ModelPermissionPolicy):
    """Rows that readers see changed at once: whoever may publish pages may change them; nobody adds or deletes one."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask Wagtail's page permissions."""
        pages = policy_registry.get_by_type(Page)
        return action in {"view", "change"} and pages.user_has_permission(user, "publish")
