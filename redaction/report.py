"""What was withheld, told three ways: to the requester, to the case file, and as a measure.

Art 12(4) UK GDPR asks for reasons; how much they may tell is the disclosure mode of each box
(named, general, silent). A silent box appears in no list, number or total that leaves.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from redaction.decisions import Proposal, Span
from redaction.document import Box
from redaction.paint.model import PaintedBox, PaintedPage
from rights.release import DisclosureMode, PersonRef, Told, Treatment, told

Key = TypeVar("Key")

_FEWEST = 5
"""How many there must be before one of them can be said to stand out."""
_DEVIATIONS = 3.5
_LEAST_MORE = 0.05
"""Share of a page that an outlier is blacker than the median page."""
GENERAL_LABEL = "[withheld]"
GENERAL_REASON = "Some information has been withheld because the law allows or requires it."


@dataclass(frozen=True, slots=True)
class Outward:
    """A painted page and its number in the pack, as the requester counts."""

    page: PaintedPage
    number: int


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One line of the schedule that the requester gets; each thing once a page, no counts."""

    page: int
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class LogRow:
    """One box in the internal log; stays with the council."""

    document: str
    source_page: int
    page: int
    box: Box
    label: str
    code: str
    mode: DisclosureMode
    cause: str


@dataclass(frozen=True, slots=True)
class InkMeter:
    """How much is black, as shares of page area from 0 to 1; boxes that overlap count once.

    `by_page` goes by number in the pack. `by_person` and `by_code` share out the boxes' own
    areas, so that boxes on one another count for each; a box of nobody's counts under None.
    """

    whole: float
    by_page: Mapping[int, float]
    by_person: Mapping[PersonRef | None, float]
    by_code: Mapping[str, float]
    by_reviewer: Mapping[str, float]
    """By whoever made the decision behind a box; '' where nobody is given."""
    outliers: tuple[int, ...]
    """Pages far blacker than the rest, to be looked at again: over-redaction is a failure too."""


@dataclass(frozen=True, slots=True)
class RuleScore:
    """How the proposals of one rule fared against the final decisions.

    `upheld` of its `proposed` stretches were withheld in the end; of all `withheld` stretches it
    had `found` so many.
    """

    rule: str
    proposed: int
    upheld: int
    withheld: int
    found: int

    @property
    def precision(self) -> float:
        """Share of its proposals that were upheld; 1 when it made none."""
        return self.upheld / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        """Share of what was withheld that it had proposed; 1 when nothing was."""
        return self.found / self.withheld if self.withheld else 1.0


def schedule(pages: Iterable[Outward], reasons: Mapping[str, str]) -> tuple[ScheduleRow, ...]:
    """The schedule of redactions for the requester, in order of pages.

    Args:
        pages: The disclosed pages with their outward numbers.
        reasons: Plain words for each exemption code, for boxes of the named mode. A code
            without words is told in general words: the code itself is never printed.
    """
    rows: dict[ScheduleRow, None] = {}
    for outward in sorted(pages, key=lambda o: o.number):
        for box in outward.page.boxes:
            row = _row(outward.number, box, reasons)
            if row is not None:
                rows[row] = None
    return tuple(rows)


def log(pages: Iterable[Outward]) -> tuple[LogRow, ...]:
    """Every box with its code, mode and the decision it follows from."""
    return tuple(
        LogRow(
            outward.page.document,
            outward.page.source_page,
            outward.number,
            box.box,
            box.label,
            box.code,
            box.mode,
            box.cause,
        )
        for outward in pages
        for box in outward.page.boxes
    )


def rule_scores(proposals: Iterable[Proposal], withheld: Collection[Span]) -> tuple[RuleScore, ...]:
    """Precision and recall of each rule that proposed to withhold or to ask, by rule.

    Args:
        proposals: What was proposed; what a rule proposed as clear does not count.
        withheld: The stretches withheld in the end.
    """
    places: dict[tuple[str, int], list[tuple[int, Span]]] = {}
    for number, span in enumerate(withheld):
        places.setdefault((span.document, span.page), []).append((number, span))
    proposed: dict[str, int] = {}
    upheld: dict[str, int] = {}
    found: dict[str, set[int]] = {}
    for item in proposals:
        if item.treatment is Treatment.CLEAR:
            continue
        at = item.span
        hits = {
            number
            for number, span in places.get((at.document, at.page), ())
            if span.start < at.end and at.start < span.end
        }
        proposed[item.rule] = proposed.get(item.rule, 0) + 1
        upheld[item.rule] = upheld.get(item.rule, 0) + bool(hits)
        found.setdefault(item.rule, set()).update(hits)
    return tuple(
        RuleScore(rule, proposed[rule], upheld[rule], len(withheld), len(found[rule]))
        for rule in sorted(proposed)
    )


def ink(
    pages: Sequence[Outward],
    people: Mapping[str, PersonRef],
    reviewers: Mapping[str, str] | None = None,
) -> InkMeter:
    """The black-ink meter of these pages.

    Args:
        pages: The disclosed pages.
        people: Whose data each decision (a box's `cause`) withholds, where it is somebody's.
        reviewers: Who made each decision.
    """
    total = sum(o.page.width * o.page.height for o in pages) or 1.0
    covered = {o.number: _union([b.box for b in o.page.boxes]) for o in pages}
    by_person: dict[PersonRef | None, float] = {}
    by_code: dict[str, float] = {}
    by_reviewer: dict[str, float] = {}
    for outward in pages:
        for item in outward.page.boxes:
            share = _area(item.box) / total
            person = people.get(item.cause)
            by_person[person] = by_person.get(person, 0.0) + share
            by_code[item.code] = by_code.get(item.code, 0.0) + share
            reviewer = (reviewers or {}).get(item.cause, "")
            by_reviewer[reviewer] = by_reviewer.get(reviewer, 0.0) + share
    by_page = {o.number: covered[o.number] / (o.page.width * o.page.height) for o in pages}
    return InkMeter(
        whole=sum(covered.values()) / total,
        by_page=by_page,
        by_person=by_person,
        by_code=by_code,
        by_reviewer=by_reviewer,
        outliers=tuple(sorted(outliers(by_page))),
    )


def outliers(shares: Mapping[Key, float], least: float = _LEAST_MORE) -> tuple[Key, ...]:
    """What stands out: beyond three and a half median deviations over the median, and well over it.

    Args:
        shares: Share of black by page, person, ground or reviewer; of fewer than five nothing can
            be said to stand out.
        least: How far over the median it must lie at least.
    """
    if len(shares) < _FEWEST:
        return ()
    middle = statistics.median(shares.values())
    spread = statistics.median(abs(share - middle) for share in shares.values())
    bound = middle + max(_DEVIATIONS * 1.4826 * spread, least)
    return tuple(key for key, share in shares.items() if share > bound)


def _row(number: int, box: PaintedBox, reasons: Mapping[str, str]) -> ScheduleRow | None:
    known = told(box.mode)
    if known is None:
        return None
    why = reasons.get(box.code, "") if known is Told.NAMED else ""
    if not why:
        return ScheduleRow(number, GENERAL_LABEL, GENERAL_REASON)
    return ScheduleRow(number, box.label or GENERAL_LABEL, why)


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


def _union(boxes: Sequence[Box]) -> float:
    """Area that at least one box covers: strips between all left and right edges."""
    edges = sorted({x for b in boxes for x in (b.left, b.right)})
    area = 0.0
    for left, right in itertools.pairwise(edges):
        reached = 0.0
        for box in sorted(
            (b for b in boxes if b.left <= left and b.right >= right), key=lambda b: b.top
        ):
            area += max(0.0, box.bottom - max(box.top, reached)) * (right - left)
            reached = max(reached, box.bottom)
    return area
