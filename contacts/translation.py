"""Which fields exist in every language (read by django-modeltranslation at start).

Code outside a request reads `default_field("name")`, never `name` in a query: the base column holds
whatever language was active at the last save.
"""

from django.conf import settings
from modeltranslation.translator import TranslationOptions, register

from contacts.fields import COORDINATOR_FIELDS, Is
from contacts.models import Coordinator, County, Municipality, OpeningException, SupportLine, SupportService

_LOCALIZED = [field for field in COORDINATOR_FIELDS if Is.LOCALIZED in field.traits]


@register(County)
class CountyTranslation(TranslationOptions):
    fields = ("name", "slug")
    required_languages = settings.COMPLETE_LANGUAGES


@register(Municipality)
class MunicipalityTranslation(TranslationOptions):
    fields = ("name", "slug")
    required_languages = settings.COMPLETE_LANGUAGES


@register(SupportLine)
class SupportLineTranslation(TranslationOptions):
    fields = ("heading", "name", "plain_hours")
    required_languages = settings.COMPLETE_LANGUAGES


@register(OpeningException)
class OpeningExceptionTranslation(TranslationOptions):
    fields = ("reason",)


@register(SupportService)
class SupportServiceTranslation(TranslationOptions):
    fields = ("name", "description", "places", "hours", "source", "source_date")
    required_languages = settings.COMPLETE_LANGUAGES


@register(Coordinator)
class CoordinatorTranslation(TranslationOptions):
    fields = [field.name for field in _LOCALIZED]
    required_languages = {settings.LANGUAGE_CODE: [field.name for field in _LOCALIZED if Is.REQUIRED in field.traits]}
