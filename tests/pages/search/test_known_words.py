"""A search after a publication reads the words of what was published, and no other entry's."""

import pytest

from pages.models import GuidancePage
from pages.models.site_version import raise_site_version, site_version
from pages.search.models import SearchEntry, SearchSynonyms
from pages.search.vocabulary import OF_GROUPS, OF_WORDS, Lexicon, Vocabulary, _latest, known_words, lexicon
from tests.factories import guidance

pytestmark = pytest.mark.django_db


def read() -> tuple[Lexicon, int]:
    """Return what is known now in Swedish, and how many entries were read for it."""
    before = known_words("sv").read_entries
    known = lexicon(site_version(), "sv")
    return known, known_words("sv").read_entries - before


def anew() -> Vocabulary:
    """Return what a process that begins now would know."""
    known_words.cache_clear()
    lexicon.cache_clear()
    _latest.clear()
    return lexicon(site_version(), "sv").vocabulary


@pytest.fixture(autouse=True)
def all_read() -> None:
    """Begin with everything read; another test may have left its own."""
    known, _count = read()
    assert known.vocabulary.entries == SearchEntry.objects.filter(language="sv").count() > 100


def test_version_that_changes_no_entry_reads_none_and_keeps_the_words():
    before, _count = read()
    raise_site_version()
    after, count = read()
    assert after is not before
    assert (after.vocabulary is before.vocabulary, count) == (True, 0)


def test_publication_reads_its_own_entry_alone():
    page = guidance(title="Fjunkel", lead="Om fjunkel och gnejs.")
    known, count = read()
    assert (count, known.vocabulary.counts["gnejs"]) == (1, 1)
    page.lead = "Om fjunkel och kvarts."
    page.save_revision().publish()
    known, count = read()
    assert (count, known.vocabulary.counts["kvarts"]) == (1, 1)
    assert "gnejs" not in known.vocabulary.counts
    GuidancePage.objects.get(pk=page.pk).unpublish()
    known, count = read()
    assert count == 0
    assert not {"fjunkel", "gnejs", "kvarts"} & known.vocabulary.counts.keys()


def test_what_was_read_bit_by_bit_is_what_is_read_at_once():
    pages = [guidance(title=f"Fjunkel {number}", lead="Om gnejs, och om människohandel.") for number in range(3)]
    assert read()[1] == 3
    pages[0].unpublish()
    pages[1].title = "Gnejs"
    pages[1].save_revision().publish()
    assert derived(read()[0].vocabulary)["spellings"]
    # the same words, so that what follows from them is taken over; then another
    for lead in ("Om människohandel, och om gnejs, människohandel.", "Om kvarts."):
        pages[2].lead = lead
        pages[2].save_revision().publish()
        known, count = read()
        assert count == 1
        assert derived(known.vocabulary)["by_stem"]
    bit_by_bit, at_once = known.vocabulary, anew()
    assert list(bit_by_bit.counts.items()) == list(at_once.counts.items())
    assert bit_by_bit.entries == at_once.entries
    assert derived(bit_by_bit) == derived(at_once)


def derived(vocabulary: Vocabulary) -> dict[str, object]:
    """Return everything that follows from the words and the expressions."""
    return {name: getattr(vocabulary, name) for name in (*OF_WORDS, *OF_GROUPS, "spellings")}


def test_words_of_editors_are_read_with_the_next_version():
    read()[0].vocabulary.synonyms  # noqa: B018  (worked out, and not taken over)
    SearchSynonyms.objects.create(words_sv="fjunkel\nmänniskohandel")
    known, count = read()
    stems = known.vocabulary.stems
    assert count == 0
    assert stems(["människohandel"]) in known.vocabulary.synonyms
    assert stems(["fjunkel"]) in known.vocabulary.phrase_stems
