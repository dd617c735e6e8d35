"""The register of counties and municipalities, held against the official list.

The two digests stand for that list: SHA-256 over its lines "code;name", each name in Unicode NFC,
lines sorted and joined by a newline, taken from an open copy of Statistics Sweden's list (counties
as "Stockholms län", municipalities by short name). A digest lets every machine compare without
shipping somebody else's file. When a municipality changes its name, look it up at Statistics
Sweden, change the register, and put the digest that the failing test prints here.
"""

import csv
import hashlib
import unicodedata
from pathlib import Path

import pytest

REGISTER = Path(__file__).parents[2] / "contacts" / "register"
COUNTIES_SHA256 = "9f9a3cd1c9bc0fb1ca22f05eaf9f9918544d678a2e653e9d6b97b4e7f42104ef"
MUNICIPALITIES_SHA256 = "9ad414b9e74881d40d93d7fdd9eb1d3846be2db8d5c1312bd8997130b1d48d8e"

# The municipalities whose own name breaks the rule for the genitive (see the test).
IRREGULAR_FORMAL_NAMES = {"0880": "Kalmar kommun", "1421": "Orust kommun", "2080": "Falu kommun"}


def read(name: str) -> list[dict[str, str]]:
    with (REGISTER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def counties() -> list[dict[str, str]]:
    return read("counties.csv")


@pytest.fixture(scope="module")
def municipalities() -> list[dict[str, str]]:
    return read("municipalities.csv")


def digest(rows: list[dict[str, str]]) -> str:
    lines = sorted(f"{row['code']};{row['name_sv']}" for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_counties_are_the_official_ones(counties):
    assert len(counties) == 21
    assert digest(counties) == COUNTIES_SHA256


def test_municipalities_are_the_official_ones(municipalities):
    assert len(municipalities) == 290
    assert digest(municipalities) == MUNICIPALITIES_SHA256


def test_codes_are_unique_and_name_their_county(counties, municipalities):
    county_codes = {row["code"] for row in counties}
    municipality_codes = {row["code"] for row in municipalities}
    assert len(county_codes) == 21
    assert len(municipality_codes) == 290
    assert {len(code) for code in county_codes} == {2}
    assert {len(code) for code in municipality_codes} == {4}
    assert {code[:2] for code in municipality_codes} == county_codes


@pytest.mark.parametrize("name", ["counties.csv", "municipalities.csv"])
def test_names_are_filled_in_and_composed(name):
    for row in read(name):
        for value in row.values():
            assert value, row
            assert value == value.strip(), row
            assert unicodedata.is_normalized("NFC", value), row


def test_english_names_differ_only_where_a_name_is_established(counties, municipalities):
    for row in counties:
        stem = row["name_sv"].removesuffix(" län")
        assert row["name_en"] in {f"{stem} County", f"{stem.removesuffix('s')} County"}
    translated = {m["code"]: m["name_en"] for m in municipalities if m["name_en"] != m["name_sv"]}
    assert translated == {"1480": "Gothenburg"}


def test_formal_names_follow_the_genitive(municipalities):
    """A name takes an s before "kommun" unless it ends in a vowel, an s or an x."""
    for row in municipalities:
        name = row["name_sv"]
        genitive = name if name[-1] in "aeiouyåäösx" else f"{name}s"
        expected = IRREGULAR_FORMAL_NAMES.get(row["code"], f"{genitive} kommun")
        assert row["formal_name"] == expected


def test_aliases_lead_to_places_of_the_register(counties, municipalities):
    codes = {row["code"] for row in counties + municipalities}
    official = {row["name_sv"].casefold() for row in counties + municipalities}
    aliases = read("aliases.csv")
    assert len({row["alias"].casefold() for row in aliases}) == len(aliases) > 0
    for row in aliases:
        assert row["alias"].casefold() not in official, "an alias may not hide an official name"
        assert set(row["codes"].split()) <= codes, row
        assert row["reason"], row
        assert unicodedata.is_normalized("NFC", row["alias"]), row
        # Only a place outside the country leads nowhere.
        assert bool(row["codes"]) != row["reason"].startswith("elsewhere"), row


def test_areas_mean_places_of_the_register(counties, municipalities):
    codes = {row["code"] for row in counties + municipalities}
    areas = read("areas.csv")
    assert len({row["area"].casefold() for row in areas}) == len(areas) > 100
    assert {row["alias"].casefold() for row in read("aliases.csv")}.isdisjoint(row["area"].casefold() for row in areas)
    for row in areas:
        assert row["codes"], row
        assert set(row["codes"].split()) <= codes, row
        assert row["reason"], row


@pytest.mark.parametrize(("name", "least"), [("localities.csv", 1_000), ("districts.csv", 2_000)])
def test_localities_lie_in_places_of_the_register(counties, municipalities, name, least):
    codes = {row["code"] for row in counties + municipalities}
    official = {row["name_sv"].casefold() for row in municipalities}
    rows = read(name)
    assert len({(row["name"], row["code"]) for row in rows}) == len(rows) > least
    for row in rows:
        assert row["code"] in codes, row
        assert row["name"].casefold() not in official, "the municipality's own name is straight"
        assert unicodedata.is_normalized("NFC", row["name"]), row
