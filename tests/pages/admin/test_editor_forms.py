"""What editors' forms take: comments, addresses, cells, pictures, and what no browser of an editor sends."""

import json

import pytest
from wagtail.images import get_image_model

from pages.models import GuidancePage
from tests.editing import page_form
from tests.factories import guidance, image_file, section
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def text_block(value: str) -> dict[str, str]:
    """Return the fields of one block of text."""
    return {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-id": "5c5bd1c5-0f6e-4b7e-9f2e-2a3d5a4b6c7d",
        "body-0-value": value,
    }


def linking(entity: dict[str, object]) -> str:
    """Return a text with one link, as the editor's script sends it."""
    ranges = [{"key": 0, "offset": 0, "length": 4}]
    block = {"key": "a1b2c", "text": "Till sidan", "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    return json.dumps({"blocks": [block | {"entityRanges": ranges}], "entityMap": {"0": entity}})


def page_link(page_id: object) -> dict[str, object]:
    return {"type": "LINK", "mutability": "MUTABLE", "data": {"id": page_id, "parentId": 1, "url": "/x/"}}


def test_editor_comments_on_a_field(admin_client):
    page = guidance()
    comments = {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "0",
        "comments-0-id": "",
        "comments-0-text": "Stämmer det här?",
        "comments-0-contentpath": "lead",
        "comments-0-position": "",
        "comments-0-resolved": "",
        "comments-0-DELETE": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
        "comment_notifications": "on",
    }
    admin_client.post(f"/admin/pages/{page.pk}/edit/", page_form(page, **comments))
    draft = GuidancePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert [comment.text for comment in draft.wagtail_admin_comments.all()] == ["Stämmer det här?"]
    assert soup(admin_client.get(f"/admin/pages/{page.pk}/edit/")).select_one("#comments, [data-comments-for]")


def test_address_of_a_page_has_plain_letters(admin_client):
    fields = {"title": "Åtgärder för ökad trygghet", "lead": "Om dem.", "body-count": "0", "footnotes-count": "0"}
    address = f"/admin/pages/add/pages/guidancepage/{section().pk}/"
    admin_client.post(address, fields | {"slug": "åtgärder-för-ökad", "action-publish": "1"})
    assert GuidancePage.objects.get(title__endswith="trygghet").slug == "atgarder-for-okad"
    assert guidance(title="Ökad trygghet").slug == "okad-trygghet"


def test_table_with_an_empty_cell_is_published(admin_client, client):
    page = guidance()
    column = {"type": "text", "heading": "Vem"}
    rows = [{"values": ["<p>Socialnämnden</p>", ""]}]
    table = {"columns": [column, column | {"heading": "När"}], "rows": rows, "caption": "Vem"}
    page.body = page.body.stream_block.to_python([{"type": "table", "value": {"table": table, "row_headers": True}}])
    page.full_clean()
    block = page.body.stream_block
    page.body = block.clean(page.body)
    page.save_revision().publish()
    cells = [words(cell) for cell in soup(client.get(page.url)).select(".table__cell")]
    assert cells == ["Socialnämnden", ""]


def test_alternative_text_is_not_the_name_of_the_file(admin_client):
    picture = get_image_model().objects.create(title="IMG_2041", file=image_file("IMG_2041.png"))
    chosen = admin_client.get(f"/admin/images/chooser/chosen/{picture.pk}/").json()
    assert chosen["result"]["default_alt_text"] == ""
    picture.description = "En dörr står på glänt."
    picture.save()
    chosen = admin_client.get(f"/admin/images/chooser/chosen/{picture.pk}/").json()
    assert chosen["result"]["default_alt_text"] == "En dörr står på glänt."


def test_account_page_asks_for_no_time_zone(admin_client):
    form = soup(admin_client.get("/admin/account/"))
    assert form.select_one("[name='locale-preferred_language']")
    assert not form.select("[name$=time_zone], [data-controller~=w-locale]")


@pytest.mark.parametrize(
    "value",
    ["no JSON", "[]", linking({"type": "LINK"}), linking(page_link("x")), linking(page_link(10**20))],
)
@pytest.mark.parametrize("buttons", [(), ("action-publish",)])
def test_text_that_no_editor_sends_is_refused(admin_client, value, buttons):
    page = guidance()
    sent = page_form(page, *buttons, **text_block(value))
    assert admin_client.post(f"/admin/pages/{page.pk}/edit/", sent).status_code == 400
    assert admin_client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


def test_link_to_a_page_that_is_gone_is_text_and_a_missing_count_is_refused(admin_client, client):
    page = guidance()
    sent = page_form(page, "action-publish", **text_block(linking(page_link(999999))))
    assert admin_client.post(f"/admin/pages/{page.pk}/edit/", sent).status_code == 302
    assert "Till sidan" in words(soup(client.get(page.url)).main)
    del sent["body-count"]
    assert admin_client.post(f"/admin/pages/{page.pk}/edit/", sent).status_code == 400
