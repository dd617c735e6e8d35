"""A save is live at once, keeps the old value, and leaves an editor's draft a draft."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from contacts.models import Coordinator, CoordinatorPhone
from tests.contacts.own_pages import CHANGE, CONFIRM, ENTRY, HISTORY, held_entry, opened, signed_in, typed_names
from tests.contacts.sign_ins import editor
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail")]

OLD, NEW, EDITORS = "+46406280411", "+46406280422", "+46406280433"


@pytest.fixture
def entry():
    return held_entry(OLD, note_sv="Gammal")


def numbers(entry: Coordinator) -> list[str]:
    return [phone.number.as_e164 for phone in entry.phones.all()]


def live(entry: Coordinator) -> Coordinator:
    return Coordinator.objects.get(pk=entry.pk)


def change(entry: Coordinator, **typed: str) -> None:
    own = signed_in(entry)
    assert own.post(CHANGE, opened(own, CHANGE) | typed_names(typed)).status_code == 302


def draft(entry: Coordinator, **fields):
    """Save an editor's draft with these values on the entry as it is now."""
    version = live(entry).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(version, name, value)
    author = editor(f"redaktor{Coordinator.objects.count()}{entry.revisions.count()}")
    return version.save_revision(user=author, clean=False)  # as the admin saves a draft


def test_old_value_is_kept_and_logged(entry):
    change(entry, number=NEW)
    before, after = entry.revisions.order_by("pk")
    assert (numbers(before.as_object()), numbers(after.as_object())) == ([OLD], [NEW])
    assert live(entry).live_revision == after
    logged = ModelLogEntry.objects.for_instance(entry).get()
    assert logged.action == "contacts.own_entry.change"
    assert logged.user == entry.user
    assert logged.revision == after
    assert logged.content_changed
    assert not live(entry).has_unpublished_changes
    assert logged.data["changes"] == {"phones": {"old": [["direct", OLD]], "new": [["direct", NEW]]}}


def test_version_that_came_from_elsewhere_is_kept_too(entry):
    change(entry, number=NEW)
    Coordinator.objects.filter(pk=entry.pk).update(email="import@example.se")
    change(entry, note_sv="Ny")
    assert "import@example.se" in [revision.content["email"] for revision in entry.revisions.order_by("pk")[:3]]


def test_draft_stays_a_draft(entry, client):
    draft(entry, name="Nytt Namn", note_sv="Utkast")
    change(entry, number=NEW)
    public = words(soup(client.get("/kontakt/skane-lan/")))
    assert NEW[-2:] in public
    assert "Utkast" not in public
    assert "Nytt Namn" not in public
    assert live(entry).has_unpublished_changes
    assert live(entry).name == "Ny Koordinator"


def test_draft_that_is_not_complete_stops_no_change(entry):
    draft(entry, name="")
    change(entry, number=NEW)
    assert (numbers(live(entry)), live(entry).name) == ([NEW], "Ny Koordinator")
    assert live(entry).latest_revision.as_object().name == ""


def test_coordinator_never_reads_a_draft(entry):
    draft(entry, note_sv="Utkast", phones=[CoordinatorPhone(number=EDITORS)])
    own = signed_in(entry)
    for address in (ENTRY, CHANGE, HISTORY):
        page = own.get(address).content.decode()
        assert "Utkast" not in page
        assert "04 33" not in page


def test_publishing_the_draft_later_undoes_nothing(entry):
    draft(entry, name="Nytt Namn", note_sv="Utkast")
    change(entry, number=NEW, role_en="Adviser")
    live(entry).latest_revision.publish()
    published = live(entry)
    assert numbers(published) == [NEW]
    assert (published.name, published.note_sv, published.role_en) == ("Nytt Namn", "Utkast", "Adviser")
    assert not published.has_unpublished_changes


def test_what_both_changed_is_the_coordinators_and_the_editors_version_is_kept(entry):
    drafted = draft(entry, phones=[CoordinatorPhone(number=EDITORS)])
    change(entry, number=NEW)
    assert numbers(live(entry).latest_revision.as_object()) == [NEW]
    drafted.refresh_from_db()
    assert numbers(drafted.as_object()) == [EDITORS]


def test_confirmation_outlives_a_draft_too(entry):
    draft(entry, note_sv="Utkast")
    own = signed_in(entry)
    own.post(CONFIRM, opened(own, ENTRY))
    live(entry).latest_revision.publish()
    assert live(entry).confirmed_on == timezone.localdate()


def test_scheduled_draft_is_published_in_time_with_the_change(entry):
    entry.save_revision().publish()  # without a published version Wagtail would take the entry off the site
    version = live(entry)
    version.note_sv, version.go_live_at = "Från nyår", timezone.now() + timedelta(days=1)
    version.save_revision().publish()
    draft(entry, name="Nytt Namn")
    change(entry, number=NEW)
    assert numbers(live(entry)) == [NEW]
    assert live(entry).note_sv == "Gammal"
    assert entry.revisions.filter(approved_go_live_at__isnull=False).count() == 1
    entry.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=timezone.now())
    due = entry.revisions.get(approved_go_live_at__isnull=False)
    due.content["go_live_at"] = None
    due.save()
    call_command("publish_scheduled")
    assert live(entry).note_sv == "Från nyår"
    assert numbers(live(entry)) == [NEW]
    assert live(entry).latest_revision.as_object().name == "Nytt Namn"


def test_draft_of_an_unpublished_entry_keeps_its_changes(entry):
    live(entry).unpublish()
    draft(entry, name="Nytt Namn")
    change(entry, number=NEW)
    assert not live(entry).live
    live(entry).latest_revision.publish()
    assert (live(entry).name, numbers(live(entry))) == ("Nytt Namn", [NEW])


def test_history_tells_what_when_and_by_whom(entry):
    change(entry, number=NEW, note_sv="")
    draft(entry, employer="Lunds kommun").publish(user=editor("publicist"))
    own = signed_in(entry)
    own.post(CONFIRM, opened(own, ENTRY))
    confirmed, published, changed = map(words, soup(own.get(HISTORY)).select(".history > li"))
    assert "Ny Koordinator" in confirmed
    assert "redaktionen" in published
    assert "publicist" not in published
    assert "Före: Malmö stad Efter: Lunds kommun" in published
    assert "040-628 04 11 (direkt)" in changed
    assert "040-628 04 22 (direkt)" in changed
    assert "Före: Gammal Efter: (tomt)" in changed
    assert "hemlig@example.org" not in own.get(HISTORY).content.decode()


def test_base_columns_follow_the_language_of_the_site(entry):
    """The base column of a translated field takes the active language, which is Swedish on these pages."""
    change(entry, role_sv="Samordnare", role_en="Co-ordinator")
    stored = Coordinator.objects.filter(pk=entry.pk).values("role_sv", "role_en").get()
    assert stored == {"role_sv": "Samordnare", "role_en": "Co-ordinator"}
