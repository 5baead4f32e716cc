"""What a reviewer does on a page besides answering questions. Each is one event with its gates."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from casework.bundle import DECISION
from casework.modes import REASONS, ask_silence, of_proposals, reasons_given
from casework.questions import Given, SignedIn, answer
from casework.review.pages import page_of
from casework.review.shelf import Review
from casework.review.standing import decisions_of
from casework.topics import HEALTH_LOCK, READ, REVIEW_ROLE
from redaction.decisions import Outcome, PassageDecision, Proposal, Span
from redaction.document import Box, Page
from redaction.propose.mentions import BY_CAST, BY_LAW
from rights.case import Case
from rights.errors import InputError
from rights.events.kinds import PageRead, PassageDecided, QuestionAsked
from rights.release import DisclosureMode, FactKind, PersonRef, Treatment

SMALLEST = 2.0
"""Points: a drawn box narrower or lower than this was a slip of the hand."""
DEFAULT_CODE = "3P"
_LIKE_THE_PERSON = "Silence was chosen for this person; the same is asked for here."


@dataclass(frozen=True, slots=True)
class Marking:
    """Where and how a reviewer marks, besides the stretch or area itself.

    `reason` is kept sealed beside the decision. A mark that shows something needs one, and one in
    the silent mode needs `why_silent`: then the DPO is asked.
    """

    document: str
    page: int
    outcome: Outcome
    reason: str = ""
    code: str = DEFAULT_CODE
    mode: DisclosureMode = DisclosureMode.NAMED
    why_silent: str = ""
    person: str = ""
    """Whose face a drawn box covers, by reference: it then follows the decision on that person."""


def decide_mention(
    review: Review, proposal: str, outcome: Outcome, reason: str, who: SignedIn
) -> None:
    """Decide one proposed stretch at its place, apart from what its question says elsewhere.

    Raises:
        InputError: no such proposal, or no reason where the law asks for one.
        RefusedError: it may not be decided like this, or not by this person.
    """
    found = next((p for p in review.bundle.proposals if p.id == proposal), None)
    if found is None:
        raise InputError(
            "review.proposal", "This mark is not proposed any more.", "Open the page again."
        )
    before = next((d.id for d in decisions_of(review.case).values() if d.proposal == proposal), "")
    decision = PassageDecision(
        id=_new_id(review.case),
        outcome=outcome,
        proposal=proposal,
        code=found.code or DEFAULT_CODE,
        mode=of_proposals(review.case, (found,))[0].mode,
        person=found.person,
    )
    _write(
        review,
        (decision,),
        reason,
        who,
        over=(found,),
        supersedes=before,
        why_silent=reason.strip() or _LIKE_THE_PERSON,
    )


def mark_text(review: Review, where: Marking, start: int, end: int, who: SignedIn) -> None:
    """Mark a stretch of a page's text, from one offset to just before another."""
    _, page = page_of(review, where.document, where.page)
    if not 0 <= start < end <= len(page.text):
        raise InputError(
            "review.stretch",
            "The stretch does not lie on the page.",
            "Choose the first and the last word again.",
        )
    _mark_spans(review, where, [(start, end)], who)


def mark_words(review: Review, where: Marking, words: str, who: SignedIn) -> int:
    """Mark every place on a page where these words stand; returns how many there are.

    Raises:
        InputError: the page does not hold them.
    """
    _, page = page_of(review, where.document, where.page)
    found = list(_places(page, words))
    if not found:
        raise InputError(
            "review.words",
            "These words do not stand on the page like this.",
            "Copy them as they are printed, or draw a box.",
        )
    _mark_spans(review, where, found, who)
    return len(found)


def draw_box(review: Review, where: Marking, box: Box, who: SignedIn) -> None:
    """Withhold an area of a page, in points from its top left corner.

    A box as large as the page withholds the whole page. One on somebody's face is painted only
    while that person's name is not shown.
    """
    if where.person and review.bundle.person(where.person) is None:
        raise InputError(
            "review.person", "Nobody of this reference is in the file.", "Choose from the list."
        )
    _, page = page_of(review, where.document, where.page)
    cut = Box(
        max(box.left, 0.0),
        max(box.top, 0.0),
        min(box.right, page.width),
        min(box.bottom, page.height),
    )
    if cut.right - cut.left < SMALLEST or cut.bottom - cut.top < SMALLEST:
        raise InputError(
            "review.box", "The box is too small to cover anything.", "Draw it once more."
        )
    decision = PassageDecision(
        id=_new_id(review.case),
        outcome=Outcome.REDACT,
        area=cut,
        document=where.document,
        page=where.page,
        code=where.code,
        mode=where.mode,
        person=PersonRef(where.person) if where.person else None,
    )
    _write(review, (decision,), where.reason, who, why_silent=where.why_silent)


def take_back(review: Review, decision: str, who: SignedIn) -> None:
    """Take back a reviewer's own decision: what it stood on follows its question again."""
    known = decisions_of(review.case).get(decision)
    if known is None:
        raise InputError(
            "review.mark", "This mark does not stand any more.", "Open the page again."
        )
    proposal = next((p for p in review.bundle.proposals if p.id == known.proposal), None)
    document, page = _place(known, proposal)
    # Journals only grow: the mark is superseded by one that keeps an area of no size.
    nothing = PassageDecision(
        id=_new_id(review.case),
        outcome=Outcome.KEEP,
        area=Box(0, 0, 0, 0),
        document=document,
        page=page,
    )
    over = (proposal,) if proposal is not None else ()
    _write(review, (nothing,), "", who, over=over, supersedes=decision)


def mark_page_read(review: Review, document: str, number: int, who: SignedIn) -> None:
    """Record that a human read a page; answers the page's own question if it is open."""
    page_of(review, document, number)
    question = review.case.questions.get(f"page/{document}/{number}")
    if question is not None and question.is_open and question.body.get("picture"):
        raise InputError(
            "page.picture",
            "Nothing says who is in the picture.",
            "Open the question about it, and tick whoever can be seen, or that nobody else is.",
        )
    if question is not None and question.is_open:
        answer(review.work.office, review.work.ref, Given(question.id, READ), who)
        return
    read = PageRead(actor=who.actor, document=document, page=number)
    review.work.append(read, roles=who.roles)


def _mark_spans(
    review: Review, where: Marking, places: Sequence[tuple[int, int]], who: SignedIn
) -> None:
    spans = [Span(where.document, where.page, start, end) for start, end in places]
    over = [
        proposal
        for proposal in review.bundle.proposals
        if where.outcome is Outcome.KEEP and any(_overlap(proposal.span, s) for s in spans)
    ]
    first = PassageDecision(
        id="",
        outcome=where.outcome,
        code=where.code,
        mode=where.mode,
    )
    decisions = tuple(
        replace(first, id=_new_id(review.case, place), span=span)
        for place, span in enumerate(spans)
    )
    _write(review, decisions, where.reason, who, over=over, why_silent=where.why_silent)


def _facts(review: Review, proposal: Proposal) -> dict[str, object]:
    """What the gates must know of a proposed stretch that somebody marks otherwise.

    `doubtful` says that showing it goes against the law's default or an answer in force.
    """
    by_law = proposal.decided_by == BY_LAW
    answered = review.case.questions.get(review.standing.asked.get(proposal.id, ""))
    against = answered is not None and answered.answer is not None
    hold = proposal.treatment is Treatment.HOLD
    return {
        "role": _decider_of(proposal),
        "by_law": by_law,
        "locked": not by_law and proposal.code == HEALTH_LOCK,
        "protected": not by_law and _is_protected(review, proposal),
        "doubtful": not by_law and (hold or against or proposal.decided_by != BY_CAST),
    }


def _decider_of(proposal: Proposal) -> str:
    """The role that decides a stretch: the same as for the question about it."""
    return REVIEW_ROLE.get(proposal.decided_by, "officer")


def _is_protected(review: Review, proposal: Proposal) -> bool:
    refs = (proposal.person,) if proposal.person else proposal.candidates
    people = [person for ref in refs if (person := review.bundle.person(ref))]
    return proposal.kind is FactKind.CONTACT and any(p.protected for p in people)


def _write(
    review: Review,
    decisions: Sequence[PassageDecision],
    reason: str,
    who: SignedIn,
    *,
    over: Sequence[Proposal] = (),
    supersedes: str = "",
    why_silent: str = "",
) -> None:
    known = {p.id: p for p in review.bundle.proposals}
    places = [_place(d, known.get(d.proposal or ""))[0] for d in decisions]
    about = decisions[0].id
    asked = _silence_asked(review, decisions, places, why_silent)
    review.work.append(
        *(
            PassageDecided(
                actor=who.actor,
                decision_id=decision.id,
                decision=_sealed_text(decision, reason, about),
                supersedes=supersedes,
                document=document,
                law_version=review.work.office.law.version,
            )
            for decision, document in zip(decisions, places, strict=True)
        ),
        *asked,
        roles=who.roles,
        details={"over": [_facts(review, proposal) for proposal in over]},
    )


def _silence_asked(
    review: Review, decisions: Sequence[PassageDecision], places: Sequence[str], why_silent: str
) -> Sequence[QuestionAsked]:
    """The DPO's question where the marks are silent; one for all of them."""
    silent = [d for d in decisions if _chooses_silence(d)]
    if not silent:
        return ()
    why = reasons_given({REASONS: why_silent})
    return (ask_silence(review.case, decisions[0].id, set(places), silent[0].code, why),)


def _chooses_silence(decision: PassageDecision) -> bool:
    return decision.outcome is Outcome.REDACT and decision.mode is DisclosureMode.SILENT


def _sealed_text(decision: PassageDecision, reason: str, about: str) -> str:
    body = json.loads(DECISION.dump_json(decision))
    if _chooses_silence(decision):
        body["about"] = about
    if reason.strip():
        body["reason"] = reason.strip()
    return json.dumps(body, ensure_ascii=False)


def _new_id(case: Case, offset: int = 0) -> str:
    """An id that no decision of the case has: nobody else can write at this place in between."""
    return f"mark/{case.seq + 1 + offset}"


def _place(decision: PassageDecision, proposal: Proposal | None) -> tuple[str, int]:
    span = decision.span or (proposal.span if proposal else None)
    return (span.document, span.page) if span else (decision.document, decision.page)


def _overlap(one: Span, other: Span) -> bool:
    same = (one.document, one.page) == (other.document, other.page)
    return same and one.start < other.end and other.start < one.end


def _places(page: Page, words: str) -> list[tuple[int, int]]:
    """Where the words stand, whatever blanks and line ends lie between them."""
    parts = words.split()
    if not parts:
        return []
    pattern = r"(?<!\w)" + r"\s+".join(re.escape(p) for p in parts) + r"(?!\w)"
    return [match.span() for match in re.finditer(pattern, page.text)]
