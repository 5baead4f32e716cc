"""From characters with boxes to words with offsets into the page's text.

Page text is words joined by one space, or by one line break where a line ends; nothing else is in
it, so a word's offset is exact. Ligatures are spelled out (a rule that looks for "Griffiths" must
find it when the file says "Gri\ufb03ths") and characters without ink are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from redaction.document import Box, Origin, Word
from redaction.formats.pdfium import Glyph

_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_INKLESS = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\x00")
"""Zero-width characters and the soft hyphen, which is not shown inside a line."""
_PDFIUM_HYPHEN = "\x02"
"""PDFium's own mark for a hyphen at the end of a line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word before it has an offset; `starts_line` says that a line break comes before it."""

    text: str
    box: Box
    edges: tuple[float, ...] = ()
    starts_line: bool = False
    origin: Origin = Origin.NATIVE
    confidence: float = 1.0


def split_words(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Runs of characters that make a word; an empty run marks the end of a line."""
    runs: list[list[Glyph]] = []
    run: list[Glyph] = []
    doubtful = False

    def close(*, line: bool) -> None:
        nonlocal run
        if run:
            runs.append(run)
            run = []
        if line and runs and runs[-1]:
            runs.append([])

    for place, glyph in enumerate(glyphs):
        text = glyph.text
        if text in "\r\n":
            close(line=True)
        elif text == _PDFIUM_HYPHEN or (text == "\u00ad" and _ends_line(glyphs, place)):
            run.append(replace(glyph, text="-"))
            close(line=True)
        elif glyph.generated:
            doubtful = True
        elif text.isspace():
            close(line=False)
        elif text in _INKLESS:
            continue
        else:
            if run and not _follows(run, glyph):
                close(line=_changes_line(run[-1].box, glyph.box))
            elif run and doubtful and not _is_letter_spacing(run[-1].box, glyph.box):
                close(line=False)
            run.append(glyph)
            doubtful = False
    close(line=False)
    return runs


def _ends_line(glyphs: Sequence[Glyph], place: int) -> bool:
    return place + 1 == len(glyphs) or glyphs[place + 1].text in "\r\n"


def _is_letter_spacing(before: Box, after: Box) -> bool:
    """Whether a space that PDFium made up is only wide-set type ("S m i t h").

    A word space is at least a fifth of the height of the type; wide-set letters are closer.
    """
    height = before.bottom - before.top
    level = abs(after.bottom - before.bottom) < height * 0.2
    return level and 0 <= after.left - before.right < height * 0.15


def _changes_line(before: Box, after: Box) -> bool:
    height = max(before.bottom - before.top, 1)
    return abs(after.bottom - before.bottom) > height * 0.7 or after.right < before.left - height


def _follows(run: Sequence[Glyph], glyph: Glyph) -> bool:
    """Whether the character carries on the word: close by, in any direction of writing."""
    last, new = run[-1].box, glyph.box
    size = max(min(last.bottom - last.top, last.right - last.left), 1)
    reach = max(last.bottom - last.top, last.right - last.left, size)
    across = max(new.left - last.right, last.left - new.right, 0)
    down = max(new.top - last.bottom, last.top - new.bottom, 0)
    return across <= reach * 0.5 and down <= reach * 0.5


def to_piece(run: Sequence[Glyph], *, starts_line: bool) -> Piece:
    """One word with its box and, if it is written from left to right, its inner edges."""
    letters: list[str] = []
    edges: list[float] = []
    starts: list[float] = []
    # A ligature is one character of a special kind, or several that share one box.
    for box, together in groupby(run, key=lambda g: g.box):
        spelled = "".join(_LIGATURES.get(g.text, g.text) for g in together)
        width = (box.right - box.left) / len(spelled)
        letters += spelled
        edges += [box.left + i * width for i in range(len(spelled))]
        starts.append(box.left)
    boxes = [g.box for g in run]
    whole = Box(
        min(b.left for b in boxes),
        min(b.top for b in boxes),
        max(b.right for b in boxes),
        max(b.bottom for b in boxes),
    )
    edges = [whole.left, *edges[1:], whole.right]
    level = all(a < b for a, b in pairwise(starts)) and all(a <= b for a, b in pairwise(edges))
    return Piece("".join(letters), whole, tuple(edges) if level else (), starts_line)


def pieces_of(runs: Iterable[Sequence[Glyph]]) -> list[Piece]:
    """Words of the runs that `split_words` made."""
    pieces: list[Piece] = []
    starts_line = False
    for run in runs:
        if not run:
            starts_line = True
            continue
        pieces.append(to_piece(run, starts_line=starts_line))
        starts_line = False
    return pieces


def lay_out(pieces: Sequence[Piece]) -> tuple[str, tuple[Word, ...]]:
    """The page's text and its words, each with the offset at which it stands in that text."""
    parts: list[str] = []
    words: list[Word] = []
    at = 0
    for piece in pieces:
        if parts:
            parts.append("\n" if piece.starts_line else " ")
            at += 1
        words.append(
            Word(
                piece.text,
                _round(piece.box),
                at,
                tuple(round(e, 3) for e in piece.edges),
                piece.origin,
                round(piece.confidence, 3),
            )
        )
        parts.append(piece.text)
        at += len(piece.text)
    return "".join(parts), tuple(words)


def _round(box: Box) -> Box:
    # A thousandth of a point, as the normal form is stored: reading twice gives equal values.
    return Box(round(box.left, 3), round(box.top, 3), round(box.right, 3), round(box.bottom, 3))
