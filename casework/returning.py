"""Whether somebody who was erased, or a record that was, is in a source again.

Nothing is dropped in silence: each is a task on the case that erased it, for a person to look at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from casework.office import Office
from casework.questions import Given, SignedIn, on_answer
from rights.case import Case, Question
from rights.errors import InputError, RightsdeskError, SourceError
from rights.events import DESTROYED, Event
from rights.events.base import ENGINE
from rights.events.kinds import QuestionAsked
from rights.release import CaseRef, Right
from rights.sources import Capability
from rights.sources.suppression import ERASED, returning

TOPIC = "returning"
AGAIN, OTHER, BACK = (
    "it was erased again",
    "it is somebody else",
    "they came back to us and may be known again",
)
_WORDS = "This was erased, and a source has it again. Find out how, and say what became of it."


@dataclass(frozen=True, slots=True)
class Met:
    """Something that was erased and is there again.

    Attributes:
        case: The case that erased it.
        source: Name of the source.
        record: Its id there, or the key of the person; personal data.
        what: Which of the two it is.
    """

    case: CaseRef
    source: str
    record: str
    what: str

    @property
    def question(self) -> str:
        """Id of the task; says nothing of the person."""
        return f"returning/{self.source}/{sha256(self.record.encode()).hexdigest()[:12]}"


def look(office: Office, *, dry_run: bool) -> tuple[str, ...]:
    """Look through every source, and ask a person about each that came back.

    Returns:
        A line for each, without personal data. Safe to run twice.
    """
    cases = {c.ref: c for c in office.cases() if c.right is Right.ERASURE}
    if not dry_run:
        _forget(office, cases)
    silent: dict[str, str] = {}
    found = [*_people(office, cases, silent), *_records(office, cases, silent)]
    lines = [
        f"The source '{name}' could not be looked through for what was erased [{code}]."
        for name, code in sorted(silent.items())
    ]
    for met in sorted(found, key=lambda m: (m.case, m.question)):
        if met.question not in cases[met.case].questions and not dry_run:
            cases[met.case] = _ask(office, cases[met.case], met)
        asked = met.question in cases[met.case].questions
        state = "a person has been asked" if asked else "a person has to look at it"
        lines.append(f"{met.case}: {met.what} is in the source '{met.source}' again; {state}.")
    return tuple(lines)


def _people(office: Office, cases: Mapping[CaseRef, Case], silent: dict[str, str]) -> Iterator[Met]:
    listed, secret = office.store.suppressed, office.store.mark_key()
    for source in office.sources:
        if Capability.PEOPLE not in source.capabilities:
            continue
        try:
            for found in returning(source.people(), listed, secret, purpose=ERASED):
                for key in found.keys:
                    ref, _, name = key.rpartition("/")
                    if name == source.name and ref in cases:
                        yield Met(CaseRef(ref), name, found.person.key, "a person")
        except SourceError as error:
            silent[source.name] = error.code


def _records(
    office: Office, cases: Mapping[CaseRef, Case], silent: dict[str, str]
) -> Iterator[Met]:
    for case in cases.values():
        for action in case.actions.values():
            told = action.started
            proved = action.done is not None and action.done.proved
            if told.act != "erase" or not proved or told.order == DESTROYED:
                continue
            record = str(json.loads(told.order)["record"])
            try:
                if office.actions[told.source].state(record).present:
                    yield Met(case.ref, told.source, record, "a record")
            except SourceError as error:
                silent[told.source] = error.code


def _ask(office: Office, case: Case, met: Met) -> Case:
    title = next((s.title for s in office.sources if s.name == met.source), met.source)
    body = {"words": _WORDS, "title": f"{title}: {met.what}", "record": met.record}
    asked = QuestionAsked(
        actor=ENGINE,
        question=met.question,
        topic=TOPIC,
        stage="returning",
        role="officer",
        text=json.dumps(body, ensure_ascii=False),
        options=(AGAIN, OTHER, BACK),
    )
    try:
        return office.record(case, [asked])
    except RightsdeskError as error:
        if error.code != "store.destroyed":
            raise
        return case  # its own time is over: the line that is returned is all that can be said


def _forget(office: Office, cases: dict[CaseRef, Case]) -> None:
    """Take back the marks of those who asked to be known again."""
    for case in cases.values():
        for question in case.answered(TOPIC):
            if question.answer and question.answer.value == BACK:
                office.store.suppressed.forget(f"{case.ref}/{question.id.split('/')[1]}")


@on_answer(TOPIC)
def _looked_at(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    if not str(given.details.get("reason", "")).strip():
        raise InputError(
            "returning.reason",
            "Nothing says how it came back, or how it is known to be somebody else.",
            "Write what you found out, and from whom.",
        )
    return ()
