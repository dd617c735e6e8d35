"""A long word of a heading may be broken where a native reader would, and nowhere else."""

import pytest
from django.template import Context, Template
from django.utils import translation

HEADING = Template("{% load hyphenation %}{{ text|hyphenated }}")


def shown(text: str, language: str = "sv") -> str:
    """Return a heading as it is in the page, with its soft hyphens as bars."""
    with translation.override(language):
        return HEADING.render(Context({"text": text})).replace("\N{SOFT HYPHEN}", "|")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Tillgänglighetsredogörelse", "Till|gäng|lig|hets|re|do|gö|relse"),
        ("Så här: regionkoordinatorerna & Återvändandeprogrammet", "&amp; Åter|vän|dan|de|pro|grammet"),
    ],
)
def test_long_words_get_places_to_break(text: str, parts: str) -> None:
    assert parts in shown(text)
    assert shown(text).replace("|", "").replace("&amp;", "&") == text


def test_short_words_and_languages_without_rules_stay_as_they_are() -> None:
    assert shown("Stöd i ditt arbete med människohandel") == "Stöd i ditt arbete med människohandel"
    assert shown("Tillgänglighetsredogörelse", "ar") == "Tillgänglighetsredogörelse"
