"""The terms of the glossary: words of the manual that a reader may not know."""

from django.db import models
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from pages.faulty_texts import validate_text
from pages.languages import swedish_order


class GlossaryTermQuerySet(models.QuerySet["GlossaryTerm"]):
    """Questions that the manual asks of the glossary."""

    def with_page(self) -> "GlossaryTermQuerySet":
        """Add where the glossary is in the active language, as `page_path`; None where it is not published."""
        pages = Page.objects.live().exclude(glossarypage=None).filter(locale__language_code=get_language())
        return self.annotate(page_path=models.Subquery(pages.values("url_path")[:1]))

    def in_order(self) -> "list[GlossaryTerm]":
        """Return the terms as a Swedish reader looks for them, whatever the database's collation. One query."""
        return sorted(self, key=lambda term: swedish_order(term.term))


class GlossaryTerm(models.Model):
    """A word or name and what it means here."""

    term = models.CharField(_("term"), max_length=80, unique=True)
    other_forms = models.TextField(
        _("other forms"),
        blank=True,
        help_text=_("How the term is also written in texts, one form a line. Each is linked to the glossary."),
    )
    definition = models.TextField(_("definition"), validators=[validate_text])

    page_path: str | None  # read by `with_page`

    objects = GlossaryTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term of the glossary")
        verbose_name_plural = _("terms of the glossary")
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term

    @property
    def anchor(self) -> str:
        """The HTML id of the term in the glossary."""
        return f"term-{slugify(self.term)}"

    @property
    def forms(self) -> list[str]:
        """The term as it is written in texts, in all its forms."""
        return [self.term, *filter(None, map(str.strip, (self.other_forms or "").splitlines()))]
