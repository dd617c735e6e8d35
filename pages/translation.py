"""Which fields exist in every language (read by django-modeltranslation at start)."""

from django.conf import settings
from modeltranslation.translator import TranslationOptions, register

from pages.manual.models.actors import Actor
from pages.manual.models.terms import GlossaryTerm
from pages.models.site_notice import SiteNotice
from pages.models.site_settings import SiteSettings
from pages.search.models import SearchSynonyms


@register(Actor)
class ActorTranslation(TranslationOptions):
    fields = ("name", "slug", "summary")
    required_languages = settings.COMPLETE_LANGUAGES


@register(GlossaryTerm)
class GlossaryTermTranslation(TranslationOptions):
    fields = ("term", "other_forms", "definition")
    required_languages = dict.fromkeys(settings.COMPLETE_LANGUAGES, ("term", "definition"))


@register(SearchSynonyms)
class SearchSynonymsTranslation(TranslationOptions):
    fields = ("words",)


@register(SiteSettings)
class SiteSettingsTranslation(TranslationOptions):
    fields = ("sender", "sender_words")


@register(SiteNotice)
class SiteNoticeTranslation(TranslationOptions):
    fields = ("text",)
    required_languages = settings.COMPLETE_LANGUAGES
