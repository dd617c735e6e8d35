"""What is found is right after everything that changes it, without a rebuild."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Locale, Page

from contacts.models import ContactsPage, Coordinator, Municipality, SupportLine
from pages.models import GuidancePage, HomePage, ManualPage, SearchEntry, SectionPage
from tests import factories, manual
from tests.reading import soup, words
from tests.resources import making
from tests.translating import translated_copy

pytestmark = pytest.mark.django_db

WORD = "Zebrafiske"  # that the starter content does not have


def found(query: str = WORD, language: str = "sv") -> list[str]:
    """Return the addresses of all hits on the first page."""
    with override(language):
        address = reverse("search")
    page = soup(Client().get(address, {"q": query}))
    return [link["href"] for link in page.select("main .place-card h2 a, main .hit > a")]


def indexed(word: str = WORD) -> int:
    """Return how many entries hold a word, in all languages."""
    return SearchEntry.objects.filter(tokens__contains=word.lower()).count()


@pytest.fixture
def page() -> GuidancePage:
    return factories.guidance(title=WORD, slug="zebra")


BOTH_KINDS = pytest.mark.parametrize(
    ("make", "address"),
    [
        (lambda: factories.guidance(title=WORD, slug="zebra"), "/vagledning/zebra/"),
        (lambda: making.resource(title_sv=WORD, slug_sv="zebra"), "/publikationer/zebra/"),
    ],
    ids=["page", "publication"],
)


@BOTH_KINDS
def test_what_is_published_is_found_and_a_draft_is_not(make, address):
    made = make()
    assert found() == [address]

    made.title = "Yxfiske"
    made.save_revision()

    assert found("Yxfiske") == []
    assert found() == [address]

    made.get_latest_revision().publish()

    assert found("Yxfiske") == [address]
    assert found() == []
    assert indexed() == 0


def test_unpublished_page_is_not_found_and_comes_back(page):
    Page.objects.get(pk=page.pk).unpublish()
    assert (found(), indexed()) == ([], 0)

    GuidancePage.objects.get(pk=page.pk).get_latest_revision().publish()
    assert (found(), indexed()) == (["/vagledning/zebra/"], 1)


def test_deleted_page_is_not_found(page):
    Page.objects.get(pk=page.pk).delete()
    assert (found(), indexed()) == ([], 0)


def test_page_below_an_unpublished_section_goes_with_it(page):
    section = Page.objects.get(pk=factories.section().pk)
    for below in section.get_descendants(inclusive=True):
        below.unpublish()
    assert found() == []


def test_moved_page_is_found_at_its_new_place(page):
    page.move(SectionPage.objects.get(slug="ukraina", locale=page.locale), pos="last-child")
    assert found() == ["/ukraina/zebra/"]


def test_page_below_a_renamed_section_is_found_at_its_new_address(page):
    section = factories.section()
    section.slug = "hjalp"
    section.save_revision().publish()
    assert found() == ["/hjalp/zebra/"]


def test_scheduled_page_is_found_when_its_time_has_come():
    page = factories.guidance(title="Senare", slug="zebra")
    page.title = WORD
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert found() == []

    type(page).objects.filter(pk=page.pk).update(go_live_at=timezone.now() - timedelta(hours=1))
    revision = page.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    revision.save()
    call_command("publish_scheduled")

    assert found() == ["/vagledning/zebra/"]


@BOTH_KINDS
def test_what_has_expired_is_not_found(make, address):
    made = make()
    assert found() == [address]
    type(made).objects.filter(pk=made.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert (found(), indexed()) == ([], 0)


def test_translation_is_found_in_its_language_once_published(page):
    english = translated_copy(page, Locale.objects.get(language_code="en"))
    english.title, english.slug = "Zebra fishing", "zebra-fishing"
    english.save_revision()
    assert found("Zebra fishing", "en") == ["/vagledning/zebra/"]  # marked as Swedish

    english.get_latest_revision().publish()

    assert found("Zebra fishing", "en") == ["/en/guidance/zebra-fishing/"]
    assert "/en/guidance/zebra-fishing/" not in found("Zebra fishing")


def test_restored_version_is_found_as_it_was(page):
    before = page.get_latest_revision()
    page.title = "Annat"
    page.save_revision().publish()
    assert found() == []

    before.publish()

    assert found() == ["/vagledning/zebra/"]


def test_copied_page_is_found_as_well(page):
    page.copy(update_attrs={"slug": "zebra-2"})
    assert sorted(found()) == ["/vagledning/zebra-2/", "/vagledning/zebra/"]


def test_part_of_the_manual_is_found_at_its_anchor_and_follows_its_step():
    step = manual.with_text(manual.step(), f"Om {WORD}.", is_minor=True)
    step.save_revision().publish()
    (address,) = found()
    assert address.startswith("/manual/akut-skydd/#p-")

    step = manual.step()
    step.parts.pop(0)
    step.save_revision().publish()
    assert (found(), indexed()) == ([], 0)


def test_number_of_a_step_follows_its_place():
    assert found("steg 2")[0] == "/manual/akut-skydd/"
    manual.step("identifiering").move(ManualPage.objects.get(locale=manual.step().locale), pos="last-child")
    assert found("steg 1")[0] == "/manual/akut-skydd/"
    assert found("1.2")[0].startswith("/manual/akut-skydd/#p-")


def test_saved_coordinator_is_found_and_a_draft_or_leaver_is_not():
    coordinator = factories.coordinator(name=f"Kim {WORD}")
    assert found() == ["/kontakt/skane-lan/"]
    assert found(language="en") == ["/en/contact/skane-county/"]

    coordinator.name = "Kim Yxfiske"
    coordinator.save_revision()
    assert found("Yxfiske") == []

    Coordinator.objects.get(pk=coordinator.pk).unpublish()
    assert (found(), indexed()) == ([], 0)


def test_deleted_coordinator_is_not_found():
    factories.coordinator(name=f"Kim {WORD}").delete()
    assert (found(), indexed()) == ([], 0)


def test_renamed_place_is_found_by_its_new_name():
    row = Municipality.objects.get(code="1280")
    row.name_sv = WORD
    row.save()
    assert found()[0] == "/kontakt/skane-lan/malmo/"


def test_new_number_of_a_support_line_leads_to_the_contacts():
    line = SupportLine.objects.get(number="020-390 000")
    line.number = "020-111 222"
    line.save()
    assert found("020111222")[0] == "/kontakt/"
    assert found("020390000") == []


def test_everything_below_an_unpublished_contacts_page_is_gone_and_comes_back():
    page = ContactsPage.objects.get(locale__language_code="sv")
    before = SearchEntry.objects.filter(page=page.pk).count()
    assert before > 300
    page.unpublish()
    assert not SearchEntry.objects.filter(page=page.pk).exists()
    page.save_revision().publish()
    assert SearchEntry.objects.filter(page=page.pk).count() == before


def test_no_hit_leads_to_a_language_without_its_start_page():
    HomePage.objects.get(locale__language_code="en").unpublish()
    assert found("reflection", "en") == []


def test_writing_everything_anew_changes_nothing():
    def state() -> set[tuple]:
        return set(SearchEntry.objects.values_list("source", "key", "language", "title", "tokens", "tie_break", "path"))

    before = state()
    assert len(before) > 700
    call_command("write_search_entries")
    assert state() == before


def test_hit_tells_kind_place_date_and_marks_the_words(page):
    page.lead = "Skydd mot <b>zebrafiske</b> & annat."
    page.updated_on = timezone.localdate().replace(year=2026, month=3, day=5)
    page.save_revision().publish()

    (hit,) = soup(Client().get("/sok/", {"q": WORD})).select(".hit")

    assert words(hit.select_one(".hit__place")) == "Sida Vägledning 5 mars 2026"
    assert [mark.text for mark in hit.select("mark")] == ["zebrafiske"]
    assert hit.select("b") == []
