"""The editors' report of the manual: broken references, parts without actor, outdated translations."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.manual.moving import bring_missing_parts, move_part
from pages.manual.references import part_address
from pages.models import AccessibilityStatementPage, ManualPart
from tests.accounts import editor_client
from tests.factories import guidance
from tests.manual import part_value, step, with_text
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/manual/"
CHANGED = "riginalet har ändrats"


def rows(client, *wanted: str) -> list[str]:
    """Return the rows of the report that have all these words."""
    found = [words(row) for row in soup(client.get(REPORT, {"export": ""})).select("table.listing tbody tr")]
    return [row for row in found if all(word in row for word in wanted)]


def code_of(place: int) -> str:
    return ManualPart.objects.get(pk=step("inledande-stod").parts[place].id).code


def link(code: str) -> str:
    return f'<p>Se <a href="{part_address(code, "sv")}">delen</a>.</p>'


def test_reference_to_a_removed_or_unknown_part_is_reported_wherever_it_is(admin_client):
    removed, kept = code_of(2), code_of(1)
    page = guidance(title="Pekar fel")
    page.body = [("text", link(removed)), ("text", link("0000000a"))]
    page.save_revision().publish()
    target = step("inledande-stod")
    target.parts.append(("part", part_value("", body=[{"type": "text", "value": link(removed) + link(kept)}])))
    target.save_revision().publish()
    draft = guidance(title="Bara utkastet")
    draft.body = [("text", link(removed))]
    draft.save_revision()
    assert not rows(admin_client, removed)
    assert rows(admin_client, "0000000a", "Pekar fel")
    target = step("inledande-stod")
    del target.parts[2]
    target.save_revision().publish()
    assert len(rows(admin_client, removed)) == 3
    assert all(rows(admin_client, removed, title) for title in ("Pekar fel", "Inledande stöd", "Bara utkastet"))
    assert not rows(admin_client, kept)


@pytest.mark.parametrize("address", ["/manual/p/0000000a", "/manual/akut-skydd/#p-0000000a"])
def test_reference_is_reported_however_it_was_pasted(admin_client, settings, address):
    page = guidance(title="Pekar fel")
    page.body = [("text", f'<p><a href="{settings.SITE_URL}{address}">Dit</a></p>')]
    page.save_revision().publish()
    statement = AccessibilityStatementPage.objects.get(locale__language_code="sv")
    statement.supervision = f'<p><a href="{address}">Dit</a> <a href="https://example.se/#p-0000000b">bort</a></p>'
    statement.save_revision().publish()
    assert len(rows(admin_client, "0000000a")) == 2
    assert not rows(admin_client, "0000000b")


def test_reference_to_a_part_that_is_only_in_another_language_is_reported_where_it_shows_as_text(admin_client):
    code = code_of(0)
    page = guidance(title="Pekar på engelska")
    page.body = [("text", link(code))]
    page.save_revision().publish()
    step("inledande-stod").unpublish()
    assert rows(admin_client, code, "Pekar på engelska")


def test_published_part_without_actor_is_reported(admin_client):
    page = step()
    page.parts.append(("part", part_value("Text.", heading="För alla")))
    page.parts.append(("part", part_value("Text.", heading="För polisen", actors=["police"])))
    page.save_revision().publish()
    assert rows(admin_client, "För alla", "Ingen aktör")
    assert not rows(admin_client, "För polisen", "Ingen aktör")


def test_translation_is_reported_when_the_original_changed_after_it_and_until_it_changes_too(admin_client):
    english = step("emergency-protection", "en")
    heading, moved = english.parts[0].value["heading"], english.parts[1].id
    with_text(step(), "Rättat komma.", is_minor=True).save_revision().publish()
    step().unpublish()
    step().save_revision().publish()
    assert not rows(admin_client, heading, CHANGED)
    with_text(step(), "Ny text.", note="Ändrat råd.").save_revision().publish()
    assert len(rows(admin_client, heading, CHANGED)) == 1
    move_part(moved, english, step("initial-support", "en"))
    with_text(step("emergency-protection", "en"), "Another.", place=1, is_minor=True).save_revision().publish()
    assert len(rows(admin_client, heading, CHANGED)) == 1
    with_text(step("emergency-protection", "en"), "New text.", is_minor=True).save_revision().publish()
    assert not rows(admin_client, heading, CHANGED)


def test_part_that_a_translation_lacks_is_reported_until_it_is_there(admin_client):
    page = step()
    page.parts.append(("part", part_value("Text.", heading="Nyhet", actors=["police"])))
    page.save_revision().publish()
    assert len(rows(admin_client, "Nyhet", "Emergency protection")) == 1
    english = step("emergency-protection", "en")
    bring_missing_parts(english)
    english.get_latest_revision().publish()
    assert not rows(admin_client, "Nyhet")


def test_part_that_only_a_translation_has_is_reported(admin_client):
    heading = step("emergency-protection", "en").parts[0].value["heading"]
    assert not rows(admin_client, heading)
    page = step()
    del page.parts[0]
    page.save_revision().publish()
    (row,) = rows(admin_client, heading)
    assert "Finns inte i originalet" in row


def test_queries_do_not_grow_with_what_is_found(admin_client):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            admin_client.get(REPORT)
        return len(queries)

    count()
    before = count()
    for number in range(8):
        page = guidance(title=f"Pekar fel {number}")
        page.body = [("text", link(f"0000000{number}"))]
        page.save_revision().publish()
        page.save_revision()
    assert count() <= before


def test_report_holds_what_its_reader_may_edit():
    mine, other = guidance(title="Min sida"), guidance(title="Annans sida")
    for page in (mine, other):
        page.body = [("text", link("0000000a"))]
        page.save_revision()
    assert len(rows(editor_client("change"), "0000000a")) == 2
    (own,) = rows(editor_client("change", below=mine), "0000000a")
    assert "Min sida" in own
