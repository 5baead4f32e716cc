"""Settles one page: the outcome of each proposal, and the boxes that follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from redaction.decisions import Outcome, PagePlan, PaintBox, PassageDecision, Proposal, Span
from redaction.document import Box, Page, PageKind
from redaction.propose.boxes import boxes_for
from redaction.propose.consistency import Inconsistency
from redaction.propose.cuts import Cut, inside, merged_boxes, outermost, overlap, pieces
from redaction.propose.labels import label_in
from redaction.propose.mentions import BY_CAST, BY_LAW
from redaction.propose.settled import CastDecisions, Mark, Undecided
from rights.release import (
    DisclosureMode,
    FactKind,
    PersonDecision,
    PersonRef,
    Treatment,
    more_silent,
)

_PASSAGE_KINDS = frozenset([FactKind.HEALTH, FactKind.PRIVATE])


@dataclass(frozen=True, slots=True)
class PageResult:
    """The plan of one page, what is open on it, and its withheld stretches (`cuts`)."""

    plan: PagePlan
    undecided: tuple[Undecided, ...] = ()
    conflicts: tuple[Inconsistency, ...] = ()
    swallowed: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()
    cuts: tuple[tuple[int, int], ...] = ()


class PageSettler:
    """Settles one page."""

    def __init__(
        self,
        document: str,
        page: Page,
        cast: CastDecisions,
        on_proposal: Mapping[str, PassageDecision],
        subjects: AbstractSet[PersonRef],
    ) -> None:
        self._document = document
        self._page = page
        self._cast = cast
        self._on_proposal = on_proposal
        self._subjects = subjects

    def settle(self, proposals: Sequence[Proposal], own: Sequence[PassageDecision]) -> PageResult:
        """The page's plan and what is open on it."""
        whole = [d for d in own if self._whole_page(d)]
        if whole:
            return PageResult(self._left_out(whole))
        cuts: list[Cut] = []
        kept: list[Proposal] = []
        open_: list[tuple[Proposal, str]] = []
        for proposal in proposals:
            outcome, why = self._outcome(proposal)
            if outcome is None:
                open_.append((proposal, why))
            elif outcome is Outcome.KEEP:
                kept.append(proposal)
            else:
                cuts.append(self._cut_of(proposal))
        keeps = [d for d in own if d.span is not None and d.outcome is Outcome.KEEP]
        conflicts = self._conflicts(keeps, proposals)
        cuts = self._without_kept(cuts, keeps)
        open_ = [(p, w) for p, w in open_ if not any(inside(p.span, d.span) for d in keeps)]
        cuts += [self._own_cut(d) for d in own if d.span and d.outcome is Outcome.REDACT]
        cuts = outermost(cuts)
        open_ = [(p, w) for p, w in open_ if not any(inside(p.span, c.span) for c in cuts)]
        undecided = [
            Undecided(p.id, p.span, p.decided_by, p.person, p.kind, why) for p, why in open_
        ]
        return self._painted(cuts, kept, undecided, conflicts, own)

    def _whole_page(self, decision: PassageDecision) -> bool:
        area = decision.area
        return (
            area is not None
            and decision.outcome is Outcome.REDACT
            and area.left <= 0
            and area.top <= 0
            and area.right >= self._page.width
            and area.bottom >= self._page.height
        )

    def _left_out(self, decisions: Sequence[PassageDecision]) -> PagePlan:
        """The plan of a page held back whole; of several decisions the one that tells least."""
        last = decisions[-1]
        for decision in reversed(decisions):
            if more_silent(last.mode, decision.mode) is not last.mode:
                last = decision
        return PagePlan(
            self._document,
            self._page.number,
            withheld=True,
            code=last.code,
            mode=last.mode,
            cause=last.id,
        )

    def _outcome(self, proposal: Proposal) -> tuple[Outcome | None, str]:
        decision = self._on_proposal.get(proposal.id)
        if decision is not None:
            return decision.outcome, ""
        if proposal.decided_by == BY_LAW and proposal.treatment is Treatment.CLEAR:
            return Outcome.KEEP, ""
        if proposal.decided_by != BY_CAST:
            return None, "this passage has no decision"
        people = (proposal.person,) if proposal.person else proposal.candidates
        decided = {
            PersonDecision.DISCLOSE
            if person in self._subjects
            else self._cast.get((person, proposal.kind))
            for person in people
        }
        if not people or None in decided:
            return None, "the cast has no decision for this person and kind of fact"
        if len(decided) > 1:
            return None, "the people it may mean are treated differently"
        withheld = decided == {PersonDecision.WITHHOLD}
        return (Outcome.REDACT if withheld else Outcome.KEEP), ""

    def _cut_of(self, proposal: Proposal) -> Cut:
        decision = self._on_proposal.get(proposal.id)
        code = (decision.code if decision else "") or proposal.code or "3P"
        mode = decision.mode if decision else proposal.mode
        return Cut(
            proposal.span,
            proposal.text,
            code,
            mode,
            label_in(mode, code, decision.label if decision else ""),
            decision.id if decision else proposal.id,
            proposal.kind not in _PASSAGE_KINDS,
            proposal.person,
            proposal.candidates,
            proposal.kind,
            by_cast=decision is None,
        )

    def _own_cut(self, decision: PassageDecision) -> Cut:
        assert decision.span is not None
        span = decision.span
        return Cut(
            span,
            self._page.text[span.start : span.end],
            decision.code,
            decision.mode,
            label_in(decision.mode, decision.code, decision.label),
            decision.id,
            guard=True,
            person=decision.person,
            candidates=(),
            kind=None,
        )

    def _conflicts(
        self, keeps: Sequence[PassageDecision], proposals: Sequence[Proposal]
    ) -> list[Inconsistency]:
        """Stretches that one reviewer's mark keeps and a decision of its own withholds."""
        found: list[Inconsistency] = []
        for proposal in proposals:
            decision = self._on_proposal.get(proposal.id)
            if decision is None or decision.outcome is Outcome.KEEP:
                continue
            clashing = [k.span for k in keeps if k.span and overlap(k.span, proposal.span)]
            if clashing:
                found.append(
                    Inconsistency((proposal.span, *clashing), "kept by one mark, withheld by one")
                )
        return found

    def _without_kept(self, cuts: list[Cut], keeps: Sequence[PassageDecision]) -> list[Cut]:
        """Cuts less the stretches a reviewer kept; a decision on the very passage still wins."""
        for keep in keeps:
            assert keep.span is not None
            left: list[Cut] = []
            for cut in cuts:
                if cut.by_cast and overlap(cut.span, keep.span):
                    left.extend(pieces(cut, keep.span))
                else:
                    left.append(cut)
            cuts = left
        return cuts

    def _painted(
        self,
        cuts: Sequence[Cut],
        kept: Sequence[Proposal],
        undecided: list[Undecided],
        conflicts: Sequence[Inconsistency],
        own: Sequence[PassageDecision],
    ) -> PageResult:
        boxes: list[PaintBox] = []
        marks: list[Mark] = []
        touched: set[tuple[int, int]] = set()
        areas = [d.area for d in own if d.area is not None and d.outcome is Outcome.REDACT]
        for cut in cuts:
            covered = boxes_for(
                self._page, cut.span.start, cut.span.end, guard=cut.guard, areas=areas
            )
            if not covered and cut.text.strip():
                undecided.append(
                    Undecided(
                        cut.cause,
                        cut.span,
                        "passage",
                        cut.person,
                        cut.kind or FactKind.PRIVATE,
                        "its words have no place on the page; mark the area by hand",
                    )
                )
            boxes += [
                PaintBox(c.box, cut.label, cut.code, cut.mode, cut.cause, c.closing)
                for c in covered
            ]
            touched |= {(w.start, w.end) for c in covered for w in c.words}
            marks.append(_mark(cut, tuple(c.box for c in covered)))
        boxes += [
            PaintBox(d.area, label_in(d.mode, d.code, d.label), d.code, d.mode, d.id)
            for d in own
            if d.area is not None and d.outcome is Outcome.REDACT
        ]
        boxes = merged_boxes(boxes)
        marks += [self._kept_mark(p) for p in kept if not any(inside(p.span, c.span) for c in cuts)]
        swallowed = tuple(
            Span(self._document, self._page.number, start, end)
            for start, end in sorted(touched)
            if not any(c.span.start < end and start < c.span.end for c in cuts)
        )
        plan = self._unless_nothing_is_left(
            PagePlan(self._document, self._page.number, tuple(boxes))
        )
        intervals = tuple(sorted((c.span.start, c.span.end) for c in cuts))
        return PageResult(
            plan, tuple(undecided), tuple(conflicts), swallowed, tuple(marks), intervals
        )

    def _unless_nothing_is_left(self, plan: PagePlan) -> PagePlan:
        """The plan, or the page left out when silence covers every word of it.

        A page of blank paper would tell that there was something. A page on which anything else
        can be seen goes: only a page of text is wholly known by its words.
        """
        page = self._page
        if page.kind is not PageKind.TEXT or not page.words or not plan.boxes:
            return plan
        if any(box.mode is not DisclosureMode.SILENT for box in plan.boxes):
            return plan
        if not all(any(_holds(b.box, w.box) for b in plan.boxes) for w in page.words):
            return plan
        first = plan.boxes[0]
        return replace(
            plan, boxes=(), withheld=True, code=first.code, mode=first.mode, cause=first.cause
        )

    def _kept_mark(self, proposal: Proposal) -> Mark:
        covered = boxes_for(self._page, proposal.span.start, proposal.span.end, guard=False)
        return Mark(
            proposal.span,
            proposal.text,
            Outcome.KEEP,
            proposal.person,
            proposal.candidates,
            proposal.kind,
            tuple(c.box for c in covered),
        )


def _mark(cut: Cut, boxes: tuple[Box, ...]) -> Mark:
    return Mark(
        cut.span,
        cut.text,
        Outcome.REDACT,
        cut.person,
        cut.candidates,
        cut.kind,
        boxes,
        cut.code,
        cut.mode,
    )


def _holds(outer: Box, inner: Box) -> bool:
    """Whether a box covers the middle of a word, as far as a reader could make it out."""
    across, down = (inner.left + inner.right) / 2, (inner.top + inner.bottom) / 2
    return outer.left <= across <= outer.right and outer.top <= down <= outer.bottom
