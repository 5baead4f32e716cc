"""Staged release: what is settled goes in time, and what waits holds back only itself.

A part is planned in one of two ways. When nothing is open any more the engine plans the last one,
of all that remains. While something still waits, an officer may send what is ready.
"""

from __future__ import annotations

import json

from casework.office import Office, Work
from casework.questions import SignedIn
from rights.case import Case
from rights.errors import RefusedError
from rights.events.base import ENGINE
from rights.events.kinds import PartDropped, PartPlanned, QuestionWithdrawn
from rights.failpoints import failpoint, register
from rights.release import CaseRef
from rights.road import Stage, is_refused, ready_documents
from rights.sources.sheet import TOPIC

register("plan.ready")


def plan(work: Work) -> None:
    """Plan the last part: nothing is open any more, so it holds everything that remains."""
    failpoint("plan.ready")
    case = work.case
    documents = () if is_refused(case) else case.remaining
    work.append(PartPlanned(actor=ENGINE, part=next_number(case), documents=documents, last=True))


def next_number(case: Case) -> int:
    """The number of the part in hand if it is not sent yet, or else of the next one."""
    part = case.part
    if part is None:
        return 1
    return part.number if part.sent_on is None else part.number + 1


def send_ready(office: Office, ref: CaseRef, who: SignedIn) -> Case:
    """Plan a part of every document about which nothing is open, though others still wait.

    Raises:
        RefusedError: a part is on its way already, or nothing is ready.
    """
    case = office.case(ref)
    ready = ready_documents(case) if case.proposals else ()
    waits = any(q.topic == TOPIC for q in case.open_questions)
    last = len(ready) == len(case.remaining) and not waits
    planned = PartPlanned(actor=who.actor, part=next_number(case), documents=ready, last=last)
    return office.record(case, [planned], roles=who.roles)


def take_back(office: Office, ref: CaseRef, why: str, who: SignedIn) -> Case:
    """Drop a part that was planned early; its documents wait for a later one.

    Raises:
        RefusedError: there is no such part, it is being sent, or nothing says why.
    """
    case = office.case(ref)
    part = case.part
    if not why.strip():
        raise RefusedError(
            "part.why", "Nothing says why the part is taken back.", "Write the reason."
        )
    outdated = [
        QuestionWithdrawn(actor=who.actor, question=q.id, why="the part was taken back")
        for q in case.open_questions
        if q.stage in (Stage.SEAL, Stage.APPROVE) and q.topic in ("approve", "refused", "rework")
    ]
    number = part.number if part is not None else 0
    dropped = PartDropped(actor=who.actor, part=number, why=json.dumps(why.strip()))
    return office.record(case, [dropped, *outdated], roles=who.roles)
