"""What the texts say of the law stands there in both languages, with its source, and says just that."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from wagtail.models import Page

from pages.starter.laws import LAWS, with_laws_cited
from pages.starter.loader import read_pages
from tests.reading import soup

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

TABLE = tomllib.loads(Path(__file__).with_name("law_facts.toml").read_text(encoding="utf-8"))
FACTS: list[dict[str, Any]] = TABLE["fact"]
LANGUAGES = [code for code, _name in settings.LANGUAGES]
PAGES = sorted({fact["page"] for fact in FACTS})


def shown_text(html: BeautifulSoup) -> str:
    """Return what a reader reads of a page, without the marks of footnotes, in one line."""
    for mark in html.main.find_all("sup"):
        mark.decompose()
    text = re.sub(r"\s+", " ", html.main.get_text(" "))
    return re.sub(r" (?=[.,:;?!)])|(?<=[(]) ", "", text)


def address(key: str, language: str) -> str:
    """Return the address of a page of the starter content."""
    starters = {page.key: page for page in read_pages(language)}
    parts = [starters["/".join(key.split("/")[: depth + 1])].meta["slug"] for depth in range(key.count("/") + 1)]
    page = Page.objects.get(locale__language_code=language, url_path__endswith=f"/{'/'.join(parts)}/")
    return page.url


def test_every_statement_of_law_has_its_place():
    assert set(TABLE["required"]) <= {fact.get("law") for fact in FACTS}
    assert len(FACTS) > 150


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", PAGES)
def test_page_says_what_the_law_says_and_names_it(client: Client, key: str, language: str):
    text = shown_text(soup(client.get(address(key, language))))
    facts = [fact for fact in FACTS if fact["page"] == key]
    missing = [f"{fact.get('law')}: {fact['says']}" for fact in facts if not re.search(fact[language], text)]
    assert not missing, "\n".join(missing)
    unsourced = [fact["law"] for fact in facts if "law" in fact and not names(text, fact["law"], language)]
    assert not unsourced


def names(text: str, law: str, language: str) -> bool:
    """Tell whether a page cites the sections of an act, and says as of when it was read."""
    act, _space, sections = law.partition(" ")
    name, day, where = cited_parts(act, sections, language)
    return all(part in text for part in (name, day, where))


def cited_parts(act: str, sections: str, language: str) -> tuple[str, str, str]:
    """Return the name of an act, the words about the copy of it that was read, and the sections."""
    cited = " ".join(with_laws_cited(f"<law:{act}/{sections}>", language).split())  # no-break spaces as others
    cited = cited.rpartition(". ")[0]  # without when to read it again
    name = tomllib.loads(LAWS.read_text(encoding="utf-8"))["acts"][act][language]
    rest, _comma, day = cited.replace(name, "").rpartition(", ")
    return name, day, rest.strip(", ")
