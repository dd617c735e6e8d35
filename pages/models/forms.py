"""The forms of pages in the admin: that of every page, and the one that copies a page."""

from typing import Any

from django.utils.text import slugify
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.widgets import SlugInput
from wagtail.models import Page, get_page_models

from pages.admin.asking import AsksBeforePublishing, KeepsDrafts
from pages.review.forms import ReviewForm


class AddressInput(SlugInput):
    """Writes a typed address with plain letters when it is left, as one that is made from a title.

    Wagtail leaves letters out that are not plain.
    """

    def __init__(self, attrs: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(attrs, **kwargs)
        self.attrs["data-action"] = self.attrs["data-action"].replace("blur->w-slug#slugify", "blur->w-slug#urlify")


class TextsForm(AsksBeforePublishing, ReviewForm, WagtailAdminPageForm):
    """Shows what keeps a page's texts from readers beside each, when the page is to be published.

    A draft may have marks without footnotes, and footnotes without marks.
    """

    def clean_slug(self) -> str:
        """Write a new address with plain letters, as the script does."""
        slug = str(self.cleaned_data["slug"])
        return slug if slug == self.initial.get("slug") else slugify(slug) or slug

    def _get_validation_exclusions(self) -> set[str]:
        excluded = super()._get_validation_exclusions()
        return excluded | {"footnotes"} if self.is_deferred_validation else excluded


class ReviewedTextsForm(KeepsDrafts, AsksBeforePublishing, ReviewForm):
    """Does so in the form of what has drafts and is reviewed."""


class DraftForm(KeepsDrafts, WagtailAdminModelForm):
    """Keeps as a draft what is unfinished."""


class TextsRowForm(AsksBeforePublishing, WagtailAdminModelForm):
    """Does so in the form of a row."""


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
