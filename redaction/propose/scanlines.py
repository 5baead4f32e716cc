"""Which lines of a scan can close up to a box: the picture of their words is moved.

OCR gives no size of type, and its boxes end at the ink. What a closed line is set by (its size of
type, its space between words, where it begins) is therefore taken from the words that stay and from
the page, never from what is covered. The whole run gets the page's usual space, as on lines that
are set to fill a column.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from itertools import pairwise

from redaction.decisions import Closing
from redaction.document import Box, Page, PageKind, Word
from redaction.propose.closing import BESIDE, LONGEST, MARGIN, WIDTH

_UPPER = frozenset("bdfhklABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_LOWER = frozenset("gpqy")
_CAPITAL, _SMALL, _TAIL = 0.72, 0.53, 0.21
"""Ems of a capital, of a small letter and of a tail (Liberation Sans and Serif, DejaVu alike)."""
_APART = 1.3
"""Ems of ink gap from which a new column begins."""
_TOUCHING = 0.06
"""Ems of gap below which two words cannot be told apart."""
_UNEVEN = 0.35
"""Ems by which a word's foot may stand off its line's."""
_ROOM = 0.08
"""Ems above and below the ink of a line that go with it."""
_SPACE, _TYPED_SPACE = 0.3, 0.65
"""Ems of ink gap between two words as they are set anew."""
_WIDE = 0.5
_SAME_START = 0.7
"""Ems within which lines begin at one margin."""
_OTHER_SIZE = 0.15
_LEAST_SURE = 0.3
_LEAST_LINE = 2
"""Words that must tell the size of a line; with fewer the page tells it."""


def closing_on_scan(
    page: Page, words: Sequence[Word], neighbours: Sequence[Word], areas: Sequence[Box] = ()
) -> tuple[Box, Closing] | None:
    """What is cut out of a line of a scan and how the rest closes up; None where it cannot.

    Args:
        page: The page.
        words: What is covered on one line, whole words.
        neighbours: The words that share height with it.
        areas: Boxes that stay where they are.
    """
    if page.kind is not PageKind.SCAN or page.marks is None:
        return None
    covered = {w.start for w in words}
    first, last = min(w.box.left for w in words), max(w.box.right for w in words)
    middle = statistics.median((w.box.top + w.box.bottom) / 2 for w in words)
    line = sorted(
        {w for w in neighbours if w.box.top < middle < w.box.bottom} | set(words),
        key=lambda w: w.box.left,
    )
    size = _type_size(page, line, covered)
    if size is None or last - first > LONGEST * size:
        return None
    run, after = _run(line, first, last, size, page.marks)
    if any(first < w.box.right and w.box.left < last and w.start not in covered for w in run):
        return None
    kept = [w for w in run if w.start not in covered]
    if not _are_plain(run, size):
        return None
    own = _height(page, run, size)
    if own is None or any(area.touches(own) for area in areas):
        return None
    limit = min(page.width - MARGIN, after - BESIDE)
    for mark in page.marks:
        if mark.top < own.bottom and own.top < mark.bottom:
            if mark.right > own.left and mark.left < own.right:
                return None
            if mark.left >= own.right:
                limit = min(limit, mark.left - 1)
    left = first
    if not kept or first <= kept[0].box.left:
        left = _margin(page, first, size, covered)
    space = _space(page, size)
    return (
        Box(left, own.top, max(last, left + 0.1), own.bottom),
        Closing(
            round(own.top, 3),
            round(own.bottom, 3),
            min(left, own.left),
            own.right,
            round(max(limit, own.right), 3),
            round(WIDTH * size, 1),
            round(space, 3),
            even=True,
        ),
    )


def _type_size(page: Page, line: Sequence[Word], covered: set[int]) -> float | None:
    """The page's size of type, unless the words of the line are clearly of another."""
    usual, own = _size(page.words, covered), _size(line, covered)
    if usual is not None and own is not None and abs(own - usual) > _OTHER_SIZE * usual:
        return own
    return usual


def _size(words: Sequence[Word], covered: set[int]) -> float | None:
    """Points of type, to the half, by how high the ink of words with such letters is."""
    found = [
        (w.box.bottom - w.box.top)
        / ((_CAPITAL if _UPPER & set(w.text) else _SMALL) + (_TAIL if _LOWER & set(w.text) else 0))
        for w in words
        if w.start not in covered and len(w.text) > 1 and w.text.isalnum()
    ]
    return round(2 * statistics.median(found)) / 2 if len(found) >= _LEAST_LINE else None


def _run(
    line: Sequence[Word], first: float, last: float, size: float, marks: Sequence[Box]
) -> tuple[list[Word], float]:
    """The words without a wide gap or a rule between them and the box, and the next column."""
    runs: list[list[Word]] = []
    end = -math.inf
    for word in line:
        ruled = any(
            end <= m.left + 0.5
            and m.right - 0.5 <= word.box.left
            and m.top < word.box.bottom
            and word.box.top < m.bottom
            for m in marks
        )
        if runs and word.box.left - end <= _APART * size and not ruled:
            runs[-1].append(word)
        else:
            runs.append([word])
        end = max(end, word.box.right)
    for index, run in enumerate(runs):
        right = max(w.box.right for w in run)
        if run[0].box.left <= first + 0.01 and last <= right + 0.01:
            after = runs[index + 1][0].box.left if index + 1 < len(runs) else math.inf
            return run, after
    return list(line), -math.inf


def _are_plain(run: Sequence[Word], size: float) -> bool:
    """Whether the run is ordinary type: level, apart, of one size, read with some certainty."""
    feet = _feet(run, size)
    foot = statistics.median(feet)
    return (
        all(w.box.right - w.box.left > 0 for w in run)
        and all(w.box.bottom - w.box.top < 1.5 * size for w in run)
        and all(w.confidence >= _LEAST_SURE for w in run if w.text.isalnum())
        and all(
            abs(f - foot) < _UNEVEN * size
            for f, w in zip(feet, run, strict=True)
            if w.text.isalnum()
        )
        and all(b.box.left - a.box.right > _TOUCHING * size for a, b in pairwise(run))
    )


def _feet(run: Sequence[Word], size: float) -> list[float]:
    """How far down each word goes without its tails."""
    return [w.box.bottom - (_TAIL * size if _LOWER & set(w.text) else 0) for w in run]


def _height(page: Page, run: Sequence[Word], size: float) -> Box | None:
    """The height that is this line's own; None where another line's ink stands in it."""
    own_top, own_bottom = min(w.box.top for w in run), max(w.box.bottom for w in run)
    foot = statistics.median(_feet(run, size))
    # As high as any word of this size: its own ink would tell whether a name has a tail.
    top = min(own_top, foot - (_CAPITAL + _ROOM) * size) - _ROOM * size
    bottom = max(own_bottom, foot + _TAIL * size) + _ROOM * size
    left, right = run[0].box.left, max(w.box.right for w in run)
    mine = {w.start for w in run}
    reach = _ROOM * size
    for word in page.words:
        box = word.box
        if word.start in mine or box.right <= left or right <= box.left:
            continue
        if box.bottom <= top - reach or bottom + reach <= box.top:
            continue
        # Half way to the next line's ink: that line's own room ends there as well.
        if box.bottom <= own_top + reach:
            top = max(top, min((box.bottom + own_top) / 2, own_top))
        elif box.top >= own_bottom - reach:
            bottom = min(bottom, max((box.top + own_bottom) / 2, own_bottom))
        else:
            return None
    return Box(left, top, right, bottom)


def _margin(page: Page, first: float, size: float, covered: set[int]) -> float:
    """Where a line begins whose first word is covered: at the margin of others, or at a half em.

    Exactly at its ink it would tell which letter the name begins with.
    """
    starts = [
        w.box.left
        for before, w in zip((None, *page.words), page.words, strict=False)
        if (before is None or w.box.left < before.box.left)
        and w.start not in covered
        and abs(w.box.left - first) < _SAME_START * size
    ]
    if len(starts) >= _LEAST_LINE:
        return round(min(starts), 1)
    return math.floor(2 * first / size) * size / 2


def _space(page: Page, size: float) -> float:
    """The space set between the ink of two words, in points.

    One of two, since that of filled lines goes by what stands in them: of type whose letters are
    of several widths, or of a typewriter.
    """
    found = [
        gap
        for a, b in pairwise(page.words)
        if 0 < (gap := b.box.left - a.box.right) < _APART * size
        and a.box.top < (b.box.top + b.box.bottom) / 2 < a.box.bottom
    ]
    is_wide = bool(found) and statistics.median(found) > _WIDE * size
    return (_TYPED_SPACE if is_wide else _SPACE) * size
