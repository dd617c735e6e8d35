"""Steps that are unpublished, deleted and published again: what readers are told of their parts."""

from collections import Counter

import pytest
from django.core.management import call_command
from django.utils import timezone

from pages.models import ChangeKind, ManualPart, ManualStepPage, PartChange, PublishedPart
from tests.manual import ids, step, with_text
from tests.reading import soup, words

pytestmark = pytest.mark.django_db


def told(page: ManualStepPage, since: int = 0) -> Counter[str]:
    """Count what was told of the step's parts after the change with that number."""
    changes = PartChange.objects.filter(part__in=ids(page), locale=page.locale, pk__gt=since)
    return Counter(changes.values_list("kind", flat=True))


def last_number() -> int:
    return PartChange.objects.order_by("-pk").values_list("pk", flat=True)[0]


def assert_gone(client, page: ManualStepPage) -> None:
    for part in ManualPart.objects.filter(pk__in=ids(page)):
        assert client.get(f"/manual/p/{part.code}/").status_code == 410
    assert not PublishedPart.objects.filter(part__in=ids(page), page=page).exists()


def unpublish_by_form(admin_client, page: ManualStepPage) -> None:
    admin_client.post(f"/admin/pages/{page.pk}/unpublish/")


def unpublish_in_bulk(admin_client, page: ManualStepPage) -> None:
    admin_client.post(f"/admin/bulk/wagtailcore/page/unpublish/?id={page.pk}")


def unpublish_with_the_manual(admin_client, page: ManualStepPage) -> None:
    form = {"include_descendants": "on"}
    admin_client.post(f"/admin/pages/{page.get_parent().pk}/unpublish/", form)


def let_expire(admin_client, page: ManualStepPage) -> None:
    page.expire_at = timezone.now()
    page.save()
    call_command("publish_scheduled")


def delete(admin_client, page: ManualStepPage) -> None:
    admin_client.post(f"/admin/pages/{page.pk}/delete/")


def delete_with_the_manual(admin_client, page: ManualStepPage) -> None:
    page.get_parent().delete()


@pytest.mark.parametrize(
    "take_down",
    [
        unpublish_by_form,
        unpublish_in_bulk,
        unpublish_with_the_manual,
        let_expire,
        delete,
        delete_with_the_manual,
    ],
)
def test_parts_of_a_step_that_goes_are_told_as_removed_once(admin_client, client, take_down):
    page, english, before = step(), step("emergency-protection", "en"), last_number()
    english.unpublish()
    take_down(admin_client, page)
    assert client.get("/manual/akut-skydd/").status_code == 410
    assert told(page, before) == {ChangeKind.REMOVED: len(page.parts)}
    assert_gone(client, page)


def test_step_that_is_published_again_is_told_as_back_not_as_new_and_keeps_its_addresses(client):
    page = step()
    page.unpublish()
    before = last_number()
    page = step()
    page.save_revision().publish()
    assert told(page, before) == {ChangeKind.RETURNED: len(page.parts)}
    code = ManualPart.objects.get(pk=page.parts[0].id).code
    assert client.get(f"/manual/p/{code}/")["Location"].startswith("/manual/akut-skydd/")
    html = soup(client.get("/manual/andringar/"))
    assert "Tillbaka" in words(html.select_one("article.change"))
    assert not html.select_one("article.change").select("details")
    before = last_number()
    step().save_revision().publish()
    assert last_number() == before


@pytest.mark.parametrize("explanation", [{"note": "Tydligare."}, {"is_minor": True}])
def test_step_that_is_published_again_does_not_tell_an_old_change(admin_client, explanation):
    page = with_text(step(), "Xylofon.", **explanation)
    page.save_revision().publish()
    step().unpublish()
    admin_client.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}")
    change = PartChange.objects.filter(part=page.parts[0].id).first()
    assert (change.kind, change.note, change.is_minor) == (ChangeKind.RETURNED, "", False)


def test_part_that_comes_back_with_another_text_shows_what_became_of_it(client):
    page = step()
    page.unpublish()
    with_text(step(), "Xylofon.").save_revision().publish()  # needs no note: readers could not read it
    change = soup(client.get("/manual/andringar/")).select("article.change")[len(page.parts) - 1]
    assert "Xylofon" in " ".join(words(new) for new in change.select("ins"))


def test_part_that_was_removed_and_is_put_back_is_told_as_back():
    page = step()
    before, removed = last_number(), page.parts[0]
    del page.parts[0]
    page.save_revision().publish()
    page.parts.insert(0, ("part", removed.value))
    page.parts[0].id = removed.id
    page.save_revision().publish()
    kinds = PartChange.objects.filter(part=removed.id, pk__gt=before).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == [ChangeKind.REMOVED, ChangeKind.RETURNED]


def test_draft_that_is_deleted_tells_nothing():
    page = ManualStepPage(title="Utkast", lead="Utkast.", locale=step().locale, live=False)
    step().get_parent().add_child(instance=page)
    before = last_number()
    page.delete()
    assert last_number() == before


def test_order_of_parts_and_steps_is_no_change(client):
    before = last_number()
    page = step()
    page.parts.insert(0, page.parts.pop(2))
    page.save_revision().publish()
    page.move(page.get_parent(), pos="first-child")
    headings = soup(client.get("/manual/akut-skydd/")).select("section.part > h2")
    numbers = [f"1.{place}" for place, _part in enumerate(page.parts, start=1)]
    assert [words(heading).split()[0] for heading in headings] == numbers
    assert words(headings[0]).endswith(page.parts[0].value["heading"])
    assert last_number() == before
