"""What is unfinished may be drafted, and is refused where it would be published, on whatever path."""

import pytest
from django.contrib.auth.models import User

from contacts.models import Coordinator
from pages.refusals import RefusedError
from resources.models import Resource
from tests.contacts.editing import ADD_COORDINATOR, coordinator_form, send_form
from tests.contacts.editing import errors as coordinator_errors
from tests.contacts.test_coordinator_editing import NEW as NEW_COORDINATOR
from tests.resources.forms import ADD, NEW, PUBLISH, errors, form_of, send

pytestmark = pytest.mark.django_db

SIGNS_IN = "loggar.in@example.se"


@pytest.mark.parametrize(("missing", "other"), [("title_en", "summary_en"), ("summary_en", "title_en")])
def test_half_a_translation_is_kept_as_a_draft(editor, missing, other):
    admin = editor()
    assert send(admin, ADD, NEW | {missing: "", "files-0-link": "https://example.org/"}).status_code == 302
    made = Resource.objects.get(title_sv="Nytt blad")
    draft = made.get_latest_revision_as_object()
    assert (getattr(draft, missing) or "", getattr(draft, other)) == ("", NEW[other])
    with pytest.raises(RefusedError, match="på det här språket"):
        made.latest_revision.publish()
    assert "på det här språket" in errors(send(admin, form_of(made), PUBLISH))
    assert not Resource.objects.get(pk=made.pk).live
    assert send(admin, form_of(made), PUBLISH | {missing: NEW[missing]}).status_code == 302
    assert Resource.objects.get(pk=made.pk).live


def test_address_of_a_sign_in_is_kept_as_a_draft_and_not_published(editor):
    Coordinator.objects.filter(pk=Coordinator.objects.first().pk).update(user=User.objects.create_user("x", SIGNS_IN))
    admin = editor()
    assert send_form(admin, ADD_COORDINATOR, NEW_COORDINATOR | {"email": SIGNS_IN}).status_code == 302
    made = Coordinator.objects.get(name=NEW_COORDINATOR["name"])
    assert made.get_latest_revision_as_object().email == SIGNS_IN
    with pytest.raises(RefusedError, match="används för inloggning"):
        made.latest_revision.publish()
    assert "används för inloggning" in coordinator_errors(send_form(admin, coordinator_form(made.pk), PUBLISH))
    assert send_form(admin, coordinator_form(made.pk), PUBLISH | {"email": "ny@example.se"}).status_code == 302
    assert Coordinator.objects.get(pk=made.pk).email == "ny@example.se"
