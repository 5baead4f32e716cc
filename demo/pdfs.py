"""Born-digital PDFs, through WeasyPrint, with fixed bytes."""

from __future__ import annotations

import html
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
import weasyprint

_STYLE = """
@page { size: A4; margin: 22mm 20mm; @bottom-center { content: counter(page); font-size: 9pt } }
body { font-family: "Liberation Sans", sans-serif; font-size: 11pt; line-height: 1.35;
       hyphens: none }
h1 { font-size: 16pt } h2 { font-size: 12.5pt; margin: 14pt 0 4pt } p { margin: 0 0 7pt }
"""


def paragraphs(heading: str, texts: Sequence[str]) -> str:
    """A heading and its paragraphs as HTML; an empty heading is left out."""
    head = f"<h2>{html.escape(heading)}</h2>" if heading else ""
    return head + "".join(f"<p>{html.escape(t)}</p>" for t in texts)


def write_pdf(path: Path, title: str, body: str, annotation: str = "") -> int:
    """Writes a PDF of HTML `body` under a title (if any) and gives its number of pages.

    `annotation` becomes a note on the first page, as somebody left it in a PDF reader.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    head = f"<h1>{html.escape(title)}</h1>" if title else ""
    source = (
        f"<html lang='en-GB'><head><title>{html.escape(title)}</title><style>{_STYLE}</style>"
        f"</head><body>{head}{body}</body></html>"
    )
    document: Any = weasyprint.HTML(string=source)
    with pikepdf.open(io.BytesIO(document.write_pdf())) as pdf:
        if annotation:
            note = pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Text,
                    Rect=[540, 760, 560, 780],
                    Contents=pikepdf.String(annotation),
                    Name=pikepdf.Name.Note,
                )
            )
            pdf.pages[0].obj["/Annots"] = pikepdf.Array([note])
        pdf.save(path, deterministic_id=True)
        return len(pdf.pages)
