"""The admin in a copy of the repository that has Arabic as its third language: what editors write, readers read.

Run by `test_another_language` in that copy.
"""

from datetime import timedelta
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import querydict_from_html

from pages.manual.models.parts import part_code
from pages.models import (
    Actor,
    ActorsPage,
    GlossaryPage,
    GlossaryTerm,
    GuidancePage,
    HomePage,
    ManualStepPage,
    SiteNotice,
)
from resources.models import Resource, ResourceIndexPage, Topic
from tests.config.accounts import admin_user
from tests.editing import page_form
from tests.factories import guidance
from tests.reading import soup, words
from tests.resources.forms import ADD, NEW, PUBLISH, send
from tests.resources.making import pdf
from tests.translating import translated_copy

pytestmark = pytest.mark.django_db

TITLE, LEAD, SUMMARY = "فترة التفكير", "ما الذي يجب معرفته", "ورقة للمتضررين"
NAME, DEFINITION = "الشرطة", "من يحقق في الجرائم"


@pytest.fixture
def editor() -> Client:
    """Sign an editor in."""
    client = Client()
    client.force_login(admin_user("editor"))
    return client


def translated[P: Page](model: type[P], **which: str) -> P:
    """Publish a Swedish page in Arabic, and what lies above it."""
    arabic, _new = Locale.objects.get_or_create(language_code="ar")
    page = model.objects.get(locale__language_code="sv", **which)
    for original in [*page.get_ancestors().filter(depth__gt=1), page]:
        if not original.has_translation(arabic):
            translated_copy(original.specific, arabic).save_revision().publish()
    return page.get_translation(arabic).specific


def send_snippet(editor: Client, row: Actor | GlossaryTerm | SiteNotice | Topic, **changes: str) -> None:
    """Open the form of a row, change fields and send it."""
    address = reverse(row.snippet_viewset.get_url_name("edit"), args=[row.pk])
    form = querydict_from_html(editor.get(address).content.decode(), form_id="w-editor-form")
    for name, value in changes.items():
        form[name] = value
    assert editor.post(address, dict(form.lists())).status_code == 302


def test_page_is_written_read_and_found(client, editor):
    page = translated(GuidancePage, slug=guidance().slug)
    form = page_form(page, "action-publish", title=TITLE, lead=LEAD, heading="", search_description="")
    assert editor.post(f"/admin/pages/{page.pk}/edit/", form).status_code == 302
    html = soup(client.get(page.url))
    assert html.html.attrs == {"lang": "ar", "dir": "rtl"}
    assert (words(html.h1), words(html.select_one(".lead"))) == (TITLE, LEAD)
    with translation.override("ar"):
        search = reverse("search")
    assert soup(client.get(search, {"q": TITLE})).select_one(".hit a")["href"] == page.url
    assert soup(client.get(search, {"q": "التفكير"})).select_one(".hit a")["href"] == page.url


def test_publication_and_topic_are_written_and_read(client, editor):
    index, topic = translated(ResourceIndexPage), Topic.objects.get(code="ukraine")
    sent = NEW | PUBLISH | {"title_ar": TITLE, "summary_ar": SUMMARY, "topics": [str(topic.pk)]}
    assert send(editor, ADD, sent, pdf()).status_code == 302
    send_snippet(editor, topic, name_ar=NAME)
    assert Topic.objects.get(pk=topic.pk).code == "ukraine"
    html = soup(client.get(f"{index.url}?topic=ukraine"))
    assert html.html["dir"] == "rtl"
    assert f"{NAME} (" in words(html.select_one(".filters"))
    link = html.main.find("a", string=TITLE)
    assert link["href"].startswith(index.url)
    assert SUMMARY in words(soup(client.get(link["href"])).main)
    # A title without its summary would be shown in two languages.
    made = Resource.objects.get(title_ar=TITLE)
    refused = send(editor, f"/admin/snippets/resources/resource/edit/{made.pk}/", PUBLISH | {"summary_ar": ""})
    assert refused.status_code == 200


def test_term_and_actor_are_written_and_read(client, editor):
    glossary, actors = translated(GlossaryPage), translated(ActorsPage)
    send_snippet(editor, GlossaryTerm.objects.first(), term_ar=TITLE, definition_ar=DEFINITION)
    send_snippet(editor, Actor.objects.get(code="police"), name_ar=NAME, slug_ar="shurta", summary_ar=DEFINITION)
    shown = words(soup(client.get(glossary.url)).main)
    assert TITLE in shown
    assert DEFINITION in shown
    html = soup(client.get(f"{actors.url}shurta/"))
    assert words(html.h1) == NAME
    assert DEFINITION in words(html.main)


def test_part_of_the_manual_is_written_read_and_found(client, editor):
    page = translated(ManualStepPage, slug="akut-skydd")
    part = page.parts[0]
    part.value["heading"], part.value["change_note"] = TITLE, SUMMARY
    form = page_form(page, "action-publish", title=TITLE, lead=LEAD, heading="", search_description="")
    assert editor.post(f"/admin/pages/{page.pk}/edit/", form).status_code == 302
    html = soup(client.get(page.url))
    assert html.html.attrs == {"lang": "ar", "dir": "rtl"}
    assert TITLE in words(html.select_one(".part__heading"))
    with translation.override("ar"):
        address, search = reverse("part", args=[part_code(part.id)]), reverse("search")
    assert client.get(address).headers["Location"].startswith(page.url)
    assert page.url in soup(client.get(search, {"q": TITLE})).select_one(".hit a")["href"]
    manual = page.get_parent().specific
    for name in ("whole", "html_file", "pdf_file", "changes", "changes_feed"):
        with translation.override("ar"):
            address = manual.url + manual.reverse_subpage(name)
        answer = client.get(address)
        assert answer.status_code == 200, address
        content = b"".join(answer)
        assert content.startswith(b"%PDF") if name == "pdf_file" else TITLE.encode() in content


def test_notice_is_written_and_read(client, editor):
    home = translated(HomePage)
    ends_at = timezone.localtime() + timedelta(hours=1)
    made = SiteNotice.objects.create(text_sv="Stödtelefonen är ur funktion.", text_en="Out of order.", ends_at=ends_at)
    assert made.text_sv in words(soup(client.get(home.url)).select_one(".site-notices"))
    send_snippet(editor, made, text_ar=LEAD)
    assert LEAD in words(soup(client.get(home.url)).select_one(".site-notices"))


def test_nginx_knows_it(tmp_path):
    call_command("nginx_conf", str(tmp_path), stdout=StringIO())
    config = (tmp_path / "site.conf").read_text()
    assert '    "~^/ar/" "ar";\n' in config
    assert 'Content-Language "sv, en, ar"' in config
    away = BeautifulSoup((tmp_path / "away.html").read_text(), "html.parser")
    assert away.select_one("section[lang=ar]")["dir"] == "rtl"
