"""Approval by a second person, who quotes the code printed at the end of that exact pack."""

from __future__ import annotations

import json

from casework.office import Office, Work
from casework.questions import Ask, Given, SignedIn, ask, on_answer
from rights.case import Case, Question, Seal
from rights.errors import InputError, RefusedError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import PackApproved, QuestionAsked
from rights.road import Stage, seal_stands

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


def question_id(sealed: Seal) -> str:
    """Id of the approval question for one exact sealing of one exact pack."""
    return f"approve/{sealed.event.sha256[:12]}/{sealed.seq}"


@on_answer(TOPIC)
def _approved(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    sealed = case.seal
    if sealed is None or question.id != question_id(sealed) or not seal_stands(case):
        raise RefusedError(
            "approve.stale",
            "Something in this pack was decided anew, so it is not the one that will be sent.",
            "Wait for the newer pack, open it and approve that one.",
        )
    if given.value == SEND_BACK:
        reason = str(given.details.get("reason", "")).strip()
        if not reason:
            raise InputError(
                "approve.reason",
                "Nothing says why the pack goes back.",
                "Write what should be changed.",
            )
        return (_rework(case, reason),)
    if who.actor.login in case.deciders:
        raise RefusedError(
            "approve.same_person",
            "The person who decided what the pack shows cannot approve it.",
            "Ask a colleague with the role approver to sign in and approve.",
        )
    quoted = " ".join(str(given.details.get("code", "")).lower().replace("-", " ").split())
    if quoted != sealed.event.code:
        raise RefusedError(
            "approve.code",
            "These are not the four words printed at the end of this pack.",
            "Open the pack again and copy the words from its last page.",
        )
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
