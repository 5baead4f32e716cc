"""Cases made of few events, and attempts on them that exactly one guard must refuse."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rights import law
from rights.case import Case
from rights.events import Actor, Attested, Event
from rights.events import kinds as k
from rights.events.base import ENGINE
from rights.fold import fold
from rights.gates import Attempt
from rights.people import RequestPeople
from rights.reference import as_case_ref
from rights.release import Right

LAW = law.load()
REF = as_case_ref("SAR-2026-0001-C")
TODAY = dt.date(2026, 11, 23)
RECEIVED = dt.date(2026, 11, 2)
OFFICER = Actor(login="officer1", attested=Attested.DESK)
OTHER = Actor(login="officer2", attested=Attested.DESK)
FORM = Actor(login="prefect", attested=Attested.PREFECT)
OFFICERS = frozenset({"officer"})
APPROVERS = frozenset({"approver"})
DPO = frozenset({"dpo"})
ROLES = frozenset({"officer", "approver", "manager", "legal", "dpo"})
SHA = "a" * 64
SETTLED: Mapping[str, Any] = {"undecided": 0, "health": ()}
"""What sealing and sending say of a file in which nothing waits."""


@dataclass(frozen=True, slots=True)
class Row:
    """An event with its place."""

    seq: int
    event: Event
    recorded_at: dt.datetime


def case_of(events: Iterable[Event], day: dt.date = TODAY) -> Case:
    """The case that these events make, all recorded at noon of a day."""
    noon = dt.datetime.combine(day, dt.time(12), dt.UTC)
    return fold(REF, [Row(seq, event, noon) for seq, event in enumerate(events, 1)])


@dataclass(frozen=True, slots=True)
class Refused:
    """An attempt that one guard must refuse, and that would pass if the guard were not there.

    Attributes:
        guard: Its name.
        code: What it refuses with.
        before: The events of the case so far.
        event: What somebody wants to record.
        roles: Theirs.
        question: Id of the question whose answer has this effect; found by itself for an answer.
        details: What the guards see besides; found by itself for an answer.
        today: The local day.
    """

    guard: str
    code: str
    before: tuple[Event, ...]
    event: Event
    roles: frozenset[str] = OFFICERS
    question: str = ""
    details: Mapping[str, Any] = field(default_factory=dict[str, Any])
    today: dt.date = TODAY

    @property
    def name(self) -> str:
        """How the test of it is called."""
        return f"{self.guard}-{self.code}"

    def attempt(self) -> Attempt:
        """The attempt as the gates see it."""
        case = case_of(self.before, self.today)
        name, details = self.question, self.details
        if isinstance(self.event, k.QuestionAnswered):
            name = self.event.question
            details = json.loads(self.event.details) if self.event.details else {}
        elif isinstance(self.event, k.PackSealed | k.DispatchStarted):
            details = {**SETTLED, **details}
        question = case.questions.get(name)
        return Attempt(case, self.event, self.roles, LAW, self.today, question, details)


def opened(right: Right = Right.ACCESS, received: dt.date = RECEIVED) -> k.CaseOpened:
    """The receipt."""
    return k.CaseOpened(
        actor=FORM,
        right=right,
        channel="letter",
        received_on=received,
        received_by="Front desk",
    )


def people(**entries: Any) -> k.PeopleRecorded:
    """Who is who; by default the subject asks in person."""
    body = {
        "subject": {
            "names": [{"forenames": "Marnie", "surname": "Holloway"}],
            "date_of_birth": "2006-03-04",
        },
        "requester": "self",
        "requester_name": "Marnie Holloway",
        "recipient": {"name": "Marnie Holloway", "address": ["1 Long Row"], "channel": "post"},
        **entries,
    }
    known = RequestPeople.model_validate(body)
    return k.PeopleRecorded(actor=OFFICER, people=known.model_dump_json())


def asked(
    name: str, topic: str, *options: str, role: str = "officer", **body: Any
) -> k.QuestionAsked:
    """A question."""
    return k.QuestionAsked(
        actor=ENGINE,
        question=name,
        topic=topic,
        stage="test",
        role=role,
        text=json.dumps(body),
        options=options,
    )


def answered(
    name: str, value: str, actor: Actor = OFFICER, supersedes: int = 0, **details: Any
) -> k.QuestionAnswered:
    """An answer."""
    return k.QuestionAnswered(
        actor=actor,
        question=name,
        answer=value,
        details=json.dumps(details) if details else "",
        supersedes=supersedes,
    )


def read(document: str, pages: int = 2) -> k.DocumentRead:
    """A document that was read."""
    return k.DocumentRead(actor=ENGINE, document=document, pages=pages, scans=0, photos=0, hidden=0)


def proposed() -> k.ProposalsMade:
    """Something was proposed."""
    return k.ProposalsMade(
        actor=ENGINE, file="proposals", proposals=1, by_treatment={}, law_version=LAW.version
    )


def planned(*documents: str, part: int = 1, last: bool = True, by: Actor = ENGINE) -> k.PartPlanned:
    """A part was planned."""
    return k.PartPlanned(actor=by, part=part, documents=documents, last=last)


def sealed(basis: int, part: int = 1, sha256: str = SHA) -> k.PackSealed:
    """A pack was sealed; its words are 'one two three four'."""
    return k.PackSealed(
        actor=ENGINE,
        part=part,
        sha256=sha256,
        pages=3,
        code="one two three four",
        file="pack",
        manifest_file="manifest",
        letter_file="letter",
        verifier="test",
        basis=basis,
    )


def approved(actor: Actor = OTHER, part: int = 1, sha256: str = SHA) -> k.PackApproved:
    """A pack was approved."""
    return k.PackApproved(actor=actor, part=part, sha256=sha256)


def started(key: str = "key", part: int = 1) -> k.DispatchStarted:
    """Sending began."""
    return k.DispatchStarted(actor=ENGINE, key=key, sha256=SHA, channel="folder", part=part)


def sent(key: str = "key", part: int = 1, on: dt.date = TODAY) -> k.DispatchConfirmed:
    """It was sent."""
    return k.DispatchConfirmed(actor=ENGINE, key=key, sent_on=on, part=part)


def decided(matter: str, outcome: str, actor: Actor = ENGINE, **entries: Any) -> k.DecisionMade:
    """A decision."""
    return k.DecisionMade(
        actor=actor,
        decision=f"{matter}/1",
        matter=matter,
        outcome=outcome,
        decided_on=TODAY,
        law_version=LAW.version,
        **entries,
    )


READ_CASE: tuple[Event, ...] = (
    opened(),
    people(),
    decided("standing", "nothing to settle"),
    decided("regulator contact", "checked and right", OTHER),
    read("D1"),
    read("D2"),
    k.ReadingFinished(actor=ENGINE, documents=2, pages=4, held=("D1", "D2")),
    proposed(),
)
"""An access request of two documents, with proposals and nothing open."""
PLANNED = len(READ_CASE) + 1
"""Where in the journal the first part is planned."""
SEALED_CASE: tuple[Event, ...] = (*READ_CASE, planned("D1", "D2"), sealed(PLANNED))
APPROVED_CASE: tuple[Event, ...] = (*SEALED_CASE, approved())
FIRST_PART_SENT: tuple[Event, ...] = (
    *READ_CASE,
    planned("D1", last=False),
    sealed(PLANNED),
    approved(),
    started(),
    sent(),
)
"""D1 went out in a first part; D2 is to follow."""
ALL_SENT: tuple[Event, ...] = (*APPROVED_CASE, started(), sent())
