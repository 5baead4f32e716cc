"""A damaged part inside an Office file is a task, never a silent loss."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from docx import Document

from redaction.formats import read


def test_broken_comments_are_a_task(tmp_path: Path) -> None:
    """A Word file whose comments cannot be parsed is handed to a person."""
    plain, broken = io.BytesIO(), io.BytesIO()
    document = Document()
    document.add_paragraph("Visit to the home.")
    document.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            if name != "word/comments.xml":
                new.writestr(name, old.read(name))
        new.writestr("word/comments.xml", b"\x00\x01 no XML at all")
    done = read(broken.getvalue(), document_id="d1", scratch=tmp_path)
    assert done.unreadable


def test_a_part_whose_packing_is_broken_is_a_task(tmp_path: Path) -> None:
    """Bytes that cannot be unpacked are said to be damage, not an unknown kind of file."""
    made = io.BytesIO()
    document = Document()
    document.add_paragraph("Visit to the home.")
    document.save(made)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as box:
        box.writestr("word/footnotes.xml", b"<w:footnotes/>" * 50)
        info = box.getinfo("word/footnotes.xml")
    data = bytearray(made.getvalue())
    start = info.header_offset + 30 + len(info.filename)
    data[start : start + 4] = b"\xff\xff\xff\xff"
    done = read(bytes(data), document_id="d1", scratch=tmp_path)
    assert [u.code for u in done.unreadable] == ["format.damaged"]
