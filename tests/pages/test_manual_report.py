"""The editors' report of the manual: broken references, parts without actor, outdated translations."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.manual_index import part_address
from pages.models import ManualPart
from tests.accounts import editor_client
from tests.factories import guidance
from tests.manual import part_value, step, with_text
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/manual/"


def rows(client, *wanted: str) -> list[str]:
    """Return the rows of the report that have all these words."""
    found = [words(row) for row in soup(client.get(REPORT, {"export": ""})).select("table.listing tbody tr")]
    return [row for row in found if all(word in row for word in wanted)]


def code_of(place: int) -> str:
    return ManualPart.objects.get(pk=step("inledande-stod").parts[place].id).code


def link(code: str) -> str:
    return f'<p>Se <a href="{part_address(code, "sv")}">delen</a>.</p>'


def test_reference_to_a_removed_or_unknown_part_is_reported_wherever_it_is(admin_client):
    removed, kept = code_of(0), code_of(1)
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
    del target.parts[0]
    target.save_revision().publish()
    assert len(rows(admin_client, removed)) == 3
    assert all(rows(admin_client, removed, title) for title in ("Pekar fel", "Inledande stöd", "Bara utkastet"))
    assert not rows(admin_client, kept)


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
    assert rows(admin_client, "För alla")
    assert not rows(admin_client, "För polisen")


def test_translation_is_reported_when_the_original_changed_after_it_and_until_it_is_published(admin_client):
    english = step("emergency-protection", "en")
    heading = english.parts[0].value["heading"]
    with_text(step(), "Rättat komma.", is_minor=True).save_revision().publish()
    outdated = ("Emergency", heading, "original" if rows(admin_client, "original") else "")
    assert not [row for row in rows(admin_client, heading) if "riginal" in row]
    with_text(step(), "Ny text.", note="Ändrat råd.").save_revision().publish()
    assert len([row for row in rows(admin_client, heading) if "riginal" in row]) == 1, outdated
    step("emergency-protection", "en").save_revision().publish()
    assert not [row for row in rows(admin_client, heading) if "riginal" in row]


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
