"""Files that an editor adds to a draft of what is published: at one address from the first save to the readers."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.utils.translation import override

from resources.models import Resource, ResourceFile
from resources.uploads import UnreadableFileError
from tests.reading import soup, words
from tests.resources.forms import ADD, NEW, PUBLISH, errors, flagged, form_of, send
from tests.resources.making import fetch, file, pdf, resource

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ADDED = {"files-1-language": "uk", "files-1-title": "Новий листок"}


def send_added(admin: Client, made: Resource, content: bytes, **changes: str) -> HttpResponse:
    """Add a second file to a publication."""
    return send(admin, form_of(made), ADDED | changes, content, row=1)


def code_of_draft(made: Resource) -> str:
    return Resource.objects.get(pk=made.pk).latest_revision.content["files"][1]["code"]


def pdf_of_draft(made: Resource) -> bytes:
    row = Resource.objects.get(pk=made.pk).get_latest_revision_as_object().files.get()
    with row.file.open("rb") as content:
        return content.read()


def folders() -> set[str]:
    """Return where uploads lie, by the codes of their rows."""
    return {path.name for path in Path(ResourceFile._meta.get_field("file").storage.path("resources")).iterdir()}


def facts(admin: Client, made: Resource) -> list[str]:
    """Return the addresses that the form shows beside the files."""
    return [words(node) for node in soup(admin.get(form_of(made))).select("#w-editor-form code")]


def test_file_that_a_draft_adds_stays_at_its_address(client, editor):
    admin, new = editor(), pdf(pages=7)
    made = resource(file())
    before, address = folders(), made.files.get().url
    assert send_added(admin, made, new).status_code == 302
    added = f"/file/{code_of_draft(made)}/"
    assert facts(admin, made) == [address, added]
    assert fetch(client, added).status_code == 404
    for changes in ({"title_sv": "Ändrad"}, {}, {"files-1-title": "Ще один"}):
        assert send(admin, form_of(made), changes).status_code == 302
        assert facts(admin, made) == [address, added]
    assert send(admin, form_of(made), PUBLISH).status_code == 302
    assert fetch(client, added).body == new
    row = made.files.get(language="uk")
    assert (row.url, row.title, row.page_count) == (added, "Ще один", 7)
    assert folders() == before | {row.code}
    assert flagged(admin) == ""


def test_file_that_a_draft_adds_is_replaced_in_its_place(client, editor):
    admin, new = editor(), pdf(pages=3)
    made = resource(file())
    send_added(admin, made, pdf())
    before, code = folders(), code_of_draft(made)
    assert send(admin, form_of(made), {}, new, row=1).status_code == 302
    assert send(admin, form_of(made), PUBLISH).status_code == 302
    assert fetch(client, f"/file/{code}/").body == new
    assert folders() == before


def test_draft_is_published_again_after_it_was_replaced(client, editor):
    admin, first = editor(), pdf(pages=2)
    made = resource(file())
    send_added(admin, made, first)
    draft, code = Resource.objects.get(pk=made.pk).latest_revision, code_of_draft(made)
    assert send(admin, form_of(made), PUBLISH, pdf(pages=3), row=1).status_code == 302
    address = form_of(made, "history") + f"revisions/{draft.pk}/revert/"
    assert send(admin, address, PUBLISH).status_code == 302
    assert fetch(client, f"/file/{code}/").body == first
    assert made.files.count() == 2


def test_row_is_taken_out_of_a_draft(client, editor):
    admin = editor()
    made = resource(file())
    send_added(admin, made, pdf())
    assert send(admin, form_of(made), PUBLISH | {"files-1-DELETE": "on"}).status_code == 302
    assert [row.language for row in made.files.all()] == ["sv"]


def test_code_leads_to_no_file_but_those_of_this_draft(editor):
    admin = editor()
    made, other = resource(file()), resource(file(), title_sv="Annat", title_en="Other")
    send_added(admin, made, pdf())
    foreign = {"files-1-code": other.files.get().code}
    assert "Välj en fil eller skriv en länk" in errors(send(admin, form_of(made), foreign | PUBLISH))
    twice = send(admin, form_of(made), {"files-1-code": made.files.get().code} | PUBLISH)
    assert twice.status_code == 200
    assert made.files.count() == other.files.count() == 1


def test_nothing_is_saved_unasked(editor):
    admin = editor()
    for address in (ADD, form_of(resource(file()))):
        form = BeautifulSoup(admin.get(address).content, "html.parser").select_one("#w-editor-form")
        assert "w-unsaved" in form["data-controller"]
        assert "autosave" not in str(form.attrs)


def test_draft_keeps_a_new_unreadable_file_until_a_readable_one_replaces_it(editor, client):
    admin, shown = editor("sv"), pdf(pages=2)
    made = resource(file(shown))
    address = made.files.get().url
    assert send(admin, form_of(made), {}, pdf(locked=True)).status_code == 302
    assert "är lösenordsskyddad" in flagged(admin)
    assert fetch(client, address).body == shown
    assert fetch(admin, form_of(made, "file") + f"{made.files.get().code}/").body == pdf_of_draft(made)
    for when in ({}, {"go_live_at": "2126-11-29 12:00"}):
        assert "är lösenordsskyddad" in errors(send(admin, form_of(made), PUBLISH | when))
    with pytest.raises(UnreadableFileError, match="lösenordsskyddad"), override("sv"):
        Resource.objects.get(pk=made.pk).latest_revision.publish()
    assert fetch(client, address).body == shown
    replacing = pdf(pages=3)
    assert send(admin, form_of(made), PUBLISH, replacing).status_code == 302
    assert fetch(client, address).body == replacing


def test_new_publication_with_an_unreadable_file_is_drafted_for_nobody_but_editors(editor, client):
    admin = editor("sv")
    assert send(admin, ADD, NEW, b"PK\x03\x04 word/document.xml").status_code == 302
    assert "är ingen PDF" in flagged(admin)
    made = Resource.objects.get(title_sv="Nytt blad")
    assert not made.live
    assert client.get(made.files.get().url).status_code == 404
    assert "är ingen PDF" in errors(send(admin, form_of(made), PUBLISH))
    assert not Resource.objects.get(pk=made.pk).live


def test_draft_keeps_an_unreadable_file_that_it_has_and_no_way_publishes_it(editor, client):
    signed_in, kept = editor("sv"), resource(file(pdf(locked=True), "uk", title="Новий листок"), live=False)
    draft = send(signed_in, form_of(kept), {"publisher": "Lunds kommun"})
    assert draft.status_code == 302
    latest = Resource.objects.get(pk=kept.pk).get_latest_revision_as_object()
    assert (latest.publisher, latest.files.get().is_readable) == ("Lunds kommun", False)
    assert "är lösenordsskyddad" in errors(send(signed_in, form_of(kept), PUBLISH))
    with pytest.raises(UnreadableFileError, match="lösenordsskyddad"), override("sv"):
        latest.latest_revision.publish()
    assert client.get(latest.files.get().url).status_code == 404

    replaced = send(signed_in, form_of(kept), PUBLISH, pdf(), row=0)
    assert replaced.status_code == 302, errors(replaced)
    assert fetch(client, latest.files.get().url).status_code == 200
