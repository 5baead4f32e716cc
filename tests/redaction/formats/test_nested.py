"""What lies in something else: portfolios, forms of Adobe's own, mail in mail, quoted threads."""

from __future__ import annotations

from collections.abc import Iterable
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf, Stream, String

from benchmarks.sample_pages import case_notes
from redaction.document import ReadDocument
from redaction.formats import Incoming, read_many


def read(files: Iterable[tuple[str, bytes]], scratch: Path) -> list[ReadDocument]:
    items = [Incoming(f"D{n}", name, data) for n, (name, data) in enumerate(files)]
    return list(read_many(items, scratch=scratch, workers=1))


def message(subject: str, text: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "A <a@example.org>"
    mail["To"] = "B <b@example.org>"
    mail["Subject"] = subject
    mail.set_content(text)
    return mail


def changed(data: bytes, change: object) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        change(pdf)  # type: ignore[operator]
        pdf.save(out)
    return out.getvalue()


def as_portfolio(pdf: Pdf) -> None:
    inner = message("Inner mail", "Marnie has a blue door.").as_bytes()
    pdf.attachments["mail.eml"] = AttachedFileSpec(pdf, inner, filename="mail.eml")
    pdf.Root.Collection = Dictionary(Type=Name.Collection, View=Name.D)


def as_xfa(pdf: Pdf) -> None:
    data = b"<xfa:data xmlns:xfa='x'><child>Tilda Holloway</child></xfa:data>"
    form = Dictionary(Fields=Array([]), XFA=Array([String("datasets"), Stream(pdf, data)]))
    pdf.Root.AcroForm = form


def test_contents_of_a_portfolio_and_of_an_xfa_form_come_out(tmp_path: Path) -> None:
    """A portfolio gives its files, a form's own data is listed, and each says what it is."""
    page = case_notes(1)
    files = [("p.pdf", changed(page, as_portfolio)), ("x.pdf", changed(page, as_xfa))]
    portfolio, form = read(files, tmp_path)
    (inner,) = portfolio.attachments
    assert inner.name == "mail.eml"
    (mail,) = read([(inner.name, inner.data)], tmp_path)
    assert "blue door" in mail.pages[0].text
    assert portfolio.pages and any("portfolio" in h.where for h in portfolio.hidden)
    assert any("Tilda Holloway" in h.text for h in form.hidden)
    assert form.pages and "pdf.xfa" in {u.code for u in form.unreadable}


def test_attachments_in_attachments_come_out_one_by_one(tmp_path: Path) -> None:
    """A mail in a mail in a mail, the innermost with a PDF: each level hands on the next."""
    deepest = message("Third", "The third.")
    deepest.add_attachment(
        case_notes(1), maintype="application", subtype="pdf", filename="note.pdf"
    )
    second = message("Second", "The second.")
    second.add_attachment(deepest)
    first = message("First", "The first.")
    first.add_attachment(second)
    waiting: list[tuple[str, bytes]] = [("first.eml", first.as_bytes())]
    seen: list[str] = []
    while waiting:
        (document,) = read([waiting.pop()], tmp_path)
        assert not document.unreadable
        seen.append(document.pages[0].text)
        waiting += [(a.name, a.data) for a in document.attachments]
    assert len(seen) == 4
    for text, words in zip(seen, ("The first.", "The second.", "The third.", "note"), strict=True):
        assert words in text


def test_a_quoted_thread_is_on_the_page_whole(tmp_path: Path) -> None:
    """Every level of a quoted thread is seen, in plain text and in HTML with its blockquotes."""
    plain = "Yes, do.\n\n> Shall I call Karen?\n>> Karen rang.\n>>> She is well.\n"
    rich = message("Thread", plain)
    html = "<p>Yes, do.</p><blockquote>Shall I call Karen?<blockquote>She is well.</blockquote>"
    rich.add_alternative(html + "</blockquote>", subtype="html")
    files = [("a.eml", message("Re", plain).as_bytes()), ("b.eml", rich.as_bytes())]
    text, both = (" ".join(p.text for p in d.pages).split() for d in read(files, tmp_path))
    for words in (text, both):
        assert {"Yes,", "call", "Karen?", "well."} <= set(words)
