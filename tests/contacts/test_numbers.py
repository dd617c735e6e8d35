"""A number stands in texts by reference: changed once, it is another everywhere but in what is kept of a day."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.admin.compare import RichTextBlockComparison
from wagtail.rich_text import RichText, expand_db_html

from contacts.models import SupportLine, SupportService
from pages.blocks import BodyBlock
from pages.html.plain_text import text_lines
from pages.models import AccessibilityStatementPage, PublishedVersion, SearchEntry, site_version
from tests.factories import guidance, rewrite
from tests.manual import step
from tests.pages.search.test_index import found
from tests.reading import soup, words
from tests.resources import making

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

OLD, NEW = "010-223 57 60", "08-465 004 99"


def reference(key: str) -> str:
    return f'<embed embedtype="number" number="{key}"/>'


HONOUR = reference("honour-line")


@pytest.fixture
def service() -> SupportService:
    return SupportService.objects.get(key="honour-line")


def change(service: SupportService, number: str = NEW) -> None:
    service.number = number
    service.save()


def numbers_in(client, address: str) -> list[tuple[str, str]]:
    """Return the numbers that the text of a page shows, with where their links lead."""
    return [(words(link), link["href"]) for link in soup(client.get(address)).main.select("a.number")]


@pytest.mark.parametrize(
    ("key", "number", "address"),
    [
        ("danger", "112", "tel:112"),
        ("urgent", "114 14", "tel:11414"),
        ("advice", "020-390 000", "tel:020390000"),
        ("bris", "116 111", "tel:116111"),
        ("ud-jouren", "+46 8-405 50 05", "tel:+4684055005"),
    ],
)
def test_reader_sees_the_stored_number_as_a_link_that_calls_it(client, strict_templates, key, number, address):
    page = guidance(body=[("text", f"<p>Ring {reference(key)}.</p>")])
    assert numbers_in(client, page.url) == [(number, address)]
    assert f"Ring {number} ." in words(soup(client.get(page.url)).main)


def places(service_text: str) -> dict[str, str]:
    """Publish a text in every sort of place where it may stand; return the addresses of the pages."""
    value = RichText(service_text)
    page = guidance(
        body=[
            ("text", service_text),
            ("callout", {"kind": "danger", "text": value}),
            ("steps", {"heading": "", "steps": [value, value]}),
            ("question", {"question": "Vem?", "answer": value}),
            ("details", {"summary": "Mer", "text": value}),
        ]
    )
    manual = step()
    rewrite(manual.parts[0], f"{service_text}<p>Not.[^1]</p>", service_text)
    manual.save_revision().publish()
    statement = AccessibilityStatementPage.objects.get(locale__language_code="sv")
    statement.report_faults = service_text
    statement.save_revision().publish()
    leaflet = making.resource(making.file(text=service_text), title_sv="Blad", slug_sv="blad")
    return {
        "blocks": page.url,
        "part and footnote": manual.url,
        "actor": "/manual/aktorernas-ansvar/polisen/allt/",
        "whole manual": "/manual/allt/",
        "statement": statement.url,
        "publication": f"/publikationer/blad/{leaflet.files.get().code}/",
    }


COUNTS = {"blocks": 6, "part and footnote": 2, "actor": 2, "whole manual": 2, "statement": 1, "publication": 1}


def test_number_changed_once_is_another_on_every_page(client, service):
    shown = places(f"<p>Ring {HONOUR}.</p>")
    before = {name: numbers_in(client, address).count((OLD, "tel:0102235760")) for name, address in shown.items()}
    assert before == COUNTS
    version = site_version()
    change(service)
    assert site_version() > version
    after = {name: numbers_in(client, address) for name, address in shown.items()}
    assert {name: found.count((NEW, "tel:0846500499")) for name, found in after.items()} == COUNTS
    assert all((OLD, "tel:0102235760") not in found for found in after.values())


def test_number_of_a_line_that_an_editor_changes_is_another_in_texts(client):
    page = guidance(body=[("text", f"<p>Ring {reference('urgent')}.</p>")])
    line = SupportLine.objects.get(level="urgent")
    line.number = "113 13"
    line.save()
    assert numbers_in(client, page.url) == [("113 13", "tel:11313")]


def test_text_is_found_by_the_number_it_shows_today(service):
    places(f"<p>Zebrafiske {HONOUR}.</p>")
    ours = set(found("zebrafiske"))
    assert len(ours) == 3  # the page, the part, the publication
    assert ours <= set(found(OLD))
    assert not ours & set(found(NEW))
    change(service)
    assert ours <= set(found(NEW))
    assert not ours & set(found(OLD))
    assert set(found("zebrafiske")) == ours


def test_pages_that_do_not_show_the_number_keep_their_entries(service):
    guidance(body=[("text", f"<p>Ring {reference('bris')}.</p>")])
    before = dict(SearchEntry.objects.values_list("pk", "text"))
    change(service)
    changed = [entry for entry in SearchEntry.objects.all() if before[entry.pk] != entry.text]
    assert not [entry for entry in changed if "116 111" in entry.text and NEW not in entry.text]


def test_kept_version_shows_the_number_of_its_day(client, service):
    page = guidance(body=[("text", f"<p>Ring {HONOUR}.</p>")])
    version = PublishedVersion.objects.filter(page=page.pk).latest("pk")
    assert OLD in version.body
    change(service)
    assert numbers_in(client, f"/version/{version.pk}/") == [(OLD, "tel:0102235760")]
    assert numbers_in(client, page.url) == [(NEW, "tel:0846500499")]
    page.save_revision().publish()
    assert NEW in PublishedVersion.objects.filter(page=page.pk).latest("pk").body


def test_changed_number_is_no_change_of_a_part(service):
    manual = step()
    rewrite(manual.parts[0], f"<p>Ring {HONOUR}.</p>")
    manual.save_revision().publish()
    change(service)
    again = step()
    again.lead = "En ny ingress."
    again.save_revision().publish()  # would ask what changed in the part
    assert step().lead == "En ny ingress."


def test_plain_text_and_comparisons_show_the_number():
    block = BodyBlock().child_blocks["text"]
    value = RichText(f"<p>Ring {HONOUR} nu.</p>")
    assert text_lines(expand_db_html(value.source)) == [f"Ring {OLD} nu."]
    assert OLD in RichTextBlockComparison(block, True, True, value, value).htmlvalue(value)
    page = guidance(body=[("text", value.source)])
    assert f"Ring {OLD} nu." in page.search_documents()[""].text.split("\n")


def test_number_that_is_gone_is_told_and_dials_nothing(client, service):
    page = guidance(body=[("text", f"<p>Ring {HONOUR}.</p>")])
    SupportService.objects.filter(pk=service.pk).update(number="")  # past the form, which refuses it
    assert numbers_in(client, page.url) == []
    assert "(numret saknas)" in words(soup(client.get(page.url)).main)


def test_reference_to_what_is_not_stored_is_refused_at_publication():
    for key in ("gone", "mika"):  # Mika has no number
        with pytest.raises(ValidationError, match=f"”{key}” finns inte längre"):
            guidance(body=[("text", f"<p>Ring {reference(key)}.</p>")])


def test_usage_of_a_contact_is_listed_for_editors(admin_client, service):
    guidance(title="Om heder", body=[("text", f"<p>Ring {HONOUR}.</p>")])
    listed = soup(admin_client.get(f"/admin/snippets/contacts/supportservice/usage/{service.pk}/"))
    assert "Om heder" in words(listed)


def test_numbers_take_one_query_however_many_there_are(client, django_assert_max_num_queries):
    texts = [("text", f"<p>Ring {reference(key)}.</p>") for key in ("danger", "urgent", "advice") * 5]
    page = guidance(body=texts)
    more = guidance(title="Fler", slug="fler", body=[*texts, ("text", f"<p>{HONOUR} {reference('bris')}</p>")] * 3)
    for address, most in ((page.url, 9), (more.url, 10)):
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(address)
