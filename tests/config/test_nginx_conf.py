"""What `manage.py nginx_conf` writes: the site's headers, languages and names, and the page for when it is away."""

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import CommandError, call_command
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext

from contacts.models import SupportLine
from tests.config.processes import LIVE, PROXIED, get, visit
from tests.reading import words


@pytest.fixture
def written(db: None, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the configuration of a live site."""
    settings.SITE_URL, settings.SITE_HOST, settings.DATA_DIR = (
        "https://stod.example.org",
        "stod.example.org",
        "/srv/stod",
    )
    monkeypatch.setenv("ALLOWED_HOSTS", "www.stod.example.org")
    call_command("nginx_conf", str(tmp_path / "nginx"), application="127.0.0.1:9000", stdout=StringIO())
    return tmp_path / "nginx"


def test_headers_in_the_file_are_those_of_the_live_site(written):
    (answer,) = visit([get("/robots.txt", PROXIED)], **LIVE)
    found = dict(
        re.findall(r'^add_header ([\w-]+) "?(.*?)"? always;$', (written / "headers.conf").read_text(), re.MULTILINE)
    )
    of_the_answer = {"Content-Type", "Content-Length", "Content-Language", "Vary", "ETag"}
    assert found == {name: value for name, value in answer.headers.items() if name not in of_the_answer}


def test_languages_in_the_file_are_those_of_the_site(written):
    config = (written / "site.conf").read_text()
    default, *others = [code for code, _name in settings.LANGUAGES]
    assert re.findall(r'^    default "(\w+)";$', config, re.MULTILINE) == ["none", "none", default]
    assert re.findall(r'^    "~\^/(\w+)/" "(\w+)";$', config, re.MULTILINE) == [(code, code) for code in others]
    assert f'add_header Content-Language "{", ".join([default, *others])}" always;' in config


def test_names_and_folders_in_the_file_are_those_of_the_site(written):
    config = (written / "site.conf").read_text()
    assert re.findall(r"server_name (.*);", config) == ["stod.example.org www.stod.example.org"] * 2
    assert "set $data /srv/stod;" in config
    assert "server 127.0.0.1:9000;" in config
    assert set(re.findall(r"include (.*headers.conf);", config)) == {f"{written}/headers.conf"}
    # What only the operator knows.
    assert len(re.findall(r"; # <<$", config, re.MULTILINE)) == 3
    assert not re.search(r"{[{%#]|&\w+;", config)


@pytest.mark.django_db
def test_file_is_refused_while_the_site_has_no_numbers(tmp_path):
    SupportLine.objects.all().delete()
    with pytest.raises(CommandError, match="start it once"):
        call_command("nginx_conf", str(tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_folder_that_cannot_be_written_is_said_in_one_line(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("nginx_conf", str(tmp_path / "file"))


def test_page_without_the_application_has_the_numbers_and_the_looks_of_the_site(written):
    page = BeautifulSoup((written / "away.html").read_text(), "html.parser")
    parts = {section["lang"]: section.extract() for section in page.select("section[lang]")} | {page.html["lang"]: page}
    assert list(parts) == [code for code, _name in settings.LANGUAGES[1:] + settings.LANGUAGES[:1]]
    for language, part in parts.items():
        with translation.override(language):
            lines = [
                [line.tel, line.heading, line.name, line.number, *filter(None, [capfirst(line.plain_hours)])]
                for line in SupportLine.objects.all()
            ]
            assert words(part.select_one("h1, h2")) == gettext("Something is wrong on our side")
        rows = part.select(".call__row")
        assert [[row.a["href"], *map(words, row.find_all(["span", "a"]))] for row in rows] == lines
    assert len(lines) == 3
    for style in page.select("link[rel=stylesheet]"):
        assert finders.find(style["href"].removeprefix(settings.STATIC_URL))
