"""A PDF that is not held in memory: a stretch of a file that holds many."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a file, in bytes. The file must stay as it is while the piece is used."""

    file: Path
    start: int
    size: int


Pdf = bytes | Piece
"""A PDF held in memory, or where it lies."""


def size_of(pdf: Pdf) -> int:
    """Bytes of it."""
    return pdf.size if isinstance(pdf, Piece) else len(pdf)


def digest_of(pdf: Pdf) -> bytes:
    """Its SHA-256, read a block at a time."""
    if not isinstance(pdf, Piece):
        return hashlib.sha256(pdf).digest()
    found = hashlib.sha256()
    with pdf.file.open("rb") as file:
        file.seek(pdf.start)
        left = pdf.size
        while block := file.read(min(_BLOCK, left)):
            found.update(block)
            left -= len(block)
    return found.digest()


def file_digest(file: Path) -> str:
    """SHA-256 of a whole file as hex."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


class Opened:
    """Readers of PDFs; a file that holds many of them is opened once."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._handles: dict[Path, int] = {}

    def reader(self, pdf: Pdf) -> BinaryIO:
        """A stream over one PDF."""
        if not isinstance(pdf, Piece):
            return io.BytesIO(pdf)
        if pdf.file not in self._handles:
            handle = os.open(pdf.file, os.O_RDONLY)
            self._stack.callback(os.close, handle)
            self._handles[pdf.file] = handle
        return cast(BinaryIO, _Stretch(self._handles[pdf.file], pdf))


@contextmanager
def readers() -> Generator[Opened]:
    """Readers that are open until the end of the block."""
    with ExitStack() as stack:
        yield Opened(stack)


class _Stretch(io.RawIOBase):
    """A piece as a stream of its own; many share one open file, whose position none moves."""

    def __init__(self, handle: int, piece: Piece) -> None:
        self._handle = handle
        self._piece = piece
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._piece.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: bytearray, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        wanted = min(len(buffer), max(0, self._piece.size - self._at))
        found = os.pread(self._handle, wanted, self._piece.start + self._at)
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)
