"""A case is a fold of its events; nothing about it is stored twice."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from rights.events import DESTROYED, Event
from rights.events import kinds as k
from rights.people import RequestPeople
from rights.release import CaseRef, Right


class Numbered(Protocol):
    """An event with its place in the case's journal."""

    @property
    def seq(self) -> int:
        """Its place, counted from 1."""
        ...

    @property
    def event(self) -> Event:
        """What happened."""
        ...

    @property
    def recorded_at(self) -> dt.datetime:
        """When it was written down."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in force: the latest of a chain of corrections."""

    seq: int
    value: str
    details: str
    login: str
    attested: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the case with its answer, if it has one."""

    id: str
    topic: str
    stage: str
    role: str
    text: str
    options: tuple[str, ...]
    asked_seq: int
    due_on: dt.date | None
    answer: Answer | None = None
    withdrawn: bool = False

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to answer it."""
        return self.answer is None and not self.withdrawn

    @property
    def body(self) -> dict[str, Any]:
        """The question's details; empty once the case's key is destroyed."""
        return {} if self.text == DESTROYED else json.loads(self.text)


@dataclass(frozen=True, slots=True)
class Seal:
    """A sealed pack and what has happened to it."""

    seq: int
    event: k.PackSealed
    approved_by: str = ""
    approved_seq: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the answer: some documents, sealed, approved and sent together.

    Attributes:
        number: Counted from 1.
        documents: What it holds; may be none, when nothing is held or all is refused.
        last: Whether nothing remains after it.
        planned_seq: Where in the journal it was planned.
        seal: The sealed pack of it.
        refused: Why the verifier last refused it, unless a pack was sealed since.
        sending: Dispatch has begun: what it shows can no longer be changed.
        sent_on: The day it was sent.
    """

    number: int
    documents: tuple[str, ...]
    last: bool
    planned_seq: int
    seal: Seal | None = None
    refused: tuple[int, k.PackRefused] | None = None
    sending: bool = False
    sent_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on one matter with its place in the journal."""

    seq: int
    event: k.DecisionMade
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class HealthOpinion:
    """What one health professional was asked and said.

    Attributes:
        asked: The numbered schedule.
        given: The opinions that came, oldest first; the latest on an item counts.
        spoiled: Why it may no longer be relied on, whatever its date.
    """

    asked: k.OpinionAsked
    given: tuple[k.OpinionGiven, ...] = ()
    spoiled: tuple[k.OpinionSpoiled, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """Something done, or begun, in a source."""

    started: k.ActionStarted
    done: k.ActionDone | None = None

    @property
    def cannot(self) -> str:
        """Why it could not be done, as a person found out; empty when it was done or is open."""
        if self.done is None or self.done.receipt == DESTROYED:
            return ""
        return str(json.loads(self.done.receipt).get("cannot", ""))

    @property
    def was_done(self) -> bool:
        """Whether it took effect, by an adapter or by hand."""
        return self.done is not None and not self.cannot


@dataclass(frozen=True, slots=True)
class Sending:
    """One letter, or one further copy, that is sent by itself and not with an answer."""

    started: k.SendingStarted
    confirmed: k.SendingConfirmed | None = None


@dataclass(frozen=True)
class Case:
    """Everything the events of one case amount to at a given sequence number."""

    ref: CaseRef
    seq: int = 0
    opened: k.CaseOpened | None = None
    received_on: dt.date | None = None
    recorded_at: dt.datetime | None = None
    people: RequestPeople | None = None
    people_seq: int = 0
    triage: k.CaseTriaged | None = None
    linked: tuple[k.CaseLinked, ...] = ()
    decisions: tuple[Decision, ...] = ()
    """Every decision on a matter, the superseded ones too, in the order made."""
    evidence: tuple[k.EvidenceAsked | k.EvidenceReceived, ...] = ()
    fees: tuple[k.FeeCharged | k.FeePaid, ...] = ()
    pauses: tuple[tuple[dt.date, dt.date | None], ...] = ()
    pause_letters: dict[str, k.ClockPaused] = field(default_factory=dict)
    extension: k.TimeExtended | None = None
    sources: dict[str, tuple[int, k.SourceAnswered]] = field(default_factory=dict)
    searched_seq: int = 0
    search_file: str = ""
    matches: tuple[int, k.MatchesProposed] | None = None
    documents: dict[str, k.EvidenceCollected] = field(default_factory=dict)
    collected_seq: int = 0
    collection: str = ""
    """Mark of the vault files that list what the last collection fetched."""
    read: dict[str, k.DocumentRead] = field(default_factory=dict)
    read_seq: int = 0
    held: tuple[str, ...] = ()
    """The documents that belong to the case as it is matched now."""
    cast: k.CastBuilt | None = None
    proposals: tuple[int, k.ProposalsMade] | None = None
    questions: dict[str, Question] = field(default_factory=dict)
    passages: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Decision id -> (sequence number, JSON), superseded ones left out."""
    pages_read: frozenset[tuple[str, int]] = frozenset()
    living: dict[str, k.PersonNoted] = field(default_factory=dict)
    """Person -> the latest note on whether they are alive."""
    known: dict[str, k.KnownToSubject] = field(default_factory=dict)
    """Health item (``document/proposal``) -> how the data subject knows it."""
    opinions: dict[str, HealthOpinion] = field(default_factory=dict)
    letters: dict[str, k.LetterMade] = field(default_factory=dict)
    sendings: dict[str, Sending] = field(default_factory=dict)
    """Id of a letter or of a further copy -> its sending."""
    parts: tuple[Part, ...] = ()
    """The parts of the answer in order; at most one of them is not sent."""
    dispatches: dict[str, bool] = field(default_factory=dict)
    taken: dict[str, k.OutboxTaken] = field(default_factory=dict)
    cleared: frozenset[str] = frozenset()
    """Idempotency key -> confirmed."""
    points: dict[str, k.PointRaised] = field(default_factory=dict)
    """The numbered points of the request in the order raised, those taken back left out."""
    actions: dict[str, Action] = field(default_factory=dict)
    """Key -> what was done in a source under it."""
    acted_seq: int = 0
    told: dict[str, k.RecipientTold] = field(default_factory=dict)
    """Recipient -> how it was told, or why not."""
    told_seq: int = 0
    restrictions: dict[str, k.RestrictionChecked] = field(default_factory=dict)
    """Key of the order that set a restriction -> the latest check of it."""
    frozen: k.DispatchFrozen | None = None
    reopened_seq: int = 0
    breaches: dict[str, tuple[k.BreachNoted, k.BreachAssessed | None]] = field(default_factory=dict)
    regulator: tuple[k.RegulatorContacted, ...] = ()
    closed: k.CaseClosed | None = None
    failures: dict[str, int] = field(default_factory=dict)
    """Stage -> crashes since it last succeeded in anything."""
    arrived: tuple[k.ItemArrived, ...] = ()
    reminders: frozenset[str] = frozenset()
    """Keys of the reminders already sent."""
    deciders: frozenset[str] = frozenset()
    """Logins whose decisions the pack rests on; none of them may approve it."""
    touched: dict[str, int] = field(default_factory=dict)
    """Document -> sequence number of the last decision that changes what it shows; `EVERY` for
    decisions that may reach any document."""

    @property
    def right(self) -> Right:
        """Which right is used."""
        assert self.opened is not None
        return self.opened.right

    @property
    def part(self) -> Part | None:
        """The part in hand: the one not sent yet, or else the one sent last."""
        return self.parts[-1] if self.parts else None

    @property
    def seal(self) -> Seal | None:
        """The sealed pack of the part in hand."""
        return self.part.seal if self.part else None

    @property
    def refused(self) -> tuple[int, k.PackRefused] | None:
        """Why the verifier refused the part in hand."""
        return self.part.refused if self.part else None

    @property
    def sent_on(self) -> dt.date | None:
        """The day on which the last part was sent: the request is answered on that day."""
        part = self.part
        return part.sent_on if part is not None and part.last else None

    @property
    def on_their_way(self) -> frozenset[str]:
        """Documents that were sent or are being sent: what they show cannot be changed."""
        return frozenset(d for p in self.parts if p.sending or p.sent_on for d in p.documents)

    @property
    def remaining(self) -> tuple[str, ...]:
        """Documents of the case that no part sent so far holds."""
        sent = {d for p in self.parts if p.sent_on for d in p.documents}
        return tuple(d for d in self.held if d not in sent)

    def review_seq(self, documents: Iterable[str]) -> int:
        """Sequence number of the last decision that changes what these documents show."""
        return max((self.touched.get(d, 0) for d in (EVERY, *documents)), default=0)

    def decision(self, matter: str) -> Decision | None:
        """The decision in force on a matter: the latest."""
        return next((d for d in reversed(self.decisions) if d.event.matter == matter), None)

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """What waits for a person, in the order it was asked."""
        waiting = [q for q in self.questions.values() if q.is_open]
        return tuple(sorted(waiting, key=lambda q: (q.asked_seq, q.id)))

    @property
    def letters_due(self) -> tuple[str, ...]:
        """Ids of the letters that the events call for and that are not made yet."""
        if self.triage is not None:
            due = [self.triage.letter] if self.triage.letter else []
        else:
            due = ["acknowledgement"] if self.people is not None else []
        due += [letter for letter in self.pause_letters if letter]
        due += [e.letter for e in self.evidence if isinstance(e, k.EvidenceAsked) and e.letter]
        due += [e.letter for e in self.fees if isinstance(e, k.FeeCharged) and e.letter]
        due += [o.asked.letter for o in self.opinions.values() if o.asked.letter]
        due += [told.letter for told in self.told.values() if told.letter]
        due += [
            d.event.decision
            for d in self.decisions
            if (d.event.matter, d.event.outcome) in (("lapse", "warned"), ("progress", "told"))
            or (d.event.outcome == "asked" and d.event.matter.startswith("third party/"))
            or (d.event.outcome == "sent" and d.event.matter.startswith(("chase/", "sheet/")))
            or d.event.matter.startswith("further copy/")
        ]
        if self.extension is not None and self.extension.letter:
            due.append(self.extension.letter)
        return tuple(letter for letter in due if letter not in self.letters)

    @property
    def letters_to_send(self) -> tuple[str, ...]:
        """Ids of the letters made and not sent, but for those that wait for a person."""
        waiting = {
            q.id.partition("/")[2].rpartition("/")[0]
            for q in self.open_questions
            if q.topic == POST
        }
        return tuple(
            letter
            for letter, made in self.letters.items()
            if made.to_send and letter not in waiting and not self.was_sent(letter)
        )

    def was_sent(self, what: str) -> bool:
        """Whether it is confirmed that a letter or a further copy has gone out."""
        sending = self.sendings.get(what)
        return sending is not None and sending.confirmed is not None

    def in_outbox(self, key: str) -> bool:
        """Whether something was sent under this key, and confirmed."""
        done = {s.confirmed.key for s in self.sendings.values() if s.confirmed is not None}
        return key in done or self.dispatches.get(key, False)

    def answered(self, topic: str) -> tuple[Question, ...]:
        """Questions of a topic that have an answer in force."""
        return tuple(q for q in self.questions.values() if q.topic == topic and q.answer)

    def last_answer(self, *topics: str) -> int:
        """Sequence number of the latest answer in force under these topics; 0 for none."""
        return max((q.answer.seq for t in topics for q in self.answered(t) if q.answer), default=0)


EVERY = "*"
"""Stands for every document."""

WARNING = "warning"
"""Matter of what is said before a document: ``warning/<document>``; packs show it."""

POST = "post"
"""Topic of questions about sending one letter; their ids are ``post/<letter>/<number>``."""

REVIEW_TOPICS = frozenset(
    {
        "cast",
        "who",
        "passage",
        "health",
        "mode",
        "page",
        "hidden",
        "unreadable",
        "listen",
        "capitals",
        "clash",
        "rework",
    }
)
"""Topics whose answers change what the pack shows."""

DECIDING_TOPICS = REVIEW_TOPICS | {"match", "people", "standing", "outcome", "assess"}
"""Topics whose answers make the person who gave them a decider, who may not approve."""


def documents_of(question: Question) -> frozenset[str] | None:
    """The documents that a review question is about; None when it may reach every document."""
    body = question.body
    if "documents" in body:
        return frozenset(str(d) for d in body["documents"])
    if "document" in body:
        return frozenset({str(body["document"])})
    return None
