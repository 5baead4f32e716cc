"""The result of settling: plans, what is still open, and where everything stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from redaction.decisions import Outcome, PagePlan, Span
from redaction.document import Box
from redaction.propose.consistency import Inconsistency
from rights.release import DisclosureMode, FactKind, PersonDecision, PersonRef

CastDecisions: TypeAlias = Mapping[tuple[PersonRef, FactKind], PersonDecision]
"""One decision for each person and kind of fact."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """A proposal nobody has settled. `who` is the proposal's `decided_by`."""

    proposal: str
    span: Span
    who: str
    person: PersonRef | None
    kind: FactKind
    why: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of one proposal or reviewer's mark, where it is on the page.

    Attributes:
        span: The stretch of text.
        text: Its words. Personal data.
        outcome: Kept or redacted.
        person: Whom it is about, when one person is.
        candidates: Whom it may be about else.
        kind: Kind of fact; None for a reviewer's own mark.
        boxes: Where its words stand (kept) or what is painted (redacted), one for each line.
        code: Exemption code, when redacted.
        mode: How much is told of it, when redacted.
    """

    span: Span
    text: str
    outcome: Outcome
    person: PersonRef | None
    candidates: tuple[PersonRef, ...]
    kind: FactKind | None
    boxes: tuple[Box, ...]
    code: str = ""
    mode: DisclosureMode = DisclosureMode.NAMED


@dataclass(frozen=True, slots=True)
class Settled:
    """What follows from the decisions so far.

    Attributes:
        plans: One for each page of each document, in order.
        undecided: Proposals that still need somebody.
        unread: Pages that a human must read before they can leave, as (document, page).
        inconsistencies: One sentence treated two ways, or a keep against a withhold.
        swallowed: Words that a grown box covers although nobody decided on them.
        marks: Each settled stretch and its place, for the verifier's lists.
    """

    plans: tuple[PagePlan, ...]
    undecided: tuple[Undecided, ...]
    unread: tuple[tuple[str, int], ...]
    inconsistencies: tuple[Inconsistency, ...]
    swallowed: tuple[Span, ...]
    marks: tuple[Mark, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing stands in the way of painting for release."""
        return not (self.undecided or self.unread or self.inconsistencies)
