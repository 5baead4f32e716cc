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
