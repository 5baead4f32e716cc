"""Every way of hiding something in a file, and where it comes out."""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import weasyprint
from PIL import Image, PngImagePlugin

from redaction.document import HiddenKind, ReadDocument
from redaction.formats import Incoming, Limits, read_many
from redaction.formats.reading import read_bytes
from redaction.formats.sniff import sniff
from tests.redaction.formats import hostile
from tests.redaction.paint.hostile import build as many_channels


def read_here(data: bytes) -> ReadDocument:
    return read_bytes(Incoming("doc", "", data), sniff(data), Limits())


def words(document: ReadDocument) -> list[str]:
    return [w.text for p in document.pages for w in p.words]


def hidden(document: ReadDocument, kind: HiddenKind) -> str:
    return " | ".join(f"{h.where}: {h.text}" for h in document.hidden if h.kind is kind)


UNSEEN_IN_PDF: list[tuple[Callable[[], bytes], HiddenKind]] = [
    (hostile.white_text, HiddenKind.HIDDEN_TEXT),
    (hostile.text_under_black_box, HiddenKind.HIDDEN_TEXT),
    (hostile.text_behind_picture, HiddenKind.HIDDEN_TEXT),
    (hostile.text_off_the_page, HiddenKind.HIDDEN_TEXT),
    (hostile.text_outside_the_crop_box, HiddenKind.HIDDEN_TEXT),
    (hostile.tiny_text, HiddenKind.HIDDEN_TEXT),
    (hostile.invisible_text, HiddenKind.HIDDEN_TEXT),
    (hostile.clipped_text, HiddenKind.HIDDEN_TEXT),
    (hostile.white_text_in_a_form, HiddenKind.HIDDEN_TEXT),
    (hostile.layer_switched_off, HiddenKind.HIDDEN_TEXT),
    (hostile.hidden_form_field, HiddenKind.HIDDEN_TEXT),
    (hostile.sticky_note, HiddenKind.COMMENT),
    (hostile.attached_file, HiddenKind.ATTACHMENT),
    (hostile.file_on_a_note, HiddenKind.ATTACHMENT),
    (hostile.document_information, HiddenKind.METADATA),
    (hostile.xmp_metadata, HiddenKind.METADATA),
    (hostile.bookmark, HiddenKind.METADATA),
    (hostile.earlier_revision, HiddenKind.DELETED_TEXT),
]


@pytest.mark.parametrize(("build", "kind"), UNSEEN_IN_PDF, ids=lambda v: getattr(v, "__name__", v))
def test_what_a_pdf_hides_is_listed_and_is_no_word(
    build: Callable[[], bytes], kind: HiddenKind
) -> None:
    """The secret is a hidden item of the right kind, and the page has only what is seen."""
    document = read_here(build())
    assert words(document) == ["SEEN"]
    assert "SECRET" in hidden(document, kind)
    assert not document.unreadable


def test_every_channel_of_the_hostile_file_is_told() -> None:
    """Each of some hundred secrets is listed, a word of a page or handed on as a file."""
    data, secrets = many_channels()
    document = read_here(data)
    told = [f"{h.where} {h.text}" for h in document.hidden]
    files = [f"{a.name} {a.data.decode()}" for a in document.attachments]
    everything = "\n".join([*told, *files, *words(document)])
    assert [channel for channel, secret in secrets.items() if secret not in everything] == []
    assert len(secrets) > 100


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_laid_sideways_is_read_the_way_its_lines_run(turn: int) -> None:
    """Turned text comes in its own order, so that sentences and the width of boxes hold."""
    pdf = hostile.new_pdf(hostile.line("First words of a long line") + hostile.line("then", 20, 90))
    pdf.pages[0].obj["/Rotate"] = turn
    (page,) = read_here(hostile.saved(pdf)).pages
    assert page.text.split() == ["First", "words", "of", "a", "long", "line", "then"]
    assert (page.width, page.height) == (300, 200)


def test_every_part_of_a_word_file_and_a_workbook_is_told(tmp_path: Path) -> None:
    """What lies beside text and cells is listed: people, lists, caches, codes, templates."""
    made = [hostile.word_with_everything(), hostile.workbook_with_everything()]
    items = [Incoming(str(n), "", data) for n, (data, _) in enumerate(made)]
    found = list(read_many(items, scratch=tmp_path))
    for document, (_, secrets) in zip(found, made, strict=True):
        told = "\n".join(f"{h.where} {h.text}" for h in document.hidden)
        assert [place for place, secret in secrets.items() if secret not in told] == []
        assert not any("SECRET" in word for word in words(document))
        assert not document.unreadable
    assert [a.name for a in found[0].attachments] == ["image7.jpeg"], "drawn nowhere"
    assert {"small picture", "macros"} <= {h.where for h in found[0].hidden}


def test_an_ordinary_pdf_hides_nothing() -> None:
    """What every program writes into a PDF is no matter for anybody."""
    page = weasyprint.HTML(string="<html lang=en><h1>Note</h1><p>Seen.</p>")
    pdf = bytes(page.write_pdf() or b"")
    assert read_here(pdf).hidden == ()


RECORDINGS = [b"RIFF\x24\0\0\0WAVEfmt \x10\0", b"\0\0\0\x20ftypisom\0\0\2\0"]


@pytest.mark.parametrize("data", RECORDINGS)
def test_a_recording_has_a_reason_of_its_own(data: bytes) -> None:
    """Sound and film are told apart from what nobody can make sense of: somebody must listen."""
    document = read_here(data)
    assert [u.code for u in document.unreadable] == ["recording"]
    assert "listen" in document.unreadable[0].why


@pytest.mark.parametrize("build", [hostile.attached_file, hostile.file_on_a_note])
def test_files_in_a_pdf_become_documents(build: Callable[[], bytes]) -> None:
    """An attached file is handed on with its name and bytes."""
    (attachment,) = read_here(build()).attachments
    assert (attachment.name, attachment.data) == ("SECRET.txt", b"inside")


@pytest.mark.parametrize("build", [hostile.filled_form_field, hostile.free_text_note])
def test_what_is_written_over_a_pdf_is_seen(build: Callable[[], bytes]) -> None:
    """Form values and typed notes are words of the page, drawn into the view."""
    document = read_here(build())
    assert words(document) == ["SEEN", "VALUE"]
    assert b"/Annots" not in document.pdf and b"/AcroForm" not in document.pdf


def test_half_a_word_under_a_box() -> None:
    """Where a box covers part of a word, only the open letters are a word."""
    document = read_here(hostile.half_a_word_under_black_box())
    seen = words(document)[1]
    assert seen.startswith("OPEN") and "CRET" not in seen
    assert "CRET" in hidden(document, HiddenKind.HIDDEN_TEXT)


def test_covered_line_between_tight_lines() -> None:
    """Ink of the neighbouring lines does not make a covered line seen."""
    document = read_here(hostile.covered_line_between_tight_lines())
    assert "SECRET" not in words(document) and "SEEN" in words(document)
    assert "SECRET" in hidden(document, HiddenKind.HIDDEN_TEXT)


def test_white_on_black_is_seen() -> None:
    """Light type on a dark heading is not hidden."""
    document = read_here(hostile.white_on_black_heading())
    assert words(document) == ["SEEN"]
    assert not document.hidden


def test_scripts_are_named_and_gone() -> None:
    """A script is reported and is not in the view."""
    document = read_here(hostile.script())
    assert "script" in hidden(document, HiddenKind.OTHER)
    assert b"JavaScript" not in document.pdf


def test_locked_pdf_is_a_task() -> None:
    """A password makes a task for a human, not an error and not an empty document."""
    document = read_here(hostile.encrypted_pdf())
    assert [u.code for u in document.unreadable] == ["pdf.encrypted"]
    assert not document.pages


def test_pdf_with_a_wrong_index_is_repaired() -> None:
    """A PDF whose table of contents points nowhere is read, and a human compares it."""
    document = read_here(hostile.wrong_index())
    assert words(document) == ["SEEN"]
    assert [u.code for u in document.unreadable] == ["pdf.mended"]


def test_torn_pdf_is_never_silent() -> None:
    """A PDF without its end may lose pages or words in the mending: a human is told."""
    document = read_here(hostile.torn_pdf())
    assert [u.code for u in document.unreadable] == ["pdf.mended"]


def test_workbook_shows_everything_and_says_what_was_hidden() -> None:
    """Hidden sheets, rows and columns are on paper with a label, and are hidden items too."""
    document = read_here(hostile.workbook())
    text = " ".join(p.text for p in document.pages)
    for shown in ("SEEN", "SECRETROW", "SECRETCOLUMN", "SECRETSHEET", "SECRETCOMMENT", "(hidden)"):
        assert shown in text
    assert "SECRETROW" in hidden(document, HiddenKind.HIDDEN_TEXT)
    assert "SECRETCOLUMN" in hidden(document, HiddenKind.HIDDEN_TEXT)
    assert "SECRETSHEET" in hidden(document, HiddenKind.HIDDEN_SHEET)
    assert "SECRETCOMMENT" in hidden(document, HiddenKind.COMMENT)
    assert "A3: =LEN(A1)" in hidden(document, HiddenKind.FORMULA)
    assert text.replace("\n", "").replace(" ", "").count("x" * 90) == 1, "long cells are not cut"


def test_mail_shows_bcc_and_lists_what_html_hides() -> None:
    """Recipients by Bcc are on the page; what the HTML or the routing hides is listed."""
    document = read_here(hostile.mail())
    text = " ".join(p.text for p in document.pages)
    assert "VALUE <third@example.org>" in text and "quoted" in text
    assert "SECRET" not in text
    assert "SECRETHEADER" in hidden(document, HiddenKind.HEADER)
    unseen = hidden(document, HiddenKind.HIDDEN_TEXT)
    assert all(s in unseen for s in ("SECRETPLAIN", "SECRETNONE", "SECRETWHITE"))
    assert "SECRETREMARK" in hidden(document, HiddenKind.COMMENT)
    assert "SECRETPIXEL" in hidden(document, HiddenKind.OTHER)
    assert [a.name for a in document.attachments] == ["message.eml", "SECRET.pdf"]


def test_photograph_keeps_its_metadata_off_the_page() -> None:
    """EXIF is listed, the picture stands upright, and a person must look at it."""
    document = read_here(hostile.photograph())
    (page,) = document.pages
    assert page.kind.value == "photo" and page.needs_eyes
    assert page.height > page.width, "turned as its EXIF orientation says"
    assert "SECRET" in hidden(document, HiddenKind.METADATA)
    assert b"SECRET" not in document.pdf


WORD_FILES: list[tuple[Callable[[], bytes], HiddenKind | None, list[str]]] = [
    (hostile.word_with_tracked_deletion, HiddenKind.DELETED_TEXT, ["SEEN", "VALUE"]),
    (hostile.word_with_comment, HiddenKind.COMMENT, ["SEEN"]),
    (hostile.word_with_hidden_text, HiddenKind.HIDDEN_TEXT, ["SEEN"]),
    (hostile.word_with_hidden_style, HiddenKind.HIDDEN_TEXT, ["SEEN"]),
    (hostile.word_with_white_text, HiddenKind.HIDDEN_TEXT, ["SEEN"]),
    (hostile.word_with_unused_header, HiddenKind.HEADER, ["SEEN"]),
    (hostile.word_with_author, HiddenKind.METADATA, ["SEEN"]),
    (hostile.word_with_todays_date, None, ["SEEN", "VALUE"]),
    (hostile.rich_text_with_tracked_deletion, HiddenKind.DELETED_TEXT, ["SEEN"]),
]


def test_word_files_hide_nothing(tmp_path: Path) -> None:
    """Each Word file shows what its author meant to be read and lists the rest."""
    items = [Incoming(build.__name__, "", build()) for build, _, _ in WORD_FILES]
    documents = list(read_many(items, scratch=tmp_path))
    for document, (_, kind, seen) in zip(documents, WORD_FILES, strict=True):
        assert words(document) == seen, document.id
        assert kind is None or "SECRET" in hidden(document, kind), document.id
        assert not document.unreadable, document.id


SAYING_HTML = (
    '<style>/* Ann Pike */ .a:after{content:"Bea Pike"} .b{background:url(http://x/CyPike)}</style>'
    '<body data-who="Dee Pike"><p class="a">Seen</p><input placeholder="Eve Pike">'
    '<a href="#" aria-label="Fay Pike">x</a><form action="/x?GusPike"></form>'
    '<iframe srcdoc="<p>Hal Pike</p>"></iframe>'
)


def test_attributes_and_style_sheets_of_a_web_page_are_told() -> None:
    """What HTML says in attributes, comments of a style sheet and frames is on a page or listed."""
    document = read_here(f"<!DOCTYPE html>{SAYING_HTML}".encode())
    told = " ".join([*words(document), *(h.text for h in document.hidden)])
    for name in ("Ann", "Bea", "CyPike", "Dee", "Eve", "Fay", "GusPike", "Hal"):
        assert name in told, name


def test_a_picture_in_a_web_page_tells_what_it_says_beside_its_pixels() -> None:
    """Text in a picture that is set into the page is listed, and so are bytes behind its end."""
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", "Ann Pike")
    out = BytesIO()
    Image.new("RGB", (40, 40), "white").save(out, "PNG", pnginfo=said)
    packed = base64.b64encode(out.getvalue() + b"Bea Pike was here").decode()
    document = read_here(f'<!DOCTYPE html><img src="data:image/png;base64,{packed}">'.encode())
    told = " ".join(h.text for h in document.hidden)
    assert "Ann Pike" in told and "Bea Pike" in told


def test_parts_of_a_container_that_nobody_knows_are_told() -> None:
    """Connections, number formats, a data model in wide text, the comment of the container."""
    parts = {
        "xl/model/item.data": b"\0\1" + "Ann Pike lives here".encode("utf-16-le"),
        "xl/connections.xml": b'<connections><connection name="Bea Pike"><dbPr connection="DSN=Cy"'
        b' command="select Dee Pike"/></connection></connections>',
        "xl/externalLinks/externalLink1.xml": b'<e><sheetName val="Eve Pike"/></e>',
        "customXml/item1.xml": b'<r who="Fay Pike"/>',
    }
    out = BytesIO(hostile.with_parts(hostile.workbook(), parts))
    with zipfile.ZipFile(out, "a") as box:
        box.comment = b"Gus Pike"
    told = " ".join(h.text for h in read_here(out.getvalue()).hidden)
    for name in ("Ann", "Bea", "DSN=Cy", "Dee", "Eve", "Fay", "Gus"):
        assert name in told, name


def test_files_of_an_archive_become_documents() -> None:
    """A ZIP archive hands on each file; folders' names and its comment are listed."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr("Ann Pike/letter.txt", "Dear Bea")
        box.comment = b"for Cy Pike"
    document = read_here(out.getvalue())
    assert [(a.name, a.data) for a in document.attachments] == [("letter.txt", b"Dear Bea")]
    told = " ".join(h.text for h in document.hidden)
    assert "Ann Pike" in told and "for Cy Pike" in told and document.pages


def test_a_line_of_text_that_begins_with_from_parts_no_messages() -> None:
    """In a folder of mail only a header in the next line begins a message."""
    folder = (
        b"From a@b Mon Feb  3 10:00:00 2025\nSubject: one\n\nFirst\n\nFrom now on Ann Pike\n"
        b"comes\n\nFrom c@d Mon Feb  3 11:00:00 2025\nSubject: two\n\nSecond\n"
    )
    messages = [a.data for a in read_here(folder).attachments]
    assert len(messages) == 2 and b"From now on Ann Pike" in messages[0]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32"])
def test_wide_text_is_read_with_and_without_a_mark(codec: str) -> None:
    """Text of two or four bytes a letter is read as what it says."""
    assert words(read_here("Ann Pike came in today".encode(codec)))[:2] == ["Ann", "Pike"]


def test_a_page_larger_than_paper_is_a_task() -> None:
    """What could not be drawn in the memory there is, is told of before anybody decides on it."""
    document = read_here(hostile.saved(hostile.new_pdf(hostile.line("Seen"), box=(14000, 14000))))
    assert [u.code for u in document.unreadable] == ["format.page_size"]


def test_text_that_stands_in_for_what_is_drawn_is_no_word() -> None:
    """A word is what is seen, whatever ActualText says in its place; that is listed."""
    marked = f"/Span << /ActualText (Harmless) >> BDC {hostile.line('Pike', y=100)} EMC"
    document = read_here(hostile.saved(hostile.new_pdf(hostile.line("Ann") + marked)))
    assert words(document) == ["Ann", "Pike"]
    assert "Harmless" in " ".join(h.text for h in document.hidden)
