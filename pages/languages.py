"""The languages of the site (`settings.LANGUAGES`): a field in each of them, their names, and the order of words.

A language is named by its code, as the settings write it: "sv".
"""

from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.translation import get_language, get_language_info, pgettext
from modeltranslation.utils import build_localized_fieldname, get_translation_fields


def language_codes() -> list[str]:
    """Return the codes of the site's languages."""
    return [code for code, _name in settings.LANGUAGES]


def localized_fields(*names: str) -> list[str]:
    """Return the fields that hold each name in each language: role_sv, role_en."""
    return get_translation_fields(*names)


def default_field(name: str) -> str:
    """Return the field that holds a name in the site's default language: role_sv."""
    return build_localized_fieldname(name, settings.LANGUAGE_CODE)


def active_field(name: str) -> str:
    """Return the field that holds a name in the active language: role_en."""
    return build_localized_fieldname(name, get_language())


def localized_values(row: Model, name: str) -> dict[str, Any]:
    """Return the value of a field by language; None or "" where it is not translated."""
    return {code: getattr(row, build_localized_fieldname(name, code)) for code in language_codes()}


def language_name(code: str) -> str:
    """Return the name of a language as it stands within a sentence: "svenska", "Swedish"."""
    return pgettext("language", get_language_info(code)["name"])  # worded by `resources.languages`


def language_attributes(code: str) -> dict[str, str]:
    """Return the attributes of an HTML element whose text is in a language."""
    return {"lang": code, "dir": "rtl" if get_language_info(code)["bidi"] else "ltr"}


# å, ä and ö come last, in this order; these characters follow z.
_ALPHABET = str.maketrans({"å": "{", "ä": "|", "ö": "}"})


def swedish_order(text: str) -> str:
    """Return the sort key of a text as a Swedish reader looks for it, whatever the database's collation."""
    return text.lower().translate(_ALPHABET)
