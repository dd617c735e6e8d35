"""The guide in the Help menu: a page for editors, and one for coordinators that editors hand on."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

FOLDER = Path(__file__).parent / "guides"  # a folder for each language that has one
PICTURE = re.compile(r'src="static:([\w./]+)"')
PAGE = re.compile(r'href="guide:(\w+)"')
TITLES = {"editors": _("Guide for editors"), "coordinators": _("Guide for coordinators")}


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """A page of the guide; in the site's first language where it is not translated."""

    template_name = "pages/admin/guide.html"
    header_icon = "help"
    subject = ""

    def get_page_title(self) -> Any:
        """Name the page."""
        return TITLES[self.subject]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """End with this page, which Wagtail makes the heading."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the text, and its language."""
        languages = (get_language(), settings.LANGUAGE_CODE)
        language = next(language for language in languages if (FOLDER / str(language)).is_dir())
        text = (FOLDER / str(language) / f"{self.subject}.md").read_text()
        return super().get_context_data(**kwargs) | {"text": _html(text), "language": language}


def _html(text: str) -> SafeString:
    # Read when somebody opens the guide: its patterns take every start 25 ms.
    html = import_string("markdown_it.MarkdownIt")("commonmark").render(text)
    html = PICTURE.sub(lambda match: f'src="{static(match[1])}" loading="lazy"', html)
    return mark_safe(PAGE.sub(lambda match: f'href="{reverse(f"guide_{match[1]}")}"', html))  # noqa: S308 (our own)
