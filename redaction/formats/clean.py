"""A PDF's unseen parts: listed for the reviewer, then taken out of the view.

pikepdf (qpdf) also repairs what it opens. Sources: ISO 32000-2, 7.7.2 (catalogue), 7.11.4
(embedded files), 12.5 (annotations), 12.6 (actions), 12.7 (forms, XFA), 14.3 (metadata).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf

from redaction.document import Attachment, HiddenItem, HiddenKind, Unreadable
from redaction.formats.account import Passage, squeeze
from redaction.formats.pdfium import Pdf
from redaction.formats.sweep import Sweep, xml_words

_ROOT_KEEPS = frozenset(
    {"/Type", "/Pages", "/AcroForm", "/OCProperties", "/Lang", "/Version", "/Extensions"}
)
_TRAILER_KEEPS = frozenset(
    {"/Size", "/Prev", "/Root", "/Encrypt", "/XRefStm", "/Type", "/W", "/Index", "/Length"}
    | {"/Filter", "/DecodeParms"}
)
_PAGE_DROPS = ("/AA", "/PieceInfo", "/Metadata", "/Thumb", "/B", "/StructParents", "/UserUnit")
_PROGRAM = re.compile(
    r"\b(adobe|acrobat|distiller|microsoft|word|excel|office|libreoffice|skia|chrom|quartz|pdfium"
    r"|ghostscript|itext|pikepdf|qpdf|cairo|pango|tex|latex|prince|weasyprint|reportlab|t?c?fpdf"
    r"|wkhtmltopdf|qt|mac ?os|canon|xerox|kofax|abbyy|nitro|foxit|pdfsharp|aspose|crystal|oracle"
    r"|sap|pdflib|m?pdf|dompdf|fop|imagemagick|pillow|img2pdf|tesseract|ocrmypdf|google|hp|ricoh"
    r"|konica|epson|brother|kyocera|lexmark|toshiba|fuji|corel|nuance|omnipage|docusign|apple)",
    re.IGNORECASE,
)
"""Makers of PDF: that one of them wrote the file tells of nobody."""
_MAX_REVISIONS = 8
_MAX_NESTING = 6


@dataclass(slots=True)
class Inspection:
    """What a PDF holds that its pages do not show."""

    hidden: list[HiddenItem] = field(default_factory=list[HiddenItem])
    attachments: list[Attachment] = field(default_factory=list[Attachment])
    unreadable: list[Unreadable] = field(default_factory=list[Unreadable])
    passages: list[Passage] = field(default_factory=list[Passage])
    """Values that are expected on a page; hidden if they are not there."""


def inspect(data: bytes) -> Inspection:
    """Lists metadata, notes, attachments, scripts, form data, layers and earlier revisions.

    Raises:
        pikepdf.PasswordError: A password is needed.
        pikepdf.PdfError: Beyond repair.
    """
    found = Inspection()
    with pikepdf.open(BytesIO(data)) as pdf:
        _metadata(pdf, found)
        _embedded(pdf, found)
        _notes(pdf, found)
        _form(pdf, found)
        _outline(pdf, found)
        _take_all_files(pdf, found)
        if _has_scripts(pdf):
            found.hidden.append(
                HiddenItem(
                    HiddenKind.OTHER, "script", "The file holds scripts, which were not run."
                )
            )
        if "/Collection" in pdf.Root:
            found.hidden.append(
                HiddenItem(
                    HiddenKind.OTHER,
                    "portfolio",
                    "The file is a portfolio: its contents are its attachments.",
                )
            )
        if any("reconstruct" in w or "is damaged" in w for w in map(str, pdf.get_warnings())):
            found.unreadable.append(mended())
        swept = Sweep(pdf, told=_told(found))
        found.passages += swept.passages()
        found.hidden += swept.hidden
    found.hidden += _earlier_revisions(data)
    found.hidden += _around(data)
    return found


def _told(found: Inspection) -> str:
    """What is listed already, squeezed."""
    said = [f"{h.where} {h.text}" for h in found.hidden] + [a.name for a in found.attachments]
    return " ".join(squeeze(text) for text in (*said, *(p.text for p in found.passages)))


def mended() -> Unreadable:
    """The file was torn; what was lost with the torn part does not show in the rest."""
    return Unreadable(
        "pdf.mended",
        "The document was torn and mended; parts of it may be missing.",
        "Compare it with the original, or ask the source for a sound copy.",
    )


def rescue(data: bytes) -> bytes:
    """What PDFium can make of a file that qpdf gives up on.

    Raises:
        pypdfium2.PdfiumError: Nothing.
    """
    with Pdf(data) as torn:
        return torn.saved()


def clean(data: bytes, *, as_drawn: bool = False) -> bytes:
    """The view: repaired, annotations and form values drawn in, everything unseen taken out.

    Pages whose text runs sideways or upside down are turned: sentences are found, and lines close
    up, along the way they are read.

    Args:
        data: The PDF.
        as_drawn: Others made it: text that stands in for what is drawn is taken out, too.
    """
    return _turned(_cleaned(data, as_drawn=as_drawn))


def _turned(view: bytes) -> bytes:
    with Pdf(view) as pdf:
        turns = [page.turn_to_read() if page is not None else 0 for page in pdf.pages()]
    if not any(turns):
        return view
    with pikepdf.open(BytesIO(view)) as pdf:
        for page, turn in zip(pdf.pages, turns, strict=True):
            if turn:
                page.rotate(turn, relative=True)
        return _saved(pdf)


def _cleaned(data: bytes, *, as_drawn: bool) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        drawn = "/AcroForm" in pdf.Root or any("/Annots" in p for p in pdf.pages)
        if "/AcroForm" in pdf.Root:
            pdf.generate_appearance_streams()
        _strip(pdf)
        if as_drawn:
            _take_stand_ins(pdf)
        plain = _saved(pdf)
    if not drawn:
        return plain
    with Pdf(plain) as view:
        flat = view.flattened()
    with pikepdf.open(BytesIO(flat)) as pdf:
        for key in ("/AcroForm",):
            if key in pdf.Root:
                del pdf.Root[key]
        for page in pdf.pages:
            if "/Annots" in page:
                del page["/Annots"]
        return _saved(pdf)


def _strip(pdf: pikepdf.Pdf) -> None:
    for key in set(pdf.Root.keys()) - _ROOT_KEEPS:
        del pdf.Root[key]
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        del form["/XFA"]
    for page in pdf.pages:
        for key in _PAGE_DROPS:
            if key in page:
                del page[key]


def _take_stand_ins(pdf: pikepdf.Pdf) -> None:
    """Without ActualText (14.9.4), which extracts in place of the letters that are seen."""
    for item in pdf.objects:
        for one in (item, *_inner(item)):
            if isinstance(one, pikepdf.Dictionary) and "/ActualText" in one:
                del one["/ActualText"]
        if not isinstance(item, pikepdf.Stream) or item.get("/Subtype") == "/Image":
            continue
        try:
            drawn = item.read_bytes()
        except pikepdf.PdfError:
            continue
        if b"/ActualText" in drawn:
            item.write(drawn.replace(b"/ActualText", b"/SpokenText"))


def _saved(pdf: pikepdf.Pdf) -> bytes:
    # The old identifier goes too: the new one then depends on the contents alone.
    for key in set(pdf.trailer.keys()) - _TRAILER_KEEPS:
        del pdf.trailer[key]
    pdf.remove_unreferenced_resources()
    out = BytesIO()
    pdf.save(out, deterministic_id=True, encryption=False)
    return out.getvalue()


def _metadata(pdf: pikepdf.Pdf, found: Inspection) -> None:
    if "/Info" in pdf.trailer:
        for key, value in pdf.docinfo.items():
            text = _text(value)
            usual = key == "/Producer" and _PROGRAM.search(text)
            if text and not usual and key not in {"/CreationDate", "/ModDate", "/Trapped"}:
                found.hidden.append(
                    HiddenItem(HiddenKind.METADATA, f"document property {key[1:]}", text)
                )
    stream = pdf.Root.get("/Metadata")
    if isinstance(stream, pikepdf.Stream):
        text = " ".join(" ".join(xml_words(stream.read_bytes())).split())
        if text:
            found.hidden.append(HiddenItem(HiddenKind.METADATA, "XMP metadata", text))


def _embedded(pdf: pikepdf.Pdf, found: Inspection) -> None:
    for name in pdf.attachments:
        _take_file(pdf.attachments[name].obj, name, None, found)


def _take_all_files(pdf: pikepdf.Pdf, found: Inspection) -> None:
    """Files kept in any other place: associated files, sound, film, a portfolio's folders."""
    for item in pdf.objects:
        for spec in (item, *_inner(item)):
            if isinstance(spec, pikepdf.Dictionary) and isinstance(
                spec.get("/EF"), pikepdf.Dictionary
            ):
                _take_file(spec, "", None, found)


def _inner(item: Any) -> Iterator[Any]:
    """The direct values of an object, and of what stands directly in them."""
    waiting: list[tuple[Any, int]] = [(item, 0)]
    while waiting:
        held, depth = waiting.pop()
        values: list[Any] = []
        if isinstance(held, (pikepdf.Dictionary, pikepdf.Stream)):
            values = [v for _, v in held.items()]
        elif isinstance(held, pikepdf.Array):
            values = list(held)
        for value in values:
            if isinstance(value, (pikepdf.Dictionary, pikepdf.Array)) and not value.is_indirect:
                yield value
                if depth < _MAX_NESTING:
                    waiting.append((value, depth + 1))


def _around(data: bytes) -> Iterator[HiddenItem]:
    """Bytes before the beginning and after the end of the file."""
    start, end = data.find(b"%PDF-"), data.rfind(b"%%EOF")
    outside = (
        ("bytes before the beginning of the file", data[: max(start, 0)]),
        ("bytes after the end of the file", data[end + 5 :] if end >= 0 else b""),
    )
    for where, part in outside:
        bare = part.strip(b"\x00\r\n\t ")
        if bare:
            said = bare[:4000].decode("utf-8", "replace")
            text = "".join(c if c.isprintable() else " " for c in said).strip()
            yield HiddenItem(HiddenKind.OTHER, where, text or f"{len(bare):,} bytes of data")


def _take_file(spec: Any, name: str, page: int | None, found: Inspection) -> None:
    """A file specification (7.11.3): its names, its description and the embedded stream."""
    files = spec.get("/EF")
    streams: list[Any] = [files.get(k) for k in ("/UF", "/F")] if files is not None else []
    stream = next((s for s in streams if isinstance(s, pikepdf.Stream)), None)
    try:
        data = stream.read_bytes() if stream is not None else None
    except pikepdf.PdfError:
        data = None
    if data is None:
        found.unreadable.append(
            Unreadable(
                "pdf.attachment",
                "A file attached to this document is damaged or missing.",
                "Ask the source for the attached file.",
            )
        )
        return
    names = [_text(spec.get(key)) for key in ("/UF", "/F", "/DOS", "/Mac", "/Unix")]
    shown = next((n for n in names if n), "") or name or "attachment"
    if any(a.data == data and a.name == shown for a in found.attachments):
        return
    found.attachments.append(Attachment(shown, data))
    said = " ".join(dict.fromkeys(n for n in (shown, *names, name, _text(spec.get("/Desc"))) if n))
    found.hidden.append(HiddenItem(HiddenKind.ATTACHMENT, "attached file", said, page))


def _notes(pdf: pikepdf.Pdf, found: Inspection) -> None:
    for number, page in enumerate(pdf.pages, 1):
        for note in _dictionaries(page.get("/Annots")):
            subtype = str(note.get("/Subtype", ""))
            if subtype == "/Widget":
                continue
            said = [_text(note.get(k)) for k in ("/T", "/Subj", "/Contents", "/NM", "/TU")]
            text = "\n".join(s for s in (said[0], said[1], said[2]) if s)
            if text:
                where = f"{subtype[1:].lower() or 'note'} annotation"
                found.hidden.append(HiddenItem(HiddenKind.COMMENT, where, text, number))
            action = note.get("/A")
            if isinstance(action, pikepdf.Dictionary) and (uri := _text(action.get("/URI"))):
                found.hidden.append(HiddenItem(HiddenKind.OTHER, "link", uri, number))
            spec = note.get("/FS")
            if subtype == "/FileAttachment" and isinstance(spec, pikepdf.Dictionary):
                _take_file(spec, "", number, found)


def _form(pdf: pikepdf.Pdf, found: Inspection) -> None:
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return
    for path, item in _fields(form.get("/Fields"), "", 0):
        value, help_text = _text(item.get("/V")), _text(item.get("/TU"))
        if value:
            found.passages.append(Passage(f"form field {path}", value))
        if help_text:
            found.hidden.append(HiddenItem(HiddenKind.METADATA, f"form field {path}", help_text))
    xfa = form.get("/XFA")
    if xfa is None:
        return
    parts = list(xfa) if isinstance(xfa, pikepdf.Array) else [xfa]
    streams = [x.read_bytes() for x in parts if isinstance(x, pikepdf.Stream)]
    text = " ".join(" ".join(w for s in streams for w in xml_words(s)).split())
    if text:
        found.hidden.append(HiddenItem(HiddenKind.OTHER, "XFA form", text))
    found.unreadable.append(
        Unreadable(
            "pdf.xfa",
            "The document is an XFA form, whose pages are made by Adobe's own software.",
            "Open it in Adobe Reader, print it to a new PDF, and add that to the case.",
        )
    )


def _fields(items: Any, path: str, depth: int) -> Iterator[tuple[str, pikepdf.Dictionary]]:
    if depth > 20:
        return
    for item in _dictionaries(items):
        here = ".".join(p for p in (path, _text(item.get("/T"))) if p)
        yield here, item
        yield from _fields(item.get("/Kids"), here, depth + 1)


def _outline(pdf: pikepdf.Pdf, found: Inspection) -> None:
    seen: set[tuple[int, int]] = set()
    waiting: list[Any] = [pdf.Root.get("/Outlines")]
    while waiting:
        item = waiting.pop(0)
        if not isinstance(item, pikepdf.Dictionary) or (item.is_indirect and item.objgen in seen):
            continue
        seen.add(item.objgen)
        if title := _text(item.get("/Title")):
            found.passages.append(Passage("bookmark", title, HiddenKind.METADATA, grouped=True))
        waiting += [item.get("/First"), item.get("/Next")]


def _has_scripts(pdf: pikepdf.Pdf) -> bool:
    return any(_is_script(obj, 0) for obj in pdf.objects)


def _is_script(obj: Any, depth: int) -> bool:
    """Whether the object is or directly holds a JavaScript action (12.6.4.17)."""
    if depth > _MAX_NESTING or not isinstance(obj, (pikepdf.Dictionary, pikepdf.Array)):
        return False
    if isinstance(obj, pikepdf.Array):
        inner: list[Any] = [o for o in obj if not getattr(o, "is_indirect", True)]
        return any(_is_script(o, depth + 1) for o in inner)
    if obj.get("/S") == pikepdf.Name.JavaScript:
        return True
    inner = [o for _, o in obj.items() if not getattr(o, "is_indirect", True)]
    return any(_is_script(o, depth + 1) for o in inner)


def _earlier_revisions(data: bytes) -> list[HiddenItem]:
    """Text of earlier saved states (ISO 32000-2, 7.5.6) that the last one no longer has."""
    ends = [m.end() for m in re.finditer(rb"%%EOF", data)][:-1][-_MAX_REVISIONS:]
    if not ends:
        return []
    now = _lines(data) | _strings(data)
    old: dict[str, None] = {}
    for end in ends:
        for line in _lines(data[:end]) | _strings(data[:end]):
            if line not in now:
                old[line] = None
    if not old:
        return []
    return [HiddenItem(HiddenKind.DELETED_TEXT, "earlier revision of the file", "\n".join(old))]


def _lines(data: bytes) -> dict[str, None]:
    found: dict[str, None] = {}
    try:
        with Pdf(data) as pdf:
            for page in pdf.pages():
                if page is not None:
                    text = "".join(g.text for g in page.glyphs())
                    found |= dict.fromkeys(s.strip() for s in text.splitlines() if s.strip())
    except RuntimeError:
        # The first part of a linearised file is no revision of its own.
        return {}
    return found


def _strings(data: bytes) -> dict[str, None]:
    """Every string of one saved state that no page shows."""
    try:
        with pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
            return dict.fromkeys(p.text for p in Sweep(pdf).passages())
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return {}


def _dictionaries(items: Any) -> Iterator[pikepdf.Dictionary]:
    if isinstance(items, pikepdf.Array):
        for item in items:
            if isinstance(item, pikepdf.Dictionary):
                yield item


def _text(value: Any) -> str:
    if isinstance(value, pikepdf.String):
        return str(value).strip()
    if isinstance(value, pikepdf.Stream):
        return value.read_bytes().decode("utf-8", "replace").strip()
    if isinstance(value, pikepdf.Name):
        return str(value)[1:] if str(value) != "/Off" else ""
    return ""
