"""The accessibility statement cannot be published without a part that the law (2018:1937) asks for."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.fields import RichTextField

from pages.models import AccessibilityStatementPage
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

REQUIRED = [
    "actor",
    "service",
    "conformity",
    "not_accessible",
    "assessed_on",
    "assessment_method",
    "statement_updated_on",
    "report_faults",
    "supervision",
]
EMPTY = {name: None if name.endswith("_on") else "" for name in REQUIRED}


@pytest.fixture
def statement() -> AccessibilityStatementPage:
    return AccessibilityStatementPage.objects.get(locale__language_code="sv")


def editor_form(admin_client, page: AccessibilityStatementPage) -> dict[str, str]:
    """Return the fields of the page's form as the browser would send them."""
    html = BeautifulSoup(admin_client.get(f"/admin/pages/{page.pk}/edit/").content, "html.parser")
    form = html.find("form", id="page-edit-form")
    fields = {field["name"]: field.get("value", "") for field in form.find_all("input", attrs={"name": True})}
    fields |= {area["name"]: area.text.removeprefix("\n") for area in form.find_all("textarea")}
    for select in form.find_all("select"):
        fields[select["name"]] = next(option["value"] for option in select.find_all("option", selected=True))
    return {**fields, "body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}


def emptied(name: str) -> dict[str, str]:
    """Return an empty field as the form sends it: rich text is JSON there."""
    is_rich = isinstance(AccessibilityStatementPage._meta.get_field(name), RichTextField)
    return {name: "null" if is_rich else ""}


def errors(html: BeautifulSoup) -> dict[str, str]:
    """Return what the form says is wrong, by field."""
    wrong = html.select("[data-contentpath]:has(.error-message)")
    return {field["data-contentpath"]: words(field.select_one(".error-message")) for field in wrong}


def saved_draft(page: AccessibilityStatementPage, name: str):
    setattr(page, name, EMPTY[name])
    return page.save_revision(clean=False)


def test_required_parts_are_all_that_is_not_optional_in_the_law():
    own = {field.name for field in AccessibilityStatementPage._meta.local_fields if not field.blank}
    inherited = {"page_ptr", "lead"}
    assert own - inherited == set(REQUIRED)


@pytest.mark.parametrize("name", REQUIRED)
def test_publishing_a_revision_without_a_part_is_refused(statement, name):
    before = getattr(statement, name)
    with pytest.raises(ValidationError) as refused:
        saved_draft(statement, name).publish()
    assert set(refused.value.error_dict) == {name}
    statement.refresh_from_db()
    assert getattr(statement, name) == before
    assert statement.live


@pytest.mark.parametrize("name", REQUIRED)
def test_scheduled_publication_without_a_part_is_refused(statement, name):
    before = getattr(statement, name)
    revision = saved_draft(statement, name)
    # As if it had been approved before the part went missing: no form lets this through.
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    with pytest.raises((CommandError, SystemExit)):
        call_command("publish_scheduled")
    statement.refresh_from_db()
    assert getattr(statement, name) == before


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("when", ["now", "later"])
def test_form_refuses_to_publish_without_a_part(admin_client, statement, name, when):
    before = getattr(statement, name)
    form = editor_form(admin_client, statement) | emptied(name)
    if when == "later":
        form["go_live_at"] = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    response = admin_client.post(f"/admin/pages/{statement.pk}/edit/", {**form, "action-publish": "1"})
    assert response.status_code == 200
    assert errors(soup(response)) == {name: "Det här fältet är obligatoriskt"}
    statement.refresh_from_db()
    assert getattr(statement, name) == before
    assert not statement.scheduled_revision


@pytest.mark.parametrize("name", REQUIRED)
def test_draft_without_a_part_is_saved_and_readers_see_the_published_statement(admin_client, client, statement, name):
    form = editor_form(admin_client, statement) | emptied(name)
    response = admin_client.post(f"/admin/pages/{statement.pk}/edit/", form)
    assert response.status_code == 302, errors(soup(response))
    statement.refresh_from_db()
    draft = statement.get_latest_revision_as_object()
    assert not getattr(draft, name)
    assert words(soup(client.get("/tillganglighet/")).main).count("Digg") >= 1


def test_complete_statement_is_published_by_the_form(admin_client, client, statement):
    form = editor_form(admin_client, statement) | {"actor": "Myndigheten", "action-publish": "1"}
    response = admin_client.post(f"/admin/pages/{statement.pk}/edit/", form)
    assert response.status_code == 302, errors(soup(response))
    assert "Myndigheten ansvarar" in words(soup(client.get("/tillganglighet/")).main)


def test_statement_shows_every_part(client, statement):
    statement.disproportionate_burden = "<p>Vi åberopar 12 §.</p>"
    statement.outside_the_law = "<p>Kartor omfattas inte.</p>"
    statement.save_revision().publish()
    text = words(soup(client.get("/tillganglighet/")).main)
    for name in ("actor", "service"):
        assert getattr(statement, name) in text
    for sentence in ("delvis förenlig", "Vi åberopar 12 §.", "Kartor omfattas inte.", "2018:1937", "24 november 2026"):
        assert sentence in text


def test_every_page_links_the_statement(client):
    for address, target in (("/manual/", "/tillganglighet/"), ("/en/manual/", "/en/accessibility/")):
        assert soup(client.get(address)).footer.find("a", href=target)
