"""Taking a closed case up again, and putting a request to another that is the same.

Both are a person's acts with a reason. What was sent stays sent: a case taken up again is searched
anew, and whatever it still has to say follows in a further part. Of two same requests the one that
came first goes on, for its time began first.
"""

from __future__ import annotations

from casework.office import Office
from casework.questions import SignedIn
from casework.rounds import OPEN
from rights.case import Case
from rights.decisions import record, right_table, rule_of
from rights.decisions.record import OUTCOME
from rights.errors import InputError, RefusedError
from rights.events import Event
from rights.events.kinds import CaseLinked, CaseReopened, CaseTriaged
from rights.gates.guards.complaints import DUPLICATE
from rights.reference import as_case_ref
from rights.release import CaseRef, Right

TWICE = "the same request twice"


def reopen(office: Office, ref: CaseRef, why: str, who: SignedIn, by_case: str = "") -> Case:
    """Take a closed case up again: it is searched anew, and an earlier ending is taken back.

    Args:
        office: The office.
        ref: The closed case.
        why: The reason, kept in the journal.
        who: The signed-in person.
        by_case: The complaint that asks for it; empty when something was missed without one.

    Raises:
        InputError: the complaint is unknown, is none, or is about another case.
        RefusedError: the case is not closed, its data was destroyed, or there is no reason.
    """
    case = office.case(ref)
    if case.closed is None:
        raise RefusedError(
            "reopen.open",
            f"{ref} is not closed.",
            "Go on with it; nothing has to be taken up again.",
        )
    if case.people is None and case.people_seq:
        raise RefusedError(
            "reopen.destroyed",
            f"What {ref} held was destroyed when its time ended.",
            "Receive what the person asks for as a new request.",
        )
    if by_case:
        _check_complaint(office, case, by_case)
    events: list[Event] = [
        CaseReopened(actor=who.actor, why=why.strip(), by_case=by_case and as_case_ref(by_case))
    ]
    stands = case.decision(OUTCOME)
    if stands is not None and stands.event.outcome != OPEN and rule_of(case.right) is not None:
        today = office.today()
        events.append(
            record(
                case,
                actor=who.actor,
                matter=OUTCOME,
                outcome=OPEN,
                law=office.law,
                on=today,
                rules=(right_table(case.right, office.law, on=today).rule_id,),
                facts={"reason": why.strip()},
            )
        )
    return office.record(case, events, roles=who.roles)


def _check_complaint(office: Office, case: Case, by_case: str) -> None:
    complaint = office.case(by_case)
    if complaint.right is not Right.COMPLAINT or all(
        link.other != case.ref for link in complaint.linked
    ):
        raise InputError(
            "reopen.complaint",
            f"{complaint.ref} is no complaint about {case.ref}.",
            "Give the reference of the complaint, or leave it empty.",
        )


def merge(office: Office, ref: CaseRef, into: str, why: str, who: SignedIn) -> Case:
    """Put a request to an earlier one that is the same: it ends with a letter that says so.

    The other case is told first, so that a crash in between leaves a link and nothing lost; the
    same again then finishes it.

    Args:
        office: The office.
        ref: The case that ends.
        into: The case that goes on and is answered.
        why: How it is known that they are the same.
        who: The signed-in person.

    Raises:
        InputError: no such case, the same case, or no reason.
        RefusedError: they are not the same right, the other is over, or it came later.
    """
    case = office.case(ref)
    return office.record(case, merging(office, case, into, why, who), roles=who.roles)


def merging(office: Office, case: Case, into: str, why: str, who: SignedIn) -> tuple[Event, ...]:
    """What puts a request to an earlier one; the earlier one is told at once.

    Args:
        office: The office.
        case: The case that is to end; the events are for its journal.
        into: The case that goes on and is answered.
        why: How it is known that they are the same.
        who: The signed-in person.

    Raises:
        InputError: no such case, the same case, or no reason.
        RefusedError: they are not the same right, the other is over, or it came later.
    """
    stays = office.case(into)
    _check_merge(case, stays, why)
    if all(link.other != case.ref or link.why != TWICE for link in stays.linked):
        link = CaseLinked(actor=who.actor, other=case.ref, why=TWICE)
        office.record(stays, [link], roles=who.roles)
    events: list[Event] = []
    if all(link.other != stays.ref or link.why != TWICE for link in case.linked):
        events.append(CaseLinked(actor=who.actor, other=stays.ref, why=TWICE))
    events.append(
        CaseTriaged(
            actor=who.actor,
            outcome=DUPLICATE,
            law_version=office.law.version,
            reason=why.strip(),
        )
    )
    return tuple(events)


def _check_merge(case: Case, stays: Case, why: str) -> None:
    if case.ref == stays.ref:
        raise InputError(
            "duplicate.itself",
            "A case is no duplicate of itself.",
            "Give the reference of the request that came first.",
        )
    if not why.strip():
        raise InputError(
            "duplicate.reason",
            "Nothing says how it is known that they are the same request.",
            "Write what was compared: who asks, about whom, for what.",
        )
    if case.right is not stays.right or stays.closed is not None or stays.triage is not None:
        raise RefusedError(
            "duplicate.other",
            f"{stays.ref} uses another right, or is over.",
            "A request is put only to one of the same right that is still to be answered.",
        )
    if case.people is None or stays.people is None:
        raise RefusedError(
            "duplicate.people",
            "Who is who is not recorded for both.",
            "Enter it first, so that the same names are compared.",
        )
    assert case.received_on is not None and stays.received_on is not None
    if case.received_on < stays.received_on:
        raise RefusedError(
            "duplicate.later",
            f"{stays.ref} came later than {case.ref}, and its time began later.",
            f"Put {stays.ref} to {case.ref} instead.",
        )
    if any(part.sending or part.sent_on for part in case.parts):
        raise RefusedError(
            "duplicate.sent",
            f"Part of the answer of {case.ref} has gone out.",
            "Answer it to the end; link the other by putting it to this one.",
        )
