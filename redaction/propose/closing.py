"""Which boxes the words of their line can close up to, so that no gap is left to measure.

Growing a box hides a surname's width only from somebody who looks at the box: who knows the words
beside it still has the gap. Where a line is nothing but known words, they are set anew around a box
of one width, as if the label had stood there before the page was made. Where anything else is drawn
on the line (a table's border, an underline, a signature) the box grows instead. Lines of scans
have their own rules (`scanlines`).
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import groupby, pairwise

from redaction.decisions import Closing
from redaction.document import Box, Origin, Page, PageKind, Word

LINE_OF_TYPE = 1.117
"""Height of a line's boxes for each point of type (ascent and descent of Liberation Sans)."""
WIDTH = 5.5
"""Ems that a closed box is wide: enough for the label in its own size of type."""
LONGEST = 24.0
"""Ems from which a stretch is a passage and no name: how much of it is withheld may be seen."""
_APART = 1.2
"""Ems between two words of one run; further apart are columns.

Four spaces, as a tab is set and as people type one, are no column: what follows stands where the
name lets it."""
_TAB = 4
"""Spaces that a tab is set as."""
_TYPED_SPACE = 0.278
"""Ems of a space as it is set (Liberation Sans), to the thousandth: several of them add up."""
_MOST_TABS = 4
_TAB_OFF = 0.03
"""Share of a tab by which a gap may differ from whole tabs; a column seldom comes as near."""
_EVEN = 0.015
"""Ems by which the spaces of a line may differ from the page's and still be ordinary ones."""
_FILLED = 0.1
"""Share of lines with other spaces from which a page's lines are taken as set to fill."""
_LEAST_WORDS = 4
_SPACE = 0.28
"""Ems of a word space (Liberation Sans)."""
MARGIN = 14.0
"""Points at the edge of the paper that stay free."""
BESIDE = 3.0
"""Points that stay free before the next column."""
_OVER = 0.25
"""Ems that two lines of type may overlap: the tails of one still clear the capitals of the next."""


def type_size(box: Box) -> float:
    """Points of type by the height of a word's box, which is that of its face on native pages."""
    return (box.bottom - box.top) / LINE_OF_TYPE


def closing_of(
    page: Page, covered: Box, neighbours: Sequence[Word], areas: Sequence[Box] = ()
) -> Closing | None:
    """How the line closes up to a box, or None where it cannot.

    Args:
        page: The page.
        covered: What is to be withheld on one line, without padding.
        neighbours: The words that share height with it.
        areas: Boxes that stay where they are; words may not move out from under one.
    """
    if page.kind is not PageKind.TEXT or page.marks is None:
        return None
    line = sorted(_line(covered, neighbours), key=lambda w: w.box.left)
    if not line or any(w.origin is not Origin.NATIVE or not w.edges for w in line):
        return None
    size = type_size(covered)
    if covered.right - covered.left > LONGEST * size:
        return None
    marks = [m for m in page.marks if m.top < covered.bottom and m.bottom > covered.top]
    run, after = _run(line, covered, size, marks)
    top, bottom = min(w.box.top for w in run), max(w.box.bottom for w in run)
    if bottom - top > 1.05 * (covered.bottom - covered.top):
        return None
    apart = _between(page, Box(run[0].box.left, top, run[-1].box.right, bottom), run, size)
    if apart is None:
        return None
    top, bottom = apart
    own = Box(run[0].box.left, top, run[-1].box.right, bottom)
    if any(area.touches(own) for area in areas):
        return None
    end = run[-1].box.right
    limit = min(page.width - MARGIN, after - BESIDE)
    for mark in marks:
        if mark.right > run[0].box.left and mark.left < end:
            return None
        if mark.left >= end:
            limit = min(limit, mark.left - 1)
    space, even = _spacing(page)
    return Closing(
        round(top, 3),
        round(bottom, 3),
        run[0].box.left,
        end,
        round(max(limit, end), 3),
        round(WIDTH * size, 1),
        round(space * size, 3),
        even or not _is_ordinary(run, covered, space),
    )


def _line(covered: Box, neighbours: Sequence[Word]) -> list[Word]:
    """The words whose middle is level with the box; others only reach into its height."""
    middle = (covered.top + covered.bottom) / 2
    return [w for w in neighbours if w.box.top < middle < w.box.bottom]


def _run(
    line: Sequence[Word], covered: Box, size: float, marks: Sequence[Box]
) -> tuple[list[Word], float]:
    """The unbroken run of words with the box in it, and where the next column begins."""
    runs: list[list[Word]] = []
    for word in line:
        end = runs[-1][-1].box.right if runs else float("-inf")
        ruled = any(end <= m.left and m.right <= word.box.left for m in marks)
        gap = (word.box.left - end) / size
        if (gap <= _APART or _is_tabs(gap)) and not ruled:
            runs[-1].append(word)
        else:
            runs.append([word])
    for index, run in enumerate(runs):
        if run[0].box.left <= covered.left + 0.01 and covered.right <= run[-1].box.right + 0.01:
            after = runs[index + 1][0].box.left if index + 1 < len(runs) else float("inf")
            return run, after
    return list(line), float("-inf")


def _is_tabs(gap: float) -> bool:
    """Whether a gap in ems is a few tabs set as spaces, so that no column begins behind it."""
    tabs = gap / (_TAB * _TYPED_SPACE)
    return tabs < _MOST_TABS + 0.5 and abs(tabs - round(tabs)) < _TAB_OFF


def _between(page: Page, own: Box, run: Sequence[Word], size: float) -> tuple[float, float] | None:
    """The height that is this line's own, or None where another line stands in it."""
    top, bottom = own.top, own.bottom
    mine = {w.start for w in run}
    for word in page.words:
        box = word.box
        if word.start in mine or not box.touches(own):
            continue
        above = (box.top + box.bottom) / 2 < (own.top + own.bottom) / 2
        over = box.bottom - own.top if above else own.bottom - box.top
        if over > _OVER * size:
            return None
        if above:
            top = max(top, own.top + over / 2)
        else:
            bottom = min(bottom, own.bottom - over / 2)
    return top, bottom


def _is_ordinary(run: Sequence[Word], covered: Box | None, usual: float) -> bool:
    """Whether most spaces of a run are the usual one; those beside the box do not count."""
    spaces = [
        (b.box.left - a.box.right) / type_size(a.box)
        for a, b in pairwise(run)
        if covered is None or not (covered.touches(a.box) or covered.touches(b.box))
    ]
    odd = [s for s in spaces if abs(s - usual) > _EVEN and abs(s - _TAB * usual) > _TAB * _EVEN]
    return 2 * len(odd) <= len(spaces)


def _spacing(page: Page) -> tuple[float, bool]:
    """The page's usual space in ems, and whether its lines are set to fill the column.

    To hundredths, and for the page as a whole: the words of one line hardly move either.
    """
    lines = [list(line) for _, line in groupby(page.words, key=lambda w: w.box.top)]
    lines = [line for line in lines if len(line) >= _LEAST_WORDS]
    found = [
        space
        for line in lines
        for a, b in pairwise(line)
        if 0 < (space := (b.box.left - a.box.right) / type_size(a.box)) < _APART
    ]
    if not found:
        return _SPACE, False
    usual = round(statistics.median(found), 2)
    filled = sum(not _is_ordinary(line, None, usual) for line in lines)
    if filled < _FILLED * len(lines):
        return usual, False
    return min(usual, _SPACE), True
