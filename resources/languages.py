"""The languages that material may be in, each by its own name and by what it is called here.

Not those of the site: material is in any language that a victim may read.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its code (BCP 47); `own_name` is in the language itself."""

    code: str
    own_name: str
    name: Promise | str
    is_right_to_left: bool = False

    @property
    def direction(self) -> str:
        """The value of HTML's `dir`."""
        return "rtl" if self.is_right_to_left else "ltr"

    @property
    def label(self) -> str:
        """The label by which editors choose the language: its own name, and that in theirs."""
        return f"{self.name} ({self.own_name})"


RIGHT_TO_LEFT = True
LANGUAGES = {
    language.code: language
    for language in (
        Language("sv", "svenska", pgettext_lazy("language", "Swedish")),
        Language("en", "English", pgettext_lazy("language", "English")),
        Language("uk", "українська", pgettext_lazy("language", "Ukrainian")),
        Language("ru", "русский", pgettext_lazy("language", "Russian")),
        Language("sq", "shqip", pgettext_lazy("language", "Albanian")),
        Language("am", "አማርኛ", pgettext_lazy("language", "Amharic")),
        Language("ar", "العربية", pgettext_lazy("language", "Arabic"), RIGHT_TO_LEFT),
        Language("bn", "বাংলা", pgettext_lazy("language", "Bengali")),
        Language("bs", "bosanski", pgettext_lazy("language", "Bosnian")),
        Language("bg", "български", pgettext_lazy("language", "Bulgarian")),
        Language("zh-Hans", "简体中文", pgettext_lazy("language", "Chinese, simplified")),
        Language("hr", "hrvatski", pgettext_lazy("language", "Croatian")),
        Language("cs", "čeština", pgettext_lazy("language", "Czech")),
        Language("prs", "دری", pgettext_lazy("language", "Dari"), RIGHT_TO_LEFT),
        Language("et", "eesti", pgettext_lazy("language", "Estonian")),
        Language("fi", "suomi", pgettext_lazy("language", "Finnish")),
        Language("fr", "français", pgettext_lazy("language", "French")),
        Language("el", "ελληνικά", pgettext_lazy("language", "Greek")),
        Language("hu", "magyar", pgettext_lazy("language", "Hungarian")),
        Language("ckb", "کوردیی ناوەندی", pgettext_lazy("language", "Kurdish, central (Sorani)"), RIGHT_TO_LEFT),
        Language("kmr", "kurmancî", pgettext_lazy("language", "Kurdish, northern (Kurmanji)")),
        Language("lv", "latviešu", pgettext_lazy("language", "Latvian")),
        Language("lt", "lietuvių", pgettext_lazy("language", "Lithuanian")),
        Language("mn", "монгол", pgettext_lazy("language", "Mongolian")),
        Language("ps", "پښتو", pgettext_lazy("language", "Pashto"), RIGHT_TO_LEFT),
        Language("fa", "فارسی", pgettext_lazy("language", "Persian"), RIGHT_TO_LEFT),
        Language("pl", "polski", pgettext_lazy("language", "Polish")),
        Language("pt", "português", pgettext_lazy("language", "Portuguese")),
        Language("rom", "romani čhib", pgettext_lazy("language", "Romani")),
        Language("ro", "română", pgettext_lazy("language", "Romanian")),
        Language("sr", "српски", pgettext_lazy("language", "Serbian")),
        Language("so", "soomaali", pgettext_lazy("language", "Somali")),
        Language("es", "español", pgettext_lazy("language", "Spanish")),
        Language("tl", "Tagalog", pgettext_lazy("language", "Tagalog")),
        Language("th", "ไทย", pgettext_lazy("language", "Thai")),
        Language("ti", "ትግርኛ", pgettext_lazy("language", "Tigrinya")),
        Language("tr", "Türkçe", pgettext_lazy("language", "Turkish")),
        Language("ur", "اردو", pgettext_lazy("language", "Urdu"), RIGHT_TO_LEFT),
        Language("vi", "Tiếng Việt", pgettext_lazy("language", "Vietnamese")),
    )
}


def language_choices() -> list[tuple[str, str]]:
    """Return the languages as choices, those that are most used here first."""
    return [(code, language.label) for code, language in LANGUAGES.items()]
