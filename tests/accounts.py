"""People who keep the site, with the rights that a test needs."""

from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from wagtail.models import GroupPagePermission, Page


def editor_client(*rights: str, below: Page | None = None) -> Client:
    """Return a client signed in as someone with these rights ("change", "publish") on a page and all below it."""
    group = Group.objects.create(name=f"Redaktörer {Group.objects.count()}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for right in rights:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{right}_page")
        GroupPagePermission.objects.create(group=group, page=below or Page.get_first_root_node(), permission=permission)
    user = User.objects.create_user(f"redaktor-{group.pk}", f"redaktor-{group.pk}@example.se")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client
