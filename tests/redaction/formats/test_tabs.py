"""Tabs, line breaks and borders part words, whatever lies before them."""

from io import BytesIO

import openpyxl

from redaction.formats import Incoming, read_many
from tests.redaction.formats.hostile import docx, paragraph, run

BEFORE = ["Il" * n + "m" * m for n in range(1, 5) for m in range(1, 8)]
"""Words of many widths: a tab stop lies close behind some of them."""


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    for n, word in enumerate(BEFORE):
        book.worksheets[0].append([f"{word}\tBell{n}x", f"{word}\nHolt{n}x\rKhan{n}x"])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_tabs_and_line_breaks_part_words(tmp_path):
    """In Word files, workbooks, tables, pages of the web and plain text alike."""
    lines = [f"{word}\tBell{n}x" for n, word in enumerate(BEFORE)]
    paragraphs = [
        paragraph(run(word) + "<w:r><w:tab/></w:r>" + run(f"Bell{n}x"))
        + paragraph(run(f"{word}\tHolt{n}x"))
        for n, word in enumerate(BEFORE)
    ]
    files = {
        "a.xlsx": _workbook(),
        "a.docx": docx("".join(paragraphs)),
        "a.csv": "\n".join(f'"{line}",b{n}' for n, line in enumerate(lines)).encode(),
        "a.html": f"<html><body><pre>{chr(10).join(lines)}</pre></body></html>".encode(),
        "a.txt": "\n".join(lines).encode(),
    }
    items = [Incoming(name, name, data) for name, data in files.items()]
    for document in read_many(items, scratch=tmp_path, workers=1):
        words = {w.text for page in document.pages for w in page.words}
        surnames = ("Bell", "Holt", "Khan")[: {"a.xlsx": 3, "a.docx": 2}.get(document.id, 1)]
        wanted = {*BEFORE, *(f"{s}{n}x" for s in surnames for n in range(len(BEFORE)))}
        assert wanted <= words, document.id
        assert not document.hidden or document.id == "a.docx" or document.id == "a.xlsx"
