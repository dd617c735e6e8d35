"""The starter content is plain language: LIX at most 40 in steps and signs, 45 elsewhere; few long sentences."""

import pytest

from tests.pages.starter.readability import Readability, all_measured, measure

MEASURED = all_measured()
LONG_SENTENCES_IN_A_HUNDRED = 1


@pytest.mark.parametrize("found", MEASURED, ids=lambda found: f"{found.language}/{found.key}")
def test_text_is_plain(found: Readability):
    assert len(found.sentences) >= 2
    assert found.lix <= found.limit, f"LIX {found.lix:.1f}"


def test_long_sentences_are_exceptions():
    sentences = sum(len(found.sentences) for found in MEASURED)
    long_ones = [sentence for found in MEASURED for sentence in found.long_sentences]
    assert sentences > 1000
    assert len(long_ones) <= sentences * LONG_SENTENCES_IN_A_HUNDRED / 100, "\n".join(long_ones)


def test_measure_counts_words_and_sentences():
    text = "En tidigare handledning.\n## En rubrik {#1 police}\n\n"
    text += "Ring <number:danger>. Utlänningar [kan ansöka](page:home).[^1]\n\n[^1]: Aldrig"
    found = measure("manual/x", "sv", text)
    assert found.sentences == (
        ("En", "tidigare", "handledning"),
        ("En", "rubrik"),
        ("Ring", "112"),
        ("Utlänningar", "kan", "ansöka"),
    )
    assert found.lix == pytest.approx(10 / 4 + 100 * 3 / 10)
    assert found.limit == 40
