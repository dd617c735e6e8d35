"""An editor with the rights that the first start gives, and the support line."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.users.models import UserProfile

from contacts.editors import EDITORS
from contacts.models import SupportLine


@pytest.fixture
def editor(db: None) -> Callable[[str], Client]:
    """Sign an editor in, whose admin is in a language."""

    def sign_in(language: str = "sv") -> Client:
        user = get_user_model().objects.create_user(f"editor-{language}")
        user.groups.add(Group.objects.get(name=EDITORS))
        UserProfile.objects.create(user=user, preferred_language=language)
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def line(db: None) -> SupportLine:
    """Return the support line of the starter content."""
    return SupportLine.objects.get(level="advice")
