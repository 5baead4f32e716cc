"""The text edition: the words of painted pages in reading order, for who cannot read pictures.

It is made of the kept words alone, which are the text layer of the pages, with the label of each
box at its place. A box of the silent mode has no label and leaves no trace. Nothing here sees a
source document.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise

import pypdfium2 as pdfium

from redaction.document import Box, PageKind
from redaction.paint.model import KeptWord, PaintedBox, PaintedPage
from rights.errors import VerificationError

_LEVEL = 0.4
"""Share of the lower one's height that two words of one line have in common."""
_GAP = 0.75
"""Heights of type between two lines from which a new paragraph begins."""
_FULL = 0.72
"""Share of the text's width that a line fills if its sentence goes on in the next."""
_COLUMN = 3.0
"""Heights of type between two words of one line that belong to different columns or cells."""


@dataclass(frozen=True, slots=True)
class EditionPage:
    """The words of one page as they may be read aloud. Releasable once verified."""

    document: str
    source_page: int
    kind: PageKind
    paragraphs: tuple[str, ...] = field(repr=False)
    labels: frozenset[str] = frozenset()

    @property
    def read_by_machine(self) -> bool:
        """Whether its words come from a picture of paper and may hold mistakes."""
        return self.kind is not PageKind.TEXT


def edition_of(page: PaintedPage) -> EditionPage:
    """The words and labels of a painted page as paragraphs."""
    boxes = [b for b in page.boxes if b.label]
    text = tuple(_paragraphs(_lines(_with_labels(page.words, boxes))))
    labels = frozenset(b.label for b in boxes)
    return EditionPage(page.document, page.source_page, page.kind, text, labels)


def require_same(pages: Sequence[tuple[int, EditionPage]], pack: bytes) -> None:
    """Proves that an edition has letter for letter what the verified pack's pages have.

    Letters are counted for each page and not put in order: a reader of PDF parts words in other
    places than we do. Labels are ours on both sides and are left out.

    Args:
        pages: Each page of the edition with its number in the pack, from 1.
        pack: The bytes that the verifier passed.

    Raises:
        VerificationError: A page has other letters, more or fewer than the pack's.
    """
    with pdfium.PdfDocument(BytesIO(pack)) as view:
        for number, page in pages:
            seen = Counter(_squeezed(_without(page.labels, _text(view, number))))
            own = Counter(_squeezed(_without(page.labels, " ".join(page.paragraphs))))
            # The pack's page has its number stamped below, and nothing else of ours.
            if own - seen or (seen - own).total() > _STAMP:
                raise VerificationError(
                    "edition.differs",
                    f"The text edition of page {number} does not have the words of the page.",
                    "Nothing has left. Tell the administrator; the pages themselves are unhurt.",
                )


_STAMP = 40
"""Letters and digits of 'SAR-2026-0041-K / page 17', and to spare."""


def require_gone(edition: bytes, pack: bytes, texts: Iterable[str]) -> None:
    """Proves that no text withheld somewhere stands in the edition more often than in the pack.

    A name that two people share is withheld at its places only, so it may remain elsewhere.

    Args:
        edition: The finished file.
        pack: The bytes that the verifier passed.
        texts: What is withheld at a place.

    Raises:
        VerificationError: One stands there more often.
    """
    ours, theirs = _whole(edition), _whole(pack)
    for text in {_squeezed(t) for t in texts}:
        if text and ours.count(text) > theirs.count(text):
            raise VerificationError(
                "edition.not_gone",
                "The text edition holds something that is withheld.",
                "Nothing has left. Tell the administrator and the DPO.",
            )


def _with_labels(words: Sequence[KeptWord], boxes: Sequence[PaintedBox]) -> list[KeptWord]:
    """The words in their order with each label before the first word that follows its box."""
    found = list(words)
    for box in sorted(boxes, key=lambda b: (b.box.top, b.box.left)):
        label = KeptWord(box.label, box.box)
        level = [i for i, w in enumerate(found) if _is_level(w.box, box.box)]
        after = [i for i in level if found[i].box.left >= box.box.left]
        if after:
            at = after[0]
        elif level:
            at = level[-1] + 1
        else:
            below = [i for i, w in enumerate(found) if w.box.top >= box.box.top]
            at = below[0] if below else len(found)
        found.insert(at, label)
    # A passage has a box for each of its lines; read aloud, one label is enough.
    labels = {b.label for b in boxes}
    alike = [w.text in labels and w.text == before.text for before, w in pairwise(found)]
    return found[:1] + [w for w, again in zip(found[1:], alike, strict=True) if not again]


def _lines(words: Sequence[KeptWord]) -> list[list[KeptWord]]:
    lines: list[list[KeptWord]] = []
    for word in words:
        if lines and _follows(lines[-1][-1].box, word.box):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _follows(last: Box, box: Box) -> bool:
    near = box.left - last.right < _COLUMN * (box.bottom - box.top)
    return _is_level(last, box) and box.left > last.left and near


def _paragraphs(lines: Sequence[Sequence[KeptWord]]) -> Iterable[str]:
    """Lines that carry on one another, joined; cells of one row too; all else by itself."""
    right = max((line[-1].box.right for line in lines), default=0.0)
    text = ""
    above: Sequence[KeptWord] = ()
    cells = 0
    for line in lines:
        said = " ".join(word.text for word in line)
        if above and _is_beside(above[-1].box, line[0].box):
            cells += 1
            # "Date: 3 September 2008"; a row of more cells is a list.
            mark = "" if text[-1] in ":;,." else ":" if cells == 1 else ";"
            text += f"{mark} {said}"
        elif above and not cells and _goes_on(above, line, right):
            text += f" {said}"
        else:
            if text:
                yield text
            text, cells = said, 0
        above = line
    if text:
        yield text


def _is_beside(above: Box, box: Box) -> bool:
    return _is_level(above, box) and box.left > above.left


def _goes_on(above: Sequence[KeptWord], line: Sequence[KeptWord], right: float) -> bool:
    """Whether a line takes up a sentence: the one above is full, close, and starts below it."""
    first, last = line[0].box, above[-1].box
    height = max(first.bottom - first.top, 1.0)
    return (
        last.right > _FULL * right
        and first.top > last.top
        and first.top - last.bottom < _GAP * height
        and abs(first.left - above[0].box.left) < _COLUMN * height
    )


def _is_level(one: Box, other: Box) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > _LEVEL * min(one.bottom - one.top, other.bottom - other.top)


def _without(labels: frozenset[str], text: str) -> str:
    for label in labels:
        text = text.replace(label, " ")
    return text


def _text(view: pdfium.PdfDocument, number: int) -> str:
    page = view[number - 1]
    held = page.get_textpage()
    text = held.get_text_bounded()
    held.close()
    page.close()
    return text


def _whole(data: bytes) -> str:
    with pdfium.PdfDocument(BytesIO(data)) as view:
        return _squeezed(" ".join(_text(view, n) for n in range(1, len(view) + 1)))


def _squeezed(text: str) -> str:
    """Letters and digits alone: readers differ in spaces, hyphens and forms of one letter."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if c.isalnum())
