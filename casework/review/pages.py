"""A page under review: what is proposed on it, what was decided, and what is still open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from casework.collect import about_of
from casework.decided import cast_decisions, read_pages
from casework.faces import face_decision
from casework.review.shelf import Review
from casework.review.standing import decisions_of
from casework.topics import PAGE
from redaction.decisions import Outcome, PaintBox, PassageDecision, Proposal
from redaction.document import Box, HiddenItem, Page, PageKind, ReadDocument
from redaction.propose.boxes import boxes_for
from rights.case import Case, Question
from rights.errors import InputError


class MarkState(StrEnum):
    """What becomes of a proposed stretch as decided so far. Values are shown as they are."""

    OPEN = "undecided"
    WITHHELD = "withheld"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class ProposalMark:
    """A proposal where it stands on its page.

    Attributes:
        who: Whom it is about, as the cast names them; '' when nobody fits.
        question: Id of the question whose answer settles it, when there is one.
        here: Id of the decision made for this very place; '' when it follows the question.
        why_open: Why it is undecided.
    """

    proposal: Proposal
    state: MarkState
    boxes: tuple[Box, ...]
    who: str
    question: str
    here: str
    why_open: str


@dataclass(frozen=True, slots=True)
class OwnMark:
    """Something a reviewer marked: a stretch or an area."""

    decision: PassageDecision
    text: str
    boxes: tuple[Box, ...]
    withheld: bool
    """As decided now: the box on a face follows the decision on its person."""
    who: str = ""
    """Whose face it is, as the cast names them."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """One page in the list of pages."""

    document: str
    number: int
    title: str
    kind: PageKind
    withheld: bool
    boxes: int
    undecided: int
    must_be_read: bool
    """A human has to read it and nobody has."""


@dataclass(frozen=True, slots=True)
class PageView:
    """Everything a reviewer sees of one page."""

    document: ReadDocument
    page: Page
    title: str
    proposals: tuple[ProposalMark, ...]
    own: tuple[OwnMark, ...]
    hidden: tuple[HiddenItem, ...]
    withheld: bool
    is_read: bool
    must_be_read: bool
    question: Question | None
    """The page's own question, when it was asked one."""
    previous: tuple[str, int] | None
    next: tuple[str, int] | None
    next_undecided: tuple[str, int] | None

    @property
    def undecided(self) -> int:
        """How many marks on the page nobody has decided."""
        return sum(1 for p in self.proposals if p.state is MarkState.OPEN)


def page_lines(review: Review) -> tuple[PageLine, ...]:
    """Every page of the bundle, in order."""
    open_on = Counter(
        (p.span.document, p.span.page)
        for p in review.bundle.proposals
        if p.id in review.standing.open
    )
    plans = {(p.document, p.page): p for p in review.settled.plans}
    unread = set(review.settled.unread)
    lines: list[PageLine] = []
    for document in review.bundle.documents:
        title = title_of(review.case, document.id)
        for page in document.pages:
            key = (document.id, page.number)
            plan = plans[key]
            lines.append(
                PageLine(
                    document.id,
                    page.number,
                    title,
                    page.kind,
                    plan.withheld,
                    len(plan.boxes),
                    open_on[key],
                    key in unread,
                )
            )
    return tuple(lines)


def page_view(review: Review, document: str, number: int) -> PageView:
    """One page with all that is known about it.

    Raises:
        InputError: the bundle has no such page.
    """
    whole, page = page_of(review, document, number)
    lines = page_lines(review)
    here = next(i for i, x in enumerate(lines) if (x.document, x.number) == (document, number))
    plan = next(p for p in review.settled.plans if (p.document, p.page) == (document, number))
    case = review.case
    return PageView(
        document=whole,
        page=page,
        title=title_of(case, document),
        proposals=tuple(_marks(review, page, document)),
        own=tuple(own_marks(review, page, document)),
        hidden=tuple(h for h in whole.hidden if h.page in (None, number)),
        withheld=plan.withheld,
        is_read=(document, number) in read_pages(case),
        must_be_read=lines[here].must_be_read,
        question=_page_question(case, document, number),
        previous=_key(lines[here - 1]) if here else None,
        next=_key(lines[here + 1]) if here + 1 < len(lines) else None,
        next_undecided=_next_undecided(lines, here),
    )


def page_of(review: Review, document: str, number: int) -> tuple[ReadDocument, Page]:
    """A page of the bundle with its document.

    Raises:
        InputError: there is no such page.
    """
    for whole in review.bundle.documents:
        if whole.id == document and 1 <= number <= len(whole.pages):
            return whole, whole.pages[number - 1]
    raise InputError("review.page", "The case has no such page.", "Go back to the list of pages.")


def title_of(case: Case, document: str) -> str:
    """A document's title as its source has it. Personal data."""
    return about_of(case.documents[document])["title"]


def own_marks(review: Review, page: Page, document: str) -> Iterable[OwnMark]:
    """What reviewers marked on a page and did not take back."""
    case = review.case
    subject = review.bundle.people[0].ref
    for decision in decisions_of(case).values():
        withheld = decision.outcome is Outcome.REDACT
        if decision.span is not None:
            span = decision.span
            if (span.document, span.page) == (document, page.number):
                boxes = boxes_for(page, span.start, span.end, guard=False)
                text = page.text[span.start : span.end]
                yield OwnMark(decision, text, tuple(c.box for c in boxes), withheld)
        elif decision.area is not None and _is_on(decision, document, page):
            holds = face_decision(case, decision, cast_decisions(case), subject)
            person = review.bundle.person(decision.person) if decision.person else None
            withheld = holds.outcome is Outcome.REDACT
            who = person.display if person else ""
            yield OwnMark(decision, "", (decision.area,), withheld, who)


def undecided_boxes(review: Review, page: Page, document: str) -> tuple[PaintBox, ...]:
    """Boxes over whatever nobody has decided on a page."""
    return tuple(
        PaintBox(covered.box, "not decided yet", "3P")
        for item in review.bundle.proposals
        if (item.span.document, item.span.page) == (document, page.number)
        and item.id in review.standing.open
        for covered in boxes_for(page, item.span.start, item.span.end, guard=False)
    )


def _marks(review: Review, page: Page, document: str) -> Iterable[ProposalMark]:
    standing = review.standing
    redacted = [
        (m.span.start, m.span.end)
        for m in review.settled.marks
        if m.outcome is Outcome.REDACT and (m.span.document, m.span.page) == (document, page.number)
    ]
    here = {d.proposal: d.id for d in decisions_of(review.case).values() if d.proposal}
    for proposal in review.bundle.proposals:
        span = proposal.span
        if (span.document, span.page) != (document, page.number):
            continue
        covered = any(a < span.end and span.start < b for a, b in redacted)
        state = MarkState.WITHHELD if covered else MarkState.SHOWN
        yield ProposalMark(
            proposal,
            MarkState.OPEN if proposal.id in standing.open else state,
            tuple(c.box for c in boxes_for(page, span.start, span.end, guard=False)),
            _who(review, proposal),
            standing.asked.get(proposal.id, ""),
            here.get(proposal.id, ""),
            standing.open.get(proposal.id, ""),
        )


def _who(review: Review, proposal: Proposal) -> str:
    refs = (proposal.person,) if proposal.person else proposal.candidates
    people = [person for ref in refs if (person := review.bundle.person(ref))]
    return " or ".join(p.display for p in people)


def _page_question(case: Case, document: str, number: int) -> Question | None:
    question = case.questions.get(f"{PAGE}/{document}/{number}")
    return None if question is None or question.withdrawn else question


def _next_undecided(lines: Sequence[PageLine], here: int) -> tuple[str, int] | None:
    after = [*lines[here + 1 :], *lines[:here]]
    return next((_key(x) for x in after if x.undecided or x.must_be_read), None)


def _is_on(decision: PassageDecision, document: str, page: Page) -> bool:
    return (decision.document, decision.page) == (document, page.number)


def _key(line: PageLine) -> tuple[str, int]:
    return line.document, line.number
