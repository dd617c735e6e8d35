"""The word in an address after which it tells what was answered; it can be read before there are models."""

from django.utils.translation import override, pgettext_lazy

from pages.languages import language_codes

ANSWERS = pgettext_lazy("address of what was answered in the guide", "answers")


def answers_words() -> list[str]:
    """Return the word in each language."""
    words = []
    for code in language_codes():
        with override(code):
            words.append(str(ANSWERS))
    return words
