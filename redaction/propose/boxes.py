"""From stretches of text to boxes on the page, so that no gap gives a name away.

Two surnames seldom have the same width, so a tight box tells which of a few it hides (Bland, Iyer
and Levchenko; our own figures: 7.3 of 9 bits with an exact gap). On a line of known words the
words close up to a box of one width (`closing`). Elsewhere boxes over names grow sideways to the
next step, which goes by the size of type: into white space where there is some, else into the
neighbouring words, which then count as redacted too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from redaction.decisions import Closing
from redaction.document import Box, Page, Word
from redaction.propose.closing import LINE_OF_TYPE, closing_of, type_size

PADDING = 1.0
"""Points around the ink of a redacted word."""
GUARD_STEP = 6.5
"""Width step in ems: wider than nearly every surname at the size it is set in."""
_TOUCH = 0.2
"""Points of overlap below which a word does not count as touched."""


@dataclass(frozen=True, slots=True)
class Covered:
    """A box over one line of a stretch, with the words it touches.

    Where the line closes up, `box` is what is cut out of it.
    """

    box: Box
    words: tuple[Word, ...]
    closing: Closing | None = None


def boxes_for(
    page: Page, start: int, end: int, *, guard: bool, areas: Sequence[Box] = ()
) -> list[Covered]:
    """Boxes over the words of a stretch, one for each line.

    Args:
        page: The page.
        start: Offset of the first character.
        end: Offset past the last.
        guard: Whether the width of what is covered must not be seen.
        areas: Boxes drawn by hand on the page: no line closes up from under one.

    Returns:
        Top to bottom as the words stand; empty when no word of the page is in the stretch.
    """
    parts = [(w, _part(w, start, end)) for w in page.words if w.start < end and start < w.end]
    covered: list[Covered] = []
    for line in _lines(parts):
        tight = _hull(b for _, b in line)
        box = _padded(tight)
        neighbours = _neighbours(page, box)
        closing = closing_of(page, tight, neighbours, areas) if guard else None
        if closing is not None:
            covered.append(Covered(_clipped(page, box), tuple(w for w, _ in line), closing))
            continue
        if guard:
            box = _over_whole_words(_grown(page, box, neighbours), neighbours)
        box = _clipped(page, box)
        covered.append(Covered(box, tuple(w for w in neighbours if _touches(w.box, box))))
    return covered


def _padded(box: Box) -> Box:
    return Box(box.left - PADDING, box.top - PADDING, box.right + PADDING, box.bottom + PADDING)


def _part(word: Word, start: int, end: int) -> Box:
    first, last = max(start - word.start, 0), min(end - word.start, len(word.text))
    size = len(word.text)
    if len(word.edges) == size + 1:
        left, right = sorted((word.edges[first], word.edges[last]))
    else:
        step = (word.box.right - word.box.left) / max(size, 1)
        left, right = word.box.left + step * first, word.box.left + step * last
    if first == 0:
        left = min(left, word.box.left)
    if last == size:
        right = max(right, word.box.right)
    return Box(left, word.box.top, right, word.box.bottom)


def _lines(parts: Sequence[tuple[Word, Box]]) -> list[list[tuple[Word, Box]]]:
    lines: list[list[tuple[Word, Box]]] = []
    for word, box in parts:
        previous = lines[-1][-1][1] if lines else None
        same = (
            previous is not None
            and min(previous.bottom, box.bottom) - max(previous.top, box.top)
            > 0.4 * min(previous.bottom - previous.top, box.bottom - box.top)
            and box.right > previous.left
            and box.left - previous.right < 4 * (box.bottom - box.top)
        )
        if same:
            lines[-1].append((word, box))
        else:
            lines.append([(word, box)])
    return lines


def _hull(boxes: Iterable[Box]) -> Box:
    found = list(boxes)
    hull = found[0]
    for box in found[1:]:
        hull = hull.union(box)
    return hull


def _neighbours(page: Page, box: Box) -> list[Word]:
    """Words of the page that share height with a box."""
    return [
        w for w in page.words if min(w.box.bottom, box.bottom) - max(w.box.top, box.top) > _TOUCH
    ]


def _grown(page: Page, box: Box, neighbours: Sequence[Word]) -> Box:
    width = box.right - box.left
    step = GUARD_STEP * (type_size(box) - 2 * PADDING / LINE_OF_TYPE)
    slack = math.ceil(width / step - 1e-6) * step - width
    lefts = {0.0, slack, slack / 2}
    for word in neighbours:
        # Placed so that an edge falls right beside a neighbour, the box swallows fewest.
        lefts.add(box.left - word.box.right - _TOUCH)
        lefts.add(slack - (word.box.left - box.right) + _TOUCH)
    best: tuple[int, float, Box] | None = None
    for left in sorted(lefts):
        if not 0.0 <= left <= slack:
            continue
        grown = Box(box.left - left, box.top, box.right + slack - left, box.bottom)
        outside = max(0.0, -grown.left) + max(0.0, grown.right - page.width)
        touched = sum(1 for w in neighbours if _touches(w.box, grown))
        if best is None or (touched, outside) < best[:2]:
            best = (touched, outside, grown)
    return best[2] if best else box


def _over_whole_words(box: Box, neighbours: Sequence[Word]) -> Box:
    """The box widened over every word it touches.

    A fragment of a swallowed word ("der brother") would be read as a word, and its place would
    tell the width of the gap exactly.
    """
    touched = [w.box for w in neighbours if _touches(w.box, box)]
    left = min([box.left, *(t.left - PADDING for t in touched)])
    right = max([box.right, *(t.right + PADDING for t in touched)])
    return Box(left, box.top, right, box.bottom)


def _clipped(page: Page, box: Box) -> Box:
    return Box(
        max(box.left, 0.0),
        max(box.top, 0.0),
        min(box.right, page.width),
        min(box.bottom, page.height),
    )


def _touches(one: Box, other: Box) -> bool:
    return (
        min(one.right, other.right) - max(one.left, other.left) > _TOUCH
        and min(one.bottom, other.bottom) - max(one.top, other.top) > _TOUCH
    )
