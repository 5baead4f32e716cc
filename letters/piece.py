"""PDFs that are too large, or too many, to be held: they lie in files of the caller's folder."""

from __future__ import annotations

import hashlib
from pathlib import Path

Pdf = bytes | Path
"""A PDF held in memory, or where it lies. The file must stay as it is while it is used."""


def size_of(pdf: Pdf) -> int:
    """Bytes of it."""
    return pdf.stat().st_size if isinstance(pdf, Path) else len(pdf)


def digest_of(pdf: Pdf) -> bytes:
    """Its SHA-256, read a block at a time."""
    if isinstance(pdf, bytes):
        return hashlib.sha256(pdf).digest()
    with pdf.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
