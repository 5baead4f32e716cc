"""Working on a case: run the next stage, and the next, until it waits for a person or is done."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from casework import (
    acting,
    collect,
    dispatch,
    match,
    parts,
    people,
    post,
    propose,
    read,
    recipients,
    seal,
    search,
    standing,
)
from casework.approve import ask_approval
from casework.complaint.handler import ask_handler
from casework.office import Office, Work
from casework.questions import Ask, ask
from rights.case import Case
from rights.errors import ConflictError, RightsdeskError
from rights.events.base import ENGINE
from rights.events.kinds import StageFailed
from rights.failpoints import failpoint, register
from rights.release import CaseRef
from rights.road import MAX_CRASHES, Next, Stage, where

register(*(f"{stage}.{edge}" for stage in Stage for edge in ("begin", "end")))

log = logging.getLogger(__name__)

STAGES: dict[Stage, Callable[[Work], None]] = {
    Stage.PEOPLE: people.ask_people,
    Stage.STANDING: standing.settle_standing,
    Stage.HANDLE: ask_handler,
    Stage.LETTERS: post.letters,
    Stage.SEARCH: search.search,
    Stage.MATCH: match.match,
    Stage.COLLECT: collect.collect,
    Stage.READ: read.read,
    Stage.PROPOSE: propose.propose,
    Stage.ASSESS: acting.assess,
    Stage.APPLY: acting.carry_out,
    Stage.NOTIFY: recipients.tell,
    Stage.PLAN: parts.plan,
    Stage.SEAL: seal.seal,
    Stage.APPROVE: ask_approval,
    Stage.DISPATCH: dispatch.dispatch,
    Stage.CLOSE: dispatch.close,
}


@dataclass(frozen=True, slots=True)
class StageRun:
    """One stage that ran, and how long it took in seconds."""

    stage: Stage
    seconds: float


def run_stage(office: Office, ref: CaseRef, stage: Stage, holder: str) -> Case:
    """Run one stage under a lease; safe to kill anywhere and run again.

    Raises:
        RightsdeskError: the stage failed; the failure is recorded, and after three of them a
            person is asked instead of another retry.
    """
    with office.working(ref, holder) as work:
        failpoint(f"{stage}.begin")
        try:
            STAGES[stage](work)
        except ConflictError as error:
            if error.code.startswith("sources."):  # a record there changed; nobody else wrote here
                _failed(office, work, stage, error.code)
            raise
        except RightsdeskError as error:
            _failed(office, work, stage, error.code)
            raise
        failpoint(f"{stage}.end")
        return work.case


def work_on(
    office: Office,
    ref: CaseRef,
    holder: str,
    on_stage: Callable[[StageRun], None] = lambda run: None,
) -> Next:
    """Run stages until the case waits for a person or is finished; says what it waits for."""
    ran: dict[tuple[Stage, int], int] = {}
    while True:
        case = office.case(ref)
        next_ = where(case)
        if next_.stage is None:
            return next_
        key = (next_.stage, case.seq)
        if key in ran:
            raise RightsdeskError(
                "work.no_progress",
                f"The stage '{next_.stage}' of {ref} ran and changed nothing.",
                "Tell an administrator; the case is unharmed.",
            )
        ran[key] = 1
        began = time.perf_counter()
        log.info("%s %s", ref, next_.stage)
        run_stage(office, ref, next_.stage, holder)
        on_stage(StageRun(next_.stage, time.perf_counter() - began))


def _failed(office: Office, work: Work, stage: Stage, code: str) -> None:
    fresh = Work(office, work.ref, work.lease, office.case(work.ref))
    case = fresh.append(StageFailed(actor=ENGINE, stage=stage, code=code))
    if case.failures.get(stage, 0) >= MAX_CRASHES:
        _ask_for_help(fresh, stage, code)


def ask_for_help(office: Office, ref: CaseRef, stage: Stage) -> None:
    """Turn a stage whose runs keep crashing into a task for a person."""
    with office.working(ref, "help") as work:
        _ask_for_help(work, stage, "crashed")


def _ask_for_help(work: Work, stage: Stage, code: str) -> None:
    body = {"words": f"The step '{stage}' failed {MAX_CRASHES} times.", "code": code}
    number = sum(1 for q in work.case.questions.values() if q.topic == "stuck" and not q.is_open)
    item = Ask(f"stuck/{stage}/{number}", "stuck", "officer", body, ("try again",))
    ask(work, (item,), stage=stage, topics=frozenset())
