"""The editor's way with material: write, upload, look, publish, replace; and what is flagged or refused."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.test.utils.form_data import querydict_from_html

from resources.models import Resource, ResourceFile, Topic
from tests.config.accounts import admin_user
from tests.reading import AS_OF, soup, words
from tests.resources.forms import ADD, NEW, NO_RELATED, PUBLISH, errors, flagged, form_of, send
from tests.resources.making import fetch, file, pdf, resource

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_editor_writes_a_draft_with_a_file_and_publishes_it(client, editor):
    admin = editor()
    topics = [str(topic.pk) for topic in Topic.objects.filter(code__in=["ukraine", "children"])]
    assert send(admin, ADD, NEW | {"topics": topics}, pdf(pages=2, language="uk")).status_code == 302
    made = Resource.objects.get(title_sv="Nytt blad")
    assert (made.live, made.slug_sv, made.slug_en) == (False, "nytt-blad", "new-sheet")
    assert client.get("/publikationer/nytt-blad/").status_code == 404
    assert flagged(admin) == ""
    assert send(admin, form_of(made), PUBLISH).status_code == 302
    page = soup(client.get("/publikationer/nytt-blad/")).main
    assert "Новий листок (PDF" in words(page.select_one(".material"))
    assert "2 sidor" in words(page.select_one(".material"))
    assert "Ukraina , Barn" in words(page.select_one(".fields"))
    assert fetch(client, page.select_one(".material a")["href"]).status_code == 200


@pytest.mark.parametrize(
    ("language", "content", "said"),
    [
        ("sv", pdf(tagged=False), "Den är inte taggad"),
        ("sv", pdf(title=""), "ingen titel"),
        ("sv", pdf(language=""), "vilket språk"),
        ("en", pdf(tagged=False, title=""), "It is not tagged"),
        ("en", pdf(tagged=False, title=""), "no title"),
    ],
    ids=["not tagged", "no title", "no language", "not tagged-en", "no title-en"],
)
@pytest.mark.parametrize("button", [{}, PUBLISH], ids=["draft", "publish"])
def test_file_that_not_everybody_can_read_is_flagged_and_taken(client, editor, language, content, said, button):
    admin = editor(language)
    assert send(admin, ADD, NEW | button, content).status_code == 302
    made = Resource.objects.get(title_sv="Nytt blad")
    assert made.live == bool(button)
    message = flagged(admin)
    assert "blad.pdf" in message
    assert said in message
    # And as long as it is there.
    assert said in words(soup(admin.get(form_of(made))).select_one("#w-editor-form"))
    assert flagged(admin) == ""
    if button:
        response = fetch(client, made.files.get().url)
        assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/pdf", "nosniff")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("blad.svg", b"<svg/>", "Giltiga filändelser är: pdf."),
        ("blad.html", b"<p>", "Giltiga filändelser är: pdf."),
        ("blad.pdf.exe", b"MZ", "Giltiga filändelser är: pdf."),
        ("blad", pdf(), "Giltiga filändelser är: pdf."),
        ("blad.pdf", b"", "tom"),
        ("blad.pdf", pdf() + bytes(20 * 1024 * 1024), "Högst 20,0"),
    ],
    ids=["svg", "html", "exe", "no suffix", "empty", "large"],
)
def test_other_files_are_refused_as_in_the_sites_other_uploads(editor, name, content, said):
    response = send(editor(), ADD, NEW | PUBLISH, content, name)
    assert said in errors(response).replace("\xa0", " ")
    assert not Resource.objects.filter(title_sv="Nytt blad").exists()


def test_row_holds_a_file_or_a_link(client, editor):
    admin = editor()
    said = "Välj en fil eller skriv en länk"
    assert said in errors(send(admin, ADD, NEW | PUBLISH))
    assert said in errors(send(admin, ADD, NEW | PUBLISH | {"files-0-link": "https://example.org/"}, pdf()))
    assert send(admin, ADD, NEW | PUBLISH | {"files-0-link": "https://example.org/"}).status_code == 302
    link = soup(client.get("/publikationer/nytt-blad/")).select_one(".material a")
    assert (link["href"], words(link)) == ("https://example.org/", "Новий листок")


@pytest.mark.parametrize(
    "missing", ["title_sv", "summary_sv", "kind", "audience", "publisher", "date", "files-0-language"]
)
def test_what_readers_need_is_asked_for(editor, missing):
    assert errors(send(editor(), ADD, NEW | PUBLISH | {missing: "", "files-0-link": "https://example.org/"}))


@pytest.mark.parametrize("missing", ["title_en", "summary_en"])
def test_translation_has_title_and_summary_or_neither(client, editor, missing):
    admin, filled = editor(), NEW | PUBLISH | {"files-0-link": "https://example.org/"}
    assert "på det här språket" in errors(send(admin, ADD, filled | {missing: ""}))
    assert send(admin, ADD, filled | {"title_en": "", "summary_en": ""}).status_code == 302


def test_replaced_file_is_a_draft_first_and_keeps_its_address(client, editor):
    admin, old, new = editor(), pdf(pages=1), pdf(pages=4)
    made = resource(file(old))
    row = made.files.get()
    assert send(admin, form_of(made), {}, new, "nytt-namn.pdf").status_code == 302
    assert fetch(client, row.url).body == old
    form = soup(admin.get(form_of(made)))
    assert f"4 sidor. Adress, när den är publicerad: {row.url}" in words(form)
    assert send(admin, form_of(made), PUBLISH).status_code == 302
    assert fetch(client, row.url).body == new
    assert ResourceFile.objects.get(resource=made).code == row.code


def test_editor_goes_back_to_an_older_version(client, editor):
    admin = editor()
    made = resource(file(pdf()), title_sv="Först")
    first, row = made.latest_revision, made.files.get()
    old = fetch(client, row.url).body
    assert send(admin, form_of(made), {"title_sv": "Sedan"} | PUBLISH, pdf(pages=2)).status_code == 302
    assert fetch(client, row.url).body != old
    address = f"/admin/snippets/resources/resource/history/{made.pk}/revisions/{first.pk}/revert/"
    form = querydict_from_html(admin.get(address).content.decode(), form_id="w-editor-form")
    assert admin.post(address, NO_RELATED | dict(form.lists()) | PUBLISH).status_code == 302
    assert "Först" in words(soup(client.get("/publikationer/forst/")).h1)
    assert fetch(client, row.url).body == old


def test_scheduled_resource_is_published_when_its_time_comes(client, editor):
    admin = editor()
    later = timezone.localtime() + timedelta(hours=2)
    scheduled = NEW | PUBLISH | {"go_live_at": later.strftime("%Y-%m-%d %H:%M")}
    assert send(admin, ADD, scheduled, pdf()).status_code == 302
    made = Resource.objects.get(title_sv="Nytt blad")
    row = made.files.get()
    call_command("publish_scheduled")
    for address in ("/publikationer/nytt-blad/", row.url):
        assert fetch(client, address).status_code == 404
    with time_machine.travel(later + timedelta(minutes=1)):
        call_command("publish_scheduled")
        for address in ("/publikationer/nytt-blad/", row.url):
            assert fetch(client, address).status_code == 200


def test_draft_of_what_is_published_is_seen_by_no_reader(client, editor):
    admin = editor()
    made = resource(file(text="<p>Text</p>"), title_sv="Förut", topics=("ukraine",))
    row, children = made.files.get(), Topic.objects.get(code="children")
    page, hits = "/publikationer/forut/", "/sok/?q=kvarglömd"
    lists = ["/publikationer/", "/en/publications/", "/publikationer/?topic=children", "/publikationer/feed/"]
    addresses = [page, f"{page}{row.code}/", row.url, *lists, hits]

    def shown(address: str) -> str:
        return AS_OF.sub("", fetch(client, address).body.decode("latin-1"))

    before = {address: shown(address) for address in addresses}
    draft = {"title_sv": "Kvarglömd", "title_en": "Left behind", "topics": [str(children.pk)], "date": "2026-11-26"}
    draft |= {"files-0-title": "Kvarglömd", "files-0-language": "uk"}
    assert send(admin, form_of(made), draft, pdf(pages=9)).status_code == 302
    assert [address for address in addresses if shown(address) != before[address]] == []
    assert send(admin, form_of(made), PUBLISH).status_code == 302
    assert [address for address in addresses if shown(address) == before[address]] == []


def test_published_resource_changes_when_its_time_comes_and_ends_when_it_is_over(client, editor):
    admin = editor()
    made = resource(file(), title_sv="Förut")
    page, row = "/publikationer/forut/", made.files.get()
    begin, end = (timezone.localtime() + timedelta(hours=hours) for hours in (2, 4))
    times = {"go_live_at": f"{begin:%Y-%m-%d %H:%M}", "expire_at": f"{end:%Y-%m-%d %H:%M}"}
    assert send(admin, form_of(made), {"title_sv": "Sedan"} | times | PUBLISH, pdf(pages=4)).status_code == 302
    old = fetch(client, row.url).body
    assert words(soup(client.get(page)).h1) == "Förut"
    with time_machine.travel(begin + timedelta(minutes=1)):
        call_command("publish_scheduled")
        assert words(soup(client.get(page)).h1) == "Sedan"
        assert fetch(client, row.url).body != old
    with time_machine.travel(end + timedelta(minutes=1)):
        call_command("publish_scheduled")
        for address in (page, row.url):
            assert fetch(client, address).status_code == 404
        assert page not in client.get("/publikationer/").text
        assert page not in client.get("/publikationer/feed/").text


def test_editor_looks_at_the_file_of_a_draft_and_nobody_else_does(client, editor):
    admin, new = editor(), pdf(pages=5)
    made = resource(file())
    assert send(admin, form_of(made), {}, new).status_code == 302
    link = soup(admin.get(form_of(made))).find("a", string="Titta på filen")["href"]
    shown = fetch(admin, link)
    assert (shown.body, shown["Content-Type"]) == (new, "application/pdf")
    assert client.get(link)["Location"].startswith("/konto/login/")
    author = Client()
    author.force_login(admin_user("author"))
    assert author.get(link).status_code == 302
    assert admin.get(link.replace(made.files.get().code, "00000000")).status_code == 404


def test_preview_shows_the_resource_as_readers_will_see_it(client, editor):
    admin = editor()
    made = resource(file(text="<p>Text</p>"), title_sv="Förut", topics=("ukraine",))
    form = querydict_from_html(admin.get(form_of(made)).content.decode(), form_id="w-editor-form")
    form["title_sv"] = "Efteråt"
    address = form_of(made, "preview")
    assert admin.post(address, NO_RELATED | dict(form.lists())).json()["is_valid"]
    preview = admin.get(address)
    assert words(soup(preview).h1) == "Efteråt"
    assert "Ukraina" in words(soup(preview).main)
    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    assert words(soup(client.get("/publikationer/forut/")).h1) == "Förut"


@pytest.mark.parametrize("view", ["unpublish", "delete"])
def test_editor_takes_a_resource_away(client, editor, view):
    made = resource(file())
    row = made.files.get()
    assert editor().post(form_of(made, view)).status_code == 302
    for address in ("/publikationer/nytt-blad/", row.url):
        assert fetch(client, address).status_code == 404
    assert Resource.objects.filter(pk=made.pk).exists() == (view == "unpublish")


def test_editor_finds_material_in_the_menu_and_in_the_list(editor):
    admin = editor()
    resource(title_sv="Återvändande", live=False)
    assert b"/admin/snippets/resources/resource/" in admin.get("/admin/").content
    found = words(soup(admin.get("/admin/snippets/resources/resource/", {"q": "ÅTERVÄNDANDE"})).main)
    assert "Återvändande" in found
    assert "Du kan få hjälp" not in found
    assert "Återvändande" in words(soup(admin.get("/admin/snippets/resources/resource/", {"kind": "fact-sheet"})).main)
