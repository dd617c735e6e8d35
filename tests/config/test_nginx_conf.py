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

from contacts.models import OpeningHours, SupportLine
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
    call_command("nginx_conf", str(tmp_path / "nginx"), application=["127.0.0.1:9000"], stdout=StringIO())
    return tmp_path / "nginx"


def test_headers_in_the_file_are_those_of_the_live_site(written):
    (answer,) = visit([get("/robots.txt", PROXIED)], **LIVE)
    found = dict(
        re.findall(r'^add_header ([\w-]+) "?(.*?)"? always;$', (written / "headers.conf").read_text(), re.MULTILINE)
    )
    said_over_https = re.search(r'^    "on" "(max-age=.*)";$', (written / "site.conf").read_text(), re.MULTILINE)
    assert found.pop("Strict-Transport-Security") == "$demand_https"
    found["Strict-Transport-Security"] = said_over_https[1]
    of_the_answer = {"Content-Type", "Content-Length", "Content-Language", "Vary", "ETag"}
    assert found == {name: value for name, value in answer.headers.items() if name not in of_the_answer}


def test_languages_in_the_file_are_those_of_the_site(written):
    config = (written / "site.conf").read_text()
    default, *others = [code for code, _name in settings.LANGUAGES]
    assert re.findall(r'^    default "(\w+)";$', config, re.MULTILINE) == ["none", "none", "none", default]
    assert re.findall(r'^    "~\^/(\w+)/" "(\w+)";$', config, re.MULTILINE) == [(code, code) for code in others]
    assert f'add_header Content-Language "{", ".join([default, *others])}" always;' in config


def test_names_and_folders_in_the_file_are_those_of_the_site(written):
    config = (written / "site.conf").read_text()
    assert re.findall(r"server_name (.*);", config) == ["_", *["stod.example.org www.stod.example.org"] * 2]
    assert "set $data /srv/stod;" in config
    assert re.findall(r"server (\S+) max_fails=0;", config) == ["127.0.0.1:9000"]
    assert "stopping-" not in config
    assert set(re.findall(r"include (.*headers.conf);", config)) == {f"{written}/headers.conf"}
    # What only the operator knows.
    assert len(re.findall(r"; # <<$", config, re.MULTILINE)) == 3
    assert not re.search(r"{[{%#]|&\w+;", config)


@pytest.mark.django_db
def test_each_of_several_servers_is_left_out_while_it_starts_again(tmp_path):
    addresses = ["127.0.0.1:8000", "[::1]:8001", "app.example.org:8002"]
    call_command("nginx_conf", str(tmp_path), application=addresses, stdout=StringIO())
    config = (tmp_path / "site.conf").read_text()
    groups = re.findall(r"^upstream (\w+) {(.*?)^}", config, re.DOTALL | re.MULTILINE)
    assert {name: re.findall(r"server (\S+) max_fails=0;", text) for name, text in groups} == {
        "application": addresses,
        "without_8000": addresses[1:],
        "without_8001": [addresses[0], addresses[2]],
        "without_8002": addresses[:2],
    }
    ports = re.findall(r"if \(-f \$data/ready/stopping-(\d+)\) {.*\n +set \$servers without_(\d+);", config)
    assert ports == [("8000", "8000"), ("8001", "8001"), ("8002", "8002")]


@pytest.mark.django_db
@pytest.mark.parametrize("addresses", [["8000"], ["host:x"], ["a b:1"], ["h:1;"], ["one:8000", "other:8000"]])
def test_servers_that_nginx_could_not_tell_apart_are_refused(tmp_path, addresses):
    with pytest.raises(CommandError, match=r"no address of a server|same port"):
        call_command("nginx_conf", str(tmp_path), application=addresses)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_file_is_refused_while_the_site_has_no_numbers(tmp_path):
    OpeningHours.objects.all().delete()
    SupportLine.objects.all()._raw_delete(SupportLine.objects.db)  # texts refer to them
    with pytest.raises(CommandError, match="init"):
        call_command("nginx_conf", str(tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_folder_that_cannot_be_written_is_said_in_one_line(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("nginx_conf", str(tmp_path / "file"))


def text_of(line: SupportLine) -> str:
    """Return what a row says of a line in the active language."""
    abroad = f"{gettext('From abroad:')} {line.number_from_abroad}" if line.number_from_abroad else ""
    return " ".join(filter(None, [line.heading, line.name, line.number, abroad, capfirst(line.plain_hours)]))


def test_page_without_the_application_has_the_numbers_and_the_looks_of_the_site(written):
    page = BeautifulSoup((written / "away.html").read_text(), "html.parser")
    parts = {section["lang"]: section.extract() for section in page.select("section[lang]")} | {page.html["lang"]: page}
    assert list(parts) == [code for code, _name in settings.LANGUAGES[1:] + settings.LANGUAGES[:1]]
    for language, part in parts.items():
        with translation.override(language):
            lines = [
                ([line.tel, line.tel_from_abroad][: 1 + bool(line.number_from_abroad)], text_of(line))
                for line in SupportLine.objects.all()
            ]
            assert words(part.select_one("h1, h2")) == gettext("Something is wrong on our side")
        rows = part.select(".call__row")
        assert [([link["href"] for link in row.select("a")], words(row)) for row in rows] == lines
        assert ("tel:+4620390000" in str(rows)) == (language != settings.LANGUAGE_CODE)
    assert len(lines) == 3
    for style in page.select("link[rel=stylesheet]"):
        assert finders.find(style["href"].removeprefix(settings.STATIC_URL))
