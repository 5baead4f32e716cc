"""A silent box shows nothing, on whatever paper it lies."""

import io
from dataclasses import replace

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from redaction.decisions import PagePlan, PaintBox
from redaction.document import Box, Page, PageKind, ReadDocument
from redaction.paint import paint
from redaction.verifying import VerifyJob, verify_page, verify_pdf
from rights.release import DisclosureMode

DPI, WIDTH, HEIGHT, LINE = 200, 1240, 700, 64
POINTS = 72 / DPI


def scan(words="the police said that he would be at the house", tint=(238, 226, 198)):
    """A noisy, tinted scan with lines of text and a ruled line between the fourth and fifth."""
    rng = np.random.default_rng(3)
    falls_off = np.linspace(0, 25, WIDTH)[None, :, None]
    paper = np.array(tint)[None, None, :] - falls_off + rng.normal(0, 4, (HEIGHT, WIDTH, 1))
    picture = Image.fromarray(np.clip(paper, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(34)
    for line in range(8):
        draw.text((120, 100 + line * LINE), f"{line}: {words}", fill=(50, 45, 60), font=font)
    draw.line((100, 92 + 4 * LINE, 1150, 92 + 4 * LINE), fill=(40, 40, 40), width=3)
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=DPI, quality=92)
    page = Page(1, WIDTH * POINTS, HEIGHT * POINTS, "", (), PageKind.SCAN)
    return ReadDocument("S", "application/pdf", "ab", (page,), pdf=out.getvalue())


def over(line, left=300, right=1000, mode=DisclosureMode.SILENT):
    top = 100 + line * LINE - 10
    sides = (left, top, right, top + LINE - 6)
    return PaintBox(Box(*(side * POINTS for side in sides)), "", "CRIME", mode)


def grey(pdf):
    return np.array(pypdfium2.PdfDocument(pdf)[0].render(scale=DPI / 72).to_pil().convert("L"))


def job(painted):
    return VerifyJob((replace(verify_page(painted.pages[0]), ocr=False),))


def test_on_a_scan_the_box_has_the_tone_and_grain_of_its_paper(tmp_path):
    """Where words were is paper as light and as grainy as beside it, and the verifier agrees."""
    painted = paint(scan(), [PagePlan("S", 1, (over(2), over(6, left=420)))])
    pixels = grey(painted.pdf)
    covered = pixels[225:270, 320:980].astype(float)
    beside = pixels[225:270, 1060:1200].astype(float)
    assert covered.min() > 150
    assert abs(covered[:, -100:].mean() - beside.mean()) < 6
    assert 0.4 < covered[:, -100:].std() / beside.std() < 2.5
    assert verify_pdf(painted.pdf, job(painted), scratch=tmp_path).failures == ()


def test_a_ruled_line_goes_on_through_the_box():
    """A line of a form that runs through a silent box is not broken by it."""
    painted = paint(scan(), [PagePlan("S", 1, (over(4),))])
    pixels = grey(painted.pdf)
    rows = slice(92 + 4 * LINE - 3, 92 + 4 * LINE + 4)
    assert (pixels[rows, 110:1140].min(axis=0) < 110).all()


def test_what_is_painted_does_not_depend_on_what_is_covered():
    """Two pages that differ under the box alone come out as the same pixels in it."""
    first, second = (scan(words) for words in ("one thing", "something else"))
    box = over(2, left=110, right=1100)
    painted = [paint(s, [PagePlan("S", 1, tuple(over(n, 110, 1100) for n in range(8)))])
               for s in (first, second)]  # fmt: skip
    assert painted[0].pages[0].picture_sha256 == painted[1].pages[0].picture_sha256
    assert painted[0].pages[0].boxes[2].box == box.box


@pytest.mark.parametrize("tint", [(238, 226, 198), (120, 120, 120)])
def test_an_uncovered_word_is_refused(tmp_path, tint):
    """On tinted paper too the verifier refuses a box that was decided and not painted."""
    plan = paint(scan(tint=tint), [PagePlan("S", 1, (over(2),))])
    bare = paint(scan(tint=tint), [PagePlan("S", 1)])
    found = verify_pdf(bare.pdf, job(plan), scratch=tmp_path)
    assert [f.check for f in found.failures] == ["box"]
    assert verify_pdf(plan.pdf, job(plan), scratch=tmp_path).failures == ()
