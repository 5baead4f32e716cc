from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.names import fold, name_tokens


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łódź", "lodz"),
        ("Zoë O’Brien", "zoe o'brien"),
        ("Straße", "strasse"),
        ("İSTANBUL Işık", "istanbul isik"),
        ("Søren Đorđe Þóra", "soren dorde thora"),
        ("Smith‑Jones", "smith-jones"),
        ("Ka\u00adtie\u200b", "katie"),
        ("\ufb01ona", "fiona"),
        ("Siân\u00a0Llŷr", "sian llyr"),
    ],
)
def test_folding_removes_case_accents_and_typography(text, folded):
    """Writings of one name that differ only to a machine fold to the same text."""
    assert fold(text).text == folded


@given(st.text())
def test_every_folded_character_maps_into_the_original(text):
    """Offsets never leave the text, never go back, and end at its length."""
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    assert folded.offsets[-1] == len(text)


@given(st.text(min_size=1), st.data())
def test_a_span_refolds_to_what_was_found(text, data):
    """The original text of a folded span holds at least what was found in folded text."""
    folded = fold(text)
    end = data.draw(st.integers(0, len(folded.text)))
    start = data.draw(st.integers(0, end))
    first, last = folded.span(start, end)
    assert folded.text[start:end] in fold(text[first:last]).text


def test_a_combining_mark_belongs_to_the_letter_before_it():
    """A decomposed letter is covered whole when it is found."""
    text = "Zoe\u0308 x"
    assert fold(text).span(2, 3) == (2, 4)


def test_name_tokens_split_at_hyphens_but_not_at_apostrophes():
    """A double-barrelled name is two words; O'Brien is one."""
    assert name_tokens("Anne-Marie O’Brien Jr.") == ("anne", "marie", "obrien", "jr")
