"""Whoever answers at the desk while a case is walked, and what a row of the table says of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casework.office import Office
from casework.questions import Given, answer
from rights.case import Case, Question
from rights.release import CaseRef, Right
from tests.casework.limiting import Clock
from tests.letters.reading import flat_text
from tests.small_council import SmallTruth
from tests.small_office import STAFF, Small, open_small
from tests.walk.sources import Sources, read_sources

Reply = tuple[str, Mapping[str, Any]] | tuple[str, Mapping[str, Any], str]
"""An option, its entries, and who answers if it is not the first with the role."""
Replies = Mapping[str, Reply | Callable[[Question], Reply]]
"""How questions are answered: by the beginning of their ids, or after a star by the end."""
NOTHING_GIVEN: Reply = ("nothing was disclosed to them", {"reason": "The log of sharing is empty."})
_ROLES = {"officer": "officer1", "approver": "dpo"}


@dataclass
class Walker:
    """A case on its way, with its office, its council, and the answers to come.

    Attributes:
        ref: The case whose outcome is looked at.
        before: The sources as they were when the request came.
    """

    office: Office
    ref: CaseRef
    truth: SmallTruth
    council: Path
    clock: Clock
    before: Sources
    replies: dict[str, Reply | Callable[[Question], Reply]] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return self.office.case(self.ref)

    @property
    def small(self) -> Small:
        """The case with the officers of the demo."""
        return Small(self.office, self.ref, self.truth)

    def walk(self, until: str = "") -> tuple[Question, ...]:
        """Work and answer to the end, or until a question of a topic waits."""
        while True:
            waiting = self.small.work().waiting
            if not waiting or until in {q.topic for q in waiting}:
                return waiting
            plain = [q for q in waiting if self._reply(q) is None]
            self.small.rehearsal.answer_waiting(self.ref, plain)
            for question in waiting:
                if question not in plain:
                    self.give(question)

    def open(self, start: str) -> Question:
        """The open question whose id begins so."""
        return next(q for q in self.case.open_questions if q.id.startswith(start))

    def give(self, question: Question, reply: Reply | None = None) -> Case:
        """Answer one question as its role would, or correct its answer."""
        reply = reply or self._reply(question)
        assert reply is not None, question.id
        value, details = reply[0], reply[1]
        who = reply[2] if len(reply) > 2 else _ROLES.get(question.role, question.role)  # pyright: ignore
        given = Given(question.id, value, details, correct=not question.is_open)
        return answer(self.office, self.ref, given, STAFF[who])

    def _reply(self, question: Question) -> Reply | None:
        for start in sorted(self.replies, key=len, reverse=True):
            if question.id.startswith(start) or (
                start[0] == "*" and question.id.endswith(start[1:])
            ):
                reply = self.replies[start]
                return reply(question) if callable(reply) else reply
        match question.topic:
            case "act":
                day = self.office.today().isoformat()
                return "done", {"by": "Case team", "on": day, "proof": "Seen on the screen."}
            case "apply":
                return "do it", {}
            case "recipient":
                return NOTHING_GIVEN
            case "restriction":
                return question.options[0], {"by": "Assessment team, by their manager"}
            case _:
                return None

    def reply_text(self) -> str:
        """The text of the reply that was sealed last."""
        seal = self.case.seal
        assert seal is not None
        return flat_text(self.office.store.get_file(self.ref, seal.event.letter_file))

    def letter_text(self, start: str) -> str:
        """The text of the letter whose id begins so."""
        made = next(m for name, m in self.case.letters.items() if name.startswith(start))
        return flat_text(self.office.store.get_file(self.ref, made.file))

    def other(self, ref: CaseRef) -> Walker:
        """Another case of the same office."""
        return Walker(self.office, ref, self.truth, self.council, self.clock, self.before)

    def opened_again(self) -> Walker:
        """The same case in an office that was just opened, as another process would."""
        at = self.council.parent
        office = open_at(at, self.clock)
        return Walker(
            office, self.ref, self.truth, self.council, self.clock, self.before, self.replies
        )

    def forward(self, days: int) -> dt.date:
        """Some days later; the day that it is then."""
        return self.clock.forward(days)


def open_at(at: Path, clock: Clock) -> Office:
    """The office that lies in a folder, beside its council and maybe a register of its own."""
    register = at / "register"
    own = register if register.is_dir() else None
    return open_small(at / "home", at / "council", clock, acts=True, register=own)


def walker(at: Path, truth: SmallTruth, clock: Clock, ref: CaseRef, replies: Replies) -> Walker:
    """Whoever goes on with a case in the office that lies there."""
    council, office = at / "council", open_at(at, clock)
    return Walker(office, ref, truth, council, clock, read_sources(council), dict(replies))


@dataclass(frozen=True, kw_only=True)
class Row:
    """One way for a request to end, how it is walked, and what must be true then.

    Attributes:
        right: The right that is used.
        rule: The table of the law data that allows the outcome.
        outcome: As that table has it, or how else a case is closed.
        start: Which beginning it goes on from (`tests.walk.starts`).
        replies: What is answered at the desk.
        steps: What is done beside answering; to the end of the road when left out.
        closes: The outcome that the case is closed with, where it is another word or none.
        reply: Template of the reply; empty where a case ends without one.
        letters: Templates of the other letters, the acknowledgement left out.
        says: Words of the reply, or of the last letter where there is no reply.
        never: Words that must not be in it.
        sources: What is gone, new or changed in the sources; nothing else may be.
        shows: Words that the sources hold at the end.
        hides: Words that they hold no more.
        marks: What for there are marks of the person in the suppression list.
        by_hand: Whether a person did something in a system and said how it is known.
        told: Recipients: 'nobody' is asked about, none 'had it', 'each' is told.
        notice: Words of every letter to a recipient.
        secret: Words that none of these letters may hold.
        due: The day by which it was due, worked out by hand; None where nothing is due any more.
        in_time: Whether it was answered by then.
        counted: The line of the figures that counts it, in the list of outcomes or of endings.
        turns: What else happens on the way that the coverage asks for.
    """

    right: Right
    rule: str
    outcome: str
    start: str = ""
    replies: Replies = field(default_factory=dict)
    steps: Callable[[Walker], Walker | None] | None = None
    closes: str = ""
    reply: str = ""
    letters: frozenset[str] = frozenset()
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    sources: frozenset[str] = frozenset()
    shows: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()
    by_hand: bool = False
    told: str = "nobody"
    notice: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    due: dt.date | None = dt.date(2026, 12, 21)
    in_time: bool = True
    counted: str = ""
    turns: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """For the list of tests."""
        turns = f" after {', '.join(sorted(self.turns))}" if self.turns else ""
        return f"{self.rule.removeprefix('right.')}: {self.outcome} ({self.right.value}){turns}"
