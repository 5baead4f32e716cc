"""Approval by a second person, who quotes the code printed at the end of that exact pack."""

from __future__ import annotations

import json

from casework.office import Office, Work
from casework.painting import forget_painted
from casework.questions import Ask, Given, SignedIn, ask, on_answer
from casework.reading import ask_call_before
from rights.case import Case, Question, Seal
from rights.errors import InputError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import PackApproved, QuestionAsked
from rights.road import Stage

TOPIC = "approve"
APPROVE, SEND_BACK = "approve", "send back"


def ask_approval(work: Work) -> None:
    """Ask an approver to open the sealed pack."""
    sealed = work.case.seal
    assert sealed is not None
    body = {
        "words": "Open the pack, read it to the end and quote the four words printed there.",
        "sha256": sealed.event.sha256,
        "pages": sealed.event.pages,
        "file": sealed.event.file,
    }
    item = Ask(question_id(sealed), TOPIC, "approver", body, (APPROVE, SEND_BACK))
    ask(work, (item,), stage=Stage.APPROVE, topics=frozenset({TOPIC}))
    ask_call_before(work)
    forget_painted(work)  # for a seal that was killed right after its event


def question_id(sealed: Seal) -> str:
    """Id of the approval question for one exact sealing of one exact pack."""
    return f"approve/{sealed.event.sha256[:12]}/{sealed.seq}"


@on_answer(TOPIC)
def _approved(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    sealed = case.seal
    assert sealed is not None  # the gate of the answer let only the seal that stands pass
    if given.value == SEND_BACK:
        reason = str(given.details.get("reason", "")).strip()
        if not reason:
            raise InputError(
                "approve.reason",
                "Nothing says why the pack goes back.",
                "Write what should be changed.",
            )
        return (_rework(case, reason),)
    return (PackApproved(actor=who.actor, part=sealed.event.part, sha256=sealed.event.sha256),)


def _rework(case: Case, reason: str) -> Event:
    number = sum(1 for q in case.questions.values() if q.topic == "rework")
    return QuestionAsked(
        actor=ENGINE,
        question=f"rework/{number}",
        topic="rework",
        stage=Stage.SEAL,
        role="officer",
        text=json.dumps({"words": "The approver sent the pack back.", "reason": reason}),
        options=("changed as asked", "left as it is, with a reason"),
    )
