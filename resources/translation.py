"""Which fields exist in every language (read by django-modeltranslation at start)."""

from modeltranslation.translator import TranslationOptions, register

from resources.models.resources import Resource
from resources.models.topics import Topic


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("sv", "en")


@register(Resource)
class ResourceTranslation(TranslationOptions):
    fields = ("title", "slug", "summary")
    required_languages = {"sv": ("title", "summary")}
