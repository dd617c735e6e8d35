"""The interface: English in the code, every word of it in Swedish, compiled."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from tests.repository.tree import ROOT, files, text
from tests.tools import tool_or_skip

OTHERS = [code for code, _name in settings.LANGUAGES if code != "en"]
SWEDISH = re.compile(r"[åäö]|\b(och|att|inte|som|av|ett|vad)\b", re.IGNORECASE)
PLACES = re.compile("Umeå|Skåne")  # examples of what to look up
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|{\w*}")
TEMPLATE_CODE = re.compile(
    r"{% comment.*?{% endcomment %}|{% blocktranslate.*?{% endblocktranslate %}|{[%#].*?[%#]}|{{.*?}}", re.DOTALL
)
CLASS_NAMES = re.compile(r"{% block (?:layout|header_class) %}.*?{% endblock %}")
SPEAKING_ATTRIBUTES = ("alt", "title", "aria-label", "placeholder")


def catalogue(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def entries(path: Path) -> dict[tuple[str | None, str], tuple[str, ...]]:
    """Return the translations of a catalogue, compiled or not, by context and source."""
    read = polib.mofile if path.suffix == ".mo" else polib.pofile
    found = {
        (entry.msgctxt, entry.msgid): (entry.msgid_plural, entry.msgstr, *entry.msgstr_plural.values())
        for entry in read(str(path))
    }
    assert len(found) > 100
    return found


@pytest.mark.parametrize("language", OTHERS)
def test_every_entry_is_translated(language):
    file = polib.pofile(str(catalogue(language)))
    assert len(file) > 100
    assert [entry.msgid for entry in file.untranslated_entries()] == []
    assert [entry.msgid for entry in file.fuzzy_entries()] == []
    assert [entry.msgid for entry in file.obsolete_entries()] == []


@pytest.mark.parametrize("language", OTHERS)
def test_translations_keep_the_placeholders(language):
    for entry in polib.pofile(str(catalogue(language))):
        for form, translation in {0: entry.msgstr, **entry.msgstr_plural}.items():
            wanted = entry.msgid_plural if form else entry.msgid  # of one, some say no number
            assert set(PLACEHOLDER.findall(translation)) == set(PLACEHOLDER.findall(wanted)), entry.msgid


@pytest.mark.parametrize("language", OTHERS)
def test_compiled_catalogue_is_that_of_the_source(language):
    assert entries(catalogue(language).with_suffix(".mo")) == entries(catalogue(language))


def test_sources_are_english():
    sources = [entry.msgid + entry.msgid_plural for entry in polib.pofile(str(catalogue("sv")))]
    assert [source for source in sources if SWEDISH.search(PLACES.sub("", source))] == []


def test_code_calls_translation_by_names_that_are_searched_for():
    sources = "\n".join(map(text, files(suffix=".py")))
    imports = re.findall(r"from django\.utils\.translation import \w*gettext\w*(?: as (\w+))?", sources)
    assert len(imports) > 50
    assert set(imports) <= {"", "_"}


def test_templates_have_no_words_of_their_own():
    found = {}
    for path in files("templates", ".html"):
        html = BeautifulSoup(TEMPLATE_CODE.sub("", CLASS_NAMES.sub("", text(path))), "html.parser")
        attributes = [element[name] for name in SPEAKING_ATTRIBUTES for element in html.select(f"[{name}]")]
        if words := re.findall(r"[^\W\d_]+", " ".join([html.get_text(), *attributes])):
            found[path.name] = words
    found.pop("registers.html")  # the names of file formats
    found.pop("figure_preview.html")  # an example in Swedish, as those of the other blocks
    assert found == {}


@pytest.mark.parametrize("language", OTHERS)
def test_catalogue_has_every_source(tmp_path, language):
    tool_or_skip("gettext", bool(shutil.which("xgettext") and shutil.which("msgmerge")), "apt-get install gettext")
    for path in files():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, tmp_path / path)
    (command,) = re.findall(r"`uv run manage.py (makemessages -l sv [^`]+)`", text("README.md"))
    subprocess.run(
        [sys.executable, "manage.py", *command.replace("sv", language).split()],
        cwd=tmp_path,
        env=os.environ | {"DATA_DIR": str(tmp_path / "var")},
        capture_output=True,
        check=True,
    )
    assert entries(tmp_path / catalogue(language).relative_to(ROOT)) == entries(catalogue(language))
