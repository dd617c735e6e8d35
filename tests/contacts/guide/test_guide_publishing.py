"""A guide that some readers could not follow is not published, on any path; its draft can be walked."""

import html
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from wagtail.blocks import StreamValue

from contacts.models import GuidePage
from tests.editing import page_form
from tests.reading import AS_OF, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def node(nodes: StreamValue, name: str) -> StreamValue.StreamChild:
    return next(child for child in nodes if child.value["name"] == name)


def choose(nodes: StreamValue, name: str, field: str, *values: str) -> None:
    child = node(nodes, name)
    child.value[field] = child.block.child_blocks[field].to_python(list(values))


def beside_the_fields(form: HttpResponse) -> str:
    """Return what a form of Wagtail's tells its script, errors of blocks included."""
    return html.unescape(form.content.decode()).encode("ascii", "backslashreplace").decode("unicode_escape")


def lead(nodes: StreamValue, name: str, answer: int, target: str) -> None:
    node(nodes, name).value["answers"][answer]["target"] = target


def nowhere(nodes: StreamValue) -> None:
    lead(nodes, "about", 0, "tecken")


def unreached(nodes: StreamValue) -> None:
    lead(nodes, "about", 0, "protection")


def without_number(nodes: StreamValue) -> None:
    choose(nodes, "signs", "numbers", "coordinator", "advice")


def loop(nodes: StreamValue) -> None:
    lead(nodes, "about", 6, "who")


def without_part(nodes: StreamValue) -> None:
    choose(nodes, "signs", "parts", "00000000")


def same_name(nodes: StreamValue) -> None:
    node(nodes, "return").value["name"] = "signs"


def same_address(nodes: StreamValue) -> None:
    node(nodes, "about").value["answers"][1]["label"] = node(nodes, "about").value["answers"][0]["label"]


def begins_with_a_result(nodes: StreamValue) -> None:
    nodes.insert(0, ("result", nodes.pop().value))


BROKEN: dict[Callable[[StreamValue], None], str] = {
    nowhere: "”Vad handlar det om?”, svaret ”Jag ser tecken på människohandel”: leder till ”tecken”, som inte finns.",
    unreached: "”Ta reda på mer” går inte att nå",
    without_number: "”Ta reda på mer” slutar utan ett nummer som alltid svarar",
    loop: "”Vem är du?” leder tillbaka till sig själv",
    without_part: "”Ta reda på mer” hänvisar till en del av manualen som inte är publicerad",
    same_name: "”signs” är namnet på två",
    same_address: "får ingen egen adress",
    begins_with_a_result: "Guiden börjar med en fråga",
}


@pytest.fixture
def page(db: None) -> GuidePage:
    return GuidePage.objects.get(locale__language_code="sv")


@pytest.mark.parametrize("break_it", BROKEN, ids=lambda change: change.__name__)
def test_broken_guide_is_not_published_and_the_place_is_told(editor, client, page, break_it):
    before = AS_OF.sub("", client.get(page.url).content.decode())
    break_it(page.nodes)
    form = page_form(page)
    address = f"/admin/pages/{page.pk}/edit/"
    refused = editor().post(address, form | {"action-publish": "1"})
    assert refused.status_code == 200
    if break_it is not without_part:  # a part that is none cannot be chosen at all
        assert BROKEN[break_it] in beside_the_fields(refused)
        assert editor("en").post(address, form).status_code == 302, "a draft may be broken"
        page.refresh_from_db()
        assert page.has_unpublished_changes
        page.nodes = page.get_latest_revision_as_object().nodes
    with pytest.raises(ValidationError) as told:
        page.save_revision().publish()
    assert BROKEN[break_it] in str(told.value)
    assert AS_OF.sub("", client.get(page.url).content.decode()) == before


def test_every_fault_of_a_guide_is_told_at_once(page):
    nowhere(page.nodes)
    without_number(page.nodes)
    with pytest.raises(ValidationError) as told:
        page.save()
    assert all(BROKEN[fault] in str(told.value) for fault in (nowhere, without_number, unreached))


def test_guide_as_it_is_can_be_published_again(editor, page):
    assert editor().post(f"/admin/pages/{page.pk}/edit/", page_form(page, "action-publish")).status_code == 302
    page.refresh_from_db()
    assert not page.has_unpublished_changes


def test_typed_number_is_refused(editor, page):
    node(page.nodes, "signs").value["heading"] = "Ring 114 14"
    refused = editor().post(f"/admin/pages/{page.pk}/edit/", page_form(page, "action-publish"))
    assert "”114 14” är skrivet för hand" in beside_the_fields(refused)
    page.refresh_from_db()
    assert not page.has_unpublished_changes


def test_preview_walks_the_draft_to_its_end(editor, page):
    node(page.nodes, "who").value["heading"] = "Vem är du i utkastet?"
    signed_in = editor()
    address = f"/admin/pages/{page.pk}/edit/preview/"
    assert signed_in.post(address, page_form(page)).json()["is_valid"]
    shown = soup(signed_in.get(address))
    for label in (
        "Nej, inte just nu",
        "Jag är volontär",
        "Nej, en vuxen",
        "Upplands Väsby",
        "Ja, det kan",
        "Personen vill",
    ):
        (link,) = [each for each in shown.select(".guide__link") if words(each).startswith(label)]
        assert link["href"].startswith("?mode=")
        preview = signed_in.get(address + link["href"])
        assert preview["X-Frame-Options"] == "SAMEORIGIN"
        shown = soup(preview)
        if label == "Nej, inte just nu":
            assert words(shown.h1) == "Vem är du i utkastet?"
    assert words(shown.h1) == "Planera ett tryggt återvändande"
    assert "Upplands Väsby" in words(shown.select_one(".guide-given"))
    assert shown.select(".coordinator")
    chart = soup(signed_in.get(address, {"mode": "flow-chart"}))
    assert "Vem är du i utkastet?" in words(chart.select_one(".guide-outline"))


def test_editor_sees_the_figure_of_the_draft(editor, page):
    form = soup(editor().get(f"/admin/pages/{page.pk}/edit/"))
    assert len(form.select(".guide-figure rect")) == 21
    assert form.select(".guide-outline")


def test_new_guide_has_a_form_with_a_figure_of_nothing(editor, page):
    page.delete()
    parent = page.get_parent()
    new = editor().get(f"/admin/pages/add/contacts/guidepage/{parent.pk}/")
    assert new.status_code == 200
    assert soup(new).select(".guide-figure svg")
