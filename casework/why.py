"""What a case waits for, what forbids it to go on, and what to look at: for `rights case why`.

Nothing in here names anybody: questions and decisions by id and topic, documents by count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from casework.breaches import breach_lines
from casework.clock import clock_of
from casework.collect import around
from casework.effort import Effort, effort_ahead
from casework.office import Office, Work
from rights.blocks import Block, blocks_of
from rights.case import REVIEW_TOPICS, Case, Decision, Part, Question, documents_of
from rights.clock import Clock
from rights.decisions import since_changed
from rights.law import Law
from rights.road import ready_documents, seal_stands, where
from rights.warnings import NOTHING, Concern, KnownOf, Records, warnings_of

FORMAT = 1
"""Raised when a field of the JSON is taken away or changes its meaning; new ones may come."""

_HOLDS_NOTHING = frozenset({"hold", "time"})
"""Topics that must be answered and that no step of the answer waits for."""


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part of the answer.

    Attributes:
        part: Its number.
        last: Whether nothing remains after it.
        documents: How many it holds.
        state: 'planned', 'refused by the check', 'sealed', 'decided anew', 'approved',
            'being sent' or 'sent'.
        sent_on: The day it was sent.
        holds_up: Ids of the questions that hold it up.
    """

    part: int
    last: bool
    documents: int
    state: str
    sent_on: dt.date | None
    holds_up: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """An answer that is missing.

    Attributes:
        question: Its id.
        topic: What kind of question it is.
        role: Who can supply it.
        since: The day it was asked.
        due_on: By when, if a day is set.
        documents: How many documents it holds back; None when the whole answer waits for it.
    """

    question: str
    topic: str
    role: str
    since: dt.date | None
    due_on: dt.date | None
    documents: int | None


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as it stood on the day of a decision."""

    id: str
    title: str
    citation: str
    start: dt.date
    until: dt.date | None
    status: str


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision with its rules; the facts stay sealed.

    Attributes:
        id: Its id.
        matter: What was decided.
        outcome: How.
        decided_on: When.
        by: Login of whoever decided, or of the engine.
        rules: As they stood on that day.
        law: Short hash of the law data it was made under.
        law_changed: Whether the law data has changed since.
        supersedes: The decision it took the place of.
        in_force: Whether no later one took its place.
    """

    id: str
    matter: str
    outcome: str
    decided_on: dt.date
    by: str
    rules: tuple[RuleLine, ...]
    law: str
    law_changed: bool
    supersedes: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class Why:
    """Where a case stands and what it needs.

    Attributes:
        case: Its reference.
        right: The right used.
        today: The day of the answer.
        received_on: The day of receipt.
        due: The last day to answer; None while something is awaited.
        days_left: Days until then.
        clock: State of the time.
        next: What comes next, in words.
        by_itself: Whether that starts without anybody.
        documents: How many were sent, are ready, and wait.
        parts: The parts of the answer.
        missing: The answers that are missing.
        blocks: What the law forbids now.
        warnings: What to look at.
        decisions: What was decided, the latest last.
        breaches: Open breaches, a sentence each.
        effort: How long its pages take on this machine, and how much room; None when none wait.
    """

    case: str
    right: str
    today: dt.date
    received_on: dt.date
    due: dt.date | None
    days_left: int | None
    clock: str
    next: str
    by_itself: bool
    documents: dict[str, int]
    parts: tuple[PartLine, ...]
    missing: tuple[Missing, ...]
    blocks: tuple[Block, ...]
    warnings: tuple[Concern, ...]
    decisions: tuple[DecisionLine, ...]
    breaches: tuple[str, ...]
    effort: Effort | None = None

    def as_dict(self) -> dict[str, Any]:
        """For JSON: dates as yyyy-MM-dd; `format` says which form this is."""
        ahead = self.effort.as_dict() if self.effort else None
        return {"format": FORMAT, **_plain(asdict(self)), "effort": ahead}


def why(office: Office, ref: str) -> Why:
    """Where a case stands and what it needs.

    Raises:
        InputError: there is no such case.
    """
    known = office.known(ref)
    work = office.reading(known)
    case, today = work.case, office.today()
    clock = clock_of(office, case)
    next_ = where(case)
    assert case.received_on is not None
    return Why(
        case=case.ref,
        right=case.right.value,
        today=today,
        received_on=case.received_on,
        due=clock.due,
        days_left=clock.days_left,
        clock=clock.state.value,
        next="closed" if case.closed else next_.words,
        by_itself=next_.stage is not None,
        documents=_documents(case),
        parts=tuple(_part(case, part) for part in case.parts),
        missing=_missing(office, case),
        blocks=blocks_of(case, clock, office.law, today),
        warnings=concerns(work, clock),
        decisions=tuple(decision_line(d, case, office.law) for d in case.decisions),
        breaches=tuple(breach_lines(office, case)),
        effort=effort_ahead(office, case),
    )


def concerns(work: Work, clock: Clock | None = None) -> tuple[Concern, ...]:
    """What an officer should look at in a case today."""
    office, case = work.office, work.case
    clock = clock or clock_of(office, case)
    return warnings_of(case, clock, records_of(work), office.law, office.today())


def records_of(work: Work) -> Records:
    """What the sources say of the people, as it was collected; nothing before that."""
    if work.case.collected_seq == 0:
        return NOTHING
    found = around(work)
    return Records(
        subject=tuple(KnownOf(e.flags, e.addresses) for e in found.subject),
        others=tuple(KnownOf(e.flags, e.addresses) for e in found.relations),
    )


def decision_line(decision: Decision, case: Case, law: Law) -> DecisionLine:
    """A decision without its facts."""
    event = decision.event
    stands = case.decision(event.matter)
    return DecisionLine(
        id=event.decision,
        matter=event.matter,
        outcome=event.outcome,
        decided_on=event.decided_on,
        by=event.actor.login,
        rules=tuple(rule_lines(event.rules, law, event.decided_on)),
        law=event.law_version[:8],
        law_changed=since_changed(decision, law),
        supersedes=event.supersedes,
        in_force=stands is decision,
    )


def rule_lines(rules: Iterable[str], law: Law, on: dt.date) -> Iterable[RuleLine]:
    """Rules as they stood on a day; one that has left the law data is named and no more."""
    for rule_id in rules:
        if rule_id not in law.rules:
            yield RuleLine(rule_id, "no longer in the law data", "", on, None, "unknown")
            continue
        rule, dated = law.rule(rule_id), law.dated(rule_id, on)
        yield RuleLine(rule_id, rule.title, dated.citation, dated.start, dated.until, rule.status)


def _documents(case: Case) -> dict[str, int]:
    ready = len(ready_documents(case)) if case.proposals else 0
    sent = len(case.read) - len(case.remaining)
    return {"sent": sent, "ready": ready, "waiting": len(case.remaining) - ready}


def _part(case: Case, part: Part) -> PartLine:
    held = [
        q.id
        for q in case.open_questions
        if part.sent_on is None and _holds(q, part) and q.topic in REVIEW_TOPICS
    ]
    return PartLine(
        part.number, part.last, len(part.documents), _state(case, part), part.sent_on, tuple(held)
    )


def _state(case: Case, part: Part) -> str:
    if part.sent_on is not None:
        return "sent"
    if part.sending:
        return "being sent"
    if part.refused is not None:
        return "refused by the check"
    if part.seal is None:
        return "planned"
    if part is case.part and not seal_stands(case):
        return "decided anew"
    return "approved" if part.seal.approved_by else "sealed"


def _holds(question: Question, part: Part) -> bool:
    about = documents_of(question)
    return about is None or bool(about & set(part.documents))


def _missing(office: Office, case: Case) -> tuple[Missing, ...]:
    open_ = case.open_questions
    if not open_:
        return ()
    asked = {q.asked_seq: q for q in open_}
    days = {
        row.seq: row.recorded_at.astimezone(office.zone).date()
        for row in office.store.read(case.ref)
        if row.seq in asked
    }
    return tuple(_one_missing(q, days.get(q.asked_seq), case) for q in open_)


def _one_missing(question: Question, since: dt.date | None, case: Case) -> Missing:
    about = documents_of(question)
    if question.topic in _HOLDS_NOTHING:
        count = 0
    else:
        count = None if about is None else len(about & set(case.remaining))
    return Missing(question.id, question.topic, question.role, since, question.due_on, count)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]  # pyright: ignore[reportUnknownVariableType]
    return value.isoformat() if isinstance(value, dt.date) else value
