"""The site version rises with what readers see of the material, and stays while an editor writes a draft."""

import pytest
from django.core.files.base import ContentFile

from pages.models import site_version
from resources.models import Resource, ResourceFile, Topic
from tests.resources.forms import ADD, PUBLISH, form_of, send
from tests.resources.making import file, link, pdf, resource

pytestmark = pytest.mark.django_db


def change_topics(made: Resource) -> None:
    made.topics = Topic.objects.filter(code="return")
    made.save()


def replace_file(made: Resource) -> None:
    row = made.files.get()
    row.file = ContentFile(pdf(pages=2), "ny.pdf")
    row.save()


VISIBLE = {
    "new": lambda made: resource(link()),
    "published": lambda made: made.save_revision().publish(),
    "unpublished": lambda made: made.unpublish(),
    "deleted": lambda made: made.delete(),
    "topics": change_topics,
    "file": replace_file,
    "file deleted": lambda made: made.files.get().delete(),
    "row deleted": lambda made: ResourceFile.objects.filter(resource=made).first().delete(),
    "topic": lambda made: Topic.objects.first().save(),
}


@pytest.mark.parametrize("change", VISIBLE.values(), ids=VISIBLE)
def test_version_rises_with_what_readers_see(change):
    made = resource(file())
    before = site_version()
    change(made)
    assert site_version() > before


def test_version_stays_while_a_draft_is_written(editor):
    made = resource(file())
    admin = editor()
    before = site_version()
    assert send(admin, form_of(made), {"title_sv": "Utkast"}, pdf(pages=3)).status_code == 302
    assert site_version() == before
    assert send(admin, form_of(made), PUBLISH).status_code == 302
    assert site_version() > before


def test_version_stays_while_the_forms_are_read(editor):
    made = resource(file())
    admin = editor()
    before = site_version()
    for address in (ADD, form_of(made), "/admin/snippets/resources/resource/", "/admin/snippets/resources/topic/"):
        assert admin.get(address).status_code == 200
    assert site_version() == before
