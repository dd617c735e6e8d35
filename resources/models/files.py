"""The files and links of a resource, each in a language."""

import mimetypes
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.core.files.base import File
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from pages.blocks.text import NUMBER
from resources.languages import LANGUAGES, Language, language_choices
from resources.models.resources import Resource
from resources.pdf import PdfFacts, UnreadablePdfError, read_pdf
from resources.private_storage import private_storage
from resources.uploads import validate_pdf, validate_size

TEXT_FEATURES = ["h2", "h3", "bold", "ol", "ul", "link", NUMBER]


def new_code() -> str:
    """Return a new part of an address: 32 random bits in hexadecimal."""
    return token_hex(4)


def upload_path(row: "ResourceFile", name: str) -> str:
    """Keep what was uploaded to a row in a folder of its own, each version under its own name."""
    return f"resources/{row.code}/{name}"


class MaterialFile(FieldFile):
    """A stored file that tells its row what it is."""

    instance: "ResourceFile"

    def save(self, name: str, content: File, save: bool = True) -> None:
        """Store the file; also a draft does so, whose row is only written into a revision."""
        super().save(name, content, save=False)
        self.instance.note_facts()
        if save:
            self.instance.save()

    save.alters_data = True  # type: ignore[attr-defined]


class MaterialFileField(models.FileField):
    """A file of a resource. The fields of facts come after it, so that they are read when it is stored."""

    attr_class = MaterialFile


class ResourceFile(Orderable):
    """A file or a link in one language. Its code is its address for ever; the file behind it may be replaced."""

    resource = ParentalKey(Resource, on_delete=models.CASCADE, related_name="files")
    code = models.CharField(_("code"), max_length=8, unique=True, default=new_code, editable=False)
    language = models.CharField(_("language"), max_length=12, choices=language_choices)
    title = models.CharField(
        _("title in that language"), max_length=150, blank=True, help_text=_("As it stands on the material itself.")
    )
    file = MaterialFileField(
        _("file"),
        upload_to=upload_path,
        storage=private_storage,
        max_length=250,
        blank=True,
        validators=[FileExtensionValidator(settings.WAGTAILDOCS_EXTENSIONS), validate_size, validate_pdf],
        help_text=_("A PDF of at most 20 MB. A new file takes over the address of the old one."),
    )
    size = models.PositiveBigIntegerField(null=True, editable=False)  # bytes
    page_count = models.PositiveIntegerField(null=True, editable=False)
    is_readable = models.BooleanField(default=True, editable=False)
    is_tagged = models.BooleanField(default=True, editable=False)
    has_title = models.BooleanField(default=True, editable=False)
    has_language = models.BooleanField(default=True, editable=False)
    link = models.URLField(_("or link"), blank=True)
    text = RichTextField(
        _("the same as a web page"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("The text of the file, for those who read on a phone or with a screen reader."),
    )

    is_kept_as_draft = False  # by the form that it is being validated for

    class Meta(Orderable.Meta):
        verbose_name = _("file or link")
        verbose_name_plural = _("files and links")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file="") ^ models.Q(link=""),
                name="resources_file_or_link",
                violation_error_message=_("Choose a file or write a link, one of them."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.resource} ({self.language})"

    def note_facts(self) -> None:
        """Write down what the stored file is."""
        self.size = self.file.size
        with self.file.storage.open(str(self.file)) as content:
            try:
                facts = read_pdf(content)
            except UnreadablePdfError:
                facts = PdfFacts.of_unreadable()  # a draft keeps it, and nothing publishes it
        self.page_count = facts.page_count
        self.is_readable = facts.page_count is not None
        self.is_tagged, self.has_title, self.has_language = facts.is_tagged, facts.has_title, facts.has_language

    @property
    def spoken(self) -> Language:
        """The language with its names and its direction; one that was taken off the list goes by its code."""
        return LANGUAGES.get(self.language) or Language(self.language, self.language, self.language)

    @property
    def url(self) -> str:
        """The permanent address of the file, or where the link leads."""
        return reverse("resource-file", args=[self.code]) if self.file else self.link

    @property
    def suffix(self) -> str:
        """The end of the file's name, such as ".pdf"; "" for a link."""
        return Path(str(self.file)).suffix.lower()

    @property
    def media_type(self) -> str:
        """The media type of the file by its name, which was checked when it was uploaded."""
        return mimetypes.guess_type(f"file{self.suffix}")[0] or "application/octet-stream"

    @property
    def download_name(self) -> str:
        """The name under which a reader keeps the file: of the resource, with the language."""
        return f"{self.resource.slug}-{self.language}{self.suffix}"

    @property
    def type_name(self) -> str:
        """The type of the file as readers know it: PDF; "" for a link."""
        return self.suffix.lstrip(".").upper()

    @property
    def faults(self) -> list[Promise]:
        """What keeps the file from being read by everybody, as far as a program can tell."""
        if not self.file:
            return []
        if not self.is_readable:
            return [_("It cannot be opened as a PDF.")]
        found = {
            _(
                "It is not tagged: a screen reader cannot tell headings, lists and the order of reading."
            ): self.is_tagged,
            _("It has no title among its properties."): self.has_title,
            _("It does not say in which language it is."): self.has_language,
        }
        return [fault for fault, is_right in found.items() if not is_right]
