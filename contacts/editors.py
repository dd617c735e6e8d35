"""Who is told of changes and messages: the editors."""

from django.contrib.auth import get_user_model

EDITORS = "editor"  # the group made by the migration of roles


def editor_addresses() -> list[str]:
    """Return the addresses of the active editors, in order. One query."""
    users = get_user_model().objects.filter(groups__name=EDITORS, is_active=True).exclude(email="")
    return list(users.order_by("email").values_list("email", flat=True))
