"""The health lock of a case: which items stand how today, and the questions about those blocked.

An item is a passage of the data subject's own health data. Its state is never stored: it is
reckoned from what was recorded, for the day on which it is asked about (`rights.opinions`). So an
opinion that runs out blocks its items again by itself, and the question about them is asked anew.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from casework.bundle import PROPOSALS
from casework.collect import about_of
from casework.office import Office, Work
from casework.questions import Given, SignedIn, on_answer
from casework.topics import HEALTH, HEALTH_LOCK, WHO
from casework.whose import is_whose, not_own
from redaction.decisions import Proposal
from redaction.propose.mentions import BY_CAST, BY_LAW
from rights.case import Answer, Case, Question
from rights.errors import RefusedError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import QuestionAsked, QuestionWithdrawn
from rights.opinions import ItemState, Why, document_of, item_id, states_of
from rights.road import Stage

SETTLED = "every item is settled"
"""Why a question about locked items is withdrawn: nobody answers it, the items are settled."""


def locked(proposals: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """The proposals that mark the subject's own health data, in the order proposed."""
    return tuple(
        p for p in proposals if p.code == HEALTH_LOCK and p.decided_by not in (BY_CAST, BY_LAW)
    )


def item_of(proposal: Proposal) -> str:
    """The id of the item that a proposal marks."""
    return item_id(proposal.span.document, proposal.id)


def items_of(case: Case, proposals: Iterable[Proposal]) -> tuple[str, ...]:
    """The locked items of a file."""
    others = not_own(case)
    return tuple(item for p in locked(proposals) if (item := item_of(p)) not in others)


def proposals_of(work: Work) -> tuple[Proposal, ...]:
    """What was last proposed; nothing before that."""
    if work.case.proposals is None:
        return ()
    return PROPOSALS.validate_json(work.get(work.case.proposals[1].file))


def blocked(work: Work, documents: Collection[str]) -> tuple[ItemState, ...]:
    """The items of these documents that may today be neither disclosed nor withheld."""
    office, case = work.office, work.case
    items = items_of(case, proposals_of(work))
    here = (item for item in items if document_of(item) in documents)
    return tuple(s for s in states_of(case, here, office.today(), office.law) if s.is_blocked)


def ask_health(work: Work, proposals: Sequence[Proposal] | None = None) -> bool:
    """Bring the open questions about locked items in line with what is blocked today.

    One question for each document not sent yet, so that a blocked item keeps back only the
    document in which it stands. It closes by itself when the last of its items is settled.

    Args:
        work: The case.
        proposals: What is being proposed; by default what was last proposed.

    Returns:
        Whether the part in hand, or any document while there is none, has a blocked item.
    """
    proposals = proposals_of(work) if proposals is None else proposals
    work.append(*alignment(work.office, work.case, proposals))
    part = work.case.part
    here = part.documents if part is not None and part.sent_on is None else work.case.remaining
    return any(set(q.body["documents"]) & set(here) for q in open_questions(work.case))


def alignment(office: Office, case: Case, proposals: Iterable[Proposal]) -> tuple[Event, ...]:
    """The questions to withdraw and to ask so that exactly what is blocked is asked about."""
    wanted = _blocked_by_document(office, case, proposals)
    events: list[Event] = []
    standing: set[str] = set()
    for question in open_questions(case):
        (document,) = question.body["documents"]
        if question.body["items"] == wanted.get(document):
            standing.add(document)
        else:
            gone = QuestionWithdrawn(actor=ENGINE, question=question.id, why=SETTLED)
            events.append(gone)
    events += [
        _asked(case, document, items)
        for document, items in wanted.items()
        if document not in standing
    ]
    return tuple(events)


def open_questions(case: Case) -> tuple[Question, ...]:
    """The open questions about locked items."""
    return tuple(q for q in case.open_questions if q.topic == HEALTH)


def _blocked_by_document(
    office: Office, case: Case, proposals: Iterable[Proposal]
) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    remaining = set(case.remaining) - case.on_their_way
    for state in states_of(case, items_of(case, proposals), office.today(), office.law):
        document = document_of(state.item)
        if state.is_blocked and document in remaining:
            found[document].append(state.item)
    return dict(found)


def _asked(case: Case, document: str, items: list[str]) -> QuestionAsked:
    body = {
        "words": "Health data of the subject wait for an opinion, or for what the subject knows.",
        "title": about_of(case.documents[document])["title"],
        "document": document,
        "documents": [document],
        "items": items,
    }
    return QuestionAsked(
        actor=ENGINE,
        question=f"health/{document}",
        topic=HEALTH,
        stage=Stage.PROPOSE,
        role="officer",
        text=json.dumps(body, ensure_ascii=False),
    )


@on_answer(HEALTH)
def _not_answered(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    raise RefusedError(
        "health.own_page",
        "Locked health data are settled item by item, not by an answer.",
        "Open 'Health data' of the case: say what the subject knows, or ask a professional.",
    )


@on_answer(WHO)
def _whose_was_said(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    """What is not the subject's own health is locked no longer, and its questions close."""
    if not is_whose(question):
        return ()
    said = Answer(case.seq + 1, given.value, "", who.actor.login, "desk", office.clock())
    answered = {**case.questions, question.id: replace(question, answer=said)}
    work = office.reading(case.ref)
    return alignment(office, replace(case, questions=answered), proposals_of(work))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many items stand how, for boards and for whoever asks what is missing."""

    items: int
    blocked: int
    awaited: int


def tally(office: Office, case: Case) -> Tally:
    """How the items of the open questions stand today; 0 where none is asked about."""
    items = [item for q in open_questions(case) for item in q.body["items"]]
    states = states_of(case, items, office.today(), office.law)
    awaited = sum(s.why is Why.AWAITED for s in states)
    return Tally(len(items), sum(s.is_blocked for s in states), awaited)
