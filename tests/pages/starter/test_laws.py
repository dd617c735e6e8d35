"""Citations of law in the starter content, written out from one table."""

import re
import tomllib
from datetime import date

import pytest

from pages.starter.laws import CITATION, LAWS, with_laws_cited
from pages.starter.loader import read_pages, starter_languages

ACTS = tomllib.loads(LAWS.read_text(encoding="utf-8"))["acts"]


def cited(citation: str, language: str) -> str:
    return with_laws_cited(citation, language).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("citation", "swedish", "english"),
    [
        (
            "<law:sol/19:1>",
            "19 kap. 1 § socialtjänstlagen (2025:400), lydelse enligt kopia av den 15 december 2025.",
            "Social Services Act (2025:400), chapter 19, section 1, as worded in a copy of 15 December 2025.",
        ),
        (
            "<law:utll/5:15/2>",
            "5 kap. 15 § andra stycket utlänningslagen (2005:716), lydelse enligt kopia av den 2 januari 2026.",
            "Aliens Act (2005:716), chapter 5, section 15, second paragraph, as worded in a copy of 2 January 2026.",
        ),
        (
            "<law:utll/7:7 b>",
            "7 kap. 7 b § utlänningslagen (2005:716), lydelse enligt kopia av den 2 januari 2026.",
            "Aliens Act (2005:716), chapter 7, section 7 b, as worded in a copy of 2 January 2026.",
        ),
        (
            "<law:lgeb/2–3>",
            "2–3 §§ lagen (2005:429) om god man för ensamkommande barn, lydelse enligt kopia av år 2017.",
            "Act on Guardians for Unaccompanied Children (2005:429), sections 2–3, as worded in a copy of 2017.",
        ),
        (
            "<law:osl/10:21,10:23>",
            "10 kap. 21 § och 10 kap. 23 § offentlighets- och sekretesslagen (2009:400)",
            "Public Access to Information and Secrecy Act (2009:400), chapter 10, section 21 and chapter 10, section",
        ),
    ],
)
def test_citation_names_section_act_and_day_of_the_copy(citation, swedish, english):
    assert cited(citation, "sv").startswith(swedish)
    assert cited(citation, "en").startswith(english)
    assert cited(citation, "sv").endswith("Ska läsas om senast den 27 februari 2027.")
    assert cited(citation, "en").endswith("Next review by 27 February 2027.")


def test_text_before_and_after_a_citation_stays():
    shown = cited("Se <law:brb/4:1 a> Och <law:lvu/6> Slut.", "sv")
    assert shown.startswith("Se 4 kap. 1 a § brottsbalken (1962:700), ")
    assert " Och 6 § lagen (1990:52) med särskilda bestämmelser om vård av unga, " in shown
    assert shown.endswith(" Slut.")


@pytest.mark.parametrize("citation", ["<law:sol/19:1>", "<law:lvu/6>"])
def test_number_and_sign_stay_on_one_line(citation):
    assert not re.search(r"\d (§|kap)", with_laws_cited(citation, "sv"))
    assert re.search(r"\d\N{NO-BREAK SPACE}§", with_laws_cited(citation, "sv"))


def test_act_that_the_table_lacks_and_section_that_is_none_are_refused():
    with pytest.raises(KeyError):
        with_laws_cited("<law:okänd/1>", "sv")
    with pytest.raises(ValueError, match="kapitel 3"):
        with_laws_cited("<law:sol/kapitel 3>", "sv")


def test_every_act_has_a_name_in_each_language_and_a_day_that_is_past():
    assert len(ACTS) > 8
    for act in ACTS.values():
        assert all(act[language] for language in starter_languages())
        assert act["as_of"] < (2026 if isinstance(act["as_of"], int) else date(2026, 11, 27))


@pytest.mark.parametrize("language", starter_languages())
def test_every_citation_of_the_starter_can_be_written_out(language):
    pages = read_pages(language)
    assert sum(len(CITATION.findall(page.text)) for page in pages) >= 1
    for page in pages:
        assert "<law:" not in with_laws_cited(page.text, language), page.key
