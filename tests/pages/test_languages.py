"""A field in every language of the site, and words in Swedish order."""

import pytest
from django.utils import translation

from contacts.models import County
from pages.languages import (
    default_field,
    language_attributes,
    language_codes,
    language_name,
    localized_fields,
    localized_values,
    swedish_order,
)


def test_field_in_every_language():
    assert language_codes() == ["sv", "en"]
    assert localized_fields("role", "note") == ["role_sv", "role_en", "note_sv", "note_en"]
    assert default_field("role") == "role_sv"


@pytest.mark.parametrize("active", ["sv", "en", None])
def test_values_do_not_depend_on_the_active_language(active):
    row = County(name_sv="Skåne län", name_en=None)
    with translation.override(active):
        assert localized_values(row, "name") == {"sv": "Skåne län", "en": None}


def test_language_is_named_within_a_sentence():
    with translation.override("sv"):
        assert [language_name(code) for code in ("sv", "en", "ar")] == ["svenska", "engelska", "arabiska"]
    with translation.override("en"):
        assert language_name("sv") == "Swedish"


def test_direction_follows_the_language():
    assert language_attributes("ar") == {"lang": "ar", "dir": "rtl"}
    assert language_attributes("sv") == {"lang": "sv", "dir": "ltr"}


def test_swedish_letters_come_last_in_their_order():
    names = ["Övertorneå", "Älmhult", "Åre", "åmål", "Zinkgruvan", "Arboga"]
    assert sorted(names, key=swedish_order) == ["Arboga", "Zinkgruvan", "åmål", "Åre", "Älmhult", "Övertorneå"]
