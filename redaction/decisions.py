"""What is proposed, what was decided, and the boxes that follow from it.

Offsets are into a page's text (`redaction.document.Page.text`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from redaction.document import Box
from rights.release import DisclosureMode, FactKind, PersonRef, Treatment


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one page's text: page numbers from 1, `end` exclusive."""

    document: str
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A mention that a finder found. Personal data."""

    span: Span
    text: str
    kind: FactKind
    finder: str
    """Name of the rule, stable: 'known-name', 'uk.nhs', 'role-title'."""
    confidence: float
    reason: str
    """One plain sentence saying why."""
    person: PersonRef | None = None
    candidates: tuple[PersonRef, ...] = ()
    """Whom it may mean when it is not sure (two people called Khan); then `person` is None."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the engine proposes for one passage; a human decides.

    `id` is stable over re-runs on the same text. `decided_by` names whose decision settles it:
    'cast' (the decision on that person and kind of fact), 'passage' (a decision of its own), or
    a role such as 'social_work_manager' for safeguarding passages.
    """

    id: str
    span: Span
    text: str
    kind: FactKind
    treatment: Treatment
    reason: str
    rule: str
    code: str = ""
    """Exemption code of law.md 4.1 ('3P', 'HEALTH-LOCK') when the treatment is not clear."""
    mode: DisclosureMode = DisclosureMode.NAMED
    confidence: float = 1.0
    person: PersonRef | None = None
    candidates: tuple[PersonRef, ...] = ()
    decided_by: str = "cast"
    data_class: str = ""
    """'health', 'education' or 'social work': under whose rules the passage stands (Sch 3)."""
    flags: tuple[str, ...] = ()
    """What else it is: 'third party', 'child abuse', 'court', 'police-supplied' ..."""
    pair: str = ""
    """Id of the other proposal where it is not certain whose health the passage is about."""


EVERY_PAGE = 0
"""In place of a page number: every page of the document, also one read later."""
WHOLE = Box(0.0, 0.0, 14400.0, 14400.0)
"""An area as large as any page may be (ISO 32000-2 C.2)."""


class Outcome(StrEnum):
    """What becomes of a passage."""

    KEEP = "keep"
    REDACT = "redact"


@dataclass(frozen=True, slots=True)
class PassageDecision:
    """A decision on one proposal, or on a stretch or area that a reviewer marked.

    Exactly one of `proposal`, `span` and `area` is set; `area` needs `document` and `page`, which
    is `EVERY_PAGE` where it holds for the document as a whole.
    """

    id: str
    outcome: Outcome
    proposal: str | None = None
    span: Span | None = None
    area: Box | None = None
    document: str = ""
    page: int = 0
    code: str = ""
    mode: DisclosureMode = DisclosureMode.NAMED
    label: str = ""
    person: PersonRef | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """How the words of a line close up to a box, so that its width tells nothing; in points.

    Attributes:
        top: Upper end of the line.
        bottom: Lower end of the line.
        start: Left end of the run of words that the box stands in.
        end: Right end of that run.
        limit: How far to the right its words may reach.
        width: What the box becomes wide, whatever it covers.
        space: The page's usual space between words.
        even: Whether the whole run gets that space: where words were set to fill the line, their
            spaces tell the width of what is gone.
    """

    top: float
    bottom: float
    start: float
    end: float
    limit: float
    width: float
    space: float
    even: bool = False


@dataclass(frozen=True, slots=True)
class PaintBox:
    """A box to paint, with the label that may be printed in it (empty for a silent one)."""

    box: Box
    label: str
    code: str = ""
    mode: DisclosureMode = DisclosureMode.NAMED
    cause: str = ""
    """The decision it follows from; for the internal log, never printed."""
    closing: Closing | None = None
    """Where the words beside it can move: then `box` is exactly what is cut out of the line."""


@dataclass(frozen=True, slots=True)
class PagePlan:
    """What to do with one source page: its boxes, or leave it out altogether."""

    document: str
    page: int
    boxes: tuple[PaintBox, ...] = ()
    withheld: bool = False
    """The whole page stays back; in the silent mode it leaves no trace or gap."""
    code: str = ""
    """Exemption code under which the whole page stays back."""
    mode: DisclosureMode = DisclosureMode.NAMED
    """How much the requester is told about a page that stays back."""
    cause: str = ""
    """The decision by which it stays back."""
