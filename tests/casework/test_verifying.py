"""What was painted is compared with what was decided before the verifier is asked."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.sample_pages import case_notes, grown, read
from casework.verifying import not_as_decided
from redaction.decisions import PagePlan, PaintBox
from redaction.paint import PaintedDocument, paint

DOCUMENT = read(case_notes(1))
PAGE = DOCUMENT.pages[0]
PLAN = PagePlan(
    DOCUMENT.id,
    1,
    tuple(
        PaintBox(grown(w.box, 1), "[third party]", "3P", cause=f"c{n}")
        for n, w in enumerate(w for w in PAGE.words if w.text.startswith("Holt"))
    ),
)


def other(painted: PaintedDocument, **changes: object) -> PaintedDocument:
    page = replace(painted.pages[0], **changes)  # pyright: ignore[reportArgumentType]
    return replace(painted, pages=(page,))


def test_every_decided_box_must_be_painted_where_it_was_decided() -> None:
    """A box dropped, moved by three millimetres or given another ground: nothing leaves."""
    painted = paint(DOCUMENT, (PLAN,))
    boxes = painted.pages[0].boxes
    assert not_as_decided((PLAN,), (painted,)) == ()
    area = boxes[0].box
    moved = replace(area, left=area.left + 8.5, right=area.right + 8.5)
    for wrong in (
        boxes[1:],
        (replace(boxes[0], box=moved), *boxes[1:]),
        (replace(boxes[0], code="LPP"), *boxes[1:]),
    ):
        assert not_as_decided((PLAN,), (other(painted, boxes=wrong),)) == ((DOCUMENT.id, 1),)


def test_a_page_that_stays_back_must_not_be_among_the_painted() -> None:
    """Nor one that nobody decided on."""
    painted = paint(DOCUMENT, (PLAN,))
    for plans in ((replace(PLAN, withheld=True),), ()):
        assert not_as_decided(plans, (painted,)) == ((DOCUMENT.id, 1),)
