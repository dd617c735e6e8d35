"""Notices to all readers: on every page, in both languages, from one minute to another, without a script."""

from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.models import NoticeLevel, SiteNotice, site_version
from pages.models.site_notice import NoticesInTime
from pages.render_context import RenderContext, collecting, next_midnight
from tests.config.accounts import admin_user
from tests.factories import guidance
from tests.reading import ADDRESSES, soup, words

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/snippets/pages/sitenotice/"
PREVIEW = f"{ADDRESS}preview/"
TEXTS = {"text_sv": "Stödtelefonen är ur funktion.", "text_en": "The support line is out of order."}
MISSING = ["/finns-inte/", "/en/is-not-here/"]
NOON = datetime.combine(timezone.localdate(), time(12), timezone.get_default_timezone())


def notice(starts: timedelta = timedelta(hours=-1), ends: timedelta = timedelta(hours=1), **fields) -> SiteNotice:
    now = fields.pop("now", timezone.now())
    return SiteNotice(**TEXTS | fields, starts_at=now + starts, ends_at=now + ends)


def shown(html) -> list[str]:
    return [words(item) for item in html.select(".site-notices__item")]


@pytest.fixture
def editor() -> Client:
    browser = Client()
    browser.force_login(admin_user("editor"))
    return browser


@pytest.mark.any_database  # the others of this file ask for notices on both
@pytest.mark.parametrize("address", [*ADDRESSES, *MISSING])
def test_notice_is_on_every_page_in_its_language(client, address):
    notice(level=NoticeLevel.DANGER).save()
    html = soup(client.get(address, follow=True), 404 if address in MISSING else 200)
    (text,) = shown(html)
    is_english = address.startswith("/en/")
    assert TEXTS["text_en" if is_english else "text_sv"] in text
    assert text.startswith("Danger" if is_english else "Fara")
    assert html.select_one("section.site-notices")["aria-label"]
    assert not html.select(".site-notices script, .site-notices [style]")


def test_notice_leads_to_its_page_in_the_language_read_and_says_until_when(client):
    page = guidance(title="Driftläget", slug="driftlaget")
    SiteNotice.objects.create(**TEXTS, page=page, ends_at=datetime.fromisoformat("2036-11-28T12:00+01:00"))
    html = soup(client.get("/"))
    assert html.select_one('.site-notices a[href="/vagledning/driftlaget/"]').text == "Driftläget"
    assert "Till den 28 november 2036 kl. 12.00" in shown(html)[0]
    page.unpublish()
    assert not soup(client.get("/")).select(".site-notices a")


def test_notices_turn_at_their_minute_and_what_matters_most_comes_first():
    rows = [
        notice(now=NOON, level=NoticeLevel.INFO),
        notice(now=NOON, level=NoticeLevel.DANGER, ends=timedelta(hours=3)),
        notice(now=NOON, starts=timedelta(minutes=20)),
        notice(now=NOON, ends=timedelta(0)),
    ]
    info, danger, coming, _over = rows
    found = NoticesInTime.at(NOON, rows)
    assert (found.current, found.expires_at) == ([danger, info], coming.starts_at)
    found = NoticesInTime.at(coming.starts_at, rows)
    assert (found.current, found.expires_at) == ([danger, coming, info], info.ends_at)
    found = NoticesInTime.at(info.ends_at, rows)
    assert (found.current, found.expires_at) == ([danger], danger.ends_at)


def test_ready_page_expires_with_the_notice_and_its_fallback_does_not_outlast_it(client):
    ends = timezone.now() + timedelta(seconds=40)
    SiteNotice.objects.create(**TEXTS, ends_at=ends)
    SiteNotice.objects.create(text_sv="Länge", text_en="Long", ends_at=next_midnight() + timedelta(hours=2))
    memo: dict = {}
    for _page in ("first", "with what the first has read"):
        context = RenderContext(memo)
        with collecting(context):
            body = client.get("/tillganglighet/").content
        current, fallback = (variant.decode() for variant in context.variants(body))
        assert context.expires_at <= ends
        assert TEXTS["text_sv"] in current
        assert TEXTS["text_sv"] not in fallback
        assert "Länge" in current
        assert "Länge" in fallback


def test_pages_of_a_version_ask_once(client):
    notice().save()
    memo: dict = {}
    asked = []
    for address in ("/", "/manual/", "/vagledning/"):
        with collecting(RenderContext(memo)), CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked.append(sum('FROM "pages_sitenotice" WHERE' in query["sql"] for query in queries))
    assert asked == [1, 0, 0]


def test_editor_writes_previews_and_takes_back_a_notice(editor, client):
    before = site_version()
    form = {
        **TEXTS,
        "level": "important",
        "page": "",
        "starts_at": timezone.localtime().strftime("%Y-%m-%d 00:00"),
        "ends_at": (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M"),
    }
    assert editor.post(PREVIEW, form).json()["is_valid"]
    for language, text in (("sv", TEXTS["text_sv"]), ("en", TEXTS["text_en"])):
        html = soup(editor.get(PREVIEW, {"mode": language}))
        assert html.html["lang"] == language
        assert [text in each for each in shown(html)] == [True]
    assert not SiteNotice.objects.exists()
    assert editor.post(f"{ADDRESS}add/", form).status_code == 302
    assert site_version() > before
    assert TEXTS["text_sv"] in shown(soup(client.get("/")))[0]
    made = SiteNotice.objects.get()
    assert "visas" in words(soup(editor.get(ADDRESS)).select_one("main table"))
    editor.post(f"{ADDRESS}delete/{made.pk}/")
    assert not shown(soup(client.get("/")))


@pytest.mark.parametrize(
    ("changes", "words_of_refusal"),
    [
        ({"text_en": ""}, "Det här fältet är obligatoriskt"),
        ({"ends_at": ""}, "Det här fältet är obligatoriskt"),
        ({"ends_at": "2020-01-01 10:00"}, "Meddelandet slutar innan det börjar."),
    ],
)
def test_notice_in_one_language_or_without_end_is_refused(editor, changes, words_of_refusal):
    form = {**TEXTS, "level": "info", "page": "", "starts_at": "2026-11-29 10:00", "ends_at": "2036-11-29 10:00"}
    html = soup(editor.post(f"{ADDRESS}add/", form | changes))
    assert words_of_refusal in words(html)
    assert not SiteNotice.objects.exists()


def test_author_writes_no_notice():
    browser = Client()
    browser.force_login(admin_user("author"))
    assert browser.get(f"{ADDRESS}add/").status_code == 302
