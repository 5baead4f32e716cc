"""A case is a fold of its events; nothing about it is stored twice."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
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
    read: dict[str, k.DocumentRead] = field(default_factory=dict)
    read_seq: int = 0
    cast: k.CastBuilt | None = None
    proposals: tuple[int, k.ProposalsMade] | None = None
    questions: dict[str, Question] = field(default_factory=dict)
    passages: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Decision id -> (sequence number, JSON), superseded ones left out."""
    pages_read: frozenset[tuple[str, int]] = frozenset()
    letters: dict[str, k.LetterMade] = field(default_factory=dict)
    seal: Seal | None = None
    refused: tuple[int, k.PackRefused] | None = None
    dispatches: dict[str, bool] = field(default_factory=dict)
    """Idempotency key -> confirmed."""
    sent_on: dt.date | None = None
    closed: k.CaseClosed | None = None
    failures: dict[str, int] = field(default_factory=dict)
    """Stage -> crashes since it last succeeded in anything."""
    arrived: tuple[k.ItemArrived, ...] = ()
    reminders: frozenset[str] = frozenset()
    """Keys of the reminders already sent."""
    deciders: frozenset[str] = frozenset()
    """Logins whose decisions the pack rests on; none of them may approve it."""
    review_seq: int = 0
    """Sequence number of the last decision that changes what the pack shows."""

    @property
    def right(self) -> Right:
        """Which right is used."""
        assert self.opened is not None
        return self.opened.right

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """What waits for a person, in the order it was asked."""
        waiting = [q for q in self.questions.values() if q.is_open]
        return tuple(sorted(waiting, key=lambda q: (q.asked_seq, q.id)))

    @property
    def letters_due(self) -> tuple[str, ...]:
        """Ids of the letters that the events call for and that are not made yet."""
        due = ["acknowledgement"] if self.people is not None else []
        due += [letter for letter in self.pause_letters if letter]
        due += [e.letter for e in self.evidence if isinstance(e, k.EvidenceAsked) and e.letter]
        if self.extension is not None and self.extension.letter:
            due.append(self.extension.letter)
        return tuple(letter for letter in due if letter not in self.letters)

    def answered(self, topic: str) -> tuple[Question, ...]:
        """Questions of a topic that have an answer in force."""
        return tuple(q for q in self.questions.values() if q.topic == topic and q.answer)

    def last_answer(self, *topics: str) -> int:
        """Sequence number of the latest answer in force under these topics; 0 for none."""
        return max((q.answer.seq for t in topics for q in self.answered(t) if q.answer), default=0)


REVIEW_TOPICS = frozenset(
    {"cast", "who", "passage", "page", "hidden", "unreadable", "capitals", "clash", "rework"}
)
"""Topics whose answers change what the pack shows."""

DECIDING_TOPICS = REVIEW_TOPICS | {"match", "people"}
"""Topics whose answers make the person who gave them a decider, who may not approve."""


def fold(ref: CaseRef, journal: Iterable[Numbered]) -> Case:
    """The case that these events amount to; an empty journal gives an empty case."""
    case = Case(ref)
    for row in journal:
        case = apply(case, row)
    return case


def apply(case: Case, row: Numbered) -> Case:
    """The case after one more event."""
    case = replace(case, seq=row.seq)
    match row.event:
        case k.CaseOpened() as e:
            return replace(case, opened=e, received_on=e.received_on, recorded_at=row.recorded_at)
        case k.ReceiptCorrected() as e:
            return replace(case, received_on=e.received_on)
        case k.PeopleRecorded() as e:
            people = None if e.people == DESTROYED else RequestPeople.model_validate_json(e.people)
            return replace(case, people=people, people_seq=row.seq)
        case k.EvidenceAsked() | k.EvidenceReceived() as e:
            return replace(case, evidence=(*case.evidence, e))
        case k.FeeCharged() | k.FeePaid() as e:
            return replace(case, fees=(*case.fees, e))
        case k.ClockPaused() as e:
            letters = {**case.pause_letters, e.letter: e}
            pauses = (*case.pauses, (e.asked_on, None))
            return replace(case, pauses=pauses, pause_letters=letters)
        case k.ClockResumed() as e:
            closed = tuple((a, b or e.answered_on) for a, b in case.pauses)
            return replace(case, pauses=closed)
        case k.TimeExtended() as e:
            return replace(case, extension=e)
        case k.SourceAnswered() as e:
            return replace(case, sources={**case.sources, e.source: (row.seq, e)})
        case k.SearchFinished() as e:
            return replace(case, searched_seq=row.seq, search_file=e.file)
        case k.MatchesProposed() as e:
            return replace(case, matches=(row.seq, e))
        case k.EvidenceCollected() as e:
            return replace(case, documents={**case.documents, e.document: e})
        case k.CollectionFinished():
            return replace(case, collected_seq=row.seq)
        case k.DocumentRead() as e:
            return replace(case, read={**case.read, e.document: e})
        case k.ReadingFinished():
            return replace(case, read_seq=row.seq)
        case k.CastBuilt() as e:
            return replace(case, cast=e)
        case k.ProposalsMade() as e:
            return replace(case, proposals=(row.seq, e))
        case k.QuestionAsked() as e:
            return _with_question(
                case,
                Question(
                    e.question, e.topic, e.stage, e.role, e.text, e.options, row.seq, e.due_on
                ),
            )
        case k.QuestionAnswered() as e:
            return _answered(case, row, e)
        case k.QuestionWithdrawn() as e:
            asked = case.questions.get(e.question)
            return _with_question(case, replace(asked, withdrawn=True)) if asked else case
        case k.PassageDecided() as e:
            kept = {key: v for key, v in case.passages.items() if key != e.supersedes}
            kept[e.decision_id] = (row.seq, e.decision)
            return _reviewed(replace(case, passages=kept), row.seq, e.actor.login)
        case k.PageRead() as e:
            pages = case.pages_read | {(e.document, e.page)}
            return _reviewed(replace(case, pages_read=pages), row.seq, e.actor.login)
        case k.LetterMade() as e:
            return replace(case, letters={**case.letters, e.letter: e})
        case k.PackSealed() as e:
            return replace(case, seal=Seal(row.seq, e), refused=None)
        case k.PackRefused() as e:
            return replace(case, refused=(row.seq, e))
        case k.PackApproved() as e:
            if case.seal is None or case.seal.event.sha256 != e.sha256:
                return case
            approved = replace(case.seal, approved_by=e.actor.login, approved_seq=row.seq)
            return replace(case, seal=approved)
        case k.DispatchStarted() as e:
            return replace(case, dispatches={e.key: False, **case.dispatches})
        case k.DispatchConfirmed() as e:
            sent = {**case.dispatches, e.key: True}
            return replace(case, dispatches=sent, sent_on=e.sent_on)
        case k.CaseClosed() as e:
            return replace(case, closed=e)
        case k.StageFailed() as e:
            count = case.failures.get(e.stage, 0) + 1
            return replace(case, failures={**case.failures, e.stage: count})
        case k.ItemArrived() as e:
            return replace(case, arrived=(*case.arrived, e))
        case k.ReminderSent() as e:
            return replace(case, reminders=case.reminders | {e.key})


def _with_question(case: Case, question: Question) -> Case:
    return replace(case, questions={**case.questions, question.id: question})


def _answered(case: Case, row: Numbered, e: k.QuestionAnswered) -> Case:
    asked = case.questions.get(e.question)
    if asked is None:
        return case
    answer = Answer(
        row.seq, e.answer, e.details, e.actor.login, e.actor.attested.value, row.recorded_at
    )
    case = _with_question(case, replace(asked, answer=answer))
    if asked.topic == "stuck":
        failures = {stage: n for stage, n in case.failures.items() if stage != asked.stage}
        case = replace(case, failures=failures)
    if asked.topic in REVIEW_TOPICS:
        return _reviewed(case, row.seq, e.actor.login)
    if asked.topic in DECIDING_TOPICS:
        return replace(case, deciders=case.deciders | {e.actor.login})
    return case


def _reviewed(case: Case, seq: int, login: str) -> Case:
    return replace(case, review_seq=seq, deciders=case.deciders | {login})
