"""Under what title a document stands in a pack's list of contents."""

from __future__ import annotations

import pytest

from casework.painting import in_sight
from redaction.document import Box, PageKind
from redaction.paint.model import Encoding, KeptWord, PaintedPage


def page(text: str) -> PaintedPage:
    """An outgoing page with these words in sight."""
    words = tuple(KeptWord(word, Box(0, 0, 1, 1)) for word in text.split())
    return PaintedPage("d", 1, 1, 595, 842, PageKind.TEXT, Encoding.G4, False, "", (), words)


@pytest.mark.parametrize(
    ("title", "shown", "stands"),
    [
        ("Home visit", "Title: HOME VISIT. Seen at home.", True),
        ("Call to Mrs Crane", "Call to Mrs said that", False),
        ("Call to Mrs Crane", "Crane. Call to Mrs", False),
        ("Home visit", "visit home", False),
        ("", "Home visit", False),
        ("--", "-- --", False),
        ("a long story " * 10, "a long story " * 12, False),
    ],
)
def test_a_title_is_given_only_where_the_page_shows_it(title: str, shown: str, stands: bool):
    """Its very words, side by side; what a box covers is named nowhere else either."""
    assert in_sight(title, page(shown)) is stands
