"""Moving a part to another step and bringing parts to a translation."""

import pytest
from django.core.exceptions import ValidationError

from pages.manual.moving import bring_missing_parts, move_part
from pages.models import ChangeKind, ManualStepPage, PartChange
from tests.reading import soup, words

pytestmark = pytest.mark.django_db


def step(slug: str, language: str = "sv") -> ManualStepPage:
    return ManualStepPage.objects.get(slug=slug, locale__language_code=language)


def ids(page: ManualStepPage) -> list[str]:
    return [part.id for part in page.parts]


def test_part_moves_in_every_language_and_keeps_its_address(client):
    moved = step("akut-skydd").parts[1]
    code = step("akut-skydd").numbered_parts[1].code
    move_part(moved.id, step("akut-skydd"), step("inledande-stod"))
    for prefix, source, target in [
        ("", "/manual/akut-skydd/", "/manual/inledande-stod/"),
        ("/en", "/en/manual/emergency-protection/", "/en/manual/initial-support/"),
    ]:
        place = client.get(f"{prefix}/manual/p/{code}/")["Location"]
        assert place.startswith(target)
        assert soup(client.get(target)).find(id=place.partition("#")[2])
        assert not soup(client.get(source)).find(id=place.partition("#")[2])
    kinds = PartChange.objects.filter(part=moved.id).values_list("kind", flat=True)
    assert sorted(kinds) == sorted([ChangeKind.MOVED, ChangeKind.ADDED] * 2)


def test_move_takes_the_part_out_of_the_draft_too_and_leaves_the_draft_a_draft(client):
    page = step("akut-skydd")
    page.lead = "Ett utkast."
    page.save_revision()
    moved = page.parts[0].id
    move_part(moved, page, step("inledande-stod"))
    assert "Ett utkast." not in words(soup(client.get("/manual/akut-skydd/")))
    draft = step("akut-skydd").get_latest_revision_as_object()
    assert draft.lead == "Ett utkast."
    assert moved not in ids(draft)
    draft.save_revision().publish()
    assert moved in ids(step("inledande-stod"))


def test_move_to_a_step_without_translation_changes_nothing():
    step("initial-support", "en").delete()
    before = ids(step("akut-skydd")), ids(step("emergency-protection", "en"))
    with pytest.raises(ValidationError, match="Inledande stöd"):
        move_part(before[0][0], step("akut-skydd"), step("inledande-stod"))
    assert (ids(step("akut-skydd")), ids(step("emergency-protection", "en"))) == before


def test_missing_parts_come_to_a_draft_of_the_translation_in_their_place(client):
    original = step("akut-skydd")
    part = original.parts.stream_block.child_blocks["part"]
    new = {"heading": "Ny del", "body": [{"type": "text", "value": "<p>Ny text.</p>"}], "footnotes": []}
    original.parts.insert(1, ("part", part.to_python(new)))
    original.save_revision().publish()
    original = step("akut-skydd")
    translation = step("emergency-protection", "en")
    assert bring_missing_parts(translation) == 1
    translation = step("emergency-protection", "en")
    assert ids(translation.get_latest_revision_as_object()) == ids(original)
    assert "Ny del" not in words(soup(client.get("/en/manual/emergency-protection/")))
    assert bring_missing_parts(translation) == 0
    translation.get_latest_revision_as_object().save_revision().publish()
    assert ids(step("emergency-protection", "en")) == ids(original)
