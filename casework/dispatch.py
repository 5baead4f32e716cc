"""Sending: recorded before, confirmed after, with a key; what is uncertain is a human task."""

from __future__ import annotations

from casework import reading
from casework.delivery import delivery_for
from casework.ending import closing, reached
from casework.entries import proof_of
from casework.letters import people_of
from casework.office import Office, Work
from casework.opinions import ask_health, blocked, items_of, proposals_of
from casework.parcels import LOCK_FILE, made_of
from casework.post import outlives
from casework.questions import Ask, Given, SignedIn, ask, on_answer
from casework.regulator import ask_regulator
from letters.delivery.parcel import Parcel, UncertainDeliveryError
from rights.case import Case, Question, Seal
from rights.errors import RefusedError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import (
    CaseClosed,
    DispatchConfirmed,
    DispatchStarted,
    PartPlanned,
    QuestionWithdrawn,
)
from rights.failpoints import failpoint, register
from rights.release import CaseRef
from rights.road import Stage

TOPIC = "dispatch"
SENT, NOT_SENT = "it was sent", "it was not sent"

KEPT_OPEN = frozenset({"emergency", "safeguarding"})
"""Topics of tasks that outlive the case: somebody is in danger."""

register("dispatch.locked", "dispatch.started", "dispatch.delivered")


def dispatch(work: Work) -> None:
    """Send the approved pack and its letter, once.

    Nothing leaves when a health opinion has run out since the pack was sealed: it is asked about.

    Raises:
        VerificationError: the bytes in the vault are not those that were approved.
    """
    part, sealed = work.case.part, work.case.seal
    assert part is not None and sealed is not None
    if not part.sending and _is_out_of_date(work, sealed):
        return
    # An opinion is relied on on the day the pack leaves (DPA 2018 Sch 3), not when it was sealed.
    if not part.sending and blocked(work, part.documents):
        ask_health(work)
        return
    if not part.sending and (ask_regulator(work) or reading.ask_day(work)):
        return
    made = made_of(work, part, sealed)
    key = f"{work.ref}-part-{sealed.event.part}-{sealed.event.sha256[:12]}"
    to = people_of(work.case).recipient
    parcel = Parcel(
        work.ref,
        (made.letter, *made.locked),
        to.email if to.channel == "email" else "",
    )
    failpoint("dispatch.locked")
    delivery = delivery_for(work.office, to.channel)
    if key not in work.case.dispatches:
        work.append(
            DispatchStarted(
                actor=ENGINE,
                key=key,
                sha256=made.digest,
                channel=delivery.channel,
                part=sealed.event.part,
            ),
            details={"health": items_of(work.case, proposals_of(work))},
        )
    failpoint("dispatch.started")
    tries = _found_not_sent(work.case, key)
    try:
        receipt = delivery.send(parcel, key, work.office.clock(), tries)
    except UncertainDeliveryError as error:
        body = {
            "words": f"It is not certain whether the pack was sent. {error.sentence} Find out.",
            "key": key,
            "part": sealed.event.part,
        }
        again = f"/again-{tries}" if tries else ""
        item = Ask(f"dispatch/{key}{again}", TOPIC, "officer", body, (SENT, NOT_SENT))
        ask(work, (item,), stage=Stage.DISPATCH, topics=frozenset({TOPIC}))
        return
    failpoint("dispatch.delivered")
    sent_on = receipt.sent_at.astimezone(work.office.zone).date()
    work.append(
        DispatchConfirmed(
            actor=ENGINE,
            key=key,
            sent_on=sent_on,
            receipt=receipt.proof,
            part=sealed.event.part,
        )
    )


def _found_not_sent(case: Case, key: str) -> int:
    """How often a person found out that a sending under this key did not go out."""
    answered = (q for q in case.answered(TOPIC) if q.body["key"] == key)
    return sum(1 for q in answered if q.answer is not None and q.answer.value == NOT_SENT)


def _is_out_of_date(work: Work, sealed: Seal) -> bool:
    """Whether the sealed letter names other ways to complain than a letter of today must.

    Then the part is planned again as it was, which voids its seal and its approval.
    """
    law, today, part = work.office.law, work.office.today(), work.case.part
    dated = sealed.event.dated or today
    if part is None or law.complaint_routes(dated) == law.complaint_routes(today):
        return False
    work.append(
        PartPlanned(actor=ENGINE, part=part.number, documents=part.documents, last=part.last)
    )
    return True


def close(work: Work) -> None:
    """Close the case once its last part was sent; nothing is asked about it any more."""
    case = work.case
    closed_on = case.sent_on or work.office.today()
    unanswered = [
        QuestionWithdrawn(actor=ENGINE, question=q.id, why="the case is closed")
        for q in case.open_questions
        if q.topic not in KEPT_OPEN and not outlives(q) and not reading.outlives(q)
    ]
    decided = reached(work)
    closed = CaseClosed(actor=ENGINE, outcome=closing(case, decided), closed_on=closed_on)
    work.append(*decided, *unanswered, *reading.call_after(work.office, case), closed)


def passphrase_for(office: Office, ref: CaseRef, who: SignedIn) -> str:
    """The passphrase of a sent pack, to be told to the requester another way; journaled.

    Raises:
        RefusedError: nothing was sent yet, or the person is no officer.
    """
    case = office.case(ref)
    if "officer" not in who.roles:
        raise RefusedError(
            "passphrase.role",
            "Only an officer may see a pack's passphrase.",
            "Ask the officer of the case.",
        )
    if not any(part.sent_on for part in case.parts):
        raise RefusedError(
            "passphrase.not_sent",
            f"No pack of {ref} was sent yet.",
            "The passphrase is made when the approved pack is sent.",
        )
    office.store.journal_access(who.actor.login, "passphrase of the pack", ref)
    return office.store.get_file(ref, LOCK_FILE).decode()


@on_answer(TOPIC)
def _found_out(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    if given.value == NOT_SENT:
        return ()
    proof, sent_on = proof_of(given.details, TOPIC, "pack")
    key = str(question.body["key"])
    part = int(question.body["part"])
    return (DispatchConfirmed(actor=who.actor, key=key, sent_on=sent_on, receipt=proof, part=part),)
