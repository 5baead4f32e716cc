"""The file as bytes: one revision, every byte part of an object, nothing before or after."""

from __future__ import annotations

import mmap
import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf

from redaction.verify.job import Check, Failure
from redaction.verify.strings import byte_forms

_HEADER = re.compile(rb"%PDF-[12]\.\d\r?\n(?:%[\x80-\xff]{4}\r?\n)?")
_OBJECT = re.compile(rb"(\d+) 0 obj\r?\n")
_TAIL = re.compile(rb"\s*startxref\s+\d+\s+%%EOF\r?\n?")
_XREF_TABLE = re.compile(rb"xref\r?\n(?:\d+ \d+\r?\n(?:\d{10} \d{5} [nf] ?\r?\n)+)+")
_TRAILER = re.compile(rb"trailer\s*<<[^\x00]*?>>\s*(?=startxref)")
_PIECE = 1 << 22

Bytes = bytes | mmap.mmap
"""A file in memory, or mapped: the kernel brings the part that is looked at."""


@contextmanager
def mapped(path: str) -> Generator[Bytes]:
    """The bytes of a file without holding them."""
    with (
        Path(path).open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as all_,
    ):
        yield all_


def in_pieces(data: Bytes, forbidden: tuple[str, ...]) -> Iterator[bytes]:
    """All the bytes a piece at a time; a string over a border is whole in one of two pieces."""
    over = max((len(form) for _, form in byte_forms(forbidden)), default=0)
    for start in range(0, len(data), _PIECE):
        yield data[start : start + _PIECE + over]


def check_bytes(data: Bytes, pdf: pikepdf.Pdf) -> Iterator[Failure]:
    """Whether objects, one cross-reference and one end mark account for every byte."""
    header = _HEADER.match(data)
    if not header:
        yield Failure(check=Check.FILE, cause="the file does not begin with a PDF header")
        return
    ends = 1 + header.group().count(b"%%EOF")
    if _count(data, b"startxref") != 1 or _count(data, b"%%EOF") != ends:
        yield Failure(check=Check.FILE, cause="the file has more than one revision or end mark")
        return
    if pdf.is_encrypted:
        yield Failure(check=Check.FILE, cause="the file is encrypted")
        return
    position = header.end()
    while match := _OBJECT.match(data, position):
        position = _object_end(data, match.end(), int(match.group(1)), pdf)
        if position < 0:
            yield Failure(check=Check.FILE, cause="an object has bytes that it does not declare")
            return
    for part in (_XREF_TABLE, _TRAILER):
        table = part.match(data, position)
        position = table.end() if table else position
    end = _TAIL.fullmatch(data, position)
    if not end:
        yield Failure(check=Check.FILE, cause="bytes lie outside the objects of the file")


def check_raw(blocks: Iterator[bytes], forbidden: tuple[str, ...]) -> Iterator[Failure]:
    """Whether a forbidden string stands in raw or decompressed bytes, in any PDF encoding."""
    forms = byte_forms(forbidden)
    if not forms:
        return
    seen: set[int] = set()
    for block in blocks:
        lower = block.lower()
        for index, form in forms:
            if index not in seen and form in lower:
                seen.add(index)
                yield Failure(
                    check=Check.FORBIDDEN, cause="found in the bytes of the file", index=index
                )


def _count(data: Bytes, mark: bytes) -> int:
    found, at = 0, data.find(mark)
    while at >= 0:
        found, at = found + 1, data.find(mark, at + len(mark))
    return found


def _object_end(data: Bytes, start: int, number: int, pdf: pikepdf.Pdf) -> int:
    """Position after the object, or -1 if it holds more than it declares."""
    item = pdf.get_object(number, 0)
    end = data.find(b"endobj", start)
    if isinstance(item, pikepdf.Stream) or data.find(b"stream", start, max(end, start)) >= 0:
        opening = data.find(b"stream", start)
        if opening < 0:
            return -1
        body = opening + len(b"stream")
        body += 2 if data[body : body + 2] == b"\r\n" else 1
        length = _declared(data[start:opening])
        if length < 0 or not re.match(
            rb"\r?\n?endstream\s+endobj\s+", data[body + length : body + length + 40]
        ):
            return -1
        end = data.find(b"endobj", body + length)
    if end < 0:
        return -1
    closing = re.compile(rb"endobj\s+").match(data, end)
    return closing.end() if closing else -1


def _declared(dictionary: bytes) -> int:
    match = re.search(rb"/Length (\d+)(?! \d+ R)", dictionary)
    return int(match.group(1)) if match else -1
