"""An editor with the rights that the first start gives."""

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.users.models import UserProfile

from tests.config.accounts import admin_user


@pytest.fixture
def editor(db: None) -> Callable[[str], Client]:
    """Sign an editor in, whose admin is in a language."""

    def sign_in(language: str = "sv") -> Client:
        user = admin_user("editor", f"editor-{language}@example.org")
        UserProfile.objects.create(user=user, preferred_language=language)
        client = Client()
        client.force_login(user)
        return client

    return sign_in
