"""Word files, and what makes Office files the same bytes every time."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

_STAMP = b"2015-06-01T09:00:00Z"
_DATES = re.compile(rb"(<dcterms:\w+[^>]*>)[^<]*(</dcterms:)|(w:date=\")[^\"]*(\")")
_STAMPED = ("docProps/core.xml", "word/comments.xml")


def steady_zip(path: Path) -> None:
    """Rewrites an Office file without the time of writing, so that a seed gives fixed bytes."""
    with zipfile.ZipFile(path) as old:
        parts = [(info.filename, old.read(info)) for info in old.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts:
            if name in _STAMPED:
                data = _DATES.sub(lambda m: (m[1] or m[3]) + _STAMP + (m[2] or m[4]), data)
            info = zipfile.ZipInfo(name, (2015, 6, 1, 9, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, data)


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change: words taken out and words put in, at the end of a paragraph."""

    author: str
    deleted: str = ""
    inserted: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment on a paragraph."""

    author: str
    text: str


class WordFile:
    """A Word document under construction."""

    def __init__(self, title: str, author: str, header: str = "") -> None:
        self._doc: Any = docx.Document()
        self._doc.core_properties.title = title
        self._doc.core_properties.author = author
        self._doc.core_properties.last_modified_by = author
        self._doc.styles["Normal"].font.name = "Liberation Sans"
        self._doc.styles["Normal"].font.size = Pt(11)
        if header:
            self._doc.sections[0].header.paragraphs[0].text = header
        self._doc.add_heading(title, level=1)

    def heading(self, text: str) -> None:
        """A second-level heading."""
        self._doc.add_heading(text, level=2)

    def paragraph(
        self, text: str, change: Change | None = None, remark: Remark | None = None
    ) -> None:
        """A paragraph, with a tracked change at its end or a comment on it."""
        paragraph = self._doc.add_paragraph(text)
        if change is not None:
            _track(paragraph, change)
        if remark is not None:
            self._doc.add_comment(
                paragraph.runs, text=remark.text, author=remark.author, initials=remark.author[0]
            )

    def table(
        self, columns: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]]
    ) -> None:
        """A ruled table with a head row; widths in centimetres."""
        table = self._doc.add_table(rows=0, cols=len(columns))
        table.style = "Table Grid"
        table.autofit = False
        for row in (columns, *rows):
            for cell, text, width in zip(table.add_row().cells, row, widths, strict=True):
                cell.text = text
                cell.width = Cm(width)

    def page_break(self) -> None:
        """Starts a new page."""
        self._doc.add_page_break()

    def save(self, path: Path) -> None:
        """Writes the file, with fixed dates inside."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._doc.save(str(path))
        steady_zip(path)


def _track(paragraph: Any, change: Change) -> None:
    for tag, text_tag, text in (
        ("w:del", "w:delText", change.deleted),
        ("w:ins", "w:t", change.inserted),
    ):
        if not text:
            continue
        mark, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        mark.set(qn("w:id"), str(100 + len(text)))
        mark.set(qn("w:author"), change.author)
        mark.set(qn("w:date"), _STAMP.decode())
        words.set(qn("xml:space"), "preserve")
        words.text = text
        run.append(words)
        mark.append(run)
        paragraph._p.append(mark)
