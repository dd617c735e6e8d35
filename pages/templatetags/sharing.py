"""The picture that goes along where a link to a page is shown."""

from functools import cache

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from wagtail.images.models import AbstractImage, Filter

from pages.models.base import BasePage

register = template.Library()

CUT = Filter(spec="fill-1200x630|format-jpeg")  # as social media show it, around what matters in the picture
NARROWEST = 600  # pixels; they show none that is smaller in full width
PICTURE = "img/shared-{}.png"  # drawn by `tests.browser.brand`


@register.simple_tag
def get_shared_picture(page: BasePage) -> AbstractImage | None:
    """Return the first picture of a page that says something, cut; its text is `contextual_alt_text`."""
    for position, stored in enumerate(page.body.raw_data):
        if stored["type"] == "figure":  # no other block is read, which a page below this one may not show
            picture = page.body[position].value["image"]
            if picture and not picture.decorative and is_wide_enough(picture):
                return picture
    return None


def is_wide_enough(picture: AbstractImage) -> bool:
    """Tell whether a picture can be shown beside a link."""
    return picture.width >= NARROWEST


@register.simple_tag
def cut_address(picture: AbstractImage) -> str:
    """Return where the cut of a picture is, which is made ahead (`pages.admin.pictures`)."""
    return picture.get_rendition(CUT).url


@register.simple_tag
def site_picture(language: str) -> str:
    """Return the path of the picture of the site in a language, of the default one where none is drawn."""
    return static(_site_picture_file(language))


@cache  # the files are those of the code
def _site_picture_file(language: str) -> str:
    own = PICTURE.format(language)
    return own if finders.find(own) else PICTURE.format(settings.LANGUAGE_CODE)
