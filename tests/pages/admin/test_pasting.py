"""What an editor pastes from Word becomes blocks, lists, links and footnotes of this site."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from pages.html.word import read_word
from pages.html.word_tables import Table
from tests.accounts import editor_client

WORD = (Path(__file__).parent / "word.html").read_text()
LEVELS = ["h2", "h3", "h4"]
EVERYTHING = ["header-two", "header-three", "unordered-list-item", "ordered-list-item", "BOLD", "ITALIC", "LINK"]
ANCHORS = '<a href="#_ftn1" name="_ftnref1">[1]</a>', '<a href="#_ftnref1" name="_ftn1">[1]</a>'


def test_headings_lists_and_links_survive():
    before, _table, _after = read_word(WORD, LEVELS, 1).pieces
    assert before == (
        "<h2>Skydd i ett akut läge</h2>"
        "<p>Ring <b>genast</b> om personen är i fara.[^1] Läs "
        '<a href="https://www.example.org/lag?a=1&amp;b=2">lagen</a>, avsnittet om ansvar och rutinen, '
        'eller <a href="mailto:stod@example.org">skriv</a>.</p>'
        "<h3>Vem som ansvarar</h3>"
        "<ul><li>Polisen utreder<ul><li>även utomlands</li></ul></li><li>Socialtjänsten skyddar</li></ul>"
        "<ol><li>Lyssna</li><li>Anteckna</li></ol>"
    )


def test_table_keeps_its_caption_its_headings_and_its_notes():
    _before, table, after = read_word(WORD, LEVELS, 1).pieces
    cells = [["<p>Betänketid</p>", "<p>Förundersökningsledaren[^2]</p>"]]
    assert table == Table("Tabell 1. Vem som beslutar", ["Beslut", "Vem"], cells)
    assert after == "<p>Efter tabellen. Tillagt.</p>"


def test_notes_are_numbered_after_those_that_are_there():
    pasted = read_word(WORD, LEVELS, 8)
    assert "i fara.[^8]" in str(pasted.pieces[0])
    assert pasted.notes == ["<p>4 § polislagen <i>(1984:387)</i>.</p>", "<p>5 kap. 15 § utlänningslagen.</p>"]


def test_what_is_left_out_is_counted():
    dropped = read_word(WORD, LEVELS, 1).dropped
    assert dropped == {"picture": 1, "comment": 1, "contents": 1, "deleted": 1, "link": 2, "note": 0}


def test_mark_without_its_note_is_left_out():
    pasted = read_word(f"<p class=MsoNormal>Text.{ANCHORS[0]}</p>", LEVELS, 1)
    assert pasted.pieces == ["<p>Text.</p>"]
    assert pasted.dropped["note"] == 1


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>A</h1><h4>B</h4>", "<h2>A</h2><h4>B</h4>"),
        ("<p class=MsoTitle>A</p>", "<h2>A</h2>"),
        ("<p role=heading aria-level=2>A</p>", "<h3>A</h3>"),
        ("<p><span style='font-weight: bold'>A</span> b</p>", "<p><b>A</b> b</p>"),
        ("<p>A<br>b</p><p><o:p>&nbsp;</o:p></p>", "<p>A<br/>b</p>"),
        ("<ul><li><p>A</p></li></ul>", "<ul><li><p>A</p></li></ul>"),
        ("<p><a href='#top'>A</a> <a href='rutin.docx'>b</a></p>", "<p>A b</p>"),
        ("<p>A<script>alert(1)</script><img src=x onerror=alert(1)></p>", "<p>A</p>"),
    ],
)
def test_text_is_written_as_here(html, expected):
    assert read_word(html, LEVELS, 1).pieces == [expected]


@pytest.fixture
def client(db: None) -> Client:
    return editor_client("change")


def answer(client: Client, html: str, **fields: Any) -> dict[str, Any]:
    with translation.override("sv"):
        sent = {"html": html, "allowed": EVERYTHING, "first_note": 1} | fields
        answer = client.post("/admin/paste-word/", {name: value for name, value in sent.items() if value})
    assert answer.status_code == 200
    return answer.json()


def words(state: str) -> list[str]:
    return [block["text"] for block in json.loads(state)["blocks"]]


def test_blocks_are_what_the_editor_reads(client):
    found = answer(client, WORD, takes_tables="on", takes_notes="on")
    text, table, after = found["blocks"]
    kinds = [(block["type"], block["depth"]) for block in json.loads(text["value"])["blocks"]]
    bullets = [("unordered-list-item", 0), ("unordered-list-item", 1), ("unordered-list-item", 0)]
    numbers = [("ordered-list-item", 0)] * 2
    assert kinds == [("header-two", 0), ("unstyled", 0), ("header-three", 0), *bullets, *numbers]
    links = [entity["data"]["url"] for entity in json.loads(text["value"])["entityMap"].values()]
    assert links == ["https://www.example.org/lag?a=1&b=2", "mailto:stod@example.org"]
    assert table["type"] == "table"
    assert [column["heading"] for column in table["value"]["table"]["columns"]] == ["Beslut", "Vem"]
    assert words(table["value"]["table"]["rows"][0]["values"][0]) == ["Betänketid"]
    assert words(after["value"]) == ["Efter tabellen. Tillagt."]
    assert [words(note) for note in found["notes"]] == [
        ["4 § polislagen (1984:387)."],
        ["5 kap. 15 § utlänningslagen."],
    ]
    assert len(found["told"]) == 7


def test_where_neither_tables_nor_notes_fit_their_words_stay(client):
    (text,) = answer(client, WORD, allowed=["BOLD"])["blocks"]
    found = words(text["value"])
    table = found.index("Beslut")
    assert found[table : table + 4] == ["Beslut", "Vem", "Betänketid", "Förundersökningsledaren[^2]"]
    assert found[-2:] == ["[^1] 4 § polislagen (1984:387).", "[^2] 5 kap. 15 § utlänningslagen."]
    assert {block["type"] for block in json.loads(text["value"])["blocks"]} == {"unstyled"}


@pytest.mark.parametrize("fields", [{}, {"html": "<p>A</p>"}, {"html": "<p>A</p>", "first_note": "0"}])
def test_what_no_editor_sends_is_refused(client, fields):
    assert client.post("/admin/paste-word/", fields).status_code == 400
    assert client.get("/admin/paste-word/").status_code == 405
