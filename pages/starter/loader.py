"""Fill an empty database with the starter content: one text file per page and language.

The files are Markdown with front matter, in `pages/starter/<language>/`; the same relative path
is the same page in every language, and a folder holds the pages below the page of its name.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import frontmatter
from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Locale, Page, Site, get_page_models

from pages.languages import language_codes
from pages.manual.models.actors import Actor
from pages.manual.models.terms import GlossaryTerm
from pages.manual.pages.step import ManualStepPage
from pages.models.accessibility import AccessibilityStatementPage
from pages.models.base import BasePage
from pages.models.content import HomePage
from pages.models.site_settings import SiteSettings
from pages.registry import registered_functions, starter_filler
from pages.search.models import SearchSynonyms
from pages.starter.facts import make_room
from pages.starter.indexing import indexed_at_the_end, versions_kept_at_the_end
from pages.starter.laws import with_laws_cited
from pages.starter.markdown import body_blocks, manual_parts, rich_text, without_footnotes

STARTER = Path(__file__).parent
HOME = "home"
# Front matter that has another name than the field it fills, and what needs no field.
FIELD_NAMES = {"in_menu": "show_in_menus", "updated": "updated_on", "statement_updated": "statement_updated_on"}
PAGE_FIELDS = {"onward_step"}  # hold the key of another page
EXIT_BUTTON = "exit_button"
FILLED = "guide"  # what the app of the page's type knows how to read
REVIEW_BY = "review_by"
NOT_FIELDS = {"type", "order", "menu_title", EXIT_BUTTON, FILLED, REVIEW_BY, *PAGE_FIELDS}
STATEMENT_TEXTS = ["not_accessible", "assessment_method", "report_faults", "supervision"]


@dataclass(slots=True)
class StarterPage:
    """One file: its key is the relative path without suffix, such as "manual/safe-return"."""

    key: str
    language: str
    meta: dict[str, Any]
    text: str

    @property
    def parent_key(self) -> str | None:
        """The key of the page above; None for the start page."""
        if self.key == HOME:
            return None
        return self.key.rpartition("/")[0] or HOME


def is_empty() -> bool:
    """Tell whether the database has no content yet."""
    return not HomePage.objects.exists()


def starter_languages() -> list[str]:
    """Return the languages of the site that have starter content, in the order of the settings."""
    return [code for code in language_codes() if (STARTER / code).is_dir()]


def read_pages(language: str) -> list[StarterPage]:
    """Return the pages of a language, parents before children, siblings in order."""
    folder = STARTER / language
    pages = []
    for path in sorted(folder.rglob("*.md")):
        post = frontmatter.loads(path.read_text(encoding="utf-8"))
        key = path.relative_to(folder).with_suffix("").as_posix()
        pages.append(StarterPage(key, language, post.metadata, post.content))
    return sorted(pages, key=lambda page: (page.key != HOME, page.key.count("/"), page.meta["order"]))


@transaction.atomic
@indexed_at_the_end()
def load(report: Callable[[str], None], *, examples: bool = True) -> None:
    """Load everything in one transaction, so that a load that is cut off leaves the database as it was.

    `report` is told the name of each part as it is done. Without `examples` nothing is loaded that is invented.
    """
    make_room()
    _load_actors()
    _load_glossary()
    _load_synonyms()
    for loader in registered_functions("starter_loaders"):
        loader(examples=examples)
    report("contacts")
    starters = [page for language in starter_languages() for page in read_pages(language)]
    created: dict[tuple[str, str], BasePage] = {}
    for starter in starters:
        created[starter.language, starter.key] = _create(starter, created)
    _make_site(created[settings.LANGUAGE_CODE, HOME])
    with versions_kept_at_the_end(created):
        # Those that are filled refer to parts of the manual.
        for starter in sorted(starters, key=lambda starter: FILLED in starter.meta):
            try:
                _publish(starter, created)
            except Exception as fault:
                fault.add_note(f"in {starter.language}/{starter.key}.md")
                raise
            report(f"{starter.language}/{starter.key}")
        _set_site(starters, created)


def _create(starter: StarterPage, created: dict[tuple[str, str], BasePage]) -> BasePage:
    """Add the page without its texts, whose links need every page to exist."""
    model = next(model for model in get_page_models() if model.__name__ == starter.meta["type"])
    locale, _new = Locale.objects.get_or_create(language_code=starter.language)
    page = model(locale=locale, live=False, **_fields(starter))
    original = created.get((settings.LANGUAGE_CODE, starter.key))
    if original:
        page.translation_key = original.translation_key
    parent_key = starter.parent_key
    parent = created[starter.language, parent_key] if parent_key else Page.get_first_root_node()
    parent.add_child(instance=page)
    page.reviews.create(review_by=starter.meta[REVIEW_BY])
    return page


def _fields(starter: StarterPage) -> dict[str, Any]:
    fields = {FIELD_NAMES.get(key, key): value for key, value in starter.meta.items() if key not in NOT_FIELDS}
    if "menu_title" in starter.meta:
        fields |= {"title": starter.meta["menu_title"], "heading": starter.meta["title"]}
    return fields


def _publish(starter: StarterPage, created: dict[tuple[str, str], BasePage]) -> None:
    page = created[starter.language, starter.key]
    page.refresh_from_db()
    page_ids = {key: target.pk for (language, key), target in created.items() if language == starter.language}
    for name in PAGE_FIELDS & starter.meta.keys():
        setattr(page, name, created[starter.language, starter.meta[name]])
    text = with_laws_cited(starter.text, starter.language)
    if isinstance(page, ManualStepPage):
        text, parts = manual_parts(starter.key, text, page_ids)
        page.parts = page.parts.stream_block.to_python(parts)
    text, notes = without_footnotes(text, page_ids)
    page.body = page.body.stream_block.to_python(body_blocks(text, page_ids))
    page.footnotes = page.footnotes.stream_block.to_python([{"type": "footnote", "value": note} for note in notes])
    if isinstance(page, AccessibilityStatementPage):
        for name in STATEMENT_TEXTS:
            setattr(page, name, rich_text(starter.meta[name], page_ids))
    if fill := starter_filler(page._meta.label):
        fill(page, starter.meta[FILLED], lambda markdown: rich_text(markdown, page_ids))
    page.save_revision().publish()


def _set_site(starters: list[StarterPage], created: dict[tuple[str, str], BasePage]) -> None:
    about = tomllib.loads((STARTER / "site.toml").read_text(encoding="utf-8"))
    settings_of_site = SiteSettings.objects.create(**about)
    keys = {starter.key for starter in starters if starter.meta.get(EXIT_BUTTON)}
    settings_of_site.exit_sections.set([created[settings.LANGUAGE_CODE, key] for key in keys])


def _load_actors() -> None:
    rows = tomllib.loads((STARTER / "actors.toml").read_text(encoding="utf-8"))["actors"]
    for position, row in enumerate(rows):
        slugs = {f"slug_{language}": slugify(row[f"name_{language}"]) for language in starter_languages()}
        Actor.objects.create(**row, **slugs, sort_order=position)


def _load_glossary() -> None:
    for row in tomllib.loads((STARTER / "glossary.toml").read_text(encoding="utf-8"))["terms"]:
        for language in starter_languages():
            row[f"other_forms_{language}"] = "\n".join(row.pop(f"forms_{language}"))
            row[f"definition_{language}"] = with_laws_cited(row[f"definition_{language}"], language)
        GlossaryTerm.objects.create(**row)


def _load_synonyms() -> None:
    for row in tomllib.loads((STARTER / "synonyms.toml").read_text(encoding="utf-8"))["groups"]:
        SearchSynonyms.objects.create(**{f"words_{language}": "\n".join(lines) for language, lines in row.items()})


def _make_site(home: BasePage) -> None:
    """Make the start page that of the one site; `serve` keeps its address true."""
    Site.objects.create(
        is_default_site=True, root_page=home, hostname="localhost", site_name=settings.WAGTAIL_SITE_NAME
    )
