"""What the guide answers for a place is stored nowhere; while the database is away, it is the page for no place."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.pages.page_cache.processes import PATIENCE, wait_until
from tests.pages.page_cache.test_database_away import AWAY, database_away
from tests.reading import assert_numbers, words

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("ready"), pytest.mark.long]

CHILD = "/just-nu/svar/nej-inte-just-nu/jag-ar-volontar/ja/"
RESULT = f"{CHILD}var-ar-personen/"
LULEA = "Luleå, Norrbottens län"


def stored(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def answered(files: dict[str, bytes]) -> set[str]:
    """Return the paths below any generation of what was answered."""
    return {path.partition("/")[2] for path in files if "/svar/" in path}


def test_answers_without_a_place_are_ready_and_those_for_one_are_in_no_file(site):
    reader = site.readers[0]
    assert reader.get(RESULT).status == 200
    wait_until(lambda: "hit" in reader.get(RESULT).source, PATIENCE)
    before = stored(site.folder)
    assert any("var-ar-personen" in path for path in before)
    for code in ("2580", "1280", "0114", "25"):
        answer = reader.get(f"{RESULT}?place={code}")
        assert answer.status == 200
        assert "hit" not in answer.source
        assert answer.headers["Cache-Control"] == "no-store"
    assert LULEA in reader.get(f"{RESULT}?place=2580").text
    assert reader.get(f"{CHILD}?q=Lule%C3%A5").status == 302
    after = stored(site.folder)
    assert not [path for path in after if "place" in path or "2580" in path]
    # Nor in a compressed one: no answers were stored but those for no place.
    assert answered(after) == answered(before)
    assert LULEA not in reader.get(RESULT).text


def test_without_the_database_the_answer_is_the_one_for_no_place(site):
    reader = site.readers[0]
    reader.get(RESULT)
    wait_until(lambda: "hit" in reader.get(RESULT).source, PATIENCE)
    assert LULEA in reader.get(f"{RESULT}?place=2580").text
    with database_away(site):
        wait_until(lambda: AWAY in reader.get(RESULT).source, PATIENCE)
        answer = reader.get(f"{RESULT}?place=2580")
        assert (answer.status, answer.shown) == (200, reader.get(RESULT).shown)
        assert AWAY in answer.source
        html = BeautifulSoup(answer.text, "html.parser")
        assert_numbers(html)
        assert words(html.h1) == "Ring och anmäl din oro"
        # What nobody has read yet says whom to call.
        unread = reader.get("/just-nu/svar/nej-inte-just-nu/jag-ar-volontar/nej-en-vuxen/var-ar-personen/?place=2580")
        assert unread.status == 503
        assert_numbers(BeautifulSoup(unread.text, "html.parser"))
    wait_until(lambda: AWAY not in reader.get(RESULT).source, PATIENCE)
