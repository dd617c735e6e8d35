"""An editor with the rights that the first start gives, and the support line."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.users.models import UserProfile

from contacts.editors import EDITORS
from contacts.models import Coordinator, County, SupportLine
from tests.contacts.leaves import LEAVE
from tests.contacts.own_pages import held_entry
from tests.factories import coordinator
from tests.mail import MailFolder


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
def in_office_hours() -> Iterator[None]:
    """Make it ten o'clock on a Tuesday, when no card says that it is closed."""
    with time_machine.travel("2026-11-24T10:00+01:00"):
        yield


@pytest.fixture
def line(db: None) -> SupportLine:
    """Return the support line of the starter content."""
    return SupportLine.objects.get(level="advice")


@pytest.fixture
def deputy(db: None, mail: MailFolder) -> Coordinator:
    """Return somebody of another county who can stand in."""
    return coordinator("040-628 04 11", name="Vera Vikarie", counties=("01",))


@pytest.fixture
def entry(deputy: Coordinator) -> Coordinator:
    """Return the first coordinator of Skåne, on leave in December 2026, with a colleague after her."""
    County.objects.get(code="12").coordinators.all().delete()
    lena = held_entry("040-628 04 22", name="Lena Ledig", deputy=deputy, sort_order=1, **LEAVE)
    coordinator("040-628 04 33", name="Kollega Kvar", target_group="adults", sort_order=2)
    return lena
