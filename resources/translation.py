"""Which fields exist in every language (read by django-modeltranslation at start)."""

from django.conf import settings
from modeltranslation.translator import TranslationOptions, register

from resources.models.resources import Resource
from resources.models.topics import Topic


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = settings.COMPLETE_LANGUAGES


@register(Resource)
class ResourceTranslation(TranslationOptions):
    fields = ("title", "slug", "summary")
    required_languages = {settings.LANGUAGE_CODE: ("title", "summary")}
