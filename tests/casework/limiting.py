"""A case about limiting a use on the tiny council, with whoever answers what it asks."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casework.office import Office
from casework.questions import Given, answer
from rights.case import Question
from rights.errors import RightsdeskError
from rights.release import CaseRef, Right
from rights.road import Next
from tests.small_council import SmallTruth, build
from tests.small_office import NOON, STAFF, Small, open_small, receive_letter


@dataclass
class Clock:
    """A clock that is set by hand."""

    now: dt.datetime = NOON

    def __call__(self) -> dt.datetime:
        """The instant that it shows."""
        return self.now

    def forward(self, days: int) -> dt.date:
        """Some days later; the day that it is then."""
        self.now += dt.timedelta(days=days)
        return self.now.date()


Reply = tuple[str, Mapping[str, Any]]
"""An option and the entries that go with it."""


@dataclass
class Limiting:
    """A case with its office, and the answers under 'assess' by the beginning of a question's id.

    Attributes:
        replies: Answers by the beginning of the question's id; a function sees the question.
        asked: Ids of the questions answered, in order.
    """

    office: Office
    ref: CaseRef
    truth: SmallTruth
    council: Path
    clock: Clock
    replies: dict[str, Reply | Callable[[Question], Reply]]
    asked: list[str] = field(default_factory=list[str])

    @property
    def case(self) -> Any:
        """The case as it stands."""
        return self.office.case(self.ref)

    def walk(self, until: str = "") -> Next:
        """Work and answer to the end, or until a question of a topic waits."""
        small = Small(self.office, self.ref, self.truth)
        while True:
            stands = small.work()
            topics = {q.topic for q in stands.waiting}
            if not stands.waiting or until in topics:
                return stands
            for question in stands.waiting:
                self.give(question)

    def open(self, topic: str) -> Question:
        """The first open question of a topic."""
        return next(q for q in self.case.open_questions if q.topic == topic)

    def give(self, question: Question) -> None:
        """Answer one question as its role would."""
        value, details = self._reply(question)
        self.asked.append(question.id)
        if value is None:
            small = Small(self.office, self.ref, self.truth)
            small.rehearsal.answer_waiting(self.ref, (question,))
            return
        who = {"officer": "officer1", "approver": "officer2"}.get(question.role, question.role)
        answer(self.office, self.ref, Given(question.id, value, details), STAFF[who])

    def _reply(self, question: Question) -> tuple[Any, Mapping[str, Any]]:
        for start in sorted(self.replies, key=len, reverse=True):
            if question.id.startswith(start):
                reply = self.replies[start]
                return reply(question) if callable(reply) else reply
        match question.topic:
            case "act":
                proof = {"by": "Case team", "on": self.clock.now.date().isoformat(), "proof": "s"}
                return "done", proof
            case "recipient":
                return "nothing was disclosed to them", {"reason": "The log of sharing is empty."}
            case "restriction":
                return question.options[0], {"by": "Assessment team, by their manager"}
            case _:
                return None, {}

    def rows(self, query: str, system: str = "case_system") -> list[tuple[Any, ...]]:
        """A system, read through a connection of our own."""
        with sqlite3.connect(self.council / "systems" / f"{system}.sqlite") as db:
            found = db.execute(query).fetchall()
        db.close()
        return found

    def stopped(self) -> dict[str, bool]:
        """Number of each case note, and whether its use is stopped."""
        rows = self.rows("SELECT ID, PROCESSING_STOPPED FROM CASE_NOTES ORDER BY ID")
        return {number: flag == "Y" for number, flag in rows}

    def run(self, sql: str) -> None:
        """Change the case system behind our back."""
        with sqlite3.connect(self.council / "systems" / "case_system.sqlite") as db:
            db.execute(sql)
        db.close()

    def letter_text(self) -> str:
        """The reply, as text."""
        from tests.letters.reading import flat_text

        seal = self.case.seal
        assert seal is not None
        return flat_text(self.office.store.get_file(self.ref, seal.event.letter_file))


def limiting(
    tmp_path: Path, right: Right, replies: Mapping[str, Reply | Callable[[Question], Reply]]
) -> Limiting:
    """A fresh council, and a request for this right received."""
    council = tmp_path / "council"
    truth = build(council)
    clock = Clock()
    office = open_small(tmp_path / "home", council, clock, acts=True)
    ref = receive_letter(office, truth, right)
    return Limiting(office, ref, truth, council, clock, dict(replies))


def again(walked: Limiting, tmp_path: Path) -> Limiting:
    """A copy of a case as it was walked so far, in an office of its own."""
    shutil.copytree(walked.council.parent, tmp_path, dirs_exist_ok=True)
    clock = Clock(walked.clock.now)
    council = tmp_path / "council"
    office = open_small(tmp_path / "home", council, clock, acts=True)
    return Limiting(office, walked.ref, walked.truth, council, clock, dict(walked.replies))


def numbers(question: Question, *titles: str) -> str:
    """The numbers under which these records stand in a question's list."""
    listed = next(s for s in question.body["shown"] if s["title"] == "Records")
    return ", ".join(row[0] for row in listed["rows"] if row[1] in titles)


def refusal(call: Callable[[], object]) -> str:
    """The code of the error that a call raises."""
    try:
        call()
    except RightsdeskError as error:
        return error.code
    return ""
