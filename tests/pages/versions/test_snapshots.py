"""Versions that stay readable: what they show, where they lead, how one is withdrawn."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from pages.models import GuidancePage, ManualStepPage, PublishedVersion
from tests.factories import guidance, section
from tests.manual import part_value, step
from tests.reading import assert_numbers, soup, words

pytestmark = pytest.mark.django_db


def versions(page):
    return list(PublishedVersion.objects.filter(page=page.pk).order_by("pk"))


def with_text(page, text):
    page.body = [("text", f"<p>{text}</p>"), ("contact", {"kind": "support-line"})]
    page.save_revision().publish()
    return page


def test_every_page_of_the_starter_content_has_one_version():
    counts = PublishedVersion.objects.values_list("page", flat=True)
    assert len(counts) == len(set(counts)) > 50


def test_what_is_kept_needs_no_file_of_this_release():
    bodies = PublishedVersion.objects.values_list("body", flat=True)
    assert sum("callout" in body for body in bodies) > 10
    assert [body for body in bodies if "/static/" in body] == []


def test_kept_table_is_styled_by_this_release(client):
    tables = PublishedVersion.objects.filter(body__contains='class="table"').values_list("pk", flat=True)
    others = PublishedVersion.objects.exclude(pk__in=tables).values_list("pk", flat=True)
    assert tables
    for pk, styled in ((tables[0], True), (others[0], False)):
        version = PublishedVersion.objects.select_related("locale").get(pk=pk)
        with translation.override(version.locale.language_code):
            html = soup(client.get(reverse("version", args=[pk])))
        assert bool(html.main.select('link[href*="css/table"]')) is styled


def test_publishing_keeps_what_was_there_and_publishing_the_same_again_keeps_nothing(client):
    page = with_text(with_text(guidance(), "Först så."), "Sedan så.")
    page.save_revision().publish()
    kept = versions(page)
    assert len(kept) == 3  # empty, first, then
    html = soup(client.get(f"/version/{kept[1].pk}/"))
    assert "Först så." in words(html)
    assert "Sedan så." not in words(html)


def test_earlier_version_says_so_leads_to_today_and_stays_out_of_search_engines(client, strict_templates):
    page = with_text(with_text(guidance(), "Först så."), "Sedan så.")
    html = soup(client.get(f"/version/{versions(page)[1].pk}/"))
    assert "Det här är en tidigare version" in words(html)
    assert html.select_one(f'.callout a[href="{page.url}"]')
    assert {meta["content"] for meta in html.find_all("meta", attrs={"name": "robots"})} == {"noindex"}


def test_whom_to_call_is_always_todays(client):
    page = with_text(guidance(), "Ring.")
    version = versions(page)[-1]
    assert "020" not in version.body
    html = soup(client.get(f"/version/{version.pk}/"))
    assert_numbers(html)
    assert html.select_one("main .call a[href='tel:020390000']")


def test_draft_keeps_nothing(client):
    page = guidance()
    page.body = [("text", "<p>Utkast.</p>")]
    page.save_revision()
    assert len(versions(page)) == 1


def test_page_that_gets_a_time_keeps_nothing_before_it():
    new = GuidancePage(title="Ny", lead="Ny.", locale=section().locale, live=False)
    section().add_child(instance=new)
    old = guidance(title="Gammal")
    old.unpublish()
    for page, count in [(new, 0), (old, 1)]:
        page.go_live_at = timezone.now() + timedelta(days=1)
        page.lead = "Hemligt till dess."
        page.save_revision().publish()
        assert len(versions(page)) == count


def test_version_outlives_its_page_and_wagtails_revisions(client):
    page = with_text(guidance(), "Kvar.")
    version = versions(page)[-1]
    page.delete()
    html = soup(client.get(f"/version/{version.pk}/"))
    assert "Kvar." in words(html)


def test_versions_of_a_deleted_page_are_listed_and_know_which_is_the_last(client, strict_templates):
    page = with_text(with_text(guidance(), "Först så."), "Sedan så.")
    kept = versions(page)
    page.delete()
    listed = soup(client.get(f"/version/page/{kept[0].page_id}/"))
    links = [link["href"] for link in listed.select("main .page-list a")]
    assert links == [f"/version/{version.pk}/" for version in reversed(kept)]
    assert "Sidan finns inte längre på webbplatsen." in words(listed.main)
    for version in kept:
        banner = words(soup(client.get(f"/version/{version.pk}/")).select_one("main .callout > p:last-child"))
        assert banner.startswith(
            f"Det här är {'den sista versionen' if version == kept[-1] else 'en tidigare version'}"
        )


def test_version_links_to_a_part_by_its_permanent_address(client):
    target = step("inledande-stod").numbered_parts[0]
    page = step()
    page.body = [("text", f'<p>Se <a href="/manual/p/{target.code}/">delen</a>.</p>')]
    page.parts.append(("part", part_value(f'Se <a href="/manual/p/{target.code}/">delen</a>.')))
    page.save_revision().publish()
    html = soup(client.get(f"/version/{versions(page)[-1].pk}/"))
    links = [link["href"] for link in html.select("main .body a") if words(link).startswith("3.1 ")]
    assert links == [f"/manual/p/{target.code}/"] * 2
    assert not html.select("main .body a[href*='#p-']:not([href^='#'])")


@pytest.mark.parametrize(
    ("slug", "selector", "shown"),
    [
        ("ordlista", ".glossary__term dd", "uppehållstillstånd"),
        ("aktorernas-ansvar", ".page-list p", "Polisen"),
        ("akut-skydd", ".kicker", ""),
        ("manual", ".edition", "Exempelutgåva, inte myndighetens text"),
        ("akut-skydd", ".edition", "Exempelutgåva, inte myndighetens text"),
    ],
)
def test_version_has_what_the_page_shows_beside_its_text(client, strict_templates, slug, selector, shown):
    version = PublishedVersion.objects.get(page__slug=slug, locale__language_code="sv")
    found = soup(client.get(f"/version/{version.pk}/")).main.select(selector)
    assert shown in " ".join(words(element) for element in found)
    assert all(words(element) for element in found)
    assert found


def test_withdrawn_version_shows_its_reason_instead(client, strict_templates):
    version = versions(with_text(guidance(), "Fel uppgift."))[-1]
    version.withdrawn_on, version.reason = date(2026, 11, 24), "Den innehöll ett fel."
    version.save()
    html = soup(client.get(f"/version/{version.pk}/"), 410)
    assert "Den innehöll ett fel." in words(html)
    assert "Fel uppgift." not in words(html)


def test_version_is_not_withdrawn_without_a_reason():
    version = versions(guidance())[-1]
    version.withdrawn_on = date(2026, 11, 24)
    with pytest.raises(IntegrityError):
        version.save()


def test_list_of_versions_leads_to_each(client, strict_templates):
    page = with_text(guidance(), "Först så.")
    html = soup(client.get(page.url))
    answer = client.get(html.select_one(".dates a")["href"])
    links = [link["href"] for link in soup(answer).select("main .page-list a")]
    assert links == [f"/version/{version.pk}/" for version in reversed(versions(page))]


def test_breadcrumbs_of_a_version_lead_to_the_list_and_to_the_page(client, strict_templates):
    version = PublishedVersion.objects.get(page__slug="akut-skydd")
    html = soup(client.get(reverse("version", args=[version.pk])))
    crumbs = [(words(crumb), crumb.a and crumb.a["href"]) for crumb in html.select(".breadcrumbs li")]
    assert crumbs[:-1] == [
        ("Startsidan", "/"),
        ("Manualen", "/manual/"),
        ("Akut skydd", "/manual/akut-skydd/"),
        ("Tidigare versioner", reverse("versions", args=[version.page_id])),
    ]
    assert crumbs[-1] == (date_format(timezone.localtime(version.published_at), "j F Y, H.i"), None)


def test_version_of_the_other_language_is_not_here(client):
    version = versions(guidance())[-1]
    assert client.get(f"/en/version/{version.pk}/").status_code == 404
    assert client.get("/version/999999/").status_code == 404


def test_language_link_leads_to_the_versions_of_the_translation(client):
    swedish = ManualStepPage.objects.get(slug="akut-skydd")
    english = swedish.get_translations().get()
    lists = {"sv": f"/version/page/{swedish.pk}/", "en": f"/en/version/page/{english.pk}/"}
    (version,) = versions(swedish)
    for address in (lists["sv"], f"/version/{version.pk}/"):
        assert soup(client.get(address)).select_one(f'header a[href="{lists["en"]}"][hreflang="en"]')
    for address in (f"/en/version/page/{swedish.pk}/", f"/version/page/{english.pk}/"):
        assert client.get(address).status_code == 404
    english.unpublish()
    assert not soup(client.get(lists["sv"])).select('header a[hreflang="en"]')
