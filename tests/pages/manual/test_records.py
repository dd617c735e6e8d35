"""What editors look after: what replaces a removed part, versions that are withdrawn."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.manual.models.parts import part_code
from pages.models import ManualPart, PublishedVersion, site_version
from tests.accounts import editor_client
from tests.config.accounts import admin_user
from tests.factories import guidance
from tests.manual import ids, step, with_text
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

PARTS = "/admin/snippets/pages/manualpart/"
VERSIONS = "/admin/snippets/pages/publishedversion/"


def removed(slug: str = "akut-skydd") -> ManualPart:
    """Publish the step without its first part, in both languages, and return that part."""
    part_id = ids(step(slug))[0]
    for page in [step(slug), *step(slug).get_translations()]:
        del page.parts[0]
        page.save_revision().publish()
    return ManualPart.objects.get(pk=part_id)


def test_list_has_the_removed_parts_with_their_last_headings_and_no_others(admin_client):
    swedish, english = step().parts[0].value["heading"], step("emergency-protection", "en").parts[0].value["heading"]
    translation = step("identification", "en")
    kept = translation.parts[0].value["heading"]
    del translation.parts[0]
    translation.save_revision().publish()  # its address leads to the Swedish part
    removed()
    rows = [words(row) for row in soup(admin_client.get(PARTS)).select("table.listing tbody tr")]
    assert len(rows) == 1
    assert swedish in rows[0]
    assert english in rows[0]
    assert kept not in rows[0]


def test_part_that_is_in_english_still_can_be_replaced_where_it_was_removed(client):
    page, editor = step(), editor_client("change", "publish")
    part, replacement = ManualPart.objects.get(pk=ids(page)[0]), page.parts[1].id
    del page.parts[0]
    page.save_revision().publish()
    (row,) = soup(editor.get(PARTS)).select("table.listing tbody tr")
    assert "Engelska" in words(row)
    assert editor.post(f"{PARTS}edit/{part.pk}/", {"replaced_by": replacement}).status_code == 302
    gone = soup(client.get(f"/manual/p/{part.code}/"), 410)
    assert gone.select_one(f'main a[href$="#p-{part_code(replacement)}"]')
    assert client.get(f"/en/manual/p/{part.code}/")["Location"].startswith("/en/manual/emergency-protection/")


def test_editor_names_what_replaces_a_part_and_readers_are_led_there(client):
    part, replacement = removed(), step().parts[0]
    editor = editor_client("change", "publish")
    version = site_version()
    form = soup(editor.get(f"{PARTS}edit/{part.pk}/"))
    options = {option["value"]: words(option) for option in form.select("[name=replaced_by] option") if option["value"]}
    assert options[replacement.id] == f"2.1 {replacement.value['heading']}"
    assert str(part.pk) not in options
    assert editor.post(f"{PARTS}edit/{part.pk}/", {"replaced_by": replacement.id}).status_code == 302
    assert site_version() > version
    gone = soup(client.get(f"/manual/p/{part.code}/"), 410)
    assert gone.select_one(f'main a[href$="#p-{part_code(replacement.id)}"]')


def test_author_may_not_name_it_as_readers_would_see_it_at_once():
    part, replacement = removed(), step().parts[0]
    author = editor_client("add", "change")
    address = f"{PARTS}edit/{part.pk}/"
    assert [author.get(PARTS).status_code, author.get(address).status_code] == [302, 302]
    author.post(address, {"replaced_by": replacement.id})
    part.refresh_from_db()
    assert part.replaced_by is None


def test_replacement_that_was_replaced_leads_on_and_a_circle_ends(client):
    first, second = removed(), removed()
    last = ManualPart.objects.get(pk=ids(step())[0])
    ManualPart.objects.filter(pk=first.pk).update(replaced_by=second)
    ManualPart.objects.filter(pk=second.pk).update(replaced_by=last)
    assert soup(client.get(f"/manual/p/{first.code}/"), 410).select_one(f'main a[href$="#p-{last.code}"]')
    ManualPart.objects.filter(pk=second.pk).update(replaced_by=first)
    assert not soup(client.get(f"/manual/p/{first.code}/"), 410).select("main a[href*='#p-']")


def test_nobody_adds_or_deletes_what_is_kept(admin_client):
    part, version = removed(), PublishedVersion.objects.first()
    for address in (f"{PARTS}add/", f"{PARTS}delete/{part.pk}/", f"{VERSIONS}add/", f"{VERSIONS}delete/{version.pk}/"):
        assert admin_client.post(address).status_code == 302
    assert ManualPart.objects.filter(pk=part.pk).exists()
    assert PublishedVersion.objects.filter(pk=version.pk).exists()
    listed = soup(admin_client.get(VERSIONS))
    assert not listed.select(f'a[href*="{VERSIONS}add/"], a[href*="{VERSIONS}delete/"]')


def test_list_of_removed_parts_takes_as_many_queries_for_many(admin_client):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            admin_client.get(PARTS)
        return len(queries)

    removed()
    count()
    before = count()
    for slug in ("identifiering", "inledande-stod"):
        removed(slug)
    assert count() <= before


def test_version_is_withdrawn_for_good_with_a_reason(admin_client, client):
    page = guidance()
    version = PublishedVersion.objects.get(page=page.pk)
    before = site_version()
    address = f"{VERSIONS}edit/{version.pk}/"
    assert admin_client.post(address, {"reason": ""}).status_code == 200
    version.refresh_from_db()
    assert version.withdrawn_on is None
    admin_client.post(address, {"reason": "Den innehöll ett fel."})
    version.refresh_from_db()
    assert version.withdrawn_on == timezone.localdate()
    assert version.withdrawn_by.username == "admin"
    assert (version.lead, version.body) == ("", "")
    assert site_version() > before
    assert "Den innehöll ett fel." in words(soup(client.get(f"/version/{version.pk}/"), 410))
    assert "admin" in words(soup(admin_client.get(address)).select_one("main"))


def test_withdrawn_version_of_a_step_is_taken_out_of_what_has_changed_too(admin_client, client):
    for text, note in [("Ring.", "Tydligare."), ("Fråga Ylva.", "Ylva svarar."), ("Fråga oss.", "Rätt igen.")]:
        with_text(step(), text, note=note).save_revision().publish()
    addresses = ("/manual/andringar/", "/manual/andringar/flode/")
    assert all("Ylva" in client.get(address).text for address in addresses)
    version = PublishedVersion.objects.filter(page=step().pk)[1]
    form = {"reason": "Den innehöll ett namn."}
    for _time in range(2):
        admin_client.post(f"{VERSIONS}edit/{version.pk}/", form)
        told = [words(change) for change in soup(client.get(addresses[0])).select("article.change")[:3]]
        assert [change.count("Den innehöll ett namn.") for change in told] == [1, 1, 0]
    assert "Rätt igen." in told[0]
    assert "Ring." in told[2]
    assert not any("Ylva" in client.get(address).text for address in addresses)


def test_roles_withdraw_a_version_or_do_not():
    for version, role in zip(PublishedVersion.objects.all(), ("author", "editor", "administrator"), strict=False):
        client, user = Client(), admin_user(role)
        client.force_login(user)
        listed = client.get(VERSIONS).status_code
        client.post(f"{VERSIONS}edit/{version.pk}/", {"reason": "Fel."})
        version.refresh_from_db()
        may = role != "author"
        assert (version.withdrawn_on, version.withdrawn_by) == ((timezone.localdate(), user) if may else (None, None))
        assert listed == (200 if may else 302)
