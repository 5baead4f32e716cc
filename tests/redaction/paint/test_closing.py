"""Lines that close up to a box of one width: what is seen, what stays, and when they do not."""

import io
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
import weasyprint
from fontTools.ttLib import TTFont

from benchmarks.sample_pages import read
from redaction.decisions import PagePlan, PaintBox
from redaction.document import Box
from redaction.formats import Incoming, read_many
from redaction.paint import carried, paint
from redaction.paint.render import band, loaded, opened, render
from redaction.propose.boxes import boxes_for
from redaction.verifying import VerifyJob, VerifyPlace, Want, verify_page, verify_pdf, verify_place
from rights.release import DisclosureMode

FONT = "/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf"
NAMES = ("Li", "Ives", "Avery", "Holt", "Featherstone", "Wolstenholme-Gray")
STYLE = (
    "@page{size:595pt 842pt;margin:36pt}body{margin:0;font:11pt 'Liberation Sans'}"
    "p{margin:0;height:36pt;line-height:36pt;white-space:nowrap}"
)


def made(body, style=STYLE):
    return bytes(weasyprint.HTML(string=f"<style>{style}</style>{body}").write_pdf() or b"")


def covered(page, name, areas=()):
    start = page.text.index(name)
    return boxes_for(page, start, start + len(name), guard=True, areas=areas)[0]


def without_height(lines):
    """A page in a face as LibreOffice writes some, with codes of its own and no height."""
    letters = sorted(set("".join(lines)))
    face = TTFont(FONT)
    widths = [face["hmtx"][face.getBestCmap()[ord(c)]][0] * 1000 // 2048 for c in letters]
    names = [pikepdf.Name(f"/uni{ord(c):04X}") for c in letters]
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.TrueType,
        BaseFont=pikepdf.Name.Heightless,
        FirstChar=1,
        LastChar=len(letters),
        Widths=widths,
        Encoding=pikepdf.Dictionary(Differences=[1, *names]),
        FontDescriptor=pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor,
            FontName=pikepdf.Name.Heightless,
            Flags=32,
            FontBBox=[-543, -303, 1301, 979],
            ItalicAngle=0,
            Ascent=0,
            Descent=0,
            CapHeight=729,
            StemV=80,
            FontFile2=pdf.make_stream(Path(FONT).read_bytes()),
        ),
    )
    coded = [bytes(letters.index(c) + 1 for c in line).hex() for line in lines]
    rows = [f"1 0 0 1 36 {780 - 36 * n} Tm <{code}> Tj" for n, code in enumerate(coded)]
    page = pdf.add_blank_page(page_size=(595, 842))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = pdf.make_stream(f"BT /F1 11 Tf {' '.join(rows)} ET".encode())
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def plan_for(page, names, mode=DisclosureMode.NAMED):
    label = "" if mode is DisclosureMode.SILENT else "[third party]"
    boxes = []
    for name in names:
        found = covered(page, name)
        boxes.append(PaintBox(found.box, label, "3P", mode, "d", found.closing))
    return PagePlan("D1", page.number, tuple(boxes))


@pytest.fixture(scope="module")
def lines():
    return read(made("".join(f"<p>Then {name}, her friend, came in.</p>" for name in NAMES)))


def test_no_line_tells_how_wide_its_name_was(lines, tmp_path):
    """Whatever the name, box and words stand in the same places, and the verifier agrees."""
    out = paint(lines, [plan_for(lines.pages[0], NAMES)])
    (page,) = out.pages
    assert len({(b.box.left, b.box.right) for b in page.boxes}) == 1
    rows = {}
    for word in page.words:
        rows.setdefault(round(word.box.top / 36), []).append(
            (word.text, round(word.box.left, 1), round(word.box.right, 1))
        )
    assert len(rows) == len(NAMES)
    assert len({tuple(row) for row in rows.values()}) == 1
    assert [w for w, _, _ in next(iter(rows.values()))] == [
        "Then",
        ",",
        "her",
        "friend,",
        "came",
        "in.",
    ]
    pixels = pypdfium2.PdfDocument(out.pdf)[0].render(scale=200 / 72, grayscale=True).to_numpy()
    strips = [pixels[100 + 100 * n : 200 + 100 * n] for n in range(len(NAMES))]
    # The source rounds each letter's place; a word moved by one pixel would change thousands.
    assert max(int((s != strips[0]).sum()) for s in strips) < 300
    job = VerifyJob((verify_page(page),), NAMES[2:], thorough=True)
    assert verify_pdf(out.pdf, job, scratch=tmp_path).failures == ()


def test_a_face_that_does_not_say_its_height_closes_up_as_any_other(tmp_path):
    """LibreOffice leaves ascent and descent of some faces out; boxes then go by the size of type.

    By the ink, a line of words with and without tails would not close up at all, and a box would
    tell which of the two its name is.
    """
    pdf = without_height([f"Then {n}, my dog, ran." for n in NAMES])
    (document,) = read_many([Incoming("D1", "a.pdf", pdf)], scratch=tmp_path, workers=1)
    (page,) = document.pages
    assert len({round(w.box.bottom - w.box.top, 1) for w in page.words}) == 1
    found = [covered(page, name) for name in NAMES]
    assert {c.closing.width for c in found if c.closing} == {c.closing.width for c in found[:1]}
    assert all(c.closing for c in found)


def test_tabs_behind_a_name_are_no_column_and_tell_nothing():
    """What stands a tab or two behind a name follows its box like the next word of a line."""
    rows = "".join(f"<p>{n}    paid{' ' * 8}in full</p>" for n in NAMES)
    document = read(made(rows, STYLE.replace("nowrap", "pre")))
    (page,) = paint(document, [plan_for(document.pages[0], NAMES)]).pages
    for text in ("paid", "in", "full"):
        assert len({round(w.box.left, 1) for w in page.words if w.text == text}) == 1


def test_a_stretch_over_two_cells_closes_up_in_each(tmp_path):
    """The rule between them stays in sight, and so does what else is in the cells."""
    cells = "<table><tr><td>Cell of Holt</td><td>Avery rang</td></tr></table>"
    style = "table{border-collapse:collapse}td{border:1pt solid;padding:3pt}"
    pdf = made(cells, STYLE + style)
    (document,) = read_many([Incoming("D1", "a.pdf", pdf)], scratch=tmp_path, workers=1)
    (page,) = document.pages
    start = page.text.index("Holt")
    end = page.text.index("Avery") + len("Avery")
    found = boxes_for(page, start, end, guard=True)
    assert [c.words[0].text for c in found] == ["Holt", "Avery"]
    assert all(c.closing for c in found)


def test_a_silent_box_leaves_no_gap(lines, tmp_path):
    """In the silent mode the line reads on as if nothing had been there."""
    out = paint(lines, [plan_for(lines.pages[0], NAMES, DisclosureMode.SILENT)])
    (page,) = out.pages
    first, second = [w for w in page.words if w.text in ("Then", ",")][:2]
    assert second.box.left - first.box.right < 4
    assert verify_pdf(out.pdf, VerifyJob((verify_page(page),)), scratch=tmp_path).passed


def test_places_follow_words_that_moved(tmp_path):
    """A kept namesake is looked for where it stands now, a withheld one where its box is."""
    document = read(made("<p>Then Amy Holt met Tariq Holt at home.</p>"))
    (source,) = document.pages
    plan = plan_for(source, ["Amy Holt"])
    out = paint(document, [plan])
    (page,) = out.pages
    kept = boxes_for(source, source.text.index("Tariq"), source.text.index(" at"), guard=False)
    places = (
        VerifyPlace(1, carried(plan.boxes[0].box, page.moved), "Holt", Want.GONE),
        VerifyPlace(1, carried(kept[0].box, page.moved), "Tariq Holt", Want.REMAIN),
    )
    job = VerifyJob((verify_page(page),), ("Amy",), places)
    assert verify_pdf(out.pdf, job, scratch=tmp_path).failures == ()
    assert page.moved


def test_a_letter_that_is_gone_is_not_met_in_its_neighbours(tmp_path):
    """A name of one letter: the words beside it and under it, close as they stand, hold it too."""
    document = read(
        made("<p style='line-height:1'>Amy saw S. in St. Ives,<br>Ross as well, S.S.</p>")
    )
    (source,) = document.pages
    out = paint(document, [plan_for(source, ["S."])])
    (page,) = out.pages
    at = source.text.index("S.")
    (was,) = boxes_for(source, at, at + 2, guard=False)
    place = verify_place(1, page, was.box, "S.", Want.GONE)
    job = VerifyJob((verify_page(page),), (), (place,))
    assert verify_pdf(out.pdf, job, scratch=tmp_path).failures == ()
    assert page.moved
    shown = verify_place(1, page, was.box, "Amy", Want.GONE)
    assert shown.box.left >= carried(was.box, page.moved).left


def test_two_boxes_and_a_passage_of_one_line_move_together(tmp_path):
    """Each later box goes along with the words it covers."""
    document = read(made("<p>Then Featherstone met Li and his asthma got worse.</p>"))
    (source,) = document.pages
    at = source.text.index("asthma")
    passage = boxes_for(source, at, at + 6, guard=False)[0]
    plan = plan_for(source, ["Featherstone", "Li"])
    boxes = (*plan.boxes, PaintBox(passage.box, "[health]", "HEALTH-LOCK"))
    out = paint(document, [PagePlan("D1", 1, boxes)])
    (page,) = out.pages
    assert [w.text for w in page.words] == ["Then", "met", "and", "his", "got", "worse."]
    job = VerifyJob((verify_page(page),), ("Featherstone", "asthma"), thorough=True)
    assert verify_pdf(out.pdf, job, scratch=tmp_path).failures == ()


def test_a_box_over_columns_and_one_in_the_last_leave_nothing_of_either(tmp_path):
    """A line is set anew once: what one box cuts out is not drawn again for another."""
    document = read(made("<p style='white-space:pre'>Karen Holt      Police      Unit  Ives</p>"))
    (source,) = document.pages
    plan = plan_for(source, ["Karen Holt Police", "Ives"])
    ranges = [(b.closing.start, b.closing.end) for b in plan.boxes if b.closing]
    assert len(set(ranges)) == 2, "the boxes close up different stretches of the line"
    out = paint(document, [plan])
    (page,) = out.pages
    assert [w.text for w in page.words] == ["Unit"]
    place = VerifyPlace(1, carried(plan.boxes[1].box, page.moved), "Ives", Want.GONE)
    job = VerifyJob((verify_page(page),), ("Karen", "Ives"), (place,), thorough=True)
    assert verify_pdf(out.pdf, job, scratch=tmp_path).failures == ()


def test_a_line_that_grows_too_long_is_set_narrower():
    """Where the label needs more room than the paper has, nothing runs off the page."""
    words = " ".join(f"word{n}" for n in range(13))
    document = read(made(f"<p>Then Li and Bo and {words}</p>"))
    out = paint(document, [plan_for(document.pages[0], ["Li", "Bo"])])
    (page,) = out.pages
    assert page.words[-1].text == "word12"
    assert page.words[-1].box.right <= 595 - 13
    assert page.words[-1].box.right > 500


def test_ruled_lines_and_areas_stay_where_they_are(tmp_path):
    """Cells close up within their borders; an underlined line and one under an area do not."""
    html = made(
        "<table border=1><tr><td>Then Karen Holt came</td><td>yes</td></tr></table>"
        "<p><u>Then Avery came</u></p><p>Then Ives came</p>",
        STYLE.replace("nowrap}", "nowrap}td{padding:2pt 4pt;width:200pt}"),
    )
    (document,) = read_many([Incoming("D1", "a.pdf", html)], scratch=tmp_path, workers=1)
    (page,) = document.pages
    closing = covered(page, "Karen Holt").closing
    assert closing is not None
    assert closing.limit < next(w for w in page.words if w.text == "yes").box.left
    assert covered(page, "Avery").closing is None
    assert covered(page, "Ives").closing is not None
    here = next(w.box for w in page.words if w.text == "Ives")
    area = Box(here.left + 20, here.top - 50, here.right + 60, here.bottom + 50)
    assert covered(page, "Ives", (area,)).closing is None


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_band_shows_what_the_page_shows(turn):
    """A part drawn by itself is, pixel for pixel, that part of the page, turned and cropped too."""
    with pikepdf.open(io.BytesIO(made("<p>Then Karen came</p>" * 8))) as pdf:
        pdf.pages[0].Rotate = turn
        pdf.pages[0].CropBox = pikepdf.Array([20, 30, 500, 800])
        saved = io.BytesIO()
        pdf.save(saved)
    with opened(saved.getvalue()) as view, loaded(view, 0) as page:
        for colour in (False, True):
            whole = render(page, 200, colour=colour)
            width, height = page.get_size()
            scale = whole.shape[1] / width, whole.shape[0] / height
            ink = np.argwhere(whole[:, :, 0] < 128 if colour else whole < 128)
            y, x = (max(0, int(n) - 7) for n in ink.min(axis=0))
            part = band(page, (x, y, 400, 300), 0.0, 1.0, scale, colour=colour)
            here = whole[y : y + 300, x : x + 400]
            part = part[: here.shape[0], : here.shape[1]]
            assert np.abs(part.astype(int) - here).mean() < 0.5
            assert part.min() < 128
