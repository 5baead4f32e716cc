"""Pages that are pictures: OCR, and when a person must look."""

from __future__ import annotations

import base64
import random
from io import BytesIO

import numpy as np
import pypdfium2
import pytest
import weasyprint
from PIL import Image, ImageDraw

from redaction.document import Origin, PageKind, ReadDocument
from redaction.formats import Incoming, Limits
from redaction.formats.ocr import parse_tsv
from redaction.formats.reading import read_bytes
from redaction.formats.sniff import sniff
from tests.redaction.formats import hostile

LINES = [
    "The health visitor saw the child at home on Monday",
    "and noted that she was growing well and was cheerful.",
    "Her mother asked about the nursery place for autumn",
    "and the next visit was agreed for the following week.",
]


def read_here(data: bytes) -> ReadDocument:
    return read_bytes(Incoming("doc", "", data), sniff(data), Limits())


def test_scan_is_read_by_ocr() -> None:
    """A clean scan gives its words, marked as OCR, and needs no second look."""
    document = read_here(hostile.picture_pdf(hostile.text_picture(LINES)))
    (page,) = document.pages
    assert page.kind is PageKind.SCAN and page.needs_eyes == ""
    assert page.text.split() == " ".join(LINES).split()
    assert all(w.origin is Origin.OCR and w.edges == () for w in page.words)
    assert any(t.startswith("tesseract") for t in document.tools)


@pytest.mark.parametrize(("turn", "lines"), [(90, 8), (180, 1), (270, 8)])
def test_paper_laid_the_wrong_way_round(turn: int, lines: int) -> None:
    """A page scanned sideways or upside down is read, and its view stands upright, ink and all."""
    size = (1240, 1754) if lines > 1 else (1000, 500)
    picture = hostile.text_picture((LINES * 2)[:lines], size).rotate(turn, expand=True)
    document = read_here(hostile.picture_pdf(picture))
    (page,) = document.pages
    assert {"health", "visitor", "child"} <= {w.text for w in page.words}
    assert (page.width < page.height) == (lines > 1)
    first, second = (next(w.box for w in page.words if w.text == t) for t in ("health", "child"))
    assert first.right < second.left and first.top < second.bottom
    shown = pypdfium2.PdfDocument(document.pdf)[0].render(scale=2, grayscale=True).to_numpy()
    assert abs(shown.shape[1] - 2 * page.width) < 2
    for word in page.words:
        box = word.box
        part = shown[int(2 * box.top) : int(2 * box.bottom), int(2 * box.left) : int(2 * box.right)]
        assert int(part.min()) < 128


def test_crooked_paper_is_set_level() -> None:
    """Words of one line stand at one height, and no corner of the sheet is lost."""
    picture = hostile.text_picture(LINES * 2, (1240, 1754)).rotate(1.1, fillcolor=255)
    (page,) = read_here(hostile.picture_pdf(picture)).pages
    tops = {t: next(w.box.top for w in page.words if w.text == t) for t in ("health", "Monday")}
    assert abs(tops["health"] - tops["Monday"]) < 1.5
    assert page.width > 1240 * 72 / 150 and page.marks == ()


@pytest.mark.parametrize("seed", range(2))
def test_a_drawing_is_never_turned(seed: int) -> None:
    """Stars that chance to lie in rows are no lines of writing: the sheet stays as it was drawn."""
    sky, chance = Image.new("RGB", (1000, 750), (16, 32, 60)), random.Random(seed)
    pen = ImageDraw.Draw(sky)
    for row in range(8):
        for _ in range(9):
            across = chance.randrange(20, 980)
            down = 60 + 80 * row + across * 0.02
            pen.ellipse((across, down, across + 4, down + 4), fill=(255, 255, 255))
    pen.ellipse((350, 220, 650, 520), fill=(240, 230, 180))
    (page,) = read_here(hostile.picture_pdf(sky)).pages
    assert (round(page.width), round(page.height)) == (480, 360)


def test_what_stands_on_a_line_and_is_no_word_is_told() -> None:
    """A stroke beside a line is a mark of that line or a word of it, and of no other."""
    picture = hostile.text_picture(LINES, (1240, 500))
    ImageDraw.Draw(picture).line((1100, 115, 1140, 85), fill=30, width=4)
    (page,) = read_here(hostile.picture_pdf(picture)).pages
    beside = [w.box for w in page.words if w.box.left > 1050 * 72 / 150] + list(page.marks or ())
    assert beside and all(b.top < 115 * 72 / 150 for b in beside)


def test_pencil_on_a_typed_page_needs_eyes() -> None:
    """Handwriting that OCR cannot read keeps the page back until a person has read it."""
    picture = hostile.text_picture(LINES)
    pen = ImageDraw.Draw(picture)
    for x in range(200, 800, 24):
        pen.arc((x, 420, x + 34, 480), 20, 300, fill=110, width=3)
    (page,) = read_here(hostile.picture_pdf(picture)).pages
    assert "nursery" in page.text
    assert "handwriting" in page.needs_eyes


def test_native_page_with_a_signature_needs_eyes() -> None:
    """A drawn signature on a born-digital page is noticed though every word is known."""
    curves = "1 w 60 60 m " + "".join(
        f"{60 + x} {50 + x % 37} {75 + x} {95 - x % 23} {80 + x} {60 + x % 19} c "
        for x in range(0, 120, 6)
    )
    (page,) = read_here(hostile.saved(hostile.new_pdf(hostile.line("SEEN") + curves + "S"))).pages
    assert page.kind is PageKind.TEXT and page.words[0].text == "SEEN"
    assert page.needs_eyes


def test_table_lines_are_no_handwriting() -> None:
    """Rules and borders on a born-digital page are not taken for ink that nobody read."""
    rules = "".join(f"20 {y} 200 12 re S " for y in range(20, 120, 12))
    (page,) = read_here(hostile.saved(hostile.new_pdf(hostile.line("SEEN") + rules))).pages
    assert page.needs_eyes == "" and page.kind is PageKind.TEXT


def test_text_in_a_pasted_picture_becomes_words() -> None:
    """A picture of type on a native page is read as well, beside the native words."""
    pdf = hostile.new_pdf(hostile.line("SEEN", y=180) + "q 260 0 0 147 20 20 cm /I Do Q")
    picture = hostile.text_picture(LINES)
    stream = pdf.make_stream(picture.tobytes())
    import pikepdf

    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height, stream.BitsPerComponent = *picture.size, 8
    stream.ColorSpace = pikepdf.Name.DeviceGray
    pdf.pages[0].Resources.XObject = pikepdf.Dictionary(I=stream)
    (page,) = read_here(hostile.saved(pdf)).pages
    origins = {w.text: w.origin for w in page.words}
    assert origins["SEEN"] is Origin.NATIVE
    assert origins["mother"] is Origin.OCR


def test_empty_paper_needs_nobody() -> None:
    """A scanned empty back page is no task."""
    (page,) = read_here(hostile.picture_pdf(Image.new("L", (620, 877), 250))).pages
    assert page.words == () and page.needs_eyes == ""


def test_each_picture_of_a_tiff_is_a_page() -> None:
    """A fax of two pages is two pages, at the size its resolution says."""
    pages = [hostile.text_picture(LINES).convert("1") for _ in range(2)]
    out = BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], dpi=(150, 150))
    document = read_here(out.getvalue())
    assert [p.kind for p in document.pages] == [PageKind.SCAN] * 2
    assert abs(document.pages[0].width - 1240 / 150 * 72) < 1
    assert "nursery" in document.pages[1].text


def test_tsv_rows_without_words_are_left_out() -> None:
    """Only word rows count; quotes in the text are text; lines are told apart."""
    names = "level page_num block_num par_num line_num word_num left top width height conf text"
    head = names.replace(" ", "\t")
    rows = [
        "4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t",
        '5\t1\t1\t1\t1\t1\t1\t2\t3\t4\t96.5\t"a',
        "5\t1\t1\t1\t2\t1\t1\t9\t3\t4\t40\tb",
    ]
    first, second = parse_tsv("\n".join([head, *rows]))
    assert (first.text, first.confidence, first.box.right) == ('"a', 0.965, 4.0)
    assert second.starts_line


def test_a_photograph_on_a_page_of_text_is_looked_at() -> None:
    """Soft tones leave no stroke, and a face may be in them: a person must look."""
    tones = np.linspace(60, 200, 300, dtype=np.uint8)
    soft = Image.fromarray(np.broadcast_to(tones, (300, 300)).copy())
    held = BytesIO()
    soft.save(held, "JPEG")
    shown = base64.b64encode(held.getvalue()).decode()
    page = f"<p>Kept words.<p><img width=200 src='data:image/jpeg;base64,{shown}'>"
    pdf = bytes(weasyprint.HTML(string=page).write_pdf() or b"")
    (read,) = read_here(pdf).pages
    assert read.kind is PageKind.TEXT
    assert "who is in it" in read.needs_eyes
