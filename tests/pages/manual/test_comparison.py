"""What the page of changes shows of a part: whom it is for, where it leads, what went; and of which manual."""

import pytest

from pages.models import ManualPage, ManualPart, ManualStepPage
from tests.manual import part_value, step
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

STEP = "/manual/akut-skydd/"


def test_comparison_tells_whom_a_part_is_for_and_where_its_links_lead(client):
    link = '<p>Läs <a href="https://example.org/{}">mer</a>.</p>'
    page = step()
    page.parts.append(("part", part_value(link.format("a"), ages=["adult"])))
    page.save_revision().publish()
    page.parts[-1].value.update(
        part_value(link.format("b"), ages=["child"], actors=["police"], change_note="Gäller barn.")
    )
    page.save_revision().publish()
    change = soup(client.get("/manual/andringar/")).select_one("article.change")
    for hidden in change.select(".visually-hidden"):
        hidden.extract()
    assert [words(gone) for gone in change.select("del")] == ["vuxna", "a"]
    assert [words(come) for come in change.select("ins")] == ["polisen · barn", "b"]


def test_removed_part_shows_its_text_and_what_replaced_it(client, strict_templates):
    page = step()
    gone, kept = page.numbered_parts[0], page.numbered_parts[1]
    del page.parts[0]
    page.save_revision().publish()
    ManualPart.objects.filter(code=gone.code).update(replaced_by=kept.block.id)
    change = soup(client.get("/manual/andringar/")).select_one("article.change")
    (text,) = change.select("del")
    assert gone.block.value["heading"] in words(text)
    assert not change.select("ins")
    assert [link["href"] for link in change.select("a")] == [f"{STEP}#{kept.anchor}"]


def test_changes_of_a_copied_manual_are_its_own(client):
    before = len(soup(client.get("/manual/andringar/")).select("article.change"))
    manual = ManualPage.objects.get(locale__language_code="sv")
    copy = manual.copy(recursive=True, update_attrs={"slug": "kopia", "title": "Kopia"}).specific
    for page in ManualStepPage.objects.child_of(copy):
        page.save_revision().publish()
    for address in ("/manual/andringar/", "/kopia/andringar/"):
        assert len(soup(client.get(address)).select("article.change")) == before
