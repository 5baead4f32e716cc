"""What goes into painting and what comes out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from redaction.decisions import PagePlan
from redaction.document import Box, PageKind, ReadDocument
from rights.release import DisclosureMode


@dataclass(frozen=True, slots=True)
class PaintSettings:
    """How pages are pictured.

    Attributes:
        dpi: Resolution of text pages. 200 is the knee between file size and legibility.
        threshold: Grey level (0-255) from which a pixel of a black-text page is paper.
        jpeg_quality: Of scans and of pages with grey or coloured areas.
        photo_quality: Of photographs and drawings.
        photo_pixels: Most pixels a picture keeps; bounds the memory of a worker.
        language: The `/Lang` of the new file.
    """

    dpi: int = 200
    threshold: int = 150
    jpeg_quality: int = 70
    photo_quality: int = 90
    photo_pixels: int = 12_500_000
    language: str = "en-GB"


class Fill(StrEnum):
    """What a box is painted with.

    A box of the silent mode is painted as paper: a black one, or one without a label among
    labelled ones, would tell the requester what that mode exists not to tell (Art 12(4)).
    """

    BLACK = "black"
    PAPER = "paper"


class Encoding(StrEnum):
    """How a page's picture is stored."""

    G4 = "g4"
    """One bit a pixel, CCITT group 4 (ITU-T T.6)."""
    GREY = "jpeg-grey"
    COLOUR = "jpeg-colour"


@dataclass(frozen=True, slots=True)
class PaintedBox:
    """A box as painted: `box` in points from the page's top left, clipped to the page."""

    box: Box
    fill: Fill
    label: str
    code: str
    mode: DisclosureMode
    cause: str


@dataclass(frozen=True, slots=True)
class KeptWord:
    """A word, or the rest of one beside a box, in the new text layer. Releasable."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Moved:
    """A stretch of a line in the source, and where it stands after the line closed up."""

    before: Box
    after: Box


@dataclass(frozen=True, slots=True)
class PaintedPage:
    """One page of the new file and where it came from; `page` counts from 1 without gaps."""

    document: str
    source_page: int
    page: int
    width: float
    height: float
    kind: PageKind
    encoding: Encoding
    carries_pictures: bool
    """Images are drawn on the source page: what they show may not be in its text."""
    picture_sha256: str
    boxes: tuple[PaintedBox, ...]
    words: tuple[KeptWord, ...] = field(repr=False)
    moved: tuple[Moved, ...] = ()
    """What stands elsewhere than in the source (see `closing.carried`)."""


@dataclass(frozen=True, slots=True)
class PaintedDocument:
    """A new file. `pdf` is empty when every page was withheld.

    It is not releasable yet: only the verifier's caller may make that of it.
    """

    document: str
    pdf: bytes = field(repr=False)
    pages: tuple[PaintedPage, ...]
    tools: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaintJob:
    """One document and the plan of each of its pages."""

    document: ReadDocument
    plans: Sequence[PagePlan]
