"""The page of a resource, the text of its files, and their addresses."""

import json
import re

import pytest
import time_machine

from pages.models import GuidancePage
from resources.models import Resource, ResourceIndexPage
from tests.factories import guidance
from tests.reading import soup, words
from tests.resources.making import file, link, pdf, resource

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LATIN = re.compile(r"[a-zåäö]{2}", re.IGNORECASE)  # a word of Swedish or English
TEXT = "<h2>أين؟</h2><p>هنا.</p>"


@pytest.fixture
def known() -> Resource:
    """Return a published resource with a file, a text from right to left, and a link."""
    return resource(
        file(pdf(pages=3) + bytes(50_000), "ar", title="يمكنك طلب المساعدة", text=TEXT, sort_order=0),
        link("sv", sort_order=1),
        title_sv="Blad på arabiska",
        title_en="Sheet in Arabic",
        topics=("children", "ukraine"),
    )


def arabic(known: Resource):
    return known.files.get(language="ar")


def test_page_says_what_it_is_and_lists_every_file(client, known):
    main = soup(client.get("/publikationer/blad-pa-arabiska/")).main
    assert words(main.h1) == "Blad på arabiska"
    assert words(main.select_one(".kicker")) == "Faktablad"
    first, second = main.select(".material li")
    assert words(first) == (
        "العربية , arabiska يمكنك طلب المساعدة (PDF, 50,0 kB, 3 sidor) Samma text som webbsida, arabiska"
    )
    address, text = first.select("a")
    assert (address["href"], address["hreflang"], address["type"]) == (arabic(known).url, "ar", "application/pdf")
    assert address.bdi["lang"] == "ar"
    assert text["href"] == f"/publikationer/blad-pa-arabiska/{arabic(known).code}/"
    assert words(second) == "Svenska Blad på arabiska"
    assert second.a["href"] == "https://example.org/"
    facts = words(main.select_one(".fields"))
    assert facts == "Utgivare Malmö stad Datum 25 november 2026 Skrivet för Yrkesverksamma Ämnen Ukraina , Barn"
    assert main.select_one(".fields a")["href"] == "/publikationer/?topic=ukraine"
    assert not main.select(".callout")
    assert not main.select(".dates")  # a day beside that of the publication would seem to contradict it


def test_page_that_was_published_again_says_when(client, known):
    with time_machine.travel("2027-01-04 12:00"):
        known.title_sv = "Blad på arabiska, nytt"
        known.save_revision().publish()
    assert "Uppdaterad 4 januari 2027" in words(
        soup(client.get("/publikationer/blad-pa-arabiska/")).select_one(".dates")
    )


def test_page_in_english(client, known):
    main = soup(client.get("/en/publications/sheet-in-arabic/")).main
    assert words(main.h1) == "Sheet in Arabic"
    assert "Arabic يمكنك طلب المساعدة (PDF, 50.0 KB, 3 pages)" in words(main.select_one(".material"))


def test_example_is_marked_on_every_page(client):
    page = soup(client.get("/publikationer/du-kan-be-om-hjalp-blad-for-barn/"))
    text = soup(client.get(page.select_one(".material a[href^='/publikationer/']")["href"]))
    for each, said in ((page, "Det här är ett exempel"), (text, "Це приклад")):
        assert said in words(each.select_one(".callout"))
    assert "(exempel)" in words(soup(client.get("/publikationer/?kind=handout")).select_one(".page-list"))


def test_text_of_a_file_is_in_its_own_language_and_direction(client, known):
    html = soup(client.get(f"/publikationer/blad-pa-arabiska/{arabic(known).code}/"))
    article = html.main.article
    assert (html.html["lang"], html.html["dir"]) == ("ar", "rtl")
    assert words(html.title) == "يمكنك طلب المساعدة – دعم للمهنيين"
    assert (article["lang"], article["dir"]) == ("ar", "rtl")
    assert words(article.h1) == "يمكنك طلب المساعدة"
    assert words(article.h2) == "أين؟"
    assert [words(number) for number in html.select(".call__number")] == ["112", "114 14"]
    assert words(html.main.find("a", href="/publikationer/blad-pa-arabiska/")) == "جميع اللغات والملفات"
    assert not html.select("nav, footer, form")
    assert not LATIN.search(words(html.body))


def test_text_in_a_language_without_a_frame_stands_in_the_one_for_these(client):
    made = resource(file(pdf(), "ur", title="آپ مدد مانگ سکتے ہیں", text="<p>یہاں۔</p>"), title_sv="På urdu")
    html = soup(client.get(f"/publikationer/pa-urdu/{made.files.get().code}/"))
    assert (html.html["lang"], html.html["dir"]) == ("en", "ltr")
    assert (html.main.article["lang"], html.main.article["dir"]) == ("ur", "rtl")
    assert words(html.select_one(".call__title")) == "Who do I call?"


def test_what_stands_around_a_text_is_in_its_language(client):
    """Of the example too, which the demonstration says it is."""
    page = soup(client.get("/publikationer/du-kan-be-om-hjalp-blad-for-barn/"))
    html = soup(client.get(page.select_one(".material a[href^='/publikationer/']")["href"]))
    assert html.html["lang"] == "uk"
    assert words(html.title).endswith(" – Підтримка для фахівців")
    said = [words(html.select_one(each)) for each in (".demonstration", ".callout")]
    assert said == ["Це приклад, створений для показу сайту. Номери 112 і 114 14 справжні."] * 2
    assert not LATIN.search(words(html.body))
    shared = {each["property"]: each["content"] for each in html.select("meta[property]")}
    assert (shared["og:locale"], shared["og:site_name"]) == ("uk", "Підтримка для фахівців")


def test_language_switch_leads_to_the_same_resource(client, known):
    code = arabic(known).code
    for below in ("", f"{code}/"):
        page = soup(client.get(f"/publikationer/blad-pa-arabiska/{below}"))
        if not below:
            assert page.header.find("a", hreflang="en")["href"] == "/en/publications/sheet-in-arabic/"
        canonical = page.head.find("link", rel="canonical")["href"]
        assert canonical.endswith(f"/publikationer/blad-pa-arabiska/{below}")


def test_address_stays_when_the_title_changes(client, known):
    known.title_sv, known.title_en = "Helt annan titel", "Quite another title"
    known.save_revision().publish()
    page = soup(client.get("/publikationer/blad-pa-arabiska/"))
    assert words(page.h1) == "Helt annan titel"
    assert client.get("/publikationer/helt-annan-titel/").status_code == 404


def test_address_in_the_other_language_leads_on(client, known):
    code = arabic(known).code
    for below in ("", f"{code}/"):
        response = client.get(f"/en/publications/blad-pa-arabiska/{below}")
        assert (response.status_code, response["Location"]) == (302, f"/en/publications/sheet-in-arabic/{below}")


def test_address_that_was_given_out_before_the_translation_leads_on(client):
    untranslated = resource(title_sv="Bara svenska", title_en="", summary_en="")
    page = soup(client.get("/en/publications/bara-svenska/"))
    assert (words(page.h1), page.h1["lang"]) == ("Bara svenska", "sv")
    untranslated.title_en, untranslated.summary_en = "Swedish no more", "About it."
    untranslated.save_revision().publish()
    response = client.get("/en/publications/bara-svenska/", follow=True)
    assert response.redirect_chain == [("/en/publications/swedish-no-more/", 302)]
    assert words(soup(response).h1) == "Swedish no more"


def test_older_version_keeps_the_addresses_of_today(client):
    known = resource(title_sv="Först", title_en="", summary_en="")
    older = known.latest_revision
    known.title_en, known.summary_en = "Then", "About it."
    known.save_revision().publish()
    older.publish()
    assert client.get("/en/publications/forst/", follow=True).redirect_chain == [("/en/publications/then/", 302)]


def test_resources_of_one_title_have_addresses_of_their_own(client):
    made = [resource(title_sv="Samma", title_en="Samma") for _number in range(3)]
    slugs = {slug for each in made for slug in (each.slug_sv, each.slug_en)}
    assert slugs == {"samma", "samma-2", "samma-3"}
    assert {client.get(f"/publikationer/{each.slug_sv}/").status_code for each in made} == {200}


@pytest.mark.parametrize("title", ["!!!", "Запис", "x" * 150, "Feed"])
def test_any_title_gives_an_address(client, title):
    made = resource(title_sv=title, title_en="", summary_en="")
    assert words(soup(client.get(f"/publikationer/{made.slug_sv}/")).h1) == title
    assert len(made.slug_sv) <= 80


def test_draft_and_what_is_not_there(client, known):
    draft = resource(file(text=TEXT), title_sv="Utkast", live=False)
    for address in ("utkast/", f"utkast/{draft.files.get().code}/", "finns-inte/", "blad-pa-arabiska/00000000/"):
        assert client.get(f"/publikationer/{address}").status_code == 404
    known.files.filter(language="ar").update(text="")
    assert client.get(f"/publikationer/blad-pa-arabiska/{arabic(known).code}/").status_code == 404


def test_related_pages_are_those_that_readers_can_open(client, known):
    open_page, draft = guidance(title="Öppen sida"), guidance(title="Stängd sida")
    known.related_pages = json.dumps([{"type": "page", "value": page.pk} for page in (open_page, draft)])
    known.save_revision().publish()
    draft.unpublish()
    links = soup(client.get("/publikationer/blad-pa-arabiska/")).main.select(".page-list a")
    assert [(words(link), link["href"]) for link in links] == [("Öppen sida", open_page.url)]
    (untranslated,) = soup(client.get("/en/publications/sheet-in-arabic/")).main.select(".page-list a")
    assert (untranslated["hreflang"], untranslated["lang"]) == ("sv", "sv")
    GuidancePage.objects.get(pk=open_page.pk).delete()
    assert not soup(client.get("/publikationer/blad-pa-arabiska/")).main.select(".page-list")


def test_language_that_was_taken_off_the_list_goes_by_its_code(client, known):
    known.files.filter(language="ar").update(language="tlh")
    assert "tlh" in words(soup(client.get("/publikationer/blad-pa-arabiska/")).select_one(".material"))


def test_without_a_page_in_english_the_resource_is_shown_in_swedish_only(client, known):
    ResourceIndexPage.objects.get(locale__language_code="en").unpublish()
    page = soup(client.get("/publikationer/blad-pa-arabiska/"))
    assert page.header.find("a", hreflang="en") is None
    assert client.get("/en/publications/sheet-in-arabic/").status_code == 404
