"""UK identifiers by shape, check and cue."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.find.identifier_rules import RULES
from redaction.find.identifiers import births_in, identifiers_in, with_digits


@pytest.mark.parametrize(
    ("text", "sort", "value"),
    [
        ("NHS number: 943 476 5918", "nhs", "943 476 5918"),
        ("NINO AB 12 34 56 C", "nino", "AB 12 34 56 C"),
        ("NI number AB-12-34-56-C", "nino", "AB-12-34-56-C"),
        ("UTR 1955839661", "utr", "1955839661"),
        ("postcode sw1a 1aa", "postcode", "sw1a 1aa"),
        ("at Flat 3, 17A High Street", "address", "Flat 3, 17A High Street"),
        ("mobile 07700 900123", "phone", "07700 900123"),
        ("tel: (01952) 380000", "phone", "(01952) 380000"),
        ("tel: 01952 380000 ext. 214", "phone", "01952 380000 ext. 214"),
        ("her aunt on +353 86 123 4567 today", "phone", "+353 86 123 4567"),
        ("ring +48 (0)22 123 45 67.", "phone", "+48 (0)22 123 45 67"),
        ("office (415) 555-0132x204", "phone", "(415) 555-0132x204"),
        ("Mobile: 737 219 628 Desk", "phone", "737 219 628"),
        ("text him on 86.123.45.67", "phone", "86.123.45.67"),
        ("call 0034 612 345 678", "phone", "0034 612 345 678"),
        ("(22) 788-0631 - Office", "phone", "(22) 788-0631"),
        ("jane.doe@council.gov.uk wrote", "email", "jane.doe@council.gov.uk"),
        ("sort code 12-34-56", "sort_code", "12-34-56"),
        ("account no 12345678", "bank_account", "12345678"),
        ("passport 123456789", "passport", "123456789"),
        ("licence MORGA753116SM9IJ", "driving_licence", "MORGA753116SM9IJ"),
        ("a blue car, AB12 CDE", "vehicle", "AB12 CDE"),
        ("case TF21C00123 listed", "court_case", "TF21C00123"),
        ("Mosaic ID 1234567", "case_ref", "1234567"),
        ("his passport (A12 on file) and your own, 533401882.", "passport", "533401882"),
        ("DBS certificate 001447210993", "case_ref", "001447210993"),
        ("ChildView ID CV-77120", "case_ref", "CV-77120"),
        ("20-45-77 | 33910284 |", "bank_account", "20-45-77 | 33910284"),
        ("crime ref 22/123456/23", "crime_ref", "22/123456/23"),
    ],
)
def test_identifier_is_found_whole(text, sort, value):
    """Each sort of identifier is found with its exact extent."""
    assert (sort, value) in [(i.sort, text[i.start : i.end]) for i in identifiers_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        "It cost 1,234.56 pounds in 2019.",
        "See page 12345678 of the log.",
        "Version 10.2.3.4 of the form.",
        "I called on 12 10 2018 and again.",
        "The office was called 03.10.2018.",
        "Please call 12.30-13.45 on Monday.",
        "Called 2018-2019 plan.",
        "+3 points and + 12 more.",
        "Version 1.2.345-6789 of it.",
        "She scored 9434765918 points.",
    ],
)
def test_plain_numbers_are_left_alone(text):
    """Numbers without a cue or a passing check are nobody's identifier."""
    assert not list(identifiers_in(text))


def test_mistyped_number_behind_its_cue_is_still_offered():
    """A cue with a failed check is kept with half the confidence and says why."""
    (item,) = [i for i in identifiers_in("NHS no 943 476 5918") if i.sort == "nhs"]
    assert item.confidence < 0.5
    assert "mistyped" in item.reason


@pytest.mark.parametrize(
    "text",
    [
        "DOB 3/4/11",
        "born on 3rd April 2011",
        "d.o.b: 03-04-2011",
        "his date of\n> birth on the form that you hold is 03/04/2011",
    ],
)
def test_birth_dates_behind_a_cue(text):
    """Dates behind a word for birth are found in each British way of writing."""
    assert [i.value for i in births_in(text, frozenset())] == ["2011-04-03"]


def test_other_dates_are_left_alone():
    """A date that is neither cued nor on record is no date of birth."""
    assert not list(births_in("We met on 3/4/2011.", frozenset()))


def test_an_extension_is_no_part_of_the_number():
    """The record's number and the same with an extension compare as equal."""
    found = {i.value for i in identifiers_in("01952 380000 or 01952380000 x21")}
    assert found == {"01952380000"}


@given(st.text(alphabet="0123456789 +().-/x,@ABGNT\n", max_size=400))
def test_shapes_looked_for_in_stretches_are_those_of_the_whole(text):
    """Looking only around digits, slashes and at-signs finds what looking everywhere finds."""
    everywhere = [
        (r.sort, m.span()) for r in RULES for m in r.shape.finditer(text) if r.alone and not r.check
    ]
    assert set(everywhere) <= {(i.sort, (i.start, i.end)) for i in identifiers_in(text)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mobile is now 07991\n441 511.", "07991\n441 511"),
        ("NHS no 943\n476 5919 ok", "943\n476 5919"),
        ("sort code 45-\n48-94 for her", "45-\n48-94"),
        ("at LA12 OAB now", "LA12 OAB"),
        ("write to jo.pemb84 @ hotmail.co.uk please", "jo.pemb84 @ hotmail.co.uk"),
        ("hodan.f (at) example.net", "hodan.f (at) example.net"),
        ("her snap is xx_kayx09 and", "xx_kayx09"),
        ("insta @jojo_pemb", "@jojo_pemb"),
        ("see facebook.com/bron.llewelyn.9.", "facebook.com/bron.llewelyn.9"),
        ("at ///filled.count.soap now", "///filled.count.soap"),
        ("URN  13 | NW | 04417 | 21\nX", "13 | NW | 04417 | 21"),
        ("Crime number 13/CR/04417/21.", "13/CR/04417/21"),
        ("Niche occurrence 12210087719.", "12210087719"),
        ("Arrest/Summons 21/01YZ/01/123456K.", "21/01YZ/01/123456K"),
        ("case no. KH 22 P 00871).", "KH 22 P 00871"),
        ("Legal ref. CC/LEG/2021/0442.", "CC/LEG/2021/0442"),
        ("UPN is A823 4567 8901 2 now", "A823 4567 8901 2"),
        ("NI QQ 12 34 56 C", "QQ 12 34 56 C"),
        ("passport num 502 118 774", "502 118 774"),
        ("pay 20 45 77 5512 8874 now", "20 45 77 5512 8874"),
        ("to Flat 2b, 117a Soutergate, la12 7er", "117a Soutergate"),
        ("office at Unit 4, Low Mill Yard", "Unit 4, Low Mill Yard"),
        ("on ext 4417 today", "4417"),
    ],
)
def test_identifier_in_other_spellings(text, value):
    """Over a line end, with gaps, spelt out, or by a register's name alone."""
    assert value in [text[i.start : i.end] for i in identifiers_in(text)]


def test_reference_words_before_dates_and_years_are_none():
    """A date or a year behind "ref" is no reference; a price and a count are none either."""
    for text in (
        "Ref dated 12/03/2021",
        "log 2021",
        "case no further",
        "rent 450 a month",
        "Year 4",
    ):
        assert not [i for i in identifiers_in(text) if i.sort == "case_ref"]


def test_scanned_digits_are_read_as_digits():
    """Letters that a scanner took for digits count as such, at the same places."""
    assert with_digits("NHS: 40l O23 2I37 and Ollie") == "NHS: 401 023 2137 and Ollie"
    assert with_digits("O7700 9OO 3I2") == "07700 900 312"
    assert with_digits("seen in YES4LMO, AB1Z CDE") == "seen in YE54LMO, AB12 CDE"
    assert with_digits("CLOSING, BESTMAN, AT1O") == "CLOSING, BESTMAN, AT1O"
