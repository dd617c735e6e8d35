"""A search after a publication reads the words of what was published, and no other entry's."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.models import GuidancePage
from pages.models.site_version import raise_site_version, site_version
from pages.search.additions import additions
from pages.search.index import WordIndex, word_index
from pages.search.models import SearchEntry, SearchSynonyms
from tests.factories import guidance

pytestmark = pytest.mark.django_db


def read() -> tuple[WordIndex, int]:
    """Return the Swedish words as of now, and how many entries were read for them."""
    index = word_index("sv")
    with CaptureQueriesContext(connection) as queries:
        index.refresh(site_version())
    keys = (re.search(r"\"id\" IN \(([\d, ]+)\)", query["sql"]) for query in queries)
    return index, sum(len(match[1].split(",")) for match in keys if match)


@pytest.fixture(autouse=True)
def all_read() -> None:
    """Begin with everything read."""
    index, _count = read()
    assert len(index.entries) == SearchEntry.objects.filter(language="sv").count() > 100


def test_version_that_changes_no_entry_reads_none():
    raise_site_version()
    assert read()[1] == 0


def test_publication_reads_its_own_entry_alone():
    page = guidance(title="Fjunkel", lead="Om fjunkel och gnejs.")
    index, count = read()
    assert (count, len(index.words["gnejs"].entries)) == (1, 1)
    page.lead = "Om fjunkel och kvarts."
    page.save_revision().publish()
    index, count = read()
    assert (count, len(index.words["kvarts"].entries)) == (1, 1)
    assert "gnejs" not in index.words
    GuidancePage.objects.get(pk=page.pk).unpublish()
    index, count = read()
    assert count == 0
    assert not {"fjunkel", "gnejs", "kvarts"} & index.words.keys()


def test_what_was_read_bit_by_bit_is_what_is_read_at_once():
    pages = [guidance(title=f"Fjunkel {number}", lead="Om gnejs, och om människohandel.") for number in range(3)]
    assert read()[1] == 3
    pages[0].unpublish()
    pages[1].title = "Gnejs"
    pages[1].save_revision().publish()
    read()
    for lead in ("Om människohandel, och om gnejs, människohandel.", "Om kvarts."):
        pages[2].lead = lead
        pages[2].save_revision().publish()
        index, count = read()
        assert count == 1
    at_once = WordIndex("sv")
    at_once.refresh(site_version())
    assert contents(index) == contents(at_once)


def contents(index: WordIndex) -> dict[str, object]:
    """Return all that an index knows, whatever the order in which it was read."""
    return {
        "entries": {pk: entry._replace(words=()) for pk, entry in index.entries.items()},
        "words": index.words,
        "stems": {stem: sorted(words) for stem, words in index.by_stem.items() if words},
    }


def test_words_of_editors_are_read_with_the_next_version():
    SearchSynonyms.objects.create(words_sv="fjunkel\nmänniskohandel")
    assert read()[1] == 0
    known = additions(site_version(), "sv").synonyms
    assert ("människohandel",) in known[("fjunkel",)]
