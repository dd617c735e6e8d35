"""Footnotes of a page of any kind: shown, found, kept and refused as those of a part are."""

import json

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.blocks import StreamValue
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from contacts.guide.page import GuidePage
from pages.models import BasePage, GuidancePage, ManualPage, PublishedVersion
from tests.editing import page_form
from tests.factories import guidance, image, rewrite
from tests.manual import part_value, step
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

BODY = BasePage.body.field.stream_block
NOTES = BasePage.footnotes.field.stream_block
TEXT = "<h2>Rubrik[^2]</h2><p>Ett.[^1] Igen.[^1]</p>"


def text(html: str = TEXT) -> StreamValue:
    return StreamValue(BODY, [("text", BODY.child_blocks["text"].to_python(html))])


def notes(*texts: str) -> StreamValue:
    return NOTES.to_python([{"type": "footnote", "value": f"<p>{each}</p>"} for each in texts])


def with_notes(page: BasePage) -> BasePage:
    page.body, page.footnotes = text(), notes("Första.", "Andra.")
    return page


def swedish(kind: type[BasePage]) -> BasePage:
    return kind.objects.get_queryset().filter(locale__language_code="sv").first()


def assert_leads_there_and_back(html: BeautifulSoup, anchor: str) -> None:
    """Check the marks and notes of `TEXT`, and that no id of the page is there twice."""
    marks = html.select(f'sup a[href^="#{anchor}-note-"]')
    assert [words(mark) for mark in marks] == ["2", "1", "1"]
    assert [mark.has_attr("id") for mark in marks] == [True, True, False]
    for mark, shown in zip(marks[:2], ["Andra.", "Första."], strict=True):
        note = html.find(id=mark["href"][1:])
        assert note.parent["class"] == ["footnotes"]
        assert words(note) == shown
        assert note.select_one(".footnotes__back")["href"] == f"#{mark['id']}"
    ids = [element["id"] for element in html.find_all(id=True)]
    assert [name for name in ids if ids.count(name) > 1] == []
    assert "[^" not in words(html)


WITH_TEXT = [kind for kind in BasePage.__subclasses__() if kind is not GuidePage]  # which asks, and has no notes


@pytest.mark.parametrize("kind", WITH_TEXT, ids=lambda kind: kind.__name__)
def test_page_of_every_kind_has_footnotes_and_so_has_its_version(client, strict_templates, kind):
    page = with_notes(swedish(kind))
    page.save_revision().publish()
    assert_leads_there_and_back(soup(client.get(page.url)), "page-")
    version = PublishedVersion.objects.filter(page=page.pk).first()
    assert_leads_there_and_back(soup(client.get(f"/version/{version.pk}/")), "page-")


def test_whole_manual_has_the_notes_of_its_front_of_steps_and_of_parts(client):
    with_notes(swedish(ManualPage)).save_revision().publish()
    for slug in ("identifiering", "akut-skydd"):
        page = with_notes(step(slug))
        rewrite(page.parts[0], TEXT, "<p>Första.</p>", "<p>Andra.</p>")
        page.save_revision().publish()
    html = soup(client.get("/manual/allt/"))
    part = step().numbered_parts[0].anchor
    for anchor in ("page-", "step-1-", "step-2-", part):
        assert_leads_there_and_back(html, anchor)


def test_heading_with_a_mark_is_listed_without_it(client):
    headings = "".join(f"<h2>Rubrik {name}[^1]</h2><p>Text.</p>" for name in "ABC")
    page = guidance(body=text(headings), footnotes=notes("Källa."))
    html = soup(client.get(page.url))
    assert [words(link) for link in html.select(".contents__headings .contents__link")] == [
        "Rubrik A",
        "Rubrik B",
        "Rubrik C",
    ]
    assert html.find(id="rubrik-a").sup


def test_mark_in_an_attribute_or_in_another_apps_block_is_left_alone(client):
    picture = image()
    picture.contextual_alt_text, picture.decorative = "En bild [^1]", False
    resources = {"heading": "Mer [^1]", "chosen": [], "topic": None, "kind": "", "count": 1}
    body = StreamValue(
        BODY,
        [
            ("figure", {"image": picture, "caption": "Bild"}),
            ("resources", BODY.child_blocks["resources"].to_python(resources)),
            ("text", BODY.child_blocks["text"].to_python("<p>Text.[^1]</p>")),
        ],
    )
    page = guidance(body=body, footnotes=notes("Källa."))
    assert soup(client.get(page.url)).main.img["alt"] == "En bild [^1]"
    version = PublishedVersion.objects.get(page=page.pk)
    html = soup(client.get(f"/version/{version.pk}/"))
    assert len(html.select("sup a[href='#page--note-1'][id]")) == 1


def test_search_finds_the_note_and_shows_neither_it_nor_its_mark():
    page = guidance(body=text("<p>Fråga alltid.[^1]</p>"), footnotes=notes("Handboken, sidan 7."))
    document = page.search_documents()[""]
    assert (document.text, document.hidden) == ("Fråga alltid.", "Handboken, sidan 7.")
    part = step()
    rewrite(part.parts[0], "<p>Fråga alltid.[^1]</p>", "<p>Handboken, sidan 7.</p>")
    document = part.search_documents()[f":{part.numbered_parts[0].code}"]
    assert (document.text, document.hidden) == ("Fråga alltid.", "Handboken, sidan 7.")


def test_links_in_a_note_lead_to_pages_and_parts_of_today(client):
    target, part = GuidancePage.objects.get(slug="betanketid"), step("inledande-stod").numbered_parts[0]
    note = f'<a linktype="page" id="{target.pk}">Sidan</a>, <a href="/manual/p/{part.code}/">delen</a>'
    page = guidance(body=text("<p>Text.[^1]</p>"), footnotes=notes(note))
    links = [(link["href"], words(link)) for link in soup(client.get(page.url)).select(".footnotes p a")]
    heading = part.block.value["heading"]
    assert links == [(target.url, "Sidan"), (f"/manual/inledande-stod/#{part.anchor}", f"3.1 {heading}")]


WRONG = [("<p>Text.[^1]</p>", []), ("<p>Text.</p>", ["Not."]), ("<p>Text.[^2]</p>", ["Not."])]


@pytest.mark.parametrize(("html", "of_page"), WRONG)
def test_mark_without_note_and_note_without_mark_are_not_published(client, admin_client, html, of_page):
    page = guidance()
    page.body, page.footnotes = text(html), notes(*of_page)
    with pytest.raises(ValidationError) as refused:
        page.save_revision().publish()
    assert set(refused.value.message_dict) == {"footnotes"}
    address = f"/admin/pages/{page.pk}/edit/"
    answer = soup(admin_client.post(address, page_form(page, "action-publish")))
    _state, shown = json.loads(answer.select_one("#footnotes")["data-w-block-arguments-value"])
    assert shown == {"messages": refused.value.message_dict["footnotes"]}
    assert "Text." not in words(soup(client.get(page.url)).main)


@pytest.mark.parametrize(("html", "of_page"), WRONG)
def test_draft_may_lack_a_note_and_is_previewed(admin_client, html, of_page):
    page = guidance()
    page.body, page.footnotes = text(html), notes(*of_page)
    address = f"/admin/pages/{page.pk}/edit/"
    assert admin_client.post(f"{address}preview/", page_form(page)).json()["is_valid"]
    assert "Text." in words(soup(admin_client.get(f"{address}preview/")).main)
    assert admin_client.post(address, page_form(page)).status_code == 302
    draft = GuidancePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert "Text." in str(draft.body)
    assert len(draft.footnotes) == len(of_page)


def test_draft_of_a_part_may_lack_a_note_and_is_published_by_no_way(client, admin_client):
    page = step()
    page.parts[0].value["body"] = part_value("Text.[^1]")["body"]
    page.parts[0].value["is_minor_edit"] = True
    address = f"/admin/pages/{page.pk}/edit/"
    assert admin_client.post(address, page_form(page)).status_code == 302
    draft = step().get_latest_revision_as_object()
    assert "[^1]" in str(draft.parts[0].value["body"])
    answer = admin_client.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&next=/admin/", follow=True)
    assert f"“{draft.parts[0].value['heading']}”" in words(soup(answer))
    with pytest.raises(ValidationError):
        step().get_latest_revision().publish()
    assert "Text." not in words(soup(client.get(page.url)).main)


def test_approval_of_a_draft_that_lacks_a_note_leads_to_its_form(client, admin_client):
    page = guidance()
    page.body = text("<p>Text.[^1]</p>")
    page.save_revision(clean=False)
    workflow = Workflow.objects.create(name="Granskning")
    task = GroupApprovalTask.objects.create(name="Godkännande")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    workflow.start(page, User.objects.get(username="admin"))
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    answer = admin_client.post(address, follow=True)
    assert answer.redirect_chain == [(f"/admin/pages/{page.pk}/edit/", 302)]
    assert "Texten har [^1], men den fotnoten finns inte." in words(soup(answer).select_one(".messages"))
    assert "Text." not in words(soup(client.get(page.url)).main)
