"""Which fields exist in every language (read by django-modeltranslation at start).

Code outside a request reads `name_sv`, never `name`: the base column holds whatever language was
active at the last save.
"""

from modeltranslation.translator import TranslationOptions, register

from contacts.models import Coordinator, County, Municipality, SupportLine


@register(County)
class CountyTranslation(TranslationOptions):
    fields = ("name", "slug")
    required_languages = ("sv", "en")


@register(Municipality)
class MunicipalityTranslation(TranslationOptions):
    fields = ("name", "slug")
    required_languages = ("sv", "en")


@register(SupportLine)
class SupportLineTranslation(TranslationOptions):
    fields = ("heading", "name", "plain_hours")
    required_languages = ("sv", "en")


@register(Coordinator)
class CoordinatorTranslation(TranslationOptions):
    fields = ("role", "note")
    required_languages = {"sv": ("role",)}
