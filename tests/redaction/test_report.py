from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.decisions import Proposal, Span
from redaction.document import Box, PageKind
from redaction.paint import Encoding, Fill, PaintedBox, PaintedPage
from redaction.report import GENERAL_LABEL, GENERAL_REASON, Outward, ink, log, rule_scores, schedule
from rights.release import DisclosureMode, FactKind, PersonRef, Treatment

REASONS = {"3P": "This is about somebody else.", "ABUSE": "Telling you why would do harm."}


def box(mode=DisclosureMode.NAMED, code="3P", label="[third party]", at=(0, 0, 10, 10), cause="d1"):
    return PaintedBox(Box(*at), Fill.BLACK, label, code, mode, cause)


def page(number, *boxes):
    painted = PaintedPage(
        "D1", number + 4, number, 100, 100, PageKind.TEXT, Encoding.G4, False, "0" * 64, boxes, ()
    )
    return Outward(painted, number)


def test_each_mode_is_told_as_much_as_it_allows():
    """Named boxes with their reason, general ones in general words, silent ones not at all."""
    rows = schedule(
        [
            page(2, box(DisclosureMode.GENERAL, "ABUSE", "[withheld]")),
            page(1, box(), box(at=(20, 20, 30, 30)), box(DisclosureMode.SILENT, "ABUSE", "")),
            page(3, box(DisclosureMode.SILENT)),
        ],
        REASONS,
    )
    assert [(r.page, r.what, r.why) for r in rows] == [
        (1, "[third party]", REASONS["3P"]),
        (2, GENERAL_LABEL, GENERAL_REASON),
    ]


def test_an_unexplained_code_is_never_printed():
    """A code without plain words is told in general words."""
    rows = schedule([page(1, box(code="LPP", label="[legal]"))], REASONS)
    assert [(r.what, r.why) for r in rows] == [(GENERAL_LABEL, GENERAL_REASON)]


def test_silent_boxes_change_nothing_that_leaves():
    """The schedule with and without silent boxes is the same to the last row."""
    open_pages = [page(1, box()), page(2)]
    silent = box(DisclosureMode.SILENT, at=(50, 50, 60, 60))
    hidden = [page(1, box(), silent), page(2, silent)]
    assert schedule(open_pages, REASONS) == schedule(hidden, REASONS)


def test_the_internal_log_has_every_box():
    """Silent boxes too, with code, mode and the decision behind them."""
    rows = log([page(1, box(), box(DisclosureMode.SILENT, cause="d9"))])
    assert [(r.source_page, r.mode, r.cause) for r in rows] == [
        (5, DisclosureMode.NAMED, "d1"),
        (5, DisclosureMode.SILENT, "d9"),
    ]


def test_the_meter_tells_pages_people_and_codes():
    """Shares of area by page, by person and by code; overlaps count once on a page."""
    meter = ink(
        [page(1, box(at=(0, 0, 50, 100)), box(code="X", cause="d2", at=(25, 0, 75, 100))), page(2)],
        {"d1": PersonRef("P07")},
    )
    assert meter.by_page == {1: pytest.approx(0.75), 2: 0.0}
    assert meter.whole == pytest.approx(0.375)
    assert meter.by_person == {PersonRef("P07"): pytest.approx(0.25), None: pytest.approx(0.25)}
    assert meter.by_code == {"3P": pytest.approx(0.25), "X": pytest.approx(0.25)}


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 9), st.integers(1, 9)),
        max_size=6,
    )
)
def test_covered_area_is_what_counting_squares_gives(drawn):
    """However boxes lie on one another, the covered area is counted once."""
    boxes = [box(at=(x, y, x + w, y + h)) for x, y, w, h in drawn]
    squares = {(i, j) for x, y, w, h in drawn for i in range(x, x + w) for j in range(y, y + h)}
    assert ink([page(1, *boxes)], {}).by_page[1] == pytest.approx(len(squares) / 10_000)


def test_pages_come_in_order_whatever_the_order_given():
    """The schedule follows the numbers in the pack."""
    pages = [page(3, box()), page(1, box())]
    assert [r.page for r in schedule(pages, REASONS)] == [1, 3]
    assert replace(pages[0], number=9).number == 9


def test_ink_is_told_by_reviewer_and_black_pages_stand_out():
    """Each reviewer's share, and the pages far blacker than the rest."""
    pages = [page(n, box(cause="d1")) for n in range(1, 7)]
    pages.append(page(7, box(at=(0, 0, 80, 80), cause="d2")))
    meter = ink(pages, {}, {"d1": "Asha", "d2": "Ben"})
    assert meter.outliers == (7,)
    assert meter.by_reviewer == pytest.approx({"Asha": 6 * 0.01 / 7, "Ben": 0.64 / 7})
    assert ink(pages[:3], {}).outliers == ()


def test_rules_are_scored_against_the_final_decisions():
    """What a rule proposed and was withheld, what was not, and what it did not see."""

    def proposal(rule, start, treatment=Treatment.HOLD):
        span = Span("D1", 1, start, start + 5)
        return Proposal(f"{rule}{start}", span, "x", FactKind.NAME, treatment, "r", rule)

    proposals = [
        proposal("known-name", 0),
        proposal("known-name", 10),
        proposal("known-name", 20, Treatment.CLEAR),
        proposal("title", 30),
    ]
    withheld = [Span("D1", 1, 0, 5), Span("D1", 1, 40, 45), Span("D1", 2, 10, 15)]
    known, title = rule_scores(proposals, withheld)
    assert (known.rule, known.precision, known.recall) == ("known-name", 0.5, pytest.approx(1 / 3))
    assert (title.precision, title.recall) == (0.0, 0.0)
    assert rule_scores([], withheld) == ()
