"""Questions to people: asked by stages, answered once, corrected by superseding answers.

Every answer comes through `answer`, whoever gives it and from wherever, so that the gates stand
in one place.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from casework.office import Office, Work
from rights.case import Case, Question
from rights.errors import InputError, RefusedError
from rights.events import Actor, Event
from rights.events.base import ENGINE
from rights.events.kinds import QuestionAnswered, QuestionAsked, QuestionWithdrawn
from rights.release import CaseRef


@dataclass(frozen=True, slots=True)
class Ask:
    """A question that a stage wants answered.

    `id` is stable over re-runs and free of personal data; `body` may hold anything the answerer
    must see and is stored sealed.
    """

    id: str
    topic: str
    role: str
    body: Mapping[str, Any]
    options: tuple[str, ...]
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as somebody gives it."""

    question: str
    value: str
    details: Mapping[str, Any] = field(default_factory=dict[str, Any])
    correct: bool = False
    """It corrects an answer already in force."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person whose sign-in the desk (or the command line) has checked."""

    actor: Actor
    roles: frozenset[str]


Effect = Callable[[Office, Case, Question, Given, SignedIn], tuple[Event, ...]]
"""What an answer does besides being recorded; may refuse by raising."""

_EFFECTS: dict[str, Effect] = {}
_EFFECT_MODULES = (
    "acting",
    "approve",
    "arrived",
    "complaint.handler",
    "dispatch",
    "erasure.answer",
    "emergency",
    "hold",
    "lapse",
    "letter_words",
    "listening",
    "match",
    "modes",
    "opinions",
    "outcome",
    "people",
    "post",
    "reading",
    "recipients",
    "regulator",
    "returning",
    "restriction.lifting",
    "restriction.watch",
    "search",
    "sheets",
    "standing",
    "thirdparty",
    "topics",
    "twice",
)
"""Where effects are registered; all are loaded before the first answer, or a gate would be open."""
_PLAIN = frozenset({"unreadable", "hidden", "capitals", "rework", "refused", "stuck"})
"""Topics whose answers do nothing besides being recorded."""


def on_answer(topic: str) -> Callable[[Effect], Effect]:
    """Registers what an answer under a topic checks and does."""

    def register(effect: Effect) -> Effect:
        _EFFECTS[topic] = effect
        return effect

    return register


def ask(work: Work, asks: tuple[Ask, ...], *, stage: str, topics: frozenset[str]) -> None:
    """Bring the open questions of these topics in line with what the stage needs.

    New ones are asked, open ones that are no longer needed are withdrawn, and answered ones are
    left alone: a re-run reopens nothing.
    """
    wanted = {a.id: a for a in asks}
    events: list[Event] = [
        QuestionWithdrawn(actor=ENGINE, question=q.id, why="no longer needed")
        for q in work.case.open_questions
        if q.topic in topics and q.stage == stage and q.id not in wanted
    ]
    for item in asks:
        known = work.case.questions.get(item.id)
        if known is not None and not known.withdrawn:
            continue
        events.append(
            QuestionAsked(
                actor=ENGINE,
                question=item.id,
                topic=item.topic,
                stage=stage,
                role=item.role,
                text=json.dumps(item.body, ensure_ascii=False, default=str),
                options=item.options,
                due_on=item.due_on,
            )
        )
    work.append(*events)


def answer(office: Office, ref: CaseRef, given: Given, who: SignedIn) -> Case:
    """Record one answer with its effects, in one transaction.

    Raises:
        InputError: no such question, or not one of its options.
        RefusedError: already answered, not this person's to answer, or against a gate.
        ConflictError: somebody else wrote to the case in between; read it again.
    """
    return answer_all(office, ref, (given,), who)


def answer_all(office: Office, ref: CaseRef, batch: tuple[Given, ...], who: SignedIn) -> Case:
    """Record several answers at once: all of them or none."""
    draft = office.draft(office.case(ref), who.roles)
    for given in batch:
        case = draft.case
        question = _question(case, given)
        corrected = question.answer.seq if question.answer and given.correct else 0
        answered = QuestionAnswered(
            actor=who.actor,
            question=question.id,
            answer=given.value,
            details=json.dumps(given.details, ensure_ascii=False, default=str)
            if given.details
            else "",
            supersedes=corrected,
            law_version=office.law.version,
        )
        draft.admit([answered])
        draft.admit(_effect(question.topic)(office, case, question, given, who))
    return office.write(draft)


def topics() -> frozenset[str]:
    """Every topic that a question can be about."""
    return _PLAIN | _effects().keys()


def _effects() -> Mapping[str, Effect]:
    for name in _EFFECT_MODULES:
        import_module(f"casework.{name}")  # each imports this module, so not at the top
    return _EFFECTS


def _effect(topic: str) -> Effect:
    effects = _effects()
    if topic in _PLAIN:
        return lambda office, case, question, given, who: ()
    if topic not in effects:
        raise RefusedError(
            "question.no_gate",
            f"Nothing says what an answer about '{topic}' must satisfy.",
            "Tell an administrator; nothing was recorded.",
        )
    return effects[topic]


def _question(case: Case, given: Given) -> Question:
    question = case.questions.get(given.question)
    if question is None or question.withdrawn:
        raise InputError(
            "question.unknown",
            "This question is not asked any more.",
            "Open the case again; it may have moved on.",
        )
    return question
