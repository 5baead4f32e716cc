"""Checking an attempt against the table, and drafting several events that follow on each other."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rights.case import Case, Question
from rights.errors import RefusedError
from rights.events import DESTROYED, Event
from rights.events import kinds as k
from rights.fold import apply
from rights.gates.attempt import Attempt
from rights.gates.state import State, state_of
from rights.gates.table import Row, Table, load
from rights.law import Law

_GONE = frozenset({State.SENDING, State.ANSWERED, State.CLOSED})


def check(attempt: Attempt, table: Table | None = None) -> None:
    """Whether an event may be recorded: its rows, then their guards.

    Args:
        attempt: What is to be recorded, on what case and by whom.
        table: The gates; by default those that came with the package.

    Raises:
        RefusedError: ``gate.no_row``, ``gate.not_yet``, or with the row's area ``.sent``,
            ``.sign_in``, ``.role``; or a guard's own code.
        InputError: a guard found an entry that cannot be.
    """
    table = table or load()
    event, state = attempt.event, state_of(attempt.case)
    topic = attempt.question.topic if attempt.question else ""
    rows: list[Row] = []
    for row in table.rows(event, topic):
        if row is None:
            raise _no_row(event)
        rows.append(row)
    if isinstance(event, k.QuestionAsked):
        _may_be_asked(event, state, table)
    for row in rows:
        _in_state(row, state, attempt)
        _attested(row, attempt)
    for row in rows:
        for name in row.guards:
            table.guards[name](attempt)


def foresee(attempt: Attempt, table: Table | None = None) -> None:
    """Whether the law would allow an event, whoever records it later: states and guards only.

    Raises:
        RefusedError: it would be refused, with the reason.
        InputError: likewise.
    """
    table = table or load()
    for row in table.rows(attempt.event, attempt.question.topic if attempt.question else ""):
        if row is None:
            raise _no_row(attempt.event)
        _in_state(row, state_of(attempt.case), attempt)
        for name in row.guards:
            table.guards[name](attempt)


def _no_row(event: Event) -> RefusedError:
    what = event.matter if isinstance(event, k.DecisionMade) else event.kind.replace("_", " ")
    return RefusedError(
        "gate.no_row",
        f"Nothing says who may record '{what}', and when.",
        "Tell an administrator; nothing was recorded.",
    )


def _may_be_asked(event: k.QuestionAsked, state: State, table: Table) -> None:
    """A question is asked only where it may be answered, and of somebody who may answer it."""
    row = table.topics.get(event.topic)
    if row is None or event.role not in {r for roles in row.by.values() for r in roles}:
        raise RefusedError(
            "gate.topic",
            f"Nothing says that a question about '{event.topic}' is for the role {event.role}.",
            "Tell an administrator; nothing was recorded.",
        )
    if state not in row.states:
        raise RefusedError(
            "gate.state",
            f"A question about '{event.topic}' is not asked of a case that is {state}.",
            "Look at the case page for what it waits for.",
        )


def _in_state(row: Row, state: State, attempt: Attempt) -> None:
    if state in row.states:
        return
    if state in _GONE:
        raise RefusedError(
            f"{row.area}.sent",
            f"The pack of {attempt.case.ref} is on its way, or was sent, or the case is closed.",
            "What went out cannot be changed; tell the DPO if something went wrong.",
        )
    raise RefusedError(
        "gate.not_yet",
        f"This is not recorded while a case is {state}: {attempt.event.kind.replace('_', ' ')}.",
        "Look at the case page for what it waits for.",
    )


def _attested(row: Row, attempt: Attempt) -> None:
    wanted = row.roles(attempt.event.actor.attested)
    if wanted is None:
        raise RefusedError(
            f"{row.area}.sign_in",
            "This is recorded only by a person who has signed in at the desk."
            if "desk" in row.by
            else f"This is not recorded by way of the {attempt.event.actor.attested}.",
            "Sign in at the desk and do it there.",
        )
    if wanted and not wanted & attempt.roles:
        raise RefusedError(
            f"{row.area}.role",
            f"This is for somebody with the role {' or '.join(sorted(wanted))}.",
            "Ask a colleague with that role to sign in.",
        )


@dataclass(frozen=True, slots=True)
class _Drafted:
    """An event with the place that it will have."""

    seq: int
    event: Event
    recorded_at: dt.datetime


class Draft:
    """Events about to be written to one case, each checked as the earlier ones leave the case.

    Attributes:
        before: The case as it was read.
        case: The case as it will be.
        events: What was admitted, in order.
    """

    def __init__(
        self, case: Case, *, roles: frozenset[str], law: Law, now: dt.datetime, today: dt.date
    ) -> None:
        self.before = case
        self.case = case
        self.events: list[Event] = []
        self._roles, self._law, self._now, self._today = roles, law, now, today
        self._question: Question | None = None
        self._details: Mapping[str, Any] = {}

    def admit(self, events: Iterable[Event], details: Mapping[str, Any] | None = None) -> Case:
        """Check and take these events; what an answer does is seen with its question.

        Args:
            events: What is to be recorded, in order.
            details: What the guards must see and no event holds, such as the facts of a mark.

        Raises:
            RefusedError: one of them may not be recorded; the draft is of no use any more.
            InputError: likewise.
        """
        if details is not None:
            self._details = details
        for event in events:
            if isinstance(event, k.QuestionAnswered):
                self._question = self.case.questions.get(event.question)
                self._details = _details(event)
            check(
                Attempt(
                    self.case,
                    event,
                    self._roles,
                    self._law,
                    self._today,
                    self._question,
                    self._details,
                )
            )
            self.case = apply(self.case, _Drafted(self.case.seq + 1, event, self._now))
            self.events.append(event)
        return self.case


def _details(event: k.QuestionAnswered) -> Mapping[str, Any]:
    return json.loads(event.details) if event.details and event.details != DESTROYED else {}
