"""Footnotes of a part: marks that lead to notes and back, without script."""

import pytest
from wagtail.blocks import StructBlockValidationError

from pages.models import ManualStepPage
from tests.factories import rewrite
from tests.reading import soup, words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,  # templates give the same of the same values
]


@pytest.fixture
def step() -> ManualStepPage:
    return ManualStepPage.objects.get(slug="akut-skydd")


def write(step: ManualStepPage, text: str, *notes: str) -> None:
    """Publish the first part with this text and these notes."""
    rewrite(step.parts[0], text, *notes)
    step.save_revision().publish()


def test_mark_leads_to_its_note_and_back(client, strict_templates, step):
    write(step, "<p>Ett.[^1] Två.[^2]</p>", "<p>Första.</p>", "<p>Andra.</p>")
    part = soup(client.get(step.url)).select_one(".part")
    marks = part.select("sup a")
    assert [words(mark) for mark in marks] == ["1", "2"]
    assert [mark["aria-label"] for mark in marks] == ["Fotnot 1", "Fotnot 2"]
    for mark, text in zip(marks, ["Första.", "Andra."], strict=True):
        note = part.find(id=mark["href"][1:])
        assert note.parent["class"] == ["footnotes"]
        assert words(note).startswith(text)
        assert part.find(id=note.find_all("a")[-1]["href"][1:]) == mark
    assert "[^" not in words(part)


def test_second_mark_of_a_note_leads_to_it_too(client, step):
    write(step, "<p>Ett.[^1] Igen.[^1]</p>", "<p>Samma.</p>")
    marks = soup(client.get(step.url)).select_one(".part").select("sup a")
    assert len({mark["href"] for mark in marks}) == 1
    assert [mark.has_attr("id") for mark in marks] == [True, False]


def test_notes_of_two_parts_have_their_own_ids(client, step):
    for part in step.parts:
        rewrite(part, "<p>Text.[^1]</p>", "<p>Not.</p>")
    step.save_revision().publish()
    html = soup(client.get(step.url))
    ids = [element["id"] for element in html.find_all(id=True)]
    assert len(html.select(".footnotes li")) == len(step.parts) >= 2
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("text", "notes"), [("<p>Text.[^1]</p>", []), ("<p>Text.</p>", ["<p>Not.</p>"]), ("<p>[^2]</p>", ["<p>Not.</p>"])]
)
def test_mark_without_note_and_note_without_mark_are_refused(step, text, notes):
    block = step.parts[0].block
    value = block.to_python(
        {"heading": "Rubrik", "body": [{"type": "text", "value": text}], "footnotes": notes, "actors": []}
    )
    with pytest.raises(StructBlockValidationError):
        block.clean(value)


def test_marks_and_notes_that_agree_are_accepted(step):
    block = step.parts[0].block
    body = [{"type": "text", "value": "<p>Text.[^1]</p>"}]
    assert block.clean(block.to_python({"heading": "Rubrik", "body": body, "footnotes": ["<p>Not.</p>"], "actors": []}))
