import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.verify.strings import Forbidden, byte_forms, folded, squeezed, too_short

FOUND = [
    ("Karen Holt", "Ms KAREN HOLT came"),
    ("Karen Holt", "KarenHolt"),
    ("Karen Holt", "Karen Holt's car"),
    ("Karen Holt", "Holt, Karen (mother)"),
    ("Karen Holt", "karen.holt@example.org"),
    ("Karen Holt", "Karen\nHolt"),
    ("Henderson", "Mrs Hen-\nderson"),
    ("Lee", "asked Lee to come"),
    ("Siân Pugh", "Sian Pugh"),
    ("Łukasz", "Lukasz"),
    ("943 476 5919", "NHS number 9434765919."),
    ("9434765919", "943-476-5919"),
    ("TS99 9ZZ", "TS999ZZ"),
    ("07700 900123", "+44 7700 900 123"),
    ("14/03/2009", "born 14 March 2009"),
    ("2009-03-14", "born on 14th March 2009"),
    ("14 March 2009", "14.03.2009"),
    ("1 March 2009", "March 1st, 2009"),
    ("12 Marsh Lane", "at 12, Marsh Lane"),
]
NOT_FOUND = [
    ("Ann Other", "they can not here remain"),
    ("Lee", "asleep in a sleeping bag"),
    ("Karen Holt", "Karen and Mr Holt"),
    ("Holt", "a holter monitor"),
    ("14/03/2009", "14 March 2010"),
]


@pytest.mark.parametrize(("forbidden", "text"), FOUND)
def test_a_string_is_found_however_it_is_written(forbidden, text):
    """Case, spaces, hyphens, accents, order and the ways of writing a date do not hide it."""
    assert Forbidden([forbidden]).hits(text) == {0}


@pytest.mark.parametrize(("forbidden", "text"), NOT_FOUND)
def test_ordinary_words_are_not_mistaken_for_it(forbidden, text):
    """Letters that only happen to follow one another are no finding."""
    assert not Forbidden([forbidden]).hits(text)


def test_ocr_confusions_are_read_through():
    """Of a fresh OCR, letters and digits that look alike count as the same."""
    assert Forbidden(["Bill Morrison"], lookalikes=True).hits("8i1l Morris0n") == {0}
    assert Forbidden(["Martin"], lookalikes=True).hits("Mar tin") == {0}


@given(st.text(string.ascii_letters, min_size=2, max_size=20), st.text(max_size=30))
def test_a_word_set_apart_is_always_found(word, rest):
    """Whatever stands around it, a forbidden word between spaces is found."""
    assert Forbidden([word]).hits(f"{rest} {word.upper()} {rest}") == {0}


@given(st.text(max_size=60))
def test_folding_is_settled(text):
    """Folding twice changes nothing more, and squeezing keeps letters and digits only."""
    assert squeezed(squeezed(text)) == squeezed(text)
    assert folded(text.upper() if text.isascii() else text) == folded(text)


def test_short_strings_are_told_and_left_out_of_bytes():
    """One letter cannot be searched for; short names are not looked for in raw bytes."""
    assert too_short(["K", "-", "Jo"]) == [0, 1]
    assert {i for i, _ in byte_forms(["Lee", "Karen Holt"])} == {1}
