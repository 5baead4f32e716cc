"""The one normal form every document takes before anything else looks at it.

A document becomes a *view PDF* (what is seen, annotations and form values flattened in) plus, for
each page, its text with a box for every word, plus *hidden items*: whatever can be extracted from
the file but is not seen on a page. All of it is personal data and unredacted.

Lengths are PDF points (1/72 inch); the origin is the top left corner of the page as it is shown.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

FORM_VERSION = 1


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle on a page, in points from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def touches(self, other: Box) -> bool:
        """Whether the two share any area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


class Origin(StrEnum):
    """Where a word comes from."""

    NATIVE = "native"
    OCR = "ocr"


class PageKind(StrEnum):
    """How a page must be treated."""

    TEXT = "text"
    """Born digital: every visible word is known."""
    SCAN = "scan"
    """A picture of paper: words come from OCR and may be missed."""
    PHOTO = "photo"
    """A photograph or drawing: stays in colour at its own resolution; people look at it."""


@dataclass(frozen=True, slots=True)
class Word:
    """One visible word.

    `start` is its offset in the page's text. `edges` are the x positions between its characters
    (one more than there are characters), so that a part of a word can be boxed.
    """

    text: str
    box: Box
    start: int
    edges: tuple[float, ...] = ()
    origin: Origin = Origin.NATIVE
    confidence: float = 1.0

    @property
    def end(self) -> int:
        """Offset just past the word in the page's text."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Page:
    """One page as seen. `text` holds the words joined by spaces and line breaks."""

    number: int
    width: float
    height: float
    text: str
    words: Sequence[Word]
    kind: PageKind = PageKind.TEXT
    needs_eyes: str = ""
    """Why a human must read this page before it can leave (handwriting, poor OCR); else empty."""
    marks: tuple[Box, ...] | None = None
    """What else is drawn on a line of words: rules, underlines; None where nobody looked."""


class HiddenKind(StrEnum):
    """What kind of unseen content an item is."""

    DELETED_TEXT = "deleted_text"
    COMMENT = "comment"
    HIDDEN_TEXT = "hidden_text"
    HIDDEN_SHEET = "hidden_sheet"
    FORMULA = "formula"
    HEADER = "header"
    METADATA = "metadata"
    ATTACHMENT = "attachment"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class HiddenItem:
    """Something that extracts but is not seen. A reviewer is told; it never leaves by itself."""

    kind: HiddenKind
    where: str
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a file; it becomes a document of its own."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A part that could not be read: a task for a human, never a gap in the pack.

    `why` and `next_step` hold no personal data and no file name.
    """

    code: str
    why: str
    next_step: str


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """An unredacted document in the normal form."""

    id: str
    media_type: str
    sha256: str
    """Of the bytes that came in."""
    pages: tuple[Page, ...]
    pdf: bytes = field(repr=False, default=b"")
    """The view PDF: exactly what `pages` describes, page for page; empty if unreadable."""
    hidden: tuple[HiddenItem, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    tools: tuple[str, ...] = ()
    """Name and version of each tool that had a part in the reading."""

    def dump_pages(self) -> bytes:
        """Everything but the PDF and the attachments' bytes, as JSON for the vault."""
        body: dict[str, Any] = {
            "form": FORM_VERSION,
            "id": self.id,
            "media_type": self.media_type,
            "sha256": self.sha256,
            "pages": [_page_out(p) for p in self.pages],
            "hidden": [asdict(h) for h in self.hidden],
            "unreadable": [asdict(u) for u in self.unreadable],
            "tools": list(self.tools),
        }
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


WordRow = tuple[str, list[float], int, list[float], str, float]
"""A word as it is written: text, sides of its box, start, edges, origin and confidence."""
WordsIn = Callable[[str, Sequence[WordRow]], Sequence[Word] | None]


def load_pages(data: bytes, pdf: bytes = b"", *, words_in: WordsIn | None = None) -> ReadDocument:
    """The document that `dump_pages` wrote, with its view PDF put back if given.

    Args:
        data: What was written.
        pdf: The view PDF.
        words_in: Another way to hold the words of a page, by its text and what is written of each;
            it may give None, and they are held as they are.
    """
    body = json.loads(data)
    return ReadDocument(
        id=body["id"],
        media_type=body["media_type"],
        sha256=body["sha256"],
        pages=tuple(_page_in(p, words_in) for p in body["pages"]),
        pdf=pdf,
        hidden=tuple(
            HiddenItem(HiddenKind(h["kind"]), h["where"], h["text"], h["page"])
            for h in body["hidden"]
        ),
        unreadable=tuple(Unreadable(**u) for u in body["unreadable"]),
        tools=tuple(body["tools"]),
    )


def _page_out(page: Page) -> dict[str, Any]:
    return {
        "number": page.number,
        "size": [page.width, page.height],
        "text": page.text,
        "kind": page.kind.value,
        "needs_eyes": page.needs_eyes,
        "marks": None
        if page.marks is None
        else [_round([m.left, m.top, m.right, m.bottom]) for m in page.marks],
        "words": [
            [
                w.text,
                _round([w.box.left, w.box.top, w.box.right, w.box.bottom]),
                w.start,
                _round(w.edges),
                w.origin.value,
                round(w.confidence, 3),
            ]
            for w in page.words
        ],
    }


def _page_in(body: dict[str, Any], words_in: WordsIn | None) -> Page:
    held = words_in(body["text"], body["words"]) if words_in else None
    return Page(
        number=body["number"],
        width=body["size"][0],
        height=body["size"][1],
        text=body["text"],
        kind=PageKind(body["kind"]),
        needs_eyes=body["needs_eyes"],
        marks=_marks_in(body.get("marks")),
        words=tuple(_word_in(row) for row in body["words"]) if held is None else held,
    )


def _word_in(row: WordRow) -> Word:
    text, box, start, edges, origin, confidence = row
    return Word(text, Box(*box), start, tuple(edges), Origin(origin), confidence)


def _marks_in(stored: list[list[float]] | None) -> tuple[Box, ...] | None:
    """Pages read before marks were looked for have none stored."""
    return None if stored is None else tuple(Box(*corners) for corners in stored)


def _round(values: Sequence[float]) -> list[float]:
    return [round(v, 3) for v in values]
