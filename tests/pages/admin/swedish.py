"""What an admin's page says to whoever sees or hears it, and which of it is Wagtail's English."""

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import polib
from bs4 import BeautifulSoup, Comment

ATTRIBUTES = ("aria-label", "aria-description", "title", "placeholder", "alt", "data-placeholder")
FOLDER = Path(__file__).parents[3] / "locale" / "wagtail" / "sv" / "LC_MESSAGES"
# Values of JSON that editors never see: names of types, icons and fields.
UNSEEN_KEYS = {"id", "name", "type", "_type", "icon", "value", "meta", "widget", "url", "key", "_dep", "path", "state"}
# Words that Wagtail has in its code and templates, where no catalogue reaches them.
FIXED = {
    "Search",  # the button that Enter presses on the first page of the admin and in choosers, never seen
    "None",  # the number of comments or problems before a script writes it, hidden until then
    "Page",  # to which a workflow belongs, in an administrator's form
    "Task type",  # where an administrator chooses a step of a workflow
    "2 locales",  # below the list of languages, which an administrator sees
    "Locales",
    "Locale",  # a kind of rows among the permissions of a group, which an administrator sees
}
WORD_OF_CODE = re.compile(r"[a-z_-]+")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
# Apps of Wagtail that have words in this admin; their English catalogues list every source.
CONTRIB = ("redirects", "search_promotions", "settings", "simple_translation", "typed_table_block")
PARTS = ("admin", "documents", "images", "users", "snippets", "sites", "locales", "embeds", "search")
APPS = ["wagtail", *(f"wagtail.{name}" for name in PARTS), *(f"wagtail.contrib.{name}" for name in CONTRIB)]


def catalogues(domain: str, language: str) -> list[polib.POFile]:
    """Return Wagtail's own catalogues of a language."""
    folders = [Path(str(import_module(app).__file__)).parent for app in APPS]
    paths = [folder / "locale" / language / "LC_MESSAGES" / f"{domain}.po" for folder in folders]
    return [polib.pofile(str(path)) for path in paths if path.exists()]


def sources(domain: str) -> Iterator[polib.POEntry]:
    """Yield every text of Wagtail that can be translated."""
    for catalogue in catalogues(domain, "en"):
        yield from (entry for entry in catalogue if not entry.obsolete)


@cache
def english_of_scripts() -> set[str]:
    """Return what Wagtail's scripts say where they are not given the Swedish for it."""
    ours = polib.pofile(str(FOLDER / "djangojs.po"))
    swedish = {entry.msgid: entry.msgstr for file in [*catalogues("djangojs", "sv"), ours] for entry in file}
    return {entry.msgid for entry in sources("djangojs") if swedish.get(entry.msgid) != entry.msgid}


def plain(html: str) -> str:
    """Return a text as it is read."""
    text = BeautifulSoup(html, "html.parser").get_text(" ") if "<" in html else html
    return " ".join(text.split())


def pattern(source: str) -> re.Pattern[str] | None:
    """Return what a text with placeholders can become; none where it is hardly more than those."""
    pieces = PLACEHOLDER.split(plain(source))
    if len(pieces) == 1 or sum(map(len, re.findall(r"[^\W\d]{3,}", "".join(pieces)))) < 6:
        return None
    return re.compile(".+".join(re.escape(piece) for piece in pieces))


def said(html: str) -> set[str]:
    """Return every text, label and hint of a page or of what a dialog loads, and what its scripts are given to show."""
    soup = BeautifulSoup(html, "html.parser")
    found: set[str] = set()
    for node in soup.find_all(string=True):
        if isinstance(node, Comment):
            continue
        if node.parent.name == "script":
            found |= given(node) if "json" in node.parent.get("type", "") else set()
        elif node.parent.name == "template":
            found |= said(str(node))
        elif node.parent.name != "style":
            found.add(" ".join(node.split()))
    for element in soup.find_all(True):
        found |= {element[name] for name in ATTRIBUTES if element.get(name)}
        if element.name == "input" and element.get("type") in {"submit", "button"}:
            found.add(element.get("value", ""))
        for name, value in element.attrs.items():
            if name.startswith("data-") and isinstance(value, str) and value[:1] in '{["':
                found |= given(value)
    return {text for text in found if text}


def given(text: str) -> set[str]:
    """Return the texts in what a script is given."""
    try:
        return set(_strings(json.loads(text)))
    except ValueError:
        return set()


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if "<" in value:
            yield from said(value)
        elif not WORD_OF_CODE.fullmatch(value):
            yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in UNSEEN_KEYS or isinstance(each, dict | list):
                yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
