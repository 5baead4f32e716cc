"""Decided pages in, a new PDF out in which the covered text cannot exist.

Each page is rendered to pixels, the decided boxes are painted into those pixels, and a file is
built from nothing out of the painted pictures and an invisible text layer that holds only words
whose ink is still there. Nothing of the source file is copied: no object, stream or string.
"""

from redaction.paint.closing import carried
from redaction.paint.model import (
    Encoding,
    Fill,
    KeptWord,
    Moved,
    PaintedBox,
    PaintedDocument,
    PaintedPage,
    PaintJob,
    PaintSettings,
)
from redaction.paint.pages import paint
from redaction.paint.pool import paint_many

__all__ = [
    "Encoding",
    "Fill",
    "KeptWord",
    "Moved",
    "PaintJob",
    "PaintSettings",
    "PaintedBox",
    "PaintedDocument",
    "PaintedPage",
    "carried",
    "paint",
    "paint_many",
]
