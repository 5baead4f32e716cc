"""One document's bytes to the normal form, in this process; `worker` runs it in a closed one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version

import pikepdf
import pypdfium2

from redaction.document import ReadDocument, Unreadable
from redaction.formats import clean, ocr, upright
from redaction.formats.account import not_on_pages
from redaction.formats.archive import view_archive
from redaction.formats.leftovers import open_document
from redaction.formats.limits import Incoming, Limits
from redaction.formats.mail import view_mail
from redaction.formats.outlook import view_outlook
from redaction.formats.outlook_store import view_store
from redaction.formats.pages import Reading, read_pages
from redaction.formats.picture import view_picture
from redaction.formats.plain import (
    mbox_messages,
    view_csv,
    view_html,
    view_json,
    view_mbox,
    view_text,
)
from redaction.formats.record import view_record
from redaction.formats.sheet import view_sheet
from redaction.formats.sniff import PICTURES, TO_XLSX, WORD_LIKE, Kind
from redaction.formats.view import View
from redaction.formats.winmail import view_winmail
from redaction.formats.wordml import inspect_word
from rights.errors import UnreadableError

_SAY_AGAIN = "Open the original, save it as PDF, and add that to the case."


def read_bytes(
    item: Incoming,
    kind: Kind,
    limits: Limits,
    *,
    converted: bytes = b"",
    printed: bytes = b"",
    beat: Callable[[], None] = lambda: None,
) -> ReadDocument:
    """The document in the normal form; whatever cannot be read is in `unreadable`.

    Args:
        item: The document as it came.
        kind: What `sniff` says it is.
        limits: Bounds on pages and sizes.
        converted: DOCX or XLSX that LibreOffice made of an older format.
        printed: PDF that LibreOffice made of a word-processing document.
        beat: Called whenever a step is done.
    """
    try:
        view = _view(kind, item.data, converted, printed, limits, beat)
        beat()
        reading = _pages(view, limits, beat)
    except UnreadableError as error:
        view = View(unreadable=[Unreadable(error.code, error.sentence, error.next_step)])
        reading = Reading()
    hidden = view.hidden + reading.hidden + not_on_pages(view.passages, reading.pages)
    tools = view.tools + ([ocr.version()] if reading.used_ocr else [])
    if view.pdf:
        tools += [f"pypdfium2 {version('pypdfium2')}", f"pikepdf {version('pikepdf')}"]
    return ReadDocument(
        id=item.document_id,
        media_type=kind.value,
        sha256=hashlib.sha256(item.data).hexdigest(),
        pages=tuple(reading.pages),
        pdf=view.pdf,
        hidden=tuple(
            dict.fromkeys(replace(h, where=_clean(h.where), text=_clean(h.text)) for h in hidden)
        ),
        attachments=tuple(replace(a, name=_clean(a.name)) for a in view.attachments),
        unreadable=tuple(dict.fromkeys(view.unreadable + reading.unreadable)),
        tools=tuple(dict.fromkeys(tools)),
    )


def _clean(text: str) -> str:
    """Without half characters, which broken files hold and no encoding can store."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _pages(view: View, limits: Limits, beat: Callable[[], None]) -> Reading:
    """Cleans the view's PDF in place and reads its pages."""
    if not view.pdf:
        return Reading()
    try:
        view.pdf = upright.set_level(clean.clean(view.pdf, as_drawn=view.foreign))
        beat()
        reading = read_pages(view.pdf, limits, photo=view.photo, foreign=view.foreign, beat=beat)
        view.pdf = upright.turned(view.pdf, reading.turns)
    except (pikepdf.PdfError, pypdfium2.PdfiumError, RuntimeError) as error:
        raise UnreadableError(
            "pdf.damaged", "The document is damaged beyond repair.", _SAY_AGAIN
        ) from error
    if not reading.pages:
        view.unreadable.append(
            Unreadable("pdf.empty", "The document has no pages.", "See whether it is complete.")
        )
    return reading


def _view(
    kind: Kind,
    data: bytes,
    converted: bytes,
    printed: bytes,
    limits: Limits,
    beat: Callable[[], None],
) -> View:
    if kind is Kind.PDF:
        return _view_pdf(data)
    if kind in WORD_LIKE:
        return _view_word(kind, data, converted, printed, limits)
    if kind in TO_XLSX:
        if not converted:
            raise _office_failed()
        view = view_sheet(converted, limits)
        if kind is Kind.ODS:
            open_document(data, view)
        return view
    if kind in PICTURES:
        return view_picture(data)
    if kind in (Kind.XLSX, Kind.CSV):
        return view_sheet(data, limits) if kind is Kind.XLSX else view_csv(data, limits)
    if kind is Kind.ZIP:
        return view_archive(data, limits)
    if kind is Kind.PST:
        return view_store(data, limits)
    if kind is Kind.MBOX and len(messages := mbox_messages(data)) == 1:
        return view_mail(messages[0])
    simple: dict[Kind, Callable[[bytes], View]] = {
        Kind.EML: view_mail,
        Kind.MSG: view_outlook,
        Kind.MBOX: view_mbox,
        Kind.WINMAIL: view_winmail,
        Kind.TEXT: view_text,
        Kind.HTML: view_html,
        Kind.JSON: lambda answer: view_json(answer, beat),
        Kind.RECORD: view_record,
    }
    if kind in simple:
        return simple[kind](data)
    raise _no_reader(kind)


def _view_pdf(data: bytes) -> View:
    try:
        found = clean.inspect(data)
    except pikepdf.PasswordError as error:
        raise UnreadableError(
            "pdf.encrypted",
            "The document is locked with a password.",
            "Ask the source for the password or an unlocked copy.",
        ) from error
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
        data, found = _rescued(data)
    return View(
        data,
        hidden=found.hidden,
        passages=found.passages,
        attachments=found.attachments,
        unreadable=found.unreadable,
        foreign=True,
    )


def _rescued(data: bytes) -> tuple[bytes, clean.Inspection]:
    """A broken PDF as far as it can be mended; a person must see whether pages are missing."""
    try:
        mended = clean.rescue(data)
        found = clean.inspect(mended)
    except (pikepdf.PdfError, pypdfium2.PdfiumError, ValueError, TypeError, RuntimeError) as error:
        raise UnreadableError(
            "pdf.damaged", "The document is damaged beyond repair.", _SAY_AGAIN
        ) from error
    found.unreadable.append(clean.mended())
    return mended, found


def _view_word(kind: Kind, data: bytes, converted: bytes, printed: bytes, limits: Limits) -> View:
    word = data if kind is Kind.DOCX else converted
    if not word:
        raise _office_failed()
    view = inspect_word(word, limits)
    if kind is Kind.ODT:
        open_document(data, view)
    if printed:
        view.pdf = printed
    else:
        error = _office_failed()
        view.unreadable.append(Unreadable(error.code, error.sentence, error.next_step))
    return view


def _office_failed() -> UnreadableError:
    return UnreadableError(
        "office.failed", "LibreOffice could not open or print the document.", _SAY_AGAIN
    )


def _no_reader(kind: Kind) -> UnreadableError:
    if kind is Kind.LOCKED:
        return UnreadableError(
            "office.encrypted",
            "The document is locked with a password.",
            "Ask the source for the password or an unlocked copy.",
        )
    if kind is Kind.EMPTY:
        return UnreadableError(
            "format.empty", "The file holds nothing.", "Ask the source whether this is right."
        )
    if kind in (Kind.SOUND, Kind.FILM):
        what = ("sound recording", "listen to it")
        if kind is Kind.FILM:
            what = ("film", "watch and listen to it")
        return UnreadableError(
            "recording",
            f"This is a {what[0]}: somebody must {what[1]}.",
            "Note what is said, by whom and where in the recording; disclose a transcript or a cut "
            "copy.",
        )
    return UnreadableError(
        "format.unknown", "There is no reader for this kind of file.", _SAY_AGAIN
    )
