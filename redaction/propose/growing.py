"""How far a box grows where its line cannot close up (scans, ruled lines).

Its edges stand between words, never in one: a fragment of a swallowed word would be read as a word,
and its place would tell the gap exactly. So the gap that is left is the name with the words beside
it, and of all ways to take words in on both sides the one is chosen that comes nearest to one fixed
width, whatever the name's own width is. White space costs nothing and is taken first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from redaction.document import Box, Origin, Page, Word
from redaction.propose.closing import type_size

WIDTH = 10.5
"""Ems that a grown box is wide; at 9 a box still tells 0.12 bits of a surname (`benchmarks`)."""
STEP = 5.0
"""Ems by which a longer stretch goes on to the next width."""
PADDING = 1.0
"""Points around the ink of a covered word."""
TOUCH = 0.2
"""Points of overlap below which a word does not count as touched."""
_MOST_WORDS = 5
_MOST_WORDS_ASIDE = 4
_A_WORD = 0.1
"""Ems off the width that one more word must save."""
_NEAR = 12.0
"""Heights of a word to either side within which others tell where its line runs."""
_TALLEST = 1.6
_SEEN_LINE = 0.94
"""Ems from the top of a capital to the foot of a tail, which is what OCR boxes measure."""
_TAILS = frozenset("gjpqyQ,;()[]")
_TAIL = 0.29
"""Of a capital's height, how far a tail goes below the line."""


@dataclass(frozen=True, slots=True)
class _Edge:
    """Where one side of the box may stand: between `near` and `far` in points from the stretch."""

    near: float
    far: float
    words: int


def on_its_line(tight: Box, words: Sequence[Word], neighbours: Sequence[Word]) -> tuple[Box, float]:
    """The height of a box and its points of type, as the line gives them and not the name.

    OCR boxes end at the ink: as high as its own word, a box would tell whether a name has a tail,
    and would be the wider for it.

    Args:
        tight: What is covered on one line.
        words: The words under it.
        neighbours: All words that share height with it, those under it included.
    """
    if not words or any(w.origin is not Origin.OCR for w in words):
        return tight, type_size(tight)
    top, bottom = tight.top, tight.bottom
    if not any(letter in _TAILS for w in words for letter in w.text):
        bottom += _TAIL * (bottom - top)
    tall, middle = bottom - top, (top + bottom) / 2
    for word in neighbours:
        box = word.box
        level = box.top < middle < box.bottom and box.bottom - box.top < _TALLEST * tall
        near = box.left - tight.right < _NEAR * tall and tight.left - box.right < _NEAR * tall
        if level and near:
            top, bottom = min(top, box.top), max(bottom, box.bottom)
    return Box(tight.left, top, tight.right, bottom), (bottom - top) / _SEEN_LINE


def grown(page: Page, box: Box, size: float, neighbours: Sequence[Word]) -> Box:
    """The box widened to the fixed width, or as near to it as whole words allow.

    Args:
        page: The page.
        box: What is covered on one line, with its padding.
        size: Points of type.
        neighbours: All words that share height with the box, those under it included.

    Returns:
        A box of the same height that cuts through no word.
    """
    box = _over_whole_words(box, neighbours)
    beside = [w.box for w in neighbours if not _within(w.box, box)]
    lefts = list(_edges(box.left, [(box.left - b.right, box.left - b.left) for b in beside]))
    rights = list(
        _edges(page.width - box.right, [(b.left - box.right, b.right - box.right) for b in beside])
    )
    own = box.right - box.left
    _, left, right = min(
        _fitted(own, left, right, size)
        for left in lefts
        for right in rights
        if left.words + right.words <= _MOST_WORDS
    )
    return Box(box.left - left, box.top, box.right + right, box.bottom)


def _fitted(own: float, left: _Edge, right: _Edge, size: float) -> tuple[float, float, float]:
    """How bad these two edges are, and how far out each is set."""
    least, most = own + left.near + right.near, own + left.far + right.far
    target = WIDTH * size
    while target < least - STEP * size / 2:
        target += STEP * size
    width = min(max(target, least), most)
    off = abs(width - target) / size + _A_WORD * (left.words + right.words)
    # Half of the white space on each side, as far as there is some.
    spare = width - least
    out = min(left.far - left.near, max(spare / 2, spare - (right.far - right.near)))
    return off, left.near + out, right.near + spare - out


def _edges(room: float, beside: Sequence[tuple[float, float]]) -> Iterator[_Edge]:
    """The places for an edge on one side, nearest first.

    Args:
        room: Points from the stretch to the edge of the paper.
        beside: Near and far end of each word, in points outwards from the stretch.
    """
    near, words = 0.0, 0
    waiting = sorted(ends for ends in beside if ends[1] > 0)
    while True:
        far = waiting[0][0] - TOUCH if waiting else room
        yield _Edge(near, max(near, far), words)
        if not waiting or words == _MOST_WORDS_ASIDE:
            return
        end = waiting.pop(0)[1]
        words += 1
        while waiting and waiting[0][0] < end + PADDING + TOUCH:
            # Of two words that overlap (a skewed line) neither can be taken in alone.
            reach = waiting.pop(0)[1]
            if reach > end:
                end, words = reach, words + 1
        near = min(end + PADDING, max(room, end))


def _over_whole_words(box: Box, neighbours: Sequence[Word]) -> Box:
    touched = [w.box for w in neighbours if touches(w.box, box)]
    left = min([box.left, *(t.left - PADDING for t in touched)])
    right = max([box.right, *(t.right + PADDING for t in touched)])
    return Box(left, box.top, right, box.bottom)


def _within(inner: Box, outer: Box) -> bool:
    return outer.left <= inner.left and inner.right <= outer.right


def touches(one: Box, other: Box) -> bool:
    """Whether two boxes share more than a sliver."""
    return (
        min(one.right, other.right) - max(one.left, other.left) > TOUCH
        and min(one.bottom, other.bottom) - max(one.top, other.top) > TOUCH
    )
