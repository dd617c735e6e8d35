"""What changed in the manual: notes, refusals, comparisons, the page and the feed."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import feedparser
import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pages.html.comparison import comparison
from pages.models import ChangeKind, ManualStepPage, PartChange
from tests.manual import with_text
from tests.reading import soup, words

STOCKHOLM = ZoneInfo("Europe/Stockholm")
STEP = "/manual/akut-skydd/"


def step(slug: str = "akut-skydd") -> ManualStepPage:
    return ManualStepPage.objects.get(slug=slug, locale__language_code="sv")


def rewrite(page: ManualStepPage, place: int, text: str, *, note: str = "", is_minor: bool = False) -> None:
    """Put a text into a part and publish the step."""
    value = page.parts[place].value
    part = page.parts.stream_block.child_blocks["part"]
    value["body"] = part.child_blocks["body"].to_python([{"type": "text", "value": f"<p>{text}</p>"}])
    value["footnotes"] = part.child_blocks["footnotes"].to_python([])
    value["change_note"], value["is_minor_edit"] = note, is_minor
    page.save_revision().publish()


def last_change() -> PartChange:
    return PartChange.objects.filter(locale__language_code="sv").first()


@time_machine.travel("2026-11-24 10:00+01:00", tick=False)  # pages show the minute
@pytest.mark.django_db
def test_changed_part_without_a_note_is_not_published_and_stays_a_draft(client):
    before = client.get(STEP).content
    with pytest.raises(ValidationError) as refused:
        rewrite(step(), 0, "Ny text.")
    assert "parts" in refused.value.message_dict
    assert client.get(STEP).content == before
    draft = step().get_latest_revision().as_object()
    assert "Ny text." in str(draft.parts.get_prep_value())


@pytest.mark.django_db
def test_note_serves_for_one_publication():
    rewrite(step(), 0, "Ny text.", note="Förtydligat.")
    page = step()
    assert page.parts[0].value["change_note"] == ""
    with pytest.raises(ValidationError):
        rewrite(page, 0, "Ännu nyare.")


@pytest.mark.django_db
def test_earlier_version_is_brought_back_without_the_note_it_had(admin_client):
    rewrite(step(), 0, "Ny text.", note="Förtydligat.")
    published = step().latest_revision
    draft = with_text(step(), "Bara utkast.", is_minor=True).save_revision()
    rewrite(step(), 0, "Ännu nyare.", note="Rättat.")
    for revision, text in [(published, "Ny text."), (draft, "Bara utkast.")]:
        form = soup(admin_client.get(f"/admin/pages/{step().pk}/revisions/{revision.pk}/revert/"))
        part = json.loads(form.select_one("#parts")["data-w-block-arguments-value"])[0][0]["value"]
        assert text in str(part["body"])
        assert not part["change_note"]
        assert not part["is_minor_edit"]


@pytest.mark.django_db
def test_minor_edit_is_published_and_is_no_news(client):
    rewrite(step(), 0, "Ny text.", is_minor=True)
    assert last_change().is_minor
    assert "Ny text." in words(soup(client.get(STEP)))
    feed = feedparser.parse(client.get("/manual/andringar/flode/").content)
    assert not [entry for entry in feed.entries if entry.id.endswith(f"#change-{last_change().pk}")]


@pytest.mark.django_db
def test_change_elsewhere_on_the_page_needs_no_note(client):
    page = step()
    page.lead = "En ny ingress."
    page.save_revision().publish()
    assert "En ny ingress." in words(soup(client.get(STEP)))
    assert last_change().kind == ChangeKind.ADDED


@pytest.mark.django_db
@time_machine.travel(datetime(2026, 12, 3, 9, 30, tzinfo=STOCKHOLM), tick=False)
def test_page_of_changes_tells_what_came_and_what_went(client, strict_templates):
    rewrite(step(), 0, "Ring inte själv.", note="Nytt råd.")
    rewrite(step(), 0, "Ring genast själv.", note="Rättat råd.")
    html = soup(client.get("/manual/andringar/?year=2026"))
    change = html.select_one("article.change")
    assert words(change.h3).startswith("2.1 ")
    assert words(change.select_one(".change__kind")).endswith(" · Akut skydd")
    assert "Rättat råd." in words(change)
    assert [words(heard) for heard in change.select("del, ins")] == ["borttaget: inte", "tillagt: genast"]
    for hidden in change.select(".visually-hidden"):
        hidden.extract()
    assert [words(gone) for gone in change.select("del")] == ["inte"]
    assert [words(come) for come in change.select("ins")] == ["genast"]
    assert "3 december 2026" in {words(heading) for heading in html.select("main h2")}


@pytest.mark.django_db
def test_comparison_is_in_the_language_of_the_step_whatever_the_editor_speaks():
    page = ManualStepPage.objects.get(slug="safe-return")
    page.parts[0].value["heading"], page.parts[0].value["is_minor_edit"] = "Returning", True
    with override("sv"):
        page.save_revision().publish()
        page.unpublish()
    changes = PartChange.objects.filter(part=page.parts[0].id, locale=page.locale)[:2]
    assert [change.kind for change in changes] == [ChangeKind.REMOVED, ChangeKind.CHANGED]
    for change in changes:
        assert "Important" in change.before
        assert "Viktigt" not in change.before + change.after


@pytest.mark.django_db
def test_heading_of_a_part_that_is_only_in_swedish_says_its_language(client, strict_templates):
    page = ManualStepPage.objects.get(slug="safe-return")
    heading = page.parts[0].value["heading"]
    del page.parts[0]
    page.save_revision().publish()
    change = soup(client.get("/en/manual/changes/")).select_one("article.change")
    assert heading not in words(change.h3)
    assert (change.h3.a["lang"], change.h3.a["hreflang"]) == ("sv", "sv")


@pytest.mark.django_db
@pytest.mark.parametrize("year", ["1999", "x", "99999999999999999999", "-1", "²"])
def test_year_without_changes_shows_the_last_year(client, year):
    html = soup(client.get("/manual/andringar/", {"year": year}))
    assert html.select("article.change")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "language"), [("/manual/andringar/flode/", "sv"), ("/en/manual/changes/feed/", "en")]
)
def test_feed_is_read_without_complaint(client, address, language):
    answer = client.get(address)
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert feed.feed.language == language
    assert len(feed.entries) > 10
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    for entry in feed.entries[:3]:
        assert client.get("/" + entry.link.split("/", 3)[3], follow=True).status_code == 200


def applied(before: str, after: str) -> tuple[str, str]:
    """Return what a reader gets who follows the comparison backwards and forwards."""
    texts = []
    for unwanted in ("ins", "del"):
        html = BeautifulSoup(comparison(before, after), "html.parser")
        for node in html.select(f".visually-hidden, {unwanted}"):
            node.extract()
        texts.append(html.get_text())
    return texts[0], texts[1]


LINES = st.lists(
    st.lists(
        st.sampled_from(["ring", "inte", "112", "<b>", "&amp;", "Åsa", "själv,", "”nu”", "\u202e", "—"]),
        min_size=1,
        max_size=8,
    ).map(" ".join),
    max_size=6,
).map("\n".join)


@settings(max_examples=300, deadline=None)
@given(before=LINES, after=LINES)
@example(before="", after="ring")
def test_comparison_applied_to_the_old_text_gives_the_new(before, after):
    assert applied(before, after) == (before, after)


@pytest.fixture
def changed_in_december():
    with time_machine.travel(datetime(2026, 12, 3, 9, 30, tzinfo=STOCKHOLM), tick=False):
        rewrite(step(), 0, "Ring genast.", note="Nytt råd.")
        rewrite(step(), 1, "Ett komma.", is_minor=True)


@pytest.mark.django_db
@pytest.mark.parametrize("address", [STEP, "/manual/allt/"])
def test_since_marks_in_words_what_changed_on_that_day_or_later(client, changed_in_december, strict_templates, address):
    for day, count in [("2026-12-03", 1), ("2026-12-04", 0)]:
        html = soup(client.get(address, {"since": day}))
        marks = html.select(".part__changed")
        assert len(marks) == count
        assert all("3 december 2026" in words(mark) for mark in marks)
    part = soup(client.get(address, {"since": "2026-12-03"})).select_one(".part__changed").find_parent(class_="part")
    assert words(part).startswith("2.1 ")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "day", ["", "x", "2026-13-01", "0001-01-01", "99999999-01-01", "2026-12-03T00:00", "\u0662026-12-03"]
)
def test_since_that_cannot_be_read_is_ignored(client, changed_in_december, day):
    for address in (STEP, "/manual/allt/"):
        assert not soup(client.get(address, {"since": day})).select(".part__changed")


@pytest.mark.django_db
def test_since_marks_nothing_for_a_change_in_the_other_language(client, changed_in_december):
    english = "/en/manual/emergency-protection/"
    assert not soup(client.get(english, {"since": "2026-12-03"})).select(".part__changed")


@pytest.mark.django_db
def test_page_of_changes_leads_to_the_manual_with_what_has_changed_since(client, changed_in_december):
    form = soup(client.get("/manual/andringar/")).select_one("form:has([name=since])")
    field = form.select_one("input[type=date]")
    assert form.select_one(f"label[for={field['id']}]")
    assert soup(client.get(form["action"], {field["name"]: "2026-12-03"})).select(".part__changed")


@pytest.mark.django_db
def test_mark_of_a_change_is_on_folded_parts_and_on_the_pages_of_actors(client, changed_in_december, strict_templates):
    html = soup(client.get(STEP, {"since": "2026-12-03", "actor": "foreign-affairs"}))
    assert len(html.select("details.part > summary .part__changed")) == 1
    html = soup(client.get("/manual/aktorernas-ansvar/polisen/allt/", {"since": "2026-12-03"}))
    assert [words(mark.find_parent(class_="part")).split()[0] for mark in html.select(".part__changed")] == ["2.1"]
