"""From stretches of text to boxes on the page, so that no gap gives a name away.

Two surnames seldom have the same width, so a tight box tells which of a few it hides (Bland, Iyer
and Levchenko; our own figures: 7.3 of 9 bits with an exact gap). On a line of known words the
words close up to a box of one width (`closing`). Elsewhere boxes over names grow sideways to one
width, which goes by the size of type (`growing`): into white space where there is some, else over
whole words beside, which then count as redacted too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from redaction.decisions import Closing
from redaction.document import Box, Page, Word
from redaction.propose.closing import closing_of
from redaction.propose.growing import PADDING, TOUCH, grown, on_its_line, touches
from redaction.propose.scanlines import closing_on_scan


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
    for line in _cells(page, _lines(parts)) if guard else _lines(parts):
        tight = _hull(b for _, b in line)
        box = _padded(tight)
        neighbours = _neighbours(page, box)
        words = [w for w, _ in line]
        moved = closing_on_scan(page, words, neighbours, areas) if guard else None
        if moved is not None:
            covered.append(Covered(_clipped(page, moved[0]), tuple(words), moved[1]))
            continue
        closing = closing_of(page, tight, neighbours, areas) if guard else None
        if closing is not None:
            covered.append(Covered(_clipped(page, box), tuple(words), closing))
            continue
        if guard:
            tight, size = on_its_line(tight, words, neighbours)
            box = grown(page, _padded(tight), size, neighbours)
        box = _clipped(page, box)
        covered.append(Covered(box, tuple(w for w in neighbours if touches(w.box, box))))
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


def _cells(page: Page, lines: Sequence[list[tuple[Word, Box]]]) -> Iterator[list[tuple[Word, Box]]]:
    """The same with a stretch over several cells of a table parted at the rules between them."""
    for line in lines:
        cell: list[tuple[Word, Box]] = []
        for word, box in line:
            if cell and _is_ruled(page, cell[-1][1], box):
                yield cell
                cell = []
            cell.append((word, box))
        yield cell


def _is_ruled(page: Page, before: Box, after: Box) -> bool:
    return any(
        before.right <= mark.left
        and mark.right <= after.left
        and mark.top < after.bottom
        and after.top < mark.bottom
        for mark in page.marks or ()
    )


def _hull(boxes: Iterable[Box]) -> Box:
    found = list(boxes)
    hull = found[0]
    for box in found[1:]:
        hull = hull.union(box)
    return hull


def _neighbours(page: Page, box: Box) -> list[Word]:
    """Words of the page that share height with a box."""
    return [
        w for w in page.words if min(w.box.bottom, box.bottom) - max(w.box.top, box.top) > TOUCH
    ]


def _clipped(page: Page, box: Box) -> Box:
    return Box(
        max(box.left, 0.0),
        max(box.top, 0.0),
        min(box.right, page.width),
        min(box.bottom, page.height),
    )
