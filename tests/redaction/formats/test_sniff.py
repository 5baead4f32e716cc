"""Telling kinds of file apart by their bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

import pytest

from redaction.formats.records import Record
from redaction.formats.sniff import Kind, sniff
from tests.redaction.formats import hostile


def packed(files: Mapping[str, str]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        for name, text in files.items():
            box.writestr(name, text)
    return out.getvalue()


CASES: list[tuple[str, bytes, Kind]] = [
    ("letter.docx", hostile.white_text(), Kind.PDF),
    ("letter.pdf", hostile.word_with_comment(), Kind.DOCX),
    ("", hostile.workbook(), Kind.XLSX),
    ("", hostile.rich_text_with_tracked_deletion(), Kind.RTF),
    ("", hostile.mail(), Kind.EML),
    ("", b"From a@b Mon Jun 01 04:28:28 2009\nSubject: x\n\nbody\n", Kind.MBOX),
    ("photo.txt", hostile.photograph(), Kind.JPEG),
    ("", b'{"a": [1, 2]}', Kind.JSON),
    ("", b"[not json", Kind.TEXT),
    ("", b"<!DOCTYPE html><p>x", Kind.HTML),
    ("list.csv", b"a,b\n1,2\n", Kind.CSV),
    ("", b"BMX racing notes", Kind.TEXT),
    ("", b"To: be or not to be, that is the question\n\nwell", Kind.TEXT),
    ("", b"\xff\xfeh\x00i\x00", Kind.TEXT),
    ("", Record("t").to_bytes(), Kind.RECORD),
    ("", b" \n\x00", Kind.EMPTY),
    ("a.docx", b"PK\x03\x04torn", Kind.DOCX),
    ("", b"\0\0\0\x18ftypheic\0\0\0\0", Kind.HEIC),
    ("", b"\x78\x9f\x3e\x22\x01\x00", Kind.WINMAIL),
    ("", b"ID3\x04\0\0\0\0\0\x10", Kind.SOUND),
    ("", b"\xff\xfb\x90\x64\0\0", Kind.SOUND),
    ("", b"RIFF\x24\0\0\0WAVEfmt ", Kind.SOUND),
    ("", b"\0\0\0\x20ftypM4A \0\0", Kind.SOUND),
    ("", b"\0\0\0\x20ftypisom\0\0", Kind.FILM),
    ("", b"\0\0\0\x1cftypavif\0\0", Kind.UNKNOWN),
    ("", b"RIFF\x24\0\0\0AVI LIST", Kind.FILM),
    ("", b"\x1a\x45\xdf\xa3\0", Kind.FILM),
    ("", b"ID3 of the case: see the notes", Kind.TEXT),
    ("", b"\x7fELF\x00\x00", Kind.UNKNOWN),
    ("", packed({"a.txt": ""}), Kind.ZIP),
    ("", packed({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), Kind.UNKNOWN),
    ("", "Seen on Monday".encode("utf-16-le"), Kind.TEXT),
    ("visit.log", b"Seen on \x1b[31mMonday\0 at noon", Kind.TEXT),
]


@pytest.mark.parametrize(("name", "data", "kind"), CASES, ids=[str(i) for i in range(len(CASES))])
def test_bytes_say_what_a_file_is(name: str, data: bytes, kind: Kind) -> None:
    """The bytes decide; the name is asked only where they cannot tell."""
    assert sniff(data, name) is kind
