"""What can be found, and the words that editors say mean the same."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from pages.html.links import address_of
from pages.search.documents import SearchKind
from pages.search.words import words


class SearchEntry(models.Model):
    """Something that readers can find, in one language; written by `pages.search.entries` alone.

    It has no address: `page` is where it is read, or what it lies below at `path`.
    """

    source = models.CharField(max_length=60, blank=True)  # "app.Model" of its row; "" for what a page holds itself
    key = models.CharField(max_length=60)  # the row's, or the page's and the part's
    language = models.CharField(max_length=12)
    kind = models.CharField(max_length=12, choices=SearchKind.choices)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=255)
    lead = models.TextField(blank=True)
    text = models.TextField(blank=True)  # a paragraph a line
    text_language = models.CharField(max_length=12, blank=True)  # where it is not `language`
    date = models.DateField(null=True)
    tokens = models.TextField()  # the words of title, heading, lead and text, a line each
    boost = models.PositiveSmallIntegerField()
    tie_break = models.BigIntegerField()  # among equals; made from what it is, so that it is the same in every database

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key", "language"], name="pages_search_entry_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        """The address; the page must have been read with the entry."""
        return address_of(self.page.url_path) + self.path


class SearchSynonyms(models.Model):
    """Words that mean the same to those who search, in one language or across them."""

    words = models.TextField(_("words"), help_text=_("One word or expression a line. Each finds what the others find."))

    class Meta:
        verbose_name = _("words with one meaning")
        verbose_name_plural = _("words with one meaning")

    def __str__(self) -> str:
        return " = ".join(self.lines(self.words))

    @staticmethod
    def lines(text: str | None) -> list[str]:
        """Return the expressions of a field that hold a word."""
        return [line.strip() for line in (text or "").splitlines() if words(line)]
