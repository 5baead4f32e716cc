"""The signed return of a place that people search, and what follows from a second one.

A later return of the same place corrects the one before: it takes its place, and the journal keeps
both. Recordings that it lists become tasks; a recording that was heard already is not asked again.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, Literal

from casework.entries import lines_of, needed, text_of
from casework.office import Office
from casework.questions import Given
from rights.case import Case
from rights.clock.validate import check_not_future
from rights.errors import InputError
from rights.events import Actor, Event
from rights.events.base import ENGINE
from rights.events.kinds import QuestionAsked, QuestionWithdrawn, SourceAnswered
from rights.road import Stage
from rights.sources.limits import lifted
from rights.sources.search import adapter_of
from rights.sources.sheet import TOPIC, Step
from rights.sources.team import TeamSource

FOUND = "found: the copies are in the folder"
NOTHING, CANNOT = "nothing held", "cannot be searched by this"
GONE, LOST, ELSEWHERE = "destroyed on schedule", "lost", "held elsewhere"
GO_ON = "go on without it, and say so"
HEARD, NOT_ABOUT, NOT_PLAYED = (
    "heard: what it says is in the folder",
    "heard: nothing about the person",
    "it cannot be played",
)
_Status = Literal["nothing held", "cannot search by this", "destroyed", "lost", "held elsewhere"]
_ENDS: dict[str, _Status] = {
    NOTHING: "nothing held",
    CANNOT: "cannot search by this",
    GONE: "destroyed",
    LOST: "lost",
    ELSEWHERE: "held elsewhere",
}
RETURNS = (FOUND, *_ENDS, GO_ON)


def returned(
    office: Office, case: Case, team: TeamSource, given: Given, actor: Actor
) -> tuple[Event, ...]:
    """What a signed return records beside itself.

    Raises:
        InputError: it is not signed, not dated, or says nothing of what it must say.
    """
    facts = _facts(given, office.today(), team)
    if given.value in (GONE, LOST, ELSEWHERE, CANNOT) and not facts["note"]:
        raise InputError(
            "sheet.detail",
            "Nothing says when and why it was destroyed or lost, who holds it, or what they need.",
            "Enter it from the form, or ask the place.",
        )
    tapes = lines_of(given.details, "recordings")
    if given.value == FOUND and not tapes:
        check_folder(case, team)
    events: list[Event] = [*_listen(case, team, tapes)]
    if again := lifted(case, team.name, actor=actor, law=office.law, on=office.today()):
        events.append(again)
    if given.value == FOUND:
        return tuple(events)
    answered = SourceAnswered(
        actor=ENGINE,
        source=team.name,
        status=_ENDS[given.value],
        adapter=adapter_of(team),
        terms=json.dumps(facts, ensure_ascii=False),
    )
    return (answered, *events)


def was_found(case: Case, name: str) -> bool:
    """Whether a place sent copies."""
    return any(
        q.answer.value in (FOUND, HEARD)
        for q in case.answered(TOPIC)
        if q.answer and q.body.get("source") == name and not q.withdrawn
    )


def last_return(case: Case, name: str) -> int:
    """Sequence number of the last answer of a place; 0 before it answered."""
    seqs = (q.answer.seq for q in case.answered(TOPIC) if q.answer and q.body["source"] == name)
    return max(seqs, default=0)


def said_by(case: Case, team: TeamSource, today: dt.date) -> dict[str, Any]:
    """What the return in force says of how the place was searched; empty without one."""
    question = case.questions.get(f"{TOPIC}/{team.name}/return")
    if question is None or question.answer is None or question.answer.value == GO_ON:
        return {}
    details: Mapping[str, Any] = json.loads(question.answer.details or "{}")
    return _facts(Given(question.id, question.answer.value, details), today, team)


def check_folder(case: Case, team: TeamSource) -> None:
    """Copies that are said to be in the folder are there.

    Raises:
        InputError: ``sheet.no_files``.
    """
    if not team.count({case.ref}):
        raise InputError(
            "sheet.no_files",
            f"The folder of '{team.name}' holds nothing for {case.ref}.",
            "Put the scans or the notes of the recording there first.",
        )


def place_question(
    name: str, body: Mapping[str, Any], options: tuple[str, ...], due: dt.date | None
) -> QuestionAsked:
    """A question about a place that people search."""
    return QuestionAsked(
        actor=ENGINE,
        question=name,
        topic=TOPIC,
        stage=Stage.SEARCH,
        role="officer",
        text=json.dumps(body, ensure_ascii=False),
        options=options,
        due_on=due,
    )


def _facts(given: Given, today: dt.date, team: TeamSource) -> dict[str, Any]:
    signed = needed(
        given,
        "by",
        "sheet.unsigned",
        "Nothing says who searched and signed the form.",
        "Enter the name and job on the form.",
    )
    terms = needed(
        given,
        "terms",
        "sheet.terms",
        "Nothing says by which names they searched.",
        "Enter the names from the form, or ask for them.",
    )
    return {
        "asked": terms.splitlines(),
        "searched_on": _day(given, today).isoformat(),
        "by": signed,
        "opened": lines_of(given.details, "opened"),
        "note": text_of(given.details, "detail"),
        "limits": list(team.limits),
    }


def _listen(case: Case, team: TeamSource, tapes: list[str]) -> Iterator[Event]:
    """A task for each recording that is new; those that the return no longer lists are withdrawn.

    What was heard stays heard: its answer is about the recording and not about the return.
    """
    wanted: dict[str, str] = {}
    for number, tape in enumerate(tapes):
        mark = sha256(f"{tape}|{tapes[:number].count(tape)}".encode()).hexdigest()[:10]
        wanted[f"{TOPIC}/{team.name}/listen/{mark}"] = tape
    for question in case.open_questions:
        mine = question.topic == TOPIC and question.body.get("source") == team.name
        if mine and question.body.get("step") == Step.LISTEN and question.id not in wanted:
            yield QuestionWithdrawn(
                actor=ENGINE, question=question.id, why="a later return does not list it"
            )
    for number, (name, tape) in enumerate(wanted.items(), 1):
        known = case.questions.get(name)
        if known is not None and not known.withdrawn:
            continue
        body = {
            "title": f"{team.title}: recording {number}",
            "words": "Listen to it or watch it, and write down what it says about the person. "
            f"It is: {tape}",
            "source": team.name,
            "step": Step.LISTEN,
        }
        yield place_question(name, body, (HEARD, NOT_ABOUT, NOT_PLAYED), None)


def _day(given: Given, today: dt.date) -> dt.date:
    try:
        day = dt.date.fromisoformat(text_of(given.details, "on"))
    except ValueError:
        raise InputError(
            "sheet.day", "The day of the signature is missing.", "Choose the day on the form."
        ) from None
    check_not_future("the form", day, today)
    return day
