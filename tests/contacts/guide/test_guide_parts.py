"""A part of the manual that results lead to, and that is gone since."""

import re

import pytest
from wagtail.blocks import StreamValue

from pages.manual.models.parts import part_code
from tests.factories import published
from tests.manual import step
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

SIGNS = (
    "/just-nu/svar/nej-inte-just-nu/jag-moter-personen-i-mitt-arbete/nej-en-vuxen/var-ar-personen/"
    "ja-det-kan-vanta/jag-ser-tecken-pa-manniskohandel/"
)
REPORT = "/admin/reports/manual/"
READ = "Läs när du har ringt"


@pytest.fixture
def gone(client) -> set[str]:
    """Remove the parts that a result leads to, in both languages; return their codes."""
    main = soup(client.get(SIGNS)).main
    assert READ in words(main)
    codes = {re.search(r"#p-(\w+)", link["href"])[1] for link in main.select(".page-list a")}
    for language, slug in (("sv", "identifiering"), ("en", "identification")):
        changed = step(slug, language)
        kept = [(part.block_type, part.value, part.id) for part in changed.parts if part_code(part.id) not in codes]
        assert len(kept) == len(changed.parts) - len(codes)
        changed.parts = StreamValue(changed.parts.stream_block, kept)
        published(changed)
    return codes


def test_result_without_its_parts_still_says_whom_to_call(client, gone):
    main = soup(client.get(SIGNS)).main
    assert main.select('.guide-calls a[href^="tel:"]')
    assert READ not in words(main)


def test_editors_are_told_of_the_guides_that_lead_to_them(admin_client, gone):
    found = [words(row) for row in soup(admin_client.get(REPORT, {"export": ""})).select("table.listing tbody tr")]
    for code in gone:
        told = [row for row in found if code in row]
        assert any("Just nu" in row for row in told)
        assert any("Right now" in row for row in told)
