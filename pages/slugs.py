"""Slugs and codes made from names."""

from collections.abc import Iterable
from itertools import count

from django.conf import settings
from django.db.models import Model
from django.utils.text import slugify

from pages.languages import localized_values


def code_name(row: Model, field: str) -> str:
    """Return the name that a row's code is made of: in the first language that has one, the default language last.

    A code stands in addresses of every language, and the others can be read by more people.
    """
    names = localized_values(row, field)
    default = names.pop(settings.LANGUAGE_CODE)
    return next((name for name in names.values() if slugify(name or "")), default or "")


def free_slug(name: str, taken: Iterable[str], *, default: str, max_length: int) -> str:
    """Return a slug made from a name that is not among those that are taken; `default` where none can be made.

    The slug is at most `max_length` characters long, with its number.
    """
    used = set(taken)
    slug = slugify(name)[: max_length - 10].rstrip("-") or default
    return next(free for number in count(1) if (free := f"{slug}-{number}" if number > 1 else slug) not in used)
