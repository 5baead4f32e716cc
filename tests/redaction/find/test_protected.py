"""Traces of protected facts, however they are written."""

import pytest

from redaction.document import Origin
from redaction.find.protected import fact_strings, protected_in
from tests.redaction.find.cast import document

SAFE = "14 Rowan Close, Marske, TS11 6QR"
SCHOOL = "Coatham Hill Primary School"


@pytest.mark.parametrize(
    ("text", "trace"),
    [
        ("They moved to 14 Rowan Close, Marske, TS11 6QR.", SAFE),
        ("Taxi to 14 ROWAN\nCLOSE at nine.", "14 ROWAN\nCLOSE"),
        ("Parcel for ts116qr came.", "ts116qr"),
        ("She lives at 14 Rowen Close now.", "14 Rowen Close"),
        ("He is at Coatham  Hill Primary School.", "Coatham  Hill Primary School"),
        ("He is at Coatham Hil Primary School.", "Coatham Hil Primary School"),
    ],
)
def test_a_trace_is_found_however_it_is_written(text, trace):
    """Whole or in part, in capitals, over lines, with a slip."""
    (span,) = protected_in([document(text)], [SAFE, SCHOOL])
    assert text[span.start : span.end] == trace


def test_the_house_next_door_is_another_house():
    """A number that differs is no slip of the pen."""
    assert not protected_in([document("Mr Ash of 16 Rowan Close called.")], [SAFE])


def test_a_misread_number_counts_on_a_scan_only():
    """A scanner takes 1 for l; a keyboard does not."""
    text = "Moved to l4 Rowan Close."
    assert protected_in([document(text, origin=Origin.OCR)], [SAFE])
    assert not protected_in([document(text)], [SAFE])


def test_an_apostrophe_hides_no_slip():
    """O'Connor stands as one word or as two; a misread forename beside it is found."""
    fact = "Nicola O'Connor"
    for text in ("Moved in with Nico1a O'Connor.", "Moved in with Nico1a OConnor."):
        assert protected_in([document(text, origin=Origin.OCR)], [fact])


def test_parts_that_give_it_away_are_looked_for():
    """House and street, and the postcode; the town alone gives nothing away."""
    assert fact_strings(SAFE) == (SAFE, "TS11 6QR", "14 Rowan Close")
    assert fact_strings(" Sandy Bay ") == ("Sandy Bay",)
