"""The material of an empty database, and the example files that it is made of."""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from wagtail.rich_text import expand_db_html

from pages.examples import Example
from pages.faulty_texts import faults_of
from pages.tagged_pdf import write_tagged_pdf
from resources.languages import LANGUAGES
from resources.models.files import ResourceFile
from resources.models.resources import Resource
from resources.models.topics import Topic

STARTER = Path(__file__).parent / "starter"
TITLE = re.compile(r"\s*<h1>(.+?)</h1>\s*")
NUMBER = re.compile(r"<number:([\w-]+)>")
NOTE = re.compile(r"<p[^>]*>(?:Det här är ett exempel|This is an example)\..+?</p>\s*")


@dataclass(frozen=True, slots=True)
class ExampleFile:
    """A text in a language: `source` is HTML with the title first, `pdf` what is made of it."""

    language: str
    source: Path

    @property
    def pdf(self) -> Path:
        """Where the file is."""
        return self.source.with_suffix(".pdf")

    @property
    def title(self) -> str:
        """The heading of the text."""
        match = TITLE.match(self.source.read_text(encoding="utf-8"))
        if match is None:
            raise ValueError(f"{self.source} does not begin with its title, in <h1>.")
        return match[1]

    @property
    def text(self) -> str:
        """The text below its heading, as rich text: `<number:danger>` is the number stored under that key."""
        text = TITLE.sub("", self.source.read_text(encoding="utf-8"), count=1)
        return NUMBER.sub(r'<embed embedtype="number" number="\1"/>', text)

    @property
    def text_of_page(self) -> str:
        """The text without the note that it is an example: its page has one, in the language that is read."""
        return NOTE.sub("", self.text)

    def make_pdf(self) -> None:
        """Make the PDF again: tagged, with title and language (PDF/UA-1). Needs Pango and the stored numbers."""
        if faults := list(faults_of(self.text, is_rich=True)):
            raise ValueError(f"{self.source}: {' '.join(faults)}")
        context = {
            "language": LANGUAGES[self.language],
            "title": self.title,
            "example": read_starter()["example"][self.language],
            "text": mark_safe(expand_db_html(self.text)),  # noqa: S308  (our own file)
        }
        write_tagged_pdf(render_to_string("files/material.html", context), self.pdf)


def read_starter() -> dict[str, Any]:
    """Return what the material of an empty database is."""
    return tomllib.loads((STARTER / "starter.toml").read_text(encoding="utf-8"))


def example_files() -> Iterator[ExampleFile]:
    """Yield every example file, by folder and language."""
    for source in sorted(STARTER.glob("*/*.html")):
        yield ExampleFile(source.stem, source)


def load(*, examples: bool) -> None:
    """Fill the tables, as examples with the files that this project made; the caller opens the transaction."""
    content = read_starter()
    for position, topic in enumerate(content["topic"]):
        Topic.objects.create(**topic, sort_order=position)
    topics = {topic.code: topic for topic in Topic.objects.all()}
    for row in content["resource"]:
        if examples or "folder" not in row:
            _publish(row, topics)


def examples() -> Iterator[Example]:
    """Yield what is published and was made for the demonstration."""
    for resource in Resource.objects.filter(is_example=True, live=True):
        yield Example(resource, resource.unpublish)


def _publish(row: dict[str, Any], topics: dict[str, Topic]) -> None:
    folder, link = row.pop("folder", ""), row.pop("link", "")
    codes, languages = row.pop("topics"), row.pop("languages")
    resource = Resource(**row, is_example=bool(folder))
    resource.topics = [topics[code] for code in codes]
    resource.files = [
        _file(ExampleFile(language, STARTER / folder / f"{language}.html"), order)
        if folder
        else ResourceFile(language=language, link=link, sort_order=order)
        for order, language in enumerate(languages)
    ]
    resource.save()
    resource.save_revision().publish()


def _file(example: ExampleFile, order: int) -> ResourceFile:
    name = f"{example.source.parent.name}-{example.language}"
    return ResourceFile(
        code=hashlib.sha256(name.encode()).hexdigest()[:8],  # the same address in every demonstration
        language=example.language,
        title=example.title,
        text=example.text_of_page,
        file=ContentFile(example.pdf.read_bytes(), name=f"{name}.pdf"),
        sort_order=order,
    )
