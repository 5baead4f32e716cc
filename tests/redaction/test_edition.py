"""The text edition has the words of painted pages in the order in which they are read."""

import pytest

from benchmarks.sample_pages import case_notes, grown, read
from redaction.decisions import PagePlan, PaintBox
from redaction.document import Box, PageKind
from redaction.edition import edition_of, require_gone, require_same
from redaction.paint import paint
from redaction.paint.model import Encoding, Fill, KeptWord, PaintedBox, PaintedPage
from rights.errors import VerificationError
from rights.release import DisclosureMode


def laid(*rows, boxes=()):
    """A painted page of words at (text, left, top), 6 points a letter and 10 high."""
    words = tuple(KeptWord(t, Box(x, y, x + 6 * len(t), y + 10)) for t, x, y in rows)
    return PaintedPage(
        "d", 1, 1, 595, 842, PageKind.TEXT, Encoding.G4, False, "", tuple(boxes), words
    )


def box(left, top, label, mode=DisclosureMode.NAMED):
    area = Box(left, top, left + 50, top + 10)
    return PaintedBox(area, Fill.BLACK, label, "3P", mode, "c")


def test_lines_of_a_sentence_are_joined_and_cells_stay_with_their_row():
    """Full lines carry on; a heading, a gap and a row of a table are paragraphs of their own."""
    page = laid(
        ("Visit", 50, 50),
        ("The-whole-family-was-at-home-that-day", 50, 80),
        ("and-well.", 50, 92),
        ("Date", 50, 120),
        ("3-May", 200, 120),
        ("By", 50, 132),
        ("Priya", 200, 132),
    )
    assert edition_of(page).paragraphs == (
        "Visit",
        "The-whole-family-was-at-home-that-day and-well.",
        "Date: 3-May",
        "By: Priya",
    )


def test_a_label_stands_where_its_box_is_and_a_silent_box_leaves_no_trace():
    """Mode C has no label, so the words beside it follow one another."""
    page = laid(
        ("Then", 50, 50),
        ("came.", 150, 50),
        boxes=(box(90, 50, "[third party]"), box(250, 50, "", DisclosureMode.SILENT)),
    )
    assert edition_of(page).paragraphs == ("Then [third party] came.",)


def test_a_passage_of_many_lines_is_told_once():
    """Nine boxes one below the other are one label to a listener."""
    page = laid(("End.", 50, 200), boxes=[box(50, 50 + 12 * n, "[withheld]") for n in range(9)])
    assert edition_of(page).paragraphs.count("[withheld]") == 1


def test_an_edition_is_held_to_the_pack():
    """A word too many, a word too few, or a withheld word in it: nothing leaves."""
    document = read(case_notes(1))
    page = document.pages[0]
    holts = [w for w in page.words if w.text.startswith("Holt")]
    boxes = tuple(PaintBox(grown(w.box, 1), "[third party]", "3P") for w in holts)
    painted = paint(document, (PagePlan(document.id, page.number, boxes),))
    edition = edition_of(painted.pages[0])
    require_same([(1, edition)], painted.pdf)
    require_gone(painted.pdf, painted.pdf, ["Holt"])
    other = paint(document, (PagePlan(document.id, page.number, ()),))
    with pytest.raises(VerificationError, match="differs"):
        require_same([(1, edition_of(other.pages[0]))], painted.pdf)
    with pytest.raises(VerificationError, match="not_gone"):
        require_gone(other.pdf, painted.pdf, ["Holt"])
