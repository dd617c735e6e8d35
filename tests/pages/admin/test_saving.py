"""Two editors, a browser that sends a form twice, a session that is over: no text is lost, nothing is there twice."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from wagtail.models import Page

from contacts.models import Coordinator
from pages.models import GuidancePage, ManualStepPage, SentForm
from tests.accounts import editor_client
from tests.editing import page_form
from tests.factories import guidance, section
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

JSON = {"accept": "application/json"}
NEW_PAGE = "/admin/pages/add/pages/guidancepage/{}/?form-key=abc123"
UNFINISHED_LINKS = {
    "body-count": "1",
    "body-0-deleted": "",
    "body-0-order": "0",
    "body-0-type": "links",
    "body-0-id": "5c5bd1c5-0f6e-4b7e-9f2e-2a3d5a4b6c7d",
    "body-0-value-heading": "Läs mer",
    "body-0-value-links-count": "1",
    "body-0-value-links-0-deleted": "",
    "body-0-value-links-0-order": "0",
    "body-0-value-links-0-type": "item",
    "body-0-value-links-0-value-page": "",
    "body-0-value-links-0-value-url": "",
    "body-0-value-links-0-value-link_text": "Utan mål",
    "body-0-value-links-0-value-description": "",
}


def new_page(**fields: str) -> dict[str, str]:
    """Return the form of a new page as a browser sends it."""
    counts = {"body-count": "0", "footnotes-count": "0"}
    return counts | {"title": "En ny sida", "lead": "Om sidan.", "slug": "en-ny-sida"} | fields


def made() -> Any:
    return GuidancePage.objects.filter(title__startswith="En ny sida")


def test_unfinished_links_are_saved_by_autosave_and_as_a_draft_and_refused_at_publication(admin_client):
    page = guidance()
    address = f"/admin/pages/{page.pk}/edit/"
    saved = admin_client.post(address, page_form(page, **UNFINISHED_LINKS), headers=JSON).json()
    assert saved["success"], saved
    assert admin_client.post(address, page_form(page, **UNFINISHED_LINKS)).status_code == 302
    draft = GuidancePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.body[0].value["links"][0]["link_text"] == "Utan mål"
    refused = admin_client.post(address, page_form(page, "action-publish", **UNFINISHED_LINKS))
    assert "ett av dem" in soup(refused).select_one("#body")["data-w-block-arguments-value"]
    assert "Utan mål" not in words(soup(admin_client.get(page.url)))


def test_autosave_of_a_new_page_that_is_sent_twice_makes_one(admin_client):
    address = NEW_PAGE.format(section().pk)
    first = admin_client.post(address, new_page(), headers=JSON).json()
    assert first["success"], first
    again = admin_client.post(address, new_page(lead="Skrivet medan svaret dröjde."), headers=JSON).json()
    assert again["success"], again
    assert again["url"] == first["url"]
    assert made().get().get_latest_revision_as_object().lead == "Skrivet medan svaret dröjde."


def test_page_published_while_its_first_autosave_runs_is_one(admin_client):
    address = NEW_PAGE.format(section().pk)
    admin_client.post(address, new_page(), headers=JSON)
    answer = admin_client.post(address, new_page(lead="Färdigt.", **{"action-publish": "1"}))
    assert answer.status_code == 302
    page = made().get()
    assert (page.live, page.lead) == (True, "Färdigt.")
    late = admin_client.post(address, new_page(), headers=JSON).json()
    assert late["error_code"] == "invalid_revision"
    assert made().get().lead == "Färdigt."


def test_autosave_that_comes_after_publication_makes_no_second_page(admin_client):
    address = NEW_PAGE.format(section().pk)
    admin_client.post(address, new_page(**{"action-publish": "1"}))
    late = admin_client.post(address, new_page(lead="Ett tidigare läge."), headers=JSON)
    assert (late.status_code, late.json()["success"]) == (403, False)
    assert made().get().lead == "Om sidan."


def test_button_pressed_twice_publishes_one_page_and_a_form_filled_in_anew_makes_another(admin_client):
    address, publish = NEW_PAGE.format(section().pk), {"action-publish": "1"}
    answers = [admin_client.post(address, new_page(**publish)) for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert made().count() == 1
    admin_client.post(address, new_page(title="En ny sida till", slug="en-till", **publish))
    assert made().count() == 2


def test_page_written_on_after_the_answer_to_its_publication_was_lost_is_one(admin_client):
    address, publish = NEW_PAGE.format(section().pk), {"action-publish": "1"}
    admin_client.post(address, new_page(**publish))
    for lead in ("Skrivet efter avbrottet.", "Skrivet en gång till."):
        answer = admin_client.post(address, new_page(lead=lead, **publish))
        if answer.status_code == 200:  # what the first of them saved is looked at before the second
            assert soup(answer).select_one("[name=lead]").text.strip() == lead
            assert answer.context_data["page"].pk == made().get().pk
    assert made().get().lead == "Skrivet efter avbrottet."


def test_refused_form_is_taken_when_it_is_right(admin_client):
    address = NEW_PAGE.format(section().pk)
    refused = admin_client.post(address, new_page(lead="", **{"action-publish": "1"}))
    assert refused.status_code == 200
    assert not SentForm.objects.exists()
    assert admin_client.post(address, new_page(**{"action-publish": "1"})).status_code == 302
    assert made().get().live


def test_key_of_somebody_else_changes_nothing_of_theirs(admin_client):
    address = NEW_PAGE.format(section().pk)
    admin_client.post(address, new_page(), headers=JSON)
    other = editor_client("add", "change")
    other.post(address, new_page(title="En ny sida av en annan", slug="annan"), headers=JSON)
    assert sorted(page.title for page in made()) == ["En ny sida", "En ny sida av en annan"]


COORDINATOR = "/admin/snippets/contacts/coordinator/add/?form-key=def456"


def new_coordinator(**fields: str) -> dict[str, Any]:
    phones = {"phones-TOTAL_FORMS": "1", "phones-INITIAL_FORMS": "0", "phones-0-ORDER": "1", "phones-0-id": ""}
    values = {
        "name": "Nova Exempel",
        "role_sv": "Regionkoordinator",
        "role_en": "Regional coordinator",
        "employer": "Malmö stad",
        "target_group": "both",
        "email": "nova@example.se",
        "counties": [str(Coordinator.objects.first().counties.first().pk)],
        "phones-0-number": "040-628 04 98",
        "phones-0-kind": "direct",
    }
    return phones | values | fields


def test_coordinator_published_while_the_first_autosave_runs_is_one_with_each_number_once(admin_client):
    saved = admin_client.post(COORDINATOR, new_coordinator(), headers=JSON).json()
    assert saved["success"], saved
    answer = admin_client.post(COORDINATOR, new_coordinator(employer="Lunds kommun", **{"action-publish": "1"}))
    assert answer.status_code == 302, [words(node) for node in soup(answer).select(".error-message")]
    entry = Coordinator.objects.get(name="Nova Exempel")
    assert (entry.live, entry.employer, entry.phones.count()) == (True, "Lunds kommun", 1)


def loaded(page: Page) -> dict[str, str]:
    """Return what a form says of the version that it was opened with."""
    return {
        "loaded_revision_id": str(page.latest_revision_id),
        "loaded_revision_created_at": page.latest_revision.created_at.isoformat(),
    }


@pytest.mark.parametrize("buttons", [(), ("action-publish",)])
def test_form_that_was_opened_before_another_editor_saved_is_refused_once_with_its_text(admin_client, buttons):
    page = guidance()
    address, mine = f"/admin/pages/{page.pk}/edit/", page_form(page, *buttons, lead="Min text.", **loaded(page))
    other = editor_client("change", "publish")
    User.objects.filter(pk=other.session["_auth_user_id"]).update(first_name="Alva", last_name="Annan")
    other.post(address, page_form(page, "action-publish", lead="Den andras text.", **loaded(page)))

    refused = admin_client.post(address, mine)
    assert "Alva Annan" in words(soup(refused).select_one(".messages"))
    assert soup(refused).select_one("[name=lead]").text.strip() == "Min text."
    assert "w-autosave" not in soup(refused).select_one("[data-edit-form]")["data-controller"].split()
    assert "Den andras text." in words(soup(admin_client.get(page.url)))
    now = {name: soup(refused).select_one(f"[name={name}]")["value"] for name in loaded(page)}
    assert admin_client.post(address, mine | now).status_code == 302
    assert GuidancePage.objects.get(pk=page.pk).get_latest_revision_as_object().lead == "Min text."


def test_step_moved_meanwhile_is_not_saved_over(admin_client):
    step = ManualStepPage.objects.get(slug="akut-skydd")
    mine = page_form(step, lead="Min text.", **loaded(step))
    step.save_revision()
    refused = admin_client.post(f"/admin/pages/{step.pk}/edit/", mine)
    assert "någon annan" in words(soup(refused).select_one(".messages"))


def test_autosave_of_who_is_signed_out_is_told_so_in_swedish_and_goes_on_with_a_new_token():
    page, client = guidance(), Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    form = page_form(page, lead="Min text.", csrfmiddlewaretoken="a" * 32)
    headers = JSON | {"origin": "http://testserver"}
    address = f"/admin/pages/{page.pk}/edit/"
    told = client.post(address, form, headers=headers)
    assert (told.status_code, told.json()["error_code"]) == (403, "signed_out")
    assert told.json()["error_message"].startswith("Du är utloggad.")
    assert client.get(told.json()["url"]).status_code == 200

    client.force_login(User.objects.create_superuser("ny", "ny@example.se"))
    client.cookies["csrftoken"] = "b" * 32
    old = client.post(address, form, headers=headers).json()
    assert old["error_code"] == "old_token"
    saved = client.post(address, form | {"csrfmiddlewaretoken": old["token"]}, headers=headers)
    assert saved.json()["success"], saved.json()
    assert GuidancePage.objects.get(pk=page.pk).get_latest_revision_as_object().lead == "Min text."
