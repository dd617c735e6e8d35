"""The form that copies a page in the admin."""

from typing import Any

from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page, get_page_models


class PageCopyForm(CopyForm):
    """Refuses an alias of a page whose type can have none, or of what such a page lies in."""

    def clean(self) -> dict[str, Any]:
        """Look at every page that would get an alias."""
        cleaned = super().clean()
        if cleaned.get("alias"):
            copied = self.page.get_descendants(inclusive=True)
            if not cleaned.get("copy_subpages"):
                copied = Page.objects.filter(pk=self.page.pk)
            for model in get_page_models():
                refusal = getattr(model, "alias_refusal", "")
                if refusal and copied.type(model).exists():
                    self.add_error("alias", refusal)
                    break
        return cleaned
