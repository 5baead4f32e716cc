"""What the eye sees is read, whatever a file says its letters are."""

import re
from io import BytesIO

import pikepdf
import weasyprint

from redaction.document import PageKind
from redaction.formats import Incoming, read_many

_SAID = re.compile(r"<([0-9a-f]{4})> <([0-9a-f]{4})>")
_PAGE = (
    "<p style='break-after:page;font:12pt Liberation Sans'>Then the worker met "
    "<i style='font:12pt Liberation Serif'>Karen Holt</i> at home and they talked for a while.</p>"
)


def _page(*, lies: bool) -> pikepdf.Pdf:
    pdf = pikepdf.open(BytesIO(bytes(weasyprint.HTML(string=_PAGE).write_pdf() or b"")))
    for item in pdf.objects:
        is_font = isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item
        if lies and is_font and "Serif" in str(item.BaseFont):
            table = item.ToUnicode.read_bytes().decode()
            item.ToUnicode = pdf.make_stream(_SAID.sub(_other, table).encode())
    return pdf


def _other(said: re.Match[str]) -> str:
    code = int(said[2], 16)
    first = 65 if code < 97 else 97
    return f"<{said[1]}> <{first + (code - first + 5) % 26:04x}>" if code > 64 else said[0]


def test_a_font_that_says_other_letters_is_read_by_eye(tmp_path):
    """Its page is read by OCR; one before it, whose font has the same name, is not."""
    book = pikepdf.new()
    parts = [_page(lies=False), _page(lies=True)]
    for part in parts:
        book.pages.append(part.pages[0])
    out = BytesIO()
    book.save(out)
    items = [Incoming("D1", "a.pdf", out.getvalue())]
    (document,) = read_many(items, scratch=tmp_path, workers=1)
    honest, lying = document.pages
    assert (honest.kind, lying.kind) == (PageKind.TEXT, PageKind.SCAN)
    assert "Karen Holt" in honest.text
    assert "Karen Holt" in lying.text
    assert [h.page for h in document.hidden if "Pfwjs Mtqy" in h.text] == [2]
