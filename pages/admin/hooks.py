"""What editors get beside Wagtail's own: pasting from a word processor, advice on the text, a guide."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from pages.admin.checker import use_site_checker
from pages.admin.guide import TITLES, GuideView
from pages.admin.pasting import paste_word

hooks.register("construct_wagtail_userbar", use_site_checker)


@hooks.register("register_admin_urls")
def register_pasting_url() -> list[URLPattern]:
    return [path("paste-word/", paste_word, name="paste_word")]


@hooks.register("insert_editor_js")
def load_pasting() -> SafeString:
    failed = _("The server could not read what you pasted, so only its text came along. Check what is missing.")
    return format_html(
        '<script src="{}" data-url="{}" data-failed="{}"></script>', static("js/word.js"), reverse("paste_word"), failed
    )


@hooks.register("register_admin_urls")
def register_guide_urls() -> list[URLPattern]:
    return [path(f"guide/{name}/", GuideView.as_view(subject=name), name=f"guide_{name}") for name in TITLES]


@hooks.register("construct_help_menu")
def show_guide(request: HttpRequest, items: list[MenuItem]) -> None:
    """Put the guide in the place of Wagtail's, which is in English and on another site."""
    elsewhere = ("editor-guide", "whats-new-in-wagtail")
    items[:] = [item for item in items if not item.name.startswith(elsewhere)]
    items += [
        MenuItem(title, reverse(f"guide_{name}"), name=f"guide-{name}", icon_name="help", order=100 + position)
        for position, (name, title) in enumerate(TITLES.items())
    ]
