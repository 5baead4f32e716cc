"""Lines of scans close up: the picture of the words moves, and the name's width is not seen."""

import io
from dataclasses import replace

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from redaction.decisions import PagePlan, PaintBox
from redaction.document import Box, PageKind
from redaction.formats import Incoming, Limits
from redaction.formats.reading import read_bytes
from redaction.formats.sniff import sniff
from redaction.paint import paint
from redaction.paint.shifting import Shift, shift
from redaction.propose.boxes import boxes_for
from redaction.verifying import VerifyJob, VerifyPlace, Want, verify_page, verify_pdf, verify_place
from rights.release import DisclosureMode

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
NAMES = ("Lee", "Avery", "Jordan", "Fletcher", "Featherstone", "Cunningham")
DPI = 200


def scanned(tilt=0.7):
    page = Image.new("L", (1654, 2339), 243)
    draw = ImageDraw.Draw(page)
    face = ImageFont.truetype(FONT, 31)
    for row, name in enumerate(NAMES):
        draw.text((190, 200 + 90 * row), f"Then {name} came with both of them.", font=face, fill=30)
        draw.text((190, 200 + 90 * (row + 7)), f"{name} said that it was late.", font=face, fill=30)
    draw.line((200, 1492, 900, 1492), fill=20, width=4)
    draw.text((190, 1460), "Here Jordan signed and left again.", font=face, fill=30)
    page = page.rotate(tilt, fillcolor=243, resample=Image.Resampling.BICUBIC)
    noise = np.random.default_rng(3).normal(0, 5, (page.height, page.width))
    noisy = np.clip(np.asarray(page) + noise, 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(noisy).save(out, "PDF", resolution=DPI, quality=90)
    return out.getvalue()


@pytest.fixture(scope="module")
def document():
    data = scanned()
    return read_bytes(Incoming("D1", "", data), sniff(data), Limits())


def boxes(page, mode=DisclosureMode.NAMED):
    label = "" if mode is DisclosureMode.SILENT else "[third party]"
    found = []
    for word in page.words:
        if word.text in NAMES:
            (covered,) = boxes_for(page, word.start, word.end, guard=True)
            found.append((word, covered))
    plan = [PaintBox(c.box, label, "3P", mode, "d", c.closing) for _, c in found]
    return found, PagePlan("D1", 1, tuple(plan))


def test_a_name_takes_no_ordinary_word_with_it(document):
    """Lines of a crooked, noisy scan close up; one that is underlined grows its box instead."""
    (page,) = document.pages
    assert page.kind is PageKind.SCAN
    found, _ = boxes(page)
    assert len(found) == 2 * len(NAMES) + 1
    *plain, (_, underlined) = found
    assert all(
        c.closing is not None and [w.text for w in c.words] == [word.text] for word, c in plain
    )
    assert underlined.closing is None and len(underlined.words) > 1


def test_no_line_of_a_scan_tells_how_wide_its_name_was(document, tmp_path):
    """Boxes and words stand in the same places whatever the name; the verifier agrees."""
    found, plan = boxes(document.pages[0])
    out = paint(document, [plan])
    (page,) = out.pages
    for first, count in ((0, 6), (6, 6)):
        lines = [b.box for b in page.boxes[first : first + count]]
        places = set()
        for box in lines:
            beside = [
                w for w in page.words if w.box.top < (box.top + box.bottom) / 2 < w.box.bottom
            ]
            places.add(
                (
                    round(box.left),
                    round(box.right - box.left, 2),
                    tuple((w.text, round(w.box.left)) for w in beside),
                )
            )
        # OCR boxes of the same word differ by a pixel from line to line.
        texts = {tuple(t for t, _ in words) for _, _, words in places}
        assert len(texts) == 1
        assert len({width for _, width, _ in places}) == 1
        for column in zip(
            *(([left] + [x for _, x in words]) for left, _, words in places), strict=True
        ):
            assert max(column) - min(column) <= 2
    gone = [
        verify_place(1, page, word.box, word.text, Want.GONE)
        for word, _ in found
        if len(word.text) > 4
    ]
    job = VerifyJob((verify_page(page),), NAMES[2:], places=tuple(gone))
    assert all(isinstance(p, VerifyPlace) for p in gone)
    assert verify_pdf(out.pdf, job, scratch=tmp_path).failures == ()


def test_the_words_that_moved_are_seen_where_they_are_said_to_be(document):
    """Each word of the layer has its ink, and nothing of a covered name is left beside its box."""
    found, plan = boxes(document.pages[0], DisclosureMode.SILENT)
    out = paint(document, [plan])
    (page,) = out.pages
    assert {"Then", "came", "said", "late."} <= {w.text for w in page.words}
    assert not any(w.text in NAMES for w in page.words)
    shown = pypdfium2.PdfDocument(out.pdf)[0].render(scale=DPI / 72, grayscale=True).to_numpy()
    for word in page.words:
        left, top, right, bottom = (
            int(v * DPI / 72)
            for v in (word.box.left, word.box.top, word.box.right, word.box.bottom)
        )
        assert int(shown[top:bottom, left:right].min()) < 140
    # Closed up in the silent mode, the words before and after stand one space apart.
    line = [w for w in page.words if abs(w.box.bottom - found[4][0].box.bottom) < 4]
    then, came = line[0], line[1]
    assert (then.text, came.text) == ("Then", "came")
    assert came.box.left - then.box.right < 8


def test_paper_does_not_move_with_the_ink():
    """On paper that grows darker to one side a moved word brings none of its old tone along."""
    pixels = np.broadcast_to(np.linspace(250, 200, 600), (80, 600)).astype(np.uint8).copy()
    pixels[30:50, 400:420] = 20
    shift(pixels, slice(20, 60), slice(100, 500), [Shift(390, 430, 150, 190)])
    assert int(pixels[40, 170]) == 20
    assert int(pixels[20:60, 300:500].min()) > 195
    assert abs(int(pixels[22, 152]) - int(pixels[10, 152])) < 12


@pytest.mark.parametrize(
    ("wide", "high", "said"),
    [(66.0, 13.0, "[third party]"), (31.0, 13.0, "[withheld]"), (14.0, 13.0, "[...]")],
)
def test_a_box_too_small_for_its_label_says_less(wide, high, said, document, tmp_path):
    """A label that could not be read gives way to a shorter one, and the verifier finds it."""
    box = PaintBox(Box(60.0, 600.0, 60.0 + wide, 600.0 + high), "[third party]", "3P")
    out = paint(document, [PagePlan("D1", 1, (box,))])
    (painted,) = out.pages[0].boxes
    assert painted.label == said
    shown = pypdfium2.PdfDocument(out.pdf)[0].render(scale=DPI / 72, grayscale=True).to_numpy()
    area = shown[int(600 * DPI / 72) + 2 : int((600 + high) * DPI / 72) - 2]
    assert int(area[:, int(60 * DPI / 72) + 2 : int((60 + wide) * DPI / 72) - 2].max()) > 200
    job = VerifyJob((replace(verify_page(out.pages[0]), ocr=False),))
    assert verify_pdf(out.pdf, job, scratch=tmp_path).failures == ()
