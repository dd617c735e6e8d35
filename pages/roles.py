"""What the migrations of roles share.

A role is a group. Django makes permissions after all migrations, so on a fresh database these must make
what they give; Django then finds it there.
"""

from typing import Any

AUTHOR, EDITOR, ADMINISTRATOR = ROLES = ("author", "editor", "administrator")


def permission(apps: Any, app_label: str, model: str, action: str, codename: str = "") -> Any:
    """Return the permission for an action on a model, made as Django makes it when it is not there."""
    content_type, _new = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    found, _new = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type,
        codename=codename or f"{action}_{model}",
        defaults={"name": f"Can {action} {apps.get_model(app_label, model)._meta.verbose_name_raw}"},
    )
    return found


def give(apps: Any, roles: tuple[str, ...], app_label: str, model: str, *actions: str) -> None:
    """Allow roles some actions on every row of a model."""
    permissions = [permission(apps, app_label, model, action) for action in actions]
    for group in apps.get_model("auth.Group").objects.filter(name__in=roles):
        group.permissions.add(*permissions)
