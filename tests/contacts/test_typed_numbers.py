"""Telephone numbers in a text are told from the other numbers that texts are full of."""

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneNumber, PhoneNumberFormat, example_number_for_type, format_number, is_valid_number, parse
from phonenumbers.phonenumberutil import PhoneNumberType

from contacts.typed_numbers import refused_numbers, typed_numbers

NUMBERS = [
    "112",
    "114 14",
    "114\u00a014",
    "114-14",
    "11414",
    "116 111",
    "116\u202f111",
    "116111",
    "020-390 000",
    "020-39 00 00",
    "020 390 000",
    "020–390 000",
    "020390000",
    "+46(0)20-390 000",
    "+46 20 390 000",
    "0046 20 390 000",
    "+46 8-405 50 05",
    "08-465 004 00",
    "0980-319 200",
    "070-174 06 05",
    "0701740605",
    "010-223 57 60",
    "040/628 04 10",
    "+47 22 33 44 55",
    "+358 9 123 456",
]
SENTENCES = [
    "{}",
    "Ring {}.",
    "Ring {} nu, annars är det för sent.",
    "Är det akut ({})? Ring.",
    "Ring {}, dygnet runt.",
]
NO_NUMBERS = [
    "SoL (2025:400) 19 kap. 1 §",
    "lag 2022:112, prop. 2024/25:112 och SOU 2025:119",
    "2009:400 10:21 och 10:23",
    "brottsbalken 4 kap. 1 a § och 112 §, § 112, 112–115 §§",
    "2026-11-27",
    "2026-11-27 08:00",
    "den 27 november 2026 kl. 08.00",
    "01/02/2026, 01.02.2026 och 01-02-2026",
    "vardagar 08.00–16.00",
    "08:30-16:30 och 17.00 – 21.00",
    "vardagar 08.00–16.00 2026 och 08.30-16.30 2027",
    "kl. 08.30-11.30, 13.00-16.30",
    "10 000 kronor, 112 kronor, 116 111 kr, 114 14 euro och 1 112 000 SEK",
    "100 000 000 kronor, 020 procent, 112 %, 112 procent",
    "sidan 112, s. 112, kapitel 112",
    "section 112 and article 112 on page 112",
    "2018–2022, mellan 2018 och 2022",
    "EN 301 549 V3.2.1 och WCAG 2.1",
    "blankett 194011 och 195011",
    "290 kommuner och 21 län, 0–17 år",
    "2:112, 1.112, 112,5 och 112.5",
    "B112, 112x, A11414",
    "https://example.org/020-390000/112 och www.example.org/112",
    "",
]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_typed_number_is_found_with_the_words_around(number, sentence):
    text = sentence.format(number)
    assert [(found, around) for found, around in typed_numbers(text)] == [(number, text)]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_other_numbers_are_none(text):
    assert list(typed_numbers(text)) == []


def test_all_numbers_of_a_text_are_found_in_order():
    text = "Ring 112 eller 114 14 (020-390 000 på kontorstid, 08.00–16.00), barn 116 111. SFS 2025:400."
    assert [number for number, _around in typed_numbers(text)] == ["112", "114 14", "020-390 000", "116 111"]


def test_only_the_nearest_words_are_shown():
    before, after = "mycket text som står långt före ", " och mycket text som står långt efteråt"
    ((_number, around),) = typed_numbers(f"{before * 3}ring 112 nu{after * 3}")
    assert around.startswith("…")
    assert around.endswith("…")
    assert " ring 112 nu och" in around
    assert len(around) < 80


DIGITS = st.integers
CLOCK = st.builds("{:02}{}{:02}".format, DIGITS(0, 23), st.sampled_from(".:"), DIGITS(0, 59))
AMOUNT = st.builds(
    lambda amount, space: f"{amount:,}".replace(",", space), DIGITS(1, 10**9), st.sampled_from(" \u00a0")
)
YEAR, MONTH, DAY = DIGITS(1900, 2039), DIGITS(1, 12), DIGITS(1, 28)
OTHERS = st.one_of(
    st.builds("år {}".format, YEAR),
    st.builds("{}–{}".format, YEAR, YEAR),
    st.builds("SFS {}:{}".format, YEAR, DIGITS(1, 2000)),
    st.builds("{}-{:02}-{:02}".format, YEAR, MONTH, DAY),
    st.builds("{} mars {}".format, DAY, YEAR),
    st.builds("{1:02}{0}{2:02}{0}{3}".format, st.sampled_from("/.-"), DAY, MONTH, YEAR),
    st.builds("{}–{}".format, CLOCK, CLOCK),
    st.builds("kl. {}-{}".format, CLOCK, CLOCK),
    st.builds("{} {}".format, AMOUNT, st.sampled_from(["kronor", "kr", "euro", "SEK"])),
    st.builds("{} kap. {} §".format, DIGITS(1, 60), DIGITS(1, 200)),
    st.builds("{}:{}".format, DIGITS(1, 60), DIGITS(1, 200)),
    st.builds("{}–{} §§".format, DIGITS(1, 200), DIGITS(1, 200)),
    st.builds("{} procent".format, DIGITS(0, 200)),
)


@settings(max_examples=1000, deadline=None)
@given(st.lists(OTHERS, min_size=1, max_size=3), st.sampled_from([", ", ". ", " och ", "; ", ".\n", " (", "). "]))
def test_years_laws_dates_times_and_amounts_are_no_numbers(others, between):
    assert list(typed_numbers(between.join(others))) == []


def swedish(kind: int, digits: str) -> PhoneNumber:
    """Return a number like the example of its kind, with other digits at the end."""
    like = str(example_number_for_type("SE", kind).national_number)
    return parse(like[:3] + digits[: len(like) - 3], "SE")


NUMBER = st.builds(
    swedish,
    st.sampled_from([PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.TOLL_FREE]),
    st.text("0123456789", min_size=9, max_size=9),
).filter(is_valid_number)
FORMAT = st.sampled_from([PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.E164])


@settings(max_examples=500, deadline=None)
@given(number=NUMBER, written_as=FORMAT, before=OTHERS, after=OTHERS)
def test_number_among_them_is_found(number, written_as, before, after):
    written = format_number(number, written_as)
    found = [number for number, _around in typed_numbers(f"{before}. Ring {written}, så snart du kan. {after}")]
    assert found == [written]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Ring <b>114</b> 14.</p>",
        "<p>Ring 020-<i>390</i> 000.</p>",
        "<ul><li>Fara</li><li>112</li></ul>",
        '<p>Ring <a href="tel:112">larmnumret</a>.</p>',
        '<p>Ring <embed embedtype="number" number="danger"/> eller 112.</p>',
    ],
)
def test_number_is_found_in_rich_text(html):
    with override("en"):
        (told,) = refused_numbers(html, is_rich=True)
    assert "is typed" in told


@pytest.mark.parametrize(
    "html",
    [
        '<p>Ring <embed embedtype="number" number="danger"/>.</p>',
        '<p>11<embed embedtype="number" number="danger"/>2</p>',
        "<ul><li>114</li><li>14</li></ul>",
        '<p><a href="https://example.org/112">Läs mer</a></p>',
        '<p><a linktype="page" id="112">Läs mer</a></p>',
    ],
)
def test_reference_and_address_are_no_typed_number(html):
    assert list(refused_numbers(html, is_rich=True)) == []
