"""Acting in the sources: weighed by the right, allowed by a second person, done once, proved.

An order is recorded before it is given and its receipt after. Killed in between, the same order is
given again: the source knows its key. Nothing counts as done because an adapter said so: the record
is read anew through another connection. What no adapter can do becomes somebody's task, with the
exact words and the proof to bring back.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from casework.answering import Ordered, answering
from casework.office import Office, Work
from casework.questions import Ask, Given, SignedIn, ask, on_answer
from rights.case import Case, Question
from rights.decisions import record
from rights.decisions.record import OUTCOME
from rights.errors import InputError, RefusedError, SourceError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import ActionDone, ActionsFinished, ActionStarted
from rights.failpoints import failpoint, register
from rights.road import Stage
from rights.sources.actions import Act, Annotate, Instruction, Receipt, Suppress

ASSESS, APPLY, ACT = "assess", "apply", "act"
ALLOW, NOT_YET = "do it", "not yet: look at the decision again"
OPEN = "open"
DONE, CANNOT = "done", "it cannot be done"
DESTRUCTIVE = frozenset({Act.ERASE, Act.CORRECT})
"""What cannot be undone by lifting it; a second person allows it first."""

register("apply.started", "apply.carried-out", "apply.proved")


def assess(work: Work) -> None:
    """Ask what the right still needs to know, or decide."""
    answering(work.case.right).assess(work)


def carry_out(work: Work) -> None:
    """Do what the decisions call for in the sources, and prove each.

    Raises:
        ConflictError: a record has changed since it was decided upon.
        SourceError: a source did not answer, or does not show the effect.
    """
    ordered = answering(work.case.right).orders(work)
    if _wait_for_leave(work, ordered):
        return
    for item in ordered:  # a record that has changed since stops all of them, not half
        if item.order.key not in work.case.actions:
            work.office.actions[item.source].rehearse(item.order, work.office.clock())
    if give(work, ordered, stage=Stage.APPLY):
        answering(work.case.right).finish(work)
        work.append(ActionsFinished(actor=ENGINE, actions=len(ordered)))


def give(work: Work, ordered: Iterable[Ordered], *, stage: Stage) -> bool:
    """Give each order that is not done, prove it, and ask a person for what no adapter can do.

    A right may do so already while it is weighed, with what protects the person and can be taken
    back, such as a restriction; the stage is the one that runs.

    Returns:
        Whether nothing waits for a person.

    Raises:
        ConflictError: a record has changed since it was decided upon.
        SourceError: a source did not answer, or does not show the effect.
    """
    waiting: list[Ask] = []
    for item in ordered:
        known = work.case.actions.get(item.order.key)
        if known is not None and known.done is not None:
            continue
        instruction = _one(work, item)
        if instruction is not None:
            waiting.append(_task(instruction, item))
    ask(work, tuple(waiting), stage=stage, topics=frozenset({ACT}))
    return not waiting


def _wait_for_leave(work: Work, ordered: tuple[Ordered, ...]) -> bool:
    """Ask a second person before anything is erased or changed; True while that is open."""
    outcome = work.case.decision("outcome")
    destructive = [i for i in ordered if i.order.act in DESTRUCTIVE]
    assert outcome is not None
    name = f"apply/{outcome.event.decision}"
    known = work.case.questions.get(name)
    if not destructive or (known and known.answer and known.answer.value == ALLOW):
        return False
    body = {
        "words": "This will be done in the source systems and cannot be undone. Look at each.",
        "orders": [_shown(work, item) for item in ordered],
    }
    ask(
        work,
        (Ask(name, APPLY, "approver", body, (ALLOW, NOT_YET)),),
        stage=Stage.APPLY,
        topics=frozenset({APPLY}),
    )
    return True


def _shown(work: Work, item: Ordered) -> dict[str, Any]:
    """What would be done, as a rehearsal at the source says; nothing is done."""
    actions = work.office.actions[item.source]
    told = actions.rehearse(item.order, work.office.clock())
    by_hand = isinstance(told, Instruction)
    title = next((s.title for s in work.office.sources if s.name == item.source), item.source)
    return {
        "source": title,
        "act": item.order.act.value,
        "record": item.order.record,
        "find_by": [list(pair) for pair in _shown_by(item)],
        "text": item.order.text if isinstance(item.order, Annotate) else "",
        "point": item.point,
        "by_hand": by_hand,
        "rows": 0 if by_hand else told.rows,
        "files": 0 if by_hand else told.files,
    }


def _shown_by(item: Ordered) -> tuple[tuple[str, str], ...]:
    """What tells whoever allows it which record it is, or which address is put on a list."""
    order = item.order
    return order.values if isinstance(order, Suppress) else order.find_by


def _one(work: Work, item: Ordered) -> Instruction | None:
    """Give one order; an instruction when a person has to carry it out."""
    actions, order = work.office.actions[item.source], item.order
    if order.key not in work.case.actions:
        work.append(
            ActionStarted(
                actor=ENGINE,
                key=order.key,
                source=item.source,
                act=order.act.value,
                point=item.point,
                order=json.dumps(asdict(order), ensure_ascii=False),
            )
        )
    failpoint("apply.started")
    told = actions.carry_out(order, work.office.clock())
    failpoint("apply.carried-out")
    if isinstance(told, Instruction):
        return told
    _prove(work, item, told)
    return None


def _prove(work: Work, item: Ordered, receipt: Receipt) -> None:
    proved = work.office.actions[item.source].prove(item.order)
    failpoint("apply.proved")
    if not proved:
        raise SourceError(
            "apply.not_shown",
            f"The source '{item.source}' says that it did what was ordered and does not show it.",
            "Ask the system's administrator; the order can be given again safely.",
        )
    work.append(
        ActionDone(
            actor=ENGINE,
            key=item.order.key,
            proved=True,
            done_on=work.office.today(),
            receipt=json.dumps(asdict(receipt), ensure_ascii=False, default=str),
        )
    )


def _task(instruction: Instruction, item: Ordered) -> Ask:
    body = {
        "words": f"To be done by hand in {instruction.system} by the {instruction.to}.",
        "why": instruction.why,
        "steps": list(instruction.steps),
        "proof": instruction.proof,
        "key": instruction.key,
        "source": item.source,
    }
    return Ask(f"act/{instruction.key}", ACT, "officer", body, (DONE, CANNOT))


@on_answer(ASSESS)
def _weighed(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    return answering(case.right).decide(office, case, question, given, who)


@on_answer(APPLY)
def _allowed(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    if given.value == ALLOW:
        return ()
    reason = _text(given, "reason")
    if not reason:
        raise InputError("apply.reason", "Nothing says what is wrong.", "Write the reason.")
    reopened = record(
        case,
        actor=who.actor,
        matter=OUTCOME,
        outcome=OPEN,
        law=office.law,
        on=office.today(),
        facts={"reason": reason},
    )
    return (reopened,)


@on_answer(ACT)
def _done_by_hand(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    key = str(question.body["key"])
    if given.value == CANNOT:
        reason = _text(given, "reason")
        if not reason:
            raise InputError(
                "act.reason", "Nothing says why it cannot be done.", "Write who said so and why."
            )
        return (_by_hand(who, key, office.today(), {"cannot": reason}),)
    by, on = _text(given, "by"), _text(given, "on")
    if not by or not _text(given, "proof"):
        raise InputError(
            "act.proof",
            "Nothing says who did it, or how it is known.",
            "Write the name of whoever did it and what the record shows now.",
        )
    try:
        done_on = dt.date.fromisoformat(on)
    except ValueError:
        raise InputError(
            "act.day", "The day is missing or not written as yyyy-MM-dd.", "Write it as 2026-11-22."
        ) from None
    return (_by_hand(who, key, done_on, {"by": by, "proof": _text(given, "proof")}),)


def _by_hand(who: SignedIn, key: str, on: dt.date, receipt: dict[str, str]) -> ActionDone:
    return ActionDone(
        actor=who.actor,
        key=key,
        proved=False,
        by_hand=True,
        done_on=on,
        receipt=json.dumps(receipt, ensure_ascii=False),
    )


def could_not(case: Case, key: str) -> str:
    """Why an action could not be done; empty when it was."""
    action = case.actions.get(key)
    return action.cannot if action else ""


def only_what_was_done(work: Work) -> None:
    """Refuse a letter that would say that something was done which could not be.

    Raises:
        RefusedError: ``action.could_not``.
    """
    ordered = answering(work.case.right).orders(work)
    impossible = [item for item in ordered if could_not(work.case, item.order.key)]
    if impossible:
        raise RefusedError(
            "action.could_not",
            f"{len(impossible)} thing(s) that the reply of {work.ref} would tell of could not be "
            "done.",
            "Find out with whoever looks after the system how it can be done, and correct the "
            "answer of that task; then try again.",
        )


def _text(given: Given, name: str) -> str:
    return str(given.details.get(name, "")).strip()
