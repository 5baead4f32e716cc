"""A request for erasure at the tiny council, whose case system may be written to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from casework.erasure.words import DECIDE, ERASE, KEEP, RESTRICT
from casework.questions import Given, SignedIn, answer
from casework.recipients import NEVER
from rights.case import Case, Question
from rights.release import Right
from rights.sources import load_mapping, make_source
from tests.letters.reading import flat_text
from tests.small_council import REPOSITORY, SUBJECT, SmallTruth
from tests.small_office import NOON, STAFF, Small, open_small, receive_letter

GROUND = {"ground": "no longer needed"}
NEEDED = {
    "keep": "a legal duty or a public task",
    "reason": "It shows what was done for you as a child",
}
ELSEWHERE = "Backups are overwritten within 90 days."
NOTES, FILES, CENSUS, ENTRY = (
    "case_system/CASE_NOTES",
    "case_system/DOCUMENTS",
    "school_census/school_census.csv",
    "case_system/entry",
)
_SAID = {ERASE: GROUND, KEEP: NEEDED, RESTRICT: NEEDED}
_STOPS = frozenset({"assess", "apply", "act", "recipient", "later"})


@dataclass
class Time:
    """A clock that stands until it is moved."""

    now: dt.datetime = NOON

    def __call__(self) -> dt.datetime:
        return self.now

    def to(self, day: dt.date) -> None:
        """Noon of a day."""
        self.now = dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC)


@dataclass
class Erasing:
    """A case on its way, with what tests do to it."""

    small: Small
    council: Path

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return self.small.office.case(self.small.ref)

    def walk(self) -> tuple[Question, ...]:
        """On to the next question that is this right's own; others are answered by the demo."""
        while True:
            stands = self.small.work()
            if not stands.waiting or _STOPS & {q.topic for q in stands.waiting}:
                return stands.waiting
            self.small.rehearsal.answer_waiting(self.small.ref, stands.waiting)

    def say(
        self, question: Question, value: str, who: SignedIn | None = None, /, **details: str
    ) -> Case:
        """Answer a question, or correct its answer."""
        given = Given(question.id, value, details, correct=not question.is_open)
        return answer(self.small.office, self.small.ref, given, who or STAFF["manager"])

    def weigh(self, decided: dict[str, str], otherwise: str = KEEP) -> Question:
        """Decide each place; the question about the whole."""
        for question in self.walk():
            value = decided.get(question.body["place"], otherwise)
            self.say(question, value, **_SAID[value])
        return self.walk()[0]

    def decide(self, finish: Question, value: str = DECIDE, /, **details: str) -> Case:
        """The decision as a whole."""
        return self.say(finish, value, **{"elsewhere": ELSEWHERE, **details})

    def carry_out(self, **act: str) -> None:
        """Allow it, do by hand what must be, and tell nobody, up to where it waits again."""
        while waiting := [q for q in self.walk() if q.topic in ("apply", "act", "recipient")]:
            for question in waiting:
                if question.topic == "apply":
                    self.say(question, "do it", STAFF["officer2"])
                elif question.topic == "recipient":
                    self.say(question, NEVER, STAFF["officer1"], reason="The log names nobody.")
                elif act:
                    self.say(question, "it cannot be done", STAFF["officer1"], **act)
                else:
                    by = {"by": "Jo", "on": "2026-11-23", "proof": "A picture without it."}
                    self.say(question, "done", STAFF["officer1"], **by)

    def letter(self) -> str:
        """The text of the sealed reply."""
        seal = self.case.seal
        assert seal is not None
        return flat_text(self.small.office.store.get_file(self.small.ref, seal.event.letter_file))

    def notes(self) -> set[str]:
        """The case notes that a search finds now, through a connection of its own."""
        mapping = load_mapping(REPOSITORY / "council" / "sources" / "case_system.yaml")
        source = make_source(mapping, self.council)
        found = {r.record_id for r in source.records([SUBJECT])}
        return found | {d.document_id for d in source.documents([SUBJECT])}


def open_erasing(
    home: Path,
    council: Path,
    truth: SmallTruth,
    clock: Callable[[], dt.datetime] = lambda: NOON,
    right: Right = Right.ERASURE,
) -> Erasing:
    """An office on copies of its own, with the case received, or found again."""
    office = open_small(home, council, clock, acts=True)
    letter = replace(truth, letter=council / "requests" / "letter.pdf")
    known = [r for r in office.store.cases() if office.case(r).right is right]
    ref = known[0] if known else receive_letter(office, letter, right)
    return Erasing(Small(office, ref, letter), council)
