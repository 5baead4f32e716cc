"""Setting the words of a line anew around boxes of one width.

What follows a box is drawn again from the view at its new place, never copied as pixels: how a
letter falls on the grid of pixels would else still tell, to a fraction of a point, where it stood
before. Every piece begins on a whole pixel. The words of a scan cannot be drawn anew: their ink is
moved (`shifting`), on paper too uneven for such a fraction to be seen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any

import numpy as np

from redaction.decisions import Closing, PaintBox
from redaction.document import Box, Page, PageKind, Word
from redaction.paint.model import Moved
from redaction.paint.render import Pixels, band
from redaction.paint.shifting import Shift, shift
from rights.release import told

_SILENT_WIDTH = 1.2
"""Points: a box of the silent mode leaves no more than the space between two words."""
_NARROWER = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6)
"""How much narrower a line that became too long is set: in steps, so that it tells next to nothing.

A line that would not fit even then keeps its box at half the width."""
_PADDING = 0.8
"""Points around the words that a carried box covers."""
_SPACE = 0.3
"""Share of a word space from which a gap is one."""
_TAB, _TAB_FROM = 4, 3.4
"""Word spaces that a tab is set as, and from how many a gap beside a box is one."""
_OVERHANG = 1.5
"""Points that the last letter of a piece may reach over its own width."""


@dataclass(slots=True)
class Closed:
    """A page after its lines were closed up: the boxes and words as they now stand."""

    boxes: tuple[PaintBox, ...]
    page: Page
    moved: tuple[Moved, ...] = ()


@dataclass(slots=True)
class _Piece:
    """A word, a part of one, or a box to be cut out; `x` is where it goes."""

    left: float
    right: float
    word: Word | None = None
    cut: int = -1
    """Index of the box; -1 for words."""
    x: float = 0.0
    wide: float = 0.0


@dataclass(slots=True)
class _Line:
    """One run of words and the boxes in it."""

    closing: Closing
    cuts: list[int] = field(default_factory=list[int])


def close_up(
    shown: Any, pixels: Pixels, page: Page, boxes: Sequence[PaintBox], scale: tuple[float, float]
) -> Closed:
    """Sets the lines anew that have boxes to close up to; in place in `pixels`.

    Args:
        shown: The page of the view, open.
        pixels: What was rendered of it.
        page: Its words.
        boxes: The decided boxes of the page.
        scale: Pixels for each point, across and down.
    """
    lines = _lines(boxes)
    if not lines:
        return Closed(tuple(boxes), page)
    placed = list(boxes)
    rows: dict[tuple[float, float], list[Word]] = {}
    for word in page.words:
        rows.setdefault((word.box.top, word.box.bottom), []).append(word)
    taken: set[int] = set()
    words: list[Word] = []
    moved: list[Moved] = []
    for line in lines:
        level = ((top + bottom) / 2 for top, bottom in rows)
        near = [
            row
            for row, middle in zip(rows.values(), level, strict=True)
            if line.closing.top < middle < line.closing.bottom
        ]
        mine = [w for row in near for w in row if _is_on(w.box, line.closing)]
        pieces = _pieces(line, mine, boxes)
        _arrange(pieces, line.closing, boxes, scale[0])
        if page.kind is PageKind.SCAN:
            _move(pixels, pieces, line.closing, scale)
        else:
            _draw(shown, pixels, pieces, line.closing, scale)
        taken.update(w.start for w in mine)
        words += [_at(p) for p in pieces if p.word is not None]
        here = [_moved(p, line.closing) for p in pieces]
        moved += here
        for piece in pieces:
            if piece.cut >= 0:
                box = boxes[piece.cut].box
                placed[piece.cut] = replace(
                    boxes[piece.cut], box=Box(piece.x, box.top, piece.x + piece.wide, box.bottom)
                )
        for index, item in enumerate(boxes):
            # A passage's own box on the same line goes along with its words.
            if item.closing is None and _is_on(item.box, line.closing):
                placed[index] = replace(item, box=carried(item.box, here))
    words += [w for w in page.words if w.start not in taken]
    words.sort(key=lambda w: w.start)
    return Closed(tuple(placed), replace(page, words=tuple(words)), tuple(moved))


def _lines(boxes: Sequence[PaintBox]) -> list[_Line]:
    """The lines to set anew, each word in one of them only.

    A box over two columns closes up the whole line, one in the last column that column: set one
    after the other, what the one cut out would be drawn again by the other.
    """
    lines: list[_Line] = []
    for index, item in enumerate(boxes):
        if item.closing is None:
            continue
        line = _Line(item.closing, [index])
        for other in [o for o in lines if _share_words(o.closing, line.closing)]:
            lines.remove(other)
            line = _Line(_both(other.closing, line.closing), other.cuts + line.cuts)
        lines.append(line)
    return lines


def _share_words(a: Closing, b: Closing) -> bool:
    level = min(a.bottom, b.bottom) - max(a.top, b.top)
    is_same = 2 * level > min(a.bottom - a.top, b.bottom - b.top)
    return is_same and a.start < b.end and b.start < a.end


def _both(a: Closing, b: Closing) -> Closing:
    end = max(a.end, b.end)
    return Closing(
        max(a.top, b.top),
        min(a.bottom, b.bottom),
        min(a.start, b.start),
        end,
        max(end, min(a.limit, b.limit)),
        max(a.width, b.width),
        min(a.space, b.space),
        a.even or b.even,
    )


def carried(box: Box, moved: Sequence[Moved], padding: float = _PADDING) -> Box:
    """Where what stood in a box of the source stands now.

    Args:
        box: On the source page.
        moved: What moved on it.
        padding: Points beside what moved; with none a neighbour drawn closer is not touched.
    """
    found: list[Box] = []
    for item in moved:
        before, after = item.before, item.after
        middle = (before.top + before.bottom) / 2
        across = min(box.right, before.right) - max(box.left, before.left)
        # Padding grazes the neighbour; half of the smaller of the two is more than that.
        least = 0.5 * min(box.right - box.left, before.right - before.left)
        if box.top < middle < box.bottom and across > least:
            grow = (after.right - after.left) / max(before.right - before.left, 1e-6)
            left = after.left + (max(box.left, before.left) - before.left) * grow
            right = after.left + (min(box.right, before.right) - before.left) * grow
            found.append(Box(left, box.top, right, box.bottom))
    if not found:
        return box
    whole = found[0]
    for other in found[1:]:
        whole = whole.union(other)
    return replace(whole, left=whole.left - padding, right=whole.right + padding)


def _is_on(box: Box, line: Closing) -> bool:
    middle = (box.top + box.bottom) / 2
    return (
        line.top < middle < line.bottom
        and box.right > line.start + 0.01
        and box.left < line.end - 0.01
    )


def _pieces(line: _Line, words: Sequence[Word], boxes: Sequence[PaintBox]) -> list[_Piece]:
    """What is left of the words beside the cuts, and the cuts, from left to right."""
    cuts = [(boxes[i].box.left, boxes[i].box.right, i) for i in line.cuts]
    pieces: list[_Piece] = []
    held: dict[int, list[float]] = {i: [] for _, _, i in cuts}
    for word in words:
        if not word.edges:
            # A word that OCR read has no places within: it stays or goes as a whole.
            middle = (word.box.left + word.box.right) / 2
            if not any(left <= middle <= right for left, right, _ in cuts):
                pieces.append(_Piece(word.box.left, word.box.right, word))
            continue
        first, last = min(word.edges), max(word.edges)
        if not any(left <= last and first <= right for left, right, _ in cuts):
            pieces.append(_Piece(word.box.left, word.box.right, word))
            continue
        run: list[int] = []
        for index in range(len(word.text) + 1):
            inside = -1
            if index < len(word.text):
                middle = (word.edges[index] + word.edges[index + 1]) / 2
                inside = next((i for left, right, i in cuts if left <= middle <= right), -1)
                if inside >= 0:
                    held[inside] += [word.edges[index], word.edges[index + 1]]
                else:
                    run.append(index)
                    continue
            if run:
                pieces.append(_part(word, run[0], run[-1] + 1))
                run = []
    for left, right, index in cuts:
        within = held[index] or [left, right]
        pieces.append(_Piece(min(within), max(within), cut=index))
    return sorted(pieces, key=lambda p: (p.left, p.right))


def _part(word: Word, first: int, last: int) -> _Piece:
    if first == 0 and last == len(word.text):
        return _Piece(word.box.left, word.box.right, word)
    edges = word.edges[first : last + 1]
    part = replace(
        word,
        text=word.text[first:last],
        start=word.start + first,
        edges=edges,
        box=replace(word.box, left=edges[0], right=edges[-1]),
    )
    return _Piece(edges[0], edges[-1], part)


def _arrange(
    pieces: Sequence[_Piece], line: Closing, boxes: Sequence[PaintBox], scale: float
) -> None:
    """Gives every piece its place, narrower where the line would run over its end."""
    for narrow, share in (*((n, 1.0) for n in _NARROWER), (_NARROWER[-1], 0.5)):
        end = _place(pieces, line, boxes, scale, narrow, share)
        if end <= line.limit:
            return


def _place(
    pieces: Sequence[_Piece],
    line: Closing,
    boxes: Sequence[PaintBox],
    scale: float,
    narrow: float,
    share: float,
) -> float:
    at = pieces[0].left
    before: _Piece | None = None
    fixed = not line.even and narrow == 1.0
    for piece in pieces:
        gap = narrow * _gap(before, piece, line)
        if piece.cut >= 0:
            box = boxes[piece.cut]
            pad = max(0.0, piece.left - box.box.left)
            silent = told(box.mode) is None
            piece.x = at + gap - pad
            piece.wide = _SILENT_WIDTH if silent else line.width * share
            at = piece.x + piece.wide
            fixed = False
        else:
            if before is not None and before.cut >= 0 and told(boxes[before.cut].mode) is None:
                gap = 0.0
            piece.x = piece.left if fixed else at + gap
            if not fixed and (line.even or before is None or before.cut >= 0):
                piece.x = math.ceil(piece.x * scale - 1e-6) / scale
            piece.wide = (piece.right - piece.left) * narrow
            at = piece.x + piece.wide
        before = piece
    return at


def _gap(before: _Piece | None, piece: _Piece, line: Closing) -> float:
    """The space before a piece; beside a box never as it was: letters are kerned by their shape."""
    if before is None:
        return 0.0
    gap = max(0.0, piece.left - before.right)
    beside = piece.cut >= 0 or before.cut >= 0
    if gap > _SPACE * line.space:
        usual = line.space * (_TAB if gap > _TAB_FROM * line.space and not line.even else 1)
        return usual if beside or line.even else gap
    return 0.0 if beside else gap


def _draw(
    shown: Any,
    pixels: Pixels,
    pieces: Sequence[_Piece],
    line: Closing,
    scale: tuple[float, float],
) -> None:
    first = next(i for i, p in enumerate(pieces) if p.cut >= 0 or p.x != p.left)
    rows = slice(math.floor(line.top * scale[1]), math.ceil(line.bottom * scale[1]))
    start = min(pieces[first].x, pieces[first].left)
    end = max(line.end, pieces[-1].x + pieces[-1].wide) + _OVERHANG
    columns = slice(max(0, math.ceil(start * scale[0])), math.ceil(end * scale[0]))
    area = pixels[rows, columns]
    area[:] = np.median(area.reshape(-1, *area.shape[2:]), axis=0).astype(np.uint8)
    group: list[_Piece] = []
    for piece, after in zip_longest(pieces[first:], pieces[first + 1 :]):
        if piece.cut >= 0:
            continue
        group.append(piece)
        if after is None or after.cut >= 0 or line.even:
            # Half way to what follows: no stroke of a letter that was cut out may come along.
            free = _OVERHANG if after is None else (after.left - piece.right) / 2
            _put(shown, pixels, group, rows, scale, max(0.0, min(_OVERHANG, free)))
            group = []


def _move(
    pixels: Pixels, pieces: Sequence[_Piece], line: Closing, scale: tuple[float, float]
) -> None:
    """Moves the picture of the words on a scan, which cannot be drawn anew."""
    rows = slice(
        max(0, math.floor(line.top * scale[1])),
        min(pixels.shape[0], math.ceil(line.bottom * scale[1])),
    )
    start = min(line.start, pieces[0].x)
    end = max(line.end, pieces[-1].x + pieces[-1].wide)
    columns = slice(
        max(0, math.floor(start * scale[0]) - 1),
        min(pixels.shape[1], math.ceil(end * scale[0]) + 1),
    )
    shifts: list[Shift] = []
    for piece in pieces:
        if piece.word is not None:
            # The soft edge of the last stroke lies a pixel beyond its box.
            left, right = math.floor(piece.left * scale[0]) - 1, math.ceil(piece.right * scale[0])
            at = round(piece.x * scale[0]) - 1
            wide = right + 1 - left
            share = piece.wide / max(piece.right - piece.left, 1e-6)
            to = max(at, 0)
            shifts.append(Shift(max(left, 0), right + 1, to, to + round(wide * share)))
    shift(pixels, rows, columns, shifts)


def _put(
    shown: Any,
    pixels: Pixels,
    group: Sequence[_Piece],
    rows: slice,
    scale: tuple[float, float],
    over: float,
) -> None:
    """Draws these pieces anew so that they begin where they now stand."""
    first, last = group[0], group[-1]
    narrow = first.wide / max(first.right - first.left, 1e-6)
    at = round(first.x * scale[0])
    count = math.ceil((last.x + last.wide + over - first.x) * scale[0])
    count = min(count, pixels.shape[1] - at)
    if count > 0:
        window = (at, rows.start, count, rows.stop - rows.start)
        offset = at - first.left * scale[0] * narrow
        drawn = band(shown, window, offset, narrow, scale, colour=pixels.ndim == 3)
        pixels[rows, at : at + count] = drawn


def _at(piece: _Piece) -> Word:
    assert piece.word is not None
    word, left, x = piece.word, piece.left, piece.x
    narrow = piece.wide / max(piece.right - left, 1e-6)
    edges = tuple([x + (e - left) * narrow for e in word.edges])
    box = Box(x, word.box.top, x + piece.wide, word.box.bottom)
    return Word(word.text, box, word.start, edges, word.origin, word.confidence)


def _moved(piece: _Piece, line: Closing) -> Moved:
    return Moved(
        Box(piece.left, line.top, piece.right, line.bottom),
        Box(piece.x, line.top, piece.x + piece.wide, line.bottom),
    )
