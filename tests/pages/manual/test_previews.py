"""How editors see a step before it is published: as everybody, as one actor, on paper."""

import pytest

from tests.editing import page_form
from tests.manual import part_value, step
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def preview(admin_client, mode: str):
    """Put two parts into the form, without saving it, and return the preview in a mode."""
    page = step()
    address = f"/admin/pages/{page.pk}/edit/preview/"
    page.parts.append(("part", part_value("Råd till polisen.", heading="För polisen", actors=["police"])))
    page.parts.append(("part", part_value("Råd till vården.", heading="För vården", actors=["health-care"])))
    answer = admin_client.post(address, page_form(page))
    assert answer.json() == {"is_valid": True, "is_available": True}
    return soup(admin_client.get(address, {"mode": mode}))


def test_editor_chooses_among_the_step_paper_and_each_actor(admin_client):
    html = soup(admin_client.get(f"/admin/pages/{step().pk}/edit/"))
    modes = [option["value"] for option in html.select("#id_preview_mode option")]
    assert modes[:2] == ["", "print"]
    assert {"actor=police", "actor=health-care"} <= set(modes)


def test_step_is_previewed_with_what_is_in_the_form(admin_client):
    html = preview(admin_client, "")
    assert "Råd till polisen." in words(html)
    assert not html.select('script[src$="print_preview.js"]')


def test_paper_is_previewed_with_the_styles_of_print(admin_client):
    html = preview(admin_client, "print")
    assert "Råd till polisen." in words(html)
    assert html.select('script[src$="print_preview.js"]')


def test_step_is_previewed_as_an_actor_sees_it(admin_client):
    html = preview(admin_client, "actor=police")
    folded = [words(summary) for summary in html.select("details.part > summary")]
    assert any("För vården" in heading for heading in folded)
    assert not any("För polisen" in heading for heading in folded)


def test_reader_cannot_ask_for_a_preview(client):
    html = soup(client.get("/manual/akut-skydd/?mode=print"))
    assert not html.select('script[src$="print_preview.js"]')
