"""Footnotes and lists in the Markdown of the starter content."""

import pytest

from pages.models import BasePage
from pages.starter.markdown import manual_parts, rich_text, without_footnotes

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_notes_are_taken_out_in_the_order_of_their_numbers():
    text, notes = without_footnotes("Ett.[^1]\n[^2]: Andra, *sida 3*.\n\nTvå.[^2]\n\n[^1]: Första.\n", {})
    assert text == "Ett.[^1]\n\nTvå.[^2]\n\n"
    assert notes == ["<p>Första.</p>", "<p>Andra, <em>sida 3</em>.</p>"]


@pytest.mark.parametrize("numbers", [(2,), (1, 3), (1, 1)])
def test_notes_that_are_not_numbered_from_one_are_refused(numbers):
    with pytest.raises(ValueError, match="numbered"):
        without_footnotes("".join(f"[^{number}]: Not.\n" for number in numbers), {})


def test_notes_before_the_parts_of_a_step_are_those_of_the_page():
    markdown = "Ingress.[^1]\n\n[^1]: Sidans.\n\n## Del {#1 police}\n\nText.[^1]\n\n[^1]: Delens.\n"
    intro, (part,) = manual_parts("manual/x", markdown, {})
    assert without_footnotes(intro, {})[1] == ["<p>Sidans.</p>"]
    assert part["value"]["footnotes"] == ["<p>Delens.</p>"]


def test_pages_beside_the_manual_have_their_footnotes_too():
    noted = [page for kind in BasePage.__subclasses__() for page in kind.objects.all() if page.footnotes]
    assert len(noted) >= 2 * 9
    for page in noted:
        assert page.note_faults == {}
        assert "[^1]" in str(page.body.get_prep_value())


def test_lists_that_the_editor_would_take_apart_are_refused():
    assert rich_text("- ett\n- två\n", {}) == "<ul>\n<li>ett</li>\n<li>två</li>\n</ul>"
    with pytest.raises(ValueError, match="empty line in the list at 'ett'"):
        rich_text("- ett\n\n- två\n", {})
