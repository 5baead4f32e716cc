import io
from dataclasses import replace

import numpy as np
import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from benchmarks.sample_pages import case_notes, grown, plans_for, read
from redaction.decisions import PagePlan, PaintBox
from redaction.document import Box, Page, PageKind, ReadDocument, Word
from redaction.paint import Encoding, Fill, PaintJob, paint, paint_many
from redaction.paint.glyphless import font_file
from redaction.verifying import VerifyJob, verify_page, verify_pdf
from rights.errors import InputError, UnreadableError
from rights.release import DisclosureMode


@pytest.fixture(scope="module")
def document():
    return read(case_notes(3))


def texts(pdf):
    opened = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in opened]


def pixels(pdf, page=0):
    picture = pypdfium2.PdfDocument(pdf)[page].render(scale=200 / 72)
    return picture.to_numpy()


def photo(width=1200, height=900, mode="RGB"):
    """A one-page view of a noisy picture with EXIF, as `redaction.formats` would make it."""
    noise = np.random.default_rng(4).integers(0, 255, (height, width, 3), dtype=np.uint8)
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (54.0, 41.0, 1.0)}
    exif[0x010E] = "SECRET PLACE"
    out = io.BytesIO()
    Image.fromarray(noise).convert(mode).save(out, "JPEG", quality=92, exif=exif)
    pdf = pikepdf.Pdf.new()
    pdf.add_blank_page(page_size=(400, 300))
    image = pikepdf.Stream(pdf, out.getvalue())
    image.update(
        {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": width,
         "/Height": height, "/ColorSpace": pikepdf.Name.DeviceRGB, "/BitsPerComponent": 8,
         "/Filter": pikepdf.Name.DCTDecode}
    )  # fmt: skip
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
    pdf.pages[0].Contents = pikepdf.Stream(pdf, b"400 0 0 300 0 0 cm /I Do")
    saved = io.BytesIO()
    pdf.save(saved)
    page = Page(1, 400, 300, "", (), PageKind.PHOTO)
    return ReadDocument("P", "image/jpeg", "0" * 64, (page,), pdf=saved.getvalue())


def test_the_same_input_gives_the_same_bytes(document):
    """Painting twice, alone or by several workers, gives equal files."""
    plans = plans_for(document, every=30)
    once = paint(document, plans)
    jobs = [PaintJob(document, plans)] * 10
    assert paint(document, plans) == once
    assert list(paint_many(jobs, workers=2)) == [once] * 10
    assert list(paint_many(jobs[:2], workers=1)) == [once] * 2


def test_a_covered_word_is_in_no_part_of_the_file(document):
    """Boxed words leave text layer and pixels; their neighbours and line stay."""
    page = document.pages[0]
    word = next(w for w in page.words if w.text == "Holt")
    box = PaintBox(grown(word.box, 1), "", "3P")
    plans = [PagePlan("D1", 1, (box,)), *plans_for(document)[1:]]
    painted = paint(document, plans)
    holts = sum(w.text.startswith("Holt") for w in page.words)
    assert texts(painted.pdf)[0].count("Holt") == holts - 1
    assert len(painted.pages[0].words) == len(page.words) - 1
    scale = 200 / 72
    inside = pixels(painted.pdf)[
        int(word.box.top * scale) : int(word.box.bottom * scale),
        int(word.box.left * scale) : int(word.box.right * scale),
    ]
    assert inside.max() == 0


def test_the_rest_of_a_partly_covered_word_stays():
    """Of "Holt's" with a box over the name, only the possessive is kept."""
    view = read(case_notes(1))
    word = next(w for w in view.pages[0].words if len(w.text) == 7)
    box = Box(word.box.left - 1, word.box.top - 1, word.edges[5], word.box.bottom + 1)
    painted = paint(view, [PagePlan("D1", 1, (PaintBox(box, ""),))])
    rest = [w.text for w in painted.pages[0].words if w.box.right == word.edges[-1]]
    assert word.text[5:] in rest
    assert word.text not in [w.text for w in painted.pages[0].words if w.box.left == word.box.left]


def test_withheld_pages_are_left_out_and_leave_no_gap(document):
    """Pages that stay back are not in the file, and the rest are numbered on."""
    plans = list(plans_for(document))
    plans[1] = PagePlan("D1", 2, withheld=True)
    painted = paint(document, plans)
    assert [(p.source_page, p.page) for p in painted.pages] == [(1, 1), (3, 2)]
    assert "Case note 3" in texts(painted.pdf)[1]
    nothing = paint(document, [replace(p, withheld=True, boxes=()) for p in plans])
    assert (nothing.pdf, nothing.pages) == (b"", ())


def test_a_silent_box_is_paper_without_a_word(document, tmp_path):
    """In the silent mode nothing shows that there was a box, and the verifier agrees."""
    word = document.pages[0].words[3]
    box = PaintBox(grown(word.box, 1), "[secret]", "ABUSE", DisclosureMode.SILENT, "d1")
    painted = paint(document, [PagePlan("D1", 1, (box,)), *plans_for(document)[1:]])
    made = painted.pages[0].boxes[0]
    assert (made.fill, made.label) == (Fill.PAPER, "")
    assert "secret" not in texts(painted.pdf)[0]
    job = VerifyJob(tuple(verify_page(p) for p in painted.pages))
    assert verify_pdf(painted.pdf, job, scratch=tmp_path).failures == ()
    bare = paint(document, plans_for(document))
    assert not verify_pdf(bare.pdf, job, scratch=tmp_path).passed


def test_black_text_is_one_bit_and_small(document):
    """A page of black text is CCITT G4 of at most 60 kB, words included."""
    painted = paint(document, plans_for(document))
    assert {p.encoding for p in painted.pages} == {Encoding.G4}
    assert len(painted.pdf) / len(painted.pages) < 60_000


def test_a_photograph_keeps_colour_and_size_and_loses_its_metadata(tmp_path):
    """A photo comes out at its own resolution, in colour, without EXIF, boxed or not."""
    source = photo()
    for boxes in ((), (PaintBox(Box(50, 50, 150, 120), "[face]", "3P"),)):
        painted = paint(source, [PagePlan("P", 1, boxes)])
        assert painted.pages[0].encoding is Encoding.COLOUR
        with pikepdf.open(io.BytesIO(painted.pdf)) as pdf:
            data = pdf.pages[0].Resources.XObject.P.read_raw_bytes()
        picture = Image.open(io.BytesIO(data))
        assert picture.size == (1200, 900)
        assert (dict(picture.getexif()), b"SECRET" in painted.pdf) == ({}, False)
        job = VerifyJob((replace(verify_page(painted.pages[0]), ocr=False),))
        assert verify_pdf(painted.pdf, job, scratch=tmp_path).failures == ()


def test_any_script_is_kept_in_the_text_layer():
    """Names in Polish, Arabic, and signs beyond the basic plane can be searched for."""
    view = read(case_notes(1))
    page = view.pages[0]
    names = ("Łukasz", "Siân", "محمد", "𝔊old😀")
    spots = [w for w in page.words if len(w.text) > 6][: len(names)]
    words = tuple(
        Word(name, spot.box, 10 * i)
        for i, (name, spot) in enumerate(zip(names, spots, strict=True))
    )
    document = replace(view, pages=(replace(page, words=words),))
    painted = paint(document, [PagePlan("D1", 1)])
    with pikepdf.open(io.BytesIO(painted.pdf)) as pdf:
        table = pdf.pages[0].Resources.Font.T.ToUnicode.read_bytes().decode().lower()
    for character in "".join(names):
        assert f"<{character.encode('utf-16-be').hex()}>" in table
    assert "Łukasz" in texts(painted.pdf)[0]


def test_what_cannot_be_painted_right_is_refused(document):
    """Missing or double plans, boxes off the page, other sizes and no view all stop the work."""
    plans = list(plans_for(document))
    off = PagePlan("D1", 1, (PaintBox(Box(700, 10, 720, 20), ""),))
    for wrong in (plans[:2], [*plans, plans[0]], [off, *plans[1:]]):
        with pytest.raises(InputError):
            paint(document, wrong)
    pages = tuple(replace(p, width=p.width + 50) for p in document.pages)
    with pytest.raises(InputError):
        paint(replace(document, pages=pages), plans)
    for view in (b"", b"%PDF-1.7 nothing"):
        with pytest.raises(UnreadableError):
            paint(replace(document, pdf=view), plans)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(
            st.floats(0, 500), st.floats(0, 800), st.floats(3, 200), st.floats(3, 60),
            st.sampled_from(("", "[third party]", "[withheld]")),
            st.sampled_from((DisclosureMode.NAMED, DisclosureMode.SILENT)),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_whatever_the_boxes_the_verifier_agrees_with_painting(tmp_path, drawn):
    """Boxes anywhere, over one another, over the edge: painted pages always verify."""
    document = read(case_notes(1))
    boxes = tuple(PaintBox(Box(x, y, x + w, y + h), t, "C", m) for x, y, w, h, t, m in drawn)
    painted = paint(document, [PagePlan("D1", 1, boxes)])
    job = VerifyJob(tuple(verify_page(p) for p in painted.pages))
    assert verify_pdf(painted.pdf, job, scratch=tmp_path).failures == ()


def test_the_layers_font_is_one_empty_glyph():
    """The embedded font draws nothing and is half an em wide."""
    font = TTFont(io.BytesIO(font_file()))
    assert font.getGlyphOrder() == [".notdef"]
    assert font["hmtx"][".notdef"] == (500, 0)
    assert font["glyf"][".notdef"].numberOfContours == 0
