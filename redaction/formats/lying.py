"""Fonts whose letters say another text than they show.

A PDF says by a table of its own (ToUnicode, ISO 32000-2 9.10.3) what each drawn letter stands for,
and the table may be wrong, by mistake or to deceive. The words of each font on a page are cut out,
set below each other and read by OCR once: where most of what is read there is something else, the
page's text cannot be trusted and what the eye sees is read instead.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from difflib import SequenceMatcher
from hashlib import sha256
from io import BytesIO

import numpy as np
import pikepdf

from redaction.document import Box
from redaction.formats import ocr
from redaction.formats.pdfium import Glyph, PdfPage, Pixels

_WORDS = 8
"""Words of a font that are read: enough to tell a lie from a misreading."""
_LETTERS = 3
_SURE = 0.6
"""OCR confidence from which a reading counts against the file's word."""
_ALIKE = 0.5
"""Likeness under which a word reads as another one; OCR's own slips stay above 0.7."""
_GAP = 40
"""Pixels between two words on the strip."""


class Fonts:
    """Which fonts of one document were held against what they show.

    A font is trusted from then on, unless another of the same name says otherwise what its
    letters are.
    """

    def __init__(self, data: bytes) -> None:
        self._doubtful = _names_shared(data)
        self._checked: dict[str, set[str]] = {}

    def lie(self, page: PdfPage, runs: Sequence[Sequence[Glyph]], seconds: float) -> bool:
        """Whether the words of some font on this page are not what is seen.

        Args:
            page: The page.
            runs: Its words, as far as they are seen.
            seconds: How long one reading may take.
        """
        words: dict[str, dict[str, Sequence[Glyph]]] = {}
        for run in runs:
            if not run or not _is_word(run) or not (font := run[0].font):
                continue
            text = "".join(g.text for g in run)
            checked = self._checked.setdefault(font, set())
            if len(checked) < _WORDS and text not in checked:
                words.setdefault(font, {}).setdefault(text, run)
        if not words:
            return False
        picture = page.pixels(ocr.DPI)
        scale = picture.shape[1] / max(page.width, 1)
        lies = False
        for font, named in words.items():
            longest = sorted(named, key=lambda t: (-len(t), t))[:_WORDS]
            cuts = [_cut(picture, scale, named[text]) for text in longest]
            if _is_read_otherwise(longest, _stacked(cuts), seconds):
                lies = True
            elif font.rpartition("#")[0] not in self._doubtful:
                self._checked[font].update(longest)
        return lies


def _names_shared(data: bytes) -> frozenset[str]:
    """Names that fonts with different tables or drawings go by."""
    found: dict[str, set[tuple[str, ...]]] = {}
    with pikepdf.open(BytesIO(data)) as pdf:
        for item in pdf.objects:
            if not isinstance(item, pikepdf.Dictionary) or item.get("/Type") != "/Font":
                continue
            if str(item.get("/Subtype", "")).startswith("/CIDFont"):
                continue
            name = str(item.get("/BaseFont", "")).removeprefix("/")
            parts = (item.get("/ToUnicode"), item.get("/Encoding"))
            found.setdefault(name, set()).add(tuple(_told(part) for part in parts))
    return frozenset(name for name, tables in found.items() if len(tables) > 1)


def _told(part: object) -> str:
    if isinstance(part, pikepdf.Stream):
        return sha256(part.read_raw_bytes()).hexdigest()
    return repr(part)


def _is_word(run: Sequence[Glyph]) -> bool:
    """Whether OCR could read it by itself: some letters, of one font, from left to right."""
    letters = sum(g.text.isalpha() for g in run)
    wide, high = run[-1].box.right - run[0].box.left, run[0].box.bottom - run[0].box.top
    return letters >= _LETTERS and wide > high and len({g.font for g in run}) == 1


def _cut(picture: Pixels, scale: float, run: Sequence[Glyph]) -> Pixels:
    whole: Box = run[0].box
    for glyph in run[1:]:
        whole = whole.union(glyph.box)
    rows = slice(max(0, int(whole.top * scale)), int(whole.bottom * scale) + 1)
    return picture[rows, max(0, int(whole.left * scale)) : int(whole.right * scale) + 1]


def _stacked(cuts: Sequence[Pixels]) -> Pixels:
    """The words on one white strip, a line each."""
    wide = max(c.shape[1] for c in cuts) + 2 * _GAP
    high = sum(c.shape[0] + _GAP for c in cuts) + _GAP
    strip: Pixels = np.full((high, wide, 3), 255, dtype=np.uint8)
    top = _GAP
    for cut in cuts:
        strip[top : top + cut.shape[0], _GAP : _GAP + cut.shape[1]] = cut
        top += cut.shape[0] + _GAP
    return strip


def _is_read_otherwise(said: Sequence[str], strip: Pixels, seconds: float) -> bool:
    try:
        read = [w.text for w in ocr.read_strip(strip, seconds) if w.confidence >= _SURE]
    except (subprocess.SubprocessError, OSError):
        return False
    seen = [t for t in map(_plain, read) if len(t) >= _LETTERS]
    if not seen:
        return False
    wrong = sum(_best(text, [_plain(s) for s in said]) < _ALIKE for text in seen)
    return 2 * wrong > len(seen)


def _best(text: str, said: Sequence[str]) -> float:
    return max(1.0 if text in s else SequenceMatcher(None, text, s).ratio() for s in said)


def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
