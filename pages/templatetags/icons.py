"""Pictures of the site itself: icons, drawn once and used by name."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pages.render_context import memoize_per_version

register = template.Library()

# What every page shows, and the rest.
FILES = {"icons": "img/icons.svg", "more-icons": "img/more-icons.svg"}


@register.simple_tag
def icon(name: str, class_name: str = "icon", file: str = "icons") -> SafeString:
    """Draw an icon, which readers are not told of: the words beside it say what it means."""
    address = memoize_per_version(f"icons in {file}", lambda: static(FILES[file]))
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', class_name, address, name)
