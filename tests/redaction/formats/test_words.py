"""Words, their offsets and their boxes."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.document import Box, Page
from redaction.formats import Incoming, Limits
from redaction.formats.clean import clean
from redaction.formats.pages import read_pages
from redaction.formats.pdfium import Glyph, Pdf
from redaction.formats.reading import read_bytes
from redaction.formats.records import Record
from redaction.formats.sniff import Kind
from redaction.formats.words import lay_out, pieces_of, split_words
from tests.redaction.formats import hostile


def row(text: str, *, left: float = 0, top: float = 0, width: float = 6) -> list[Glyph]:
    """Characters side by side on one line."""
    return [
        Glyph(c, Box(left + i * width, top, left + (i + 1) * width, top + 12))
        for i, c in enumerate(text)
    ]


def page_of(data: bytes) -> Page:
    return read_pages(clean(data), Limits()).pages[0]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x02"), max_size=12)))
def test_offsets_are_exact(lines: list[str]) -> None:
    """Whatever the characters, the page's text holds each word at its offset."""
    glyphs = [g for n, text in enumerate(lines) for g in row(text, top=20 * n)]
    text, words = lay_out(pieces_of(split_words(glyphs)))
    assert all(text[w.start : w.end] == w.text for w in words)
    assert text.split() == [w.text for w in words]
    assert all(len(w.edges) in (0, len(w.text) + 1) for w in words)


def test_ligatures_are_spelled_out() -> None:
    """A ligature becomes its letters, each with its share of the width."""
    (piece,) = pieces_of(split_words(row("Gri\ufb03ths")))
    assert piece.text == "Griffiths"
    assert len(piece.edges) == 10 and list(piece.edges) == sorted(piece.edges)


@pytest.mark.parametrize("mark", ["\u00ad", "\u200b", "\u2060", "\ufeff"])
def test_characters_without_ink_do_not_split_a_name(mark: str) -> None:
    """A soft hyphen or zero-width space inside a name is left out."""
    (piece,) = pieces_of(split_words(row(f"Kh{mark}an")))
    assert piece.text == "Khan"


def test_hyphen_at_the_end_of_a_line_is_kept() -> None:
    """PDFium's mark for a hyphenated line end is a hyphen and a line break."""
    glyphs = [*row("Grif"), Glyph("\x02", Box(24, 0, 28, 12)), *row("fiths", top=20)]
    text, _ = lay_out(pieces_of(split_words(glyphs)))
    assert text == "Grif-\nfiths"


def test_wide_set_letters_are_one_word() -> None:
    """Spaces that PDFium makes up between spaced letters do not part them."""
    glyphs: list[Glyph] = []
    for place, letter in enumerate("Khan"):
        at = place * 8
        glyphs += [Glyph(letter, Box(at, 0, at + 6.5, 12)), Glyph(" ", Box(0, 0, 0, 0), True)]
    assert [p.text for p in pieces_of(split_words(glyphs))] == ["Khan"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, [50, 40, 290, 190]])
def test_boxes_hold_the_ink_as_shown(turn: int, crop: list[int] | None) -> None:
    """On turned and cropped pages the box is where the word is seen, and holds all its ink."""
    pdf = hostile.new_pdf(hostile.line("HOLDS", x=100, y=120, size=20))
    pdf.pages[0].Rotate = turn
    if crop:
        pdf.pages[0].CropBox = pikepdf.Array(crop)
    data = clean(hostile.saved(pdf))
    (page,) = read_pages(data, Limits()).pages
    (word,) = page.words
    with Pdf(data) as view:
        (shown,) = [p.pixels(144) for p in view.pages() if p is not None]
    assert shown.shape[:2] == (round(page.height * 2), round(page.width * 2))
    rows, columns = np.nonzero(shown.min(axis=2) < 128)
    assert word.box.left - 1 <= columns.min() / 2 <= columns.max() / 2 <= word.box.right + 1
    assert word.box.top - 1 <= rows.min() / 2 <= rows.max() / 2 <= word.box.bottom + 1
    assert (word.box.right - word.box.left) * (word.box.bottom - word.box.top) < 90 * 35
    assert bool(word.edges) == (turn == 0), "only level text has places for single letters"


def test_edges_part_the_letters() -> None:
    """The ink of one letter lies between its two edges."""
    data = hostile.saved(hostile.new_pdf(hostile.line("iWi", size=40)))
    (word,) = page_of(data).words
    narrow, wide, last = (b - a for a, b in zip(word.edges, word.edges[1:], strict=False))
    assert wide > 3 * narrow and abs(narrow - last) < 1


def test_same_bytes_same_document() -> None:
    """Reading twice gives equal values, down to the view PDF."""
    item = Record(
        "Title", (("Name", "Sam"),), (("a", "b"), ("1", "2")), "Note\nline", "1 May"
    ).incoming("d")
    first, second = (read_bytes(item, Kind.RECORD, Limits()) for _ in range(2))
    assert first == second and first.pdf == second.pdf
    pdf = Incoming("d", "", hostile.filled_form_field())
    assert read_bytes(pdf, Kind.PDF, Limits()) == read_bytes(pdf, Kind.PDF, Limits())


def test_view_holds_no_history() -> None:
    """The view PDF is written anew: no information dictionary and no earlier revision."""
    view = clean(hostile.earlier_revision())
    with pikepdf.open(BytesIO(view)) as pdf:
        assert "/Info" not in pdf.trailer and "/Metadata" not in pdf.Root
    assert view.count(b"%%EOF") == 1
