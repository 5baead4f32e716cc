"""Packs that are wrong in one way each, against the real verifier process."""

import io
from dataclasses import replace

import pikepdf
import pytest
import weasyprint
from pikepdf import Array, Dictionary, Name, String

from benchmarks.sample_pages import case_notes, grown, plans_for, read
from redaction.decisions import PagePlan, PaintBox
from redaction.document import Box, PageKind
from redaction.paint import paint
from redaction.verifying import (
    VerifyJob,
    VerifyKeep,
    VerifyPage,
    VerifyPlace,
    Want,
    verify_page,
    verify_pdf,
)
from rights.errors import VerificationError

MM = 72 / 25.4


@pytest.fixture(scope="module")
def document():
    return read(case_notes(2))


@pytest.fixture(scope="module")
def plans(document):
    return [
        PagePlan(
            document.id,
            page.number,
            tuple(PaintBox(grown(w.box, 1), "[third party]", "3P") for w in holts(page)),
        )
        for page in document.pages
    ]


@pytest.fixture(scope="module")
def painted(document, plans):
    return paint(document, plans)


@pytest.fixture(scope="module")
def job(document, painted):
    places = tuple(
        VerifyPlace(page.number, word.box, "Holt", Want.GONE)
        for page in document.pages
        for word in holts(page)
    )
    return VerifyJob(tuple(verify_page(p) for p in painted.pages), ("Holt",), places)


def holts(page):
    return [w for w in page.words if w.text.startswith("Holt")]


def checks(result):
    assert not result.passed
    return {f.check for f in result.failures}


def changed(pdf, change):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        out = io.BytesIO()
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def test_an_honest_pack_passes(painted, job, plans, tmp_path):
    """What painting made of the plans passes with every box and word looked at."""
    result = verify_pdf(painted.pdf, job, scratch=tmp_path).require()
    assert result.failures == ()
    assert result.boxes == sum(len(p.boxes) for p in plans) > 0
    assert result.words > 500
    assert list(tmp_path.iterdir()) == []


def test_painting_that_did_nothing_is_refused(document, job, tmp_path):
    """A file on which no box was painted fails on boxes, text and places."""
    bare = paint(document, plans_for(document))
    assert {"box", "forbidden", "place", "ink"} <= checks(
        verify_pdf(bare.pdf, job, scratch=tmp_path)
    )


def test_painting_shifted_by_3_mm_is_refused(document, plans, job, tmp_path):
    """Boxes three millimetres off are found, by pixels as well as by text."""
    moved = [
        replace(
            plan,
            boxes=tuple(
                replace(
                    b,
                    box=Box(
                        b.box.left + 3 * MM, b.box.top + 3 * MM,
                        b.box.right + 3 * MM, b.box.bottom + 3 * MM,
                    ),
                )
                for b in plan.boxes
            ),
        )
        for plan in plans
    ]  # fmt: skip
    assert "box" in checks(verify_pdf(paint(document, moved).pdf, job, scratch=tmp_path))


def test_one_word_left_in_the_text_layer_is_refused(painted, job, tmp_path):
    """A single covered word in the invisible layer is found under its box, by two readings."""
    box = painted.pages[0].boxes[0].box
    height = painted.pages[0].height

    def leave(pdf):
        page = pdf.pages[0]
        word = "".join(f"{ord(c):04X}" for c in "Holt")
        line = f"4 0 0 8 {box.left:.0f} {height - box.bottom:.0f} Tm <{word}> Tj\nET"
        content = page.Contents.read_bytes()
        page.Contents.write(content[: -len(b"ET")] + line.encode())

    failures = verify_pdf(changed(painted.pdf, leave), job, scratch=tmp_path).failures
    assert {"forbidden", "ink", "place"} <= {f.check for f in failures}
    assert {f.page for f in failures} == {1}


def test_failures_never_quote_what_they_found(document, job, tmp_path):
    """The answer names page, cause and index, and holds no forbidden string."""
    bare = paint(document, plans_for(document))
    result = verify_pdf(bare.pdf, job, scratch=tmp_path)
    assert "holt" not in repr(result).lower()
    with pytest.raises(VerificationError) as raised:
        result.require()
    assert "holt" not in str(raised.value).lower()


CHANGES = {
    "script": lambda pdf: pdf.Root.update({"/OpenAction": Dictionary(S=Name.JavaScript)}),
    "form": lambda pdf: pdf.Root.update({"/AcroForm": Dictionary(Fields=Array([]))}),
    "layers": lambda pdf: pdf.Root.update({"/OCProperties": Dictionary()}),
    "note": lambda pdf: pdf.pages[0].obj.update(
        {"/Annots": Array([Dictionary(Subtype=Name.Text, Rect=Array([0, 0, 1, 1]))])}
    ),
    "private data": lambda pdf: pdf.pages[0].obj.update({"/PieceInfo": Dictionary()}),
    "page label": lambda pdf: pdf.Root.update({"/PageLabels": Dictionary()}),
    "title with the name": lambda pdf: pdf.docinfo.update({"/Title": String("About HOLT")}),
    "custom information": lambda pdf: pdf.docinfo.update({"/Case": String("x")}),
    "script in a name tree": lambda pdf: pdf.Root.update(
        {"/Names": Dictionary(JavaScript=Dictionary())}
    ),
    "attachment": lambda pdf: pdf.attachments.update({"x.txt": b"hello"}),
    "turned page": lambda pdf: pdf.pages[0].obj.update({"/Rotate": 90}),
    "cropped page": lambda pdf: pdf.pages[0].obj.update({"/CropBox": Array([0, 0, 99, 99])}),
    "swapped pages": lambda pdf: pdf.pages.reverse(),
    "missing page": lambda pdf: pdf.pages.__delitem__(0),
    "page twice": lambda pdf: pdf.pages.append(pdf.pages[0]),
    "visible text": lambda pdf: pdf.pages[0].contents_add(b"BT /T 9 Tf 9 9 Td (x) Tj ET"),
    "rectangle": lambda pdf: pdf.pages[0].contents_add(b"0 0 9 9 re f"),
    "inline picture": lambda pdf: pdf.pages[0].contents_add(b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI"),
    "moved words": lambda pdf: pdf.pages[0].contents_add(b"1 0 0 1 5 5 cm", prepend=True),
}


@pytest.mark.parametrize("change", CHANGES)
def test_anything_that_painting_does_not_make_is_refused(painted, job, change, tmp_path):
    """An object, key, operator or page that no rule allows stops the file."""
    pdf = changed(painted.pdf, CHANGES[change])
    assert checks(verify_pdf(pdf, job, scratch=tmp_path)) - {"crash", "job"}


def test_bytes_after_the_end_are_refused(painted, job, tmp_path):
    """Trailing bytes and second revisions are not part of the file that was meant."""
    assert "file" in checks(verify_pdf(painted.pdf + b"Holt", job, scratch=tmp_path))
    again = painted.pdf + painted.pdf[painted.pdf.rindex(b"startxref") :]
    assert "file" in checks(verify_pdf(again, job, scratch=tmp_path))


def test_a_damaged_file_is_refused(painted, job, tmp_path):
    """What cannot be opened is not passed."""
    for data in (b"", b"%PDF-1.7\n", painted.pdf[: len(painted.pdf) // 2]):
        assert not verify_pdf(data, job, scratch=tmp_path).passed


def test_a_verifier_out_of_time_is_a_refusal(painted, job, tmp_path):
    """No answer is no pass."""
    assert not verify_pdf(painted.pdf, job, scratch=tmp_path, timeout=0.01).passed


def test_a_name_that_must_remain_is_missed(document, painted, job, tmp_path):
    """Where a word of somebody disclosable was painted over, the pack is refused."""
    kept = next(w for w in document.pages[0].words if w.text == "Adeyemi")
    gone = holts(document.pages[0])[0]
    places = (
        VerifyPlace(1, kept.box, "Adeyemi", Want.REMAIN),
        VerifyPlace(1, gone.box, "Holt", Want.REMAIN),
    )
    failures = verify_pdf(painted.pdf, replace(job, places=places), scratch=tmp_path).failures
    assert [(f.check, f.index) for f in failures] == [("place", 1)]


def test_pages_that_must_be_kept_are_asked_for(painted, job, tmp_path):
    """A kept page needs its text; a page number past the end is missing."""
    keep = (VerifyKeep(1, "Case note 1"), VerifyKeep(1, "Case note 9"), VerifyKeep(7))
    result = verify_pdf(painted.pdf, replace(job, keep=keep[:2]), scratch=tmp_path)
    assert [(f.check, f.index) for f in result.failures] == [("keep", 1)]
    result = verify_pdf(painted.pdf, replace(job, keep=keep), scratch=tmp_path)
    assert [(f.check, f.index) for f in result.failures] == [("keep", 2)]


def test_a_question_that_cannot_be_answered_is_a_refusal(painted, job, tmp_path):
    """A string too short to be told from other text, or no page at all, is not passed over."""
    assert checks(verify_pdf(painted.pdf, replace(job, forbidden=("K",)), scratch=tmp_path))
    assert checks(verify_pdf(painted.pdf, VerifyJob(()), scratch=tmp_path))


def test_several_workers_give_the_same_answer(tmp_path):
    """Failures do not depend on how the pages are spread."""
    document = read(case_notes(2))
    painted = paint(document, plans_for(document))
    pages = tuple(verify_page(p) for p in painted.pages)
    asked = VerifyJob(pages, ("Holt", "Adeyemi"), thorough=True)
    one = verify_pdf(painted.pdf, asked, scratch=tmp_path)
    two = verify_pdf(painted.pdf, replace(asked, workers=2), scratch=tmp_path)
    assert set(one.failures) == set(two.failures)
    assert one.words == two.words
    assert not two.passed


def test_another_label_than_decided_is_refused(document, tmp_path):
    """Ink in a box must be that box's own label and nothing else."""
    box = PaintBox(Box(100, 600, 300, 640), "[third party]", "3P")
    plans = [PagePlan("D1", 1, (box,)), PagePlan("D1", 2, withheld=True)]
    painted = paint(document, plans)
    page = verify_page(painted.pages[0])
    assert verify_pdf(painted.pdf, VerifyJob((page,)), scratch=tmp_path).passed
    other = replace(page, boxes=(replace(page.boxes[0], label="[doctor]"),))
    result = verify_pdf(painted.pdf, VerifyJob((other,)), scratch=tmp_path)
    assert checks(result) == {"box", "ink"}


def test_scans_are_read_again(tmp_path):
    """A forbidden name that is only in a picture is found by a fresh OCR."""
    words = paint(*pictured(case_notes(1)))
    page = verify_page(words.pages[0])
    assert page.ocr
    result = verify_pdf(words.pdf, VerifyJob((page,), ("Adeyemi",)), scratch=tmp_path)
    assert checks(result) == {"ocr"}
    assert result.ocr_pages == 1


def pictured(pdf):
    """The document as a scan of which no word was read, and plans without a box."""
    document = read(pdf, kind=PageKind.SCAN)
    blind = tuple(replace(p, words=(), text="") for p in document.pages)
    document = replace(document, pages=blind)
    return document, [PagePlan(document.id, 1)]


def test_our_own_pages_pass_in_the_same_pack(tmp_path):
    """A tagged page set by WeasyPrint may stand beside painted ones, and is read for names."""
    html = "<html lang=en><title>Letter</title><h1>Dear Ms Bell</h1><p>About your request.</p>"
    own = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
    page = VerifyPage("ours", 595.276, 841.89)
    tidy = changed(own, lambda pdf: None)
    assert verify_pdf(tidy, VerifyJob((page,)), scratch=tmp_path).failures == ()
    result = verify_pdf(tidy, VerifyJob((page,), ("Bell",)), scratch=tmp_path)
    assert "forbidden" in checks(result)
