"""Who is told of changes and messages: the editors."""

from django.contrib.auth.models import User
from django.db.models import QuerySet

EDITORS = "editor"  # the group made by the migration of roles


def editors() -> QuerySet[User]:
    """Return the active editors who have an address, in the order of these."""
    return User.objects.filter(groups__name=EDITORS, is_active=True).exclude(email="").order_by("email")


def editor_addresses() -> list[str]:
    """Return the addresses of the active editors, in order. One query."""
    return list(editors().values_list("email", flat=True))
