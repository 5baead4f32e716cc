"""The road of an access request: which stage comes next, and what a case waits for.

Data first: each step says when it is done and which open questions hold it up. A correction moves
a case back by itself, because "done" compares the sequence number of a step's result with those
of what it rests on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from rights.case import REVIEW_TOPICS, Case, Part, Question, documents_of
from rights.release import Right


class Stage(StrEnum):
    """A short, idempotent piece of work on one case."""

    PEOPLE = "people"
    STANDING = "standing"
    HANDLE = "handle"
    LETTERS = "letters"
    SEARCH = "search"
    MATCH = "match"
    COLLECT = "collect"
    READ = "read"
    PROPOSE = "propose"
    ASSESS = "assess"
    APPLY = "apply"
    NOTIFY = "notify"
    PLAN = "plan"
    SEAL = "seal"
    APPROVE = "approve"
    DISPATCH = "dispatch"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the road.

    Attributes:
        stage: What is to be done.
        done: Whether its result is there and rests on nothing that changed since.
        held_by: Topics whose open questions keep the stage from starting.
        words: What the stage does, for boards and the desk.
    """

    stage: Stage
    done: Callable[[Case], bool]
    held_by: frozenset[str]
    words: str


@dataclass(frozen=True, slots=True)
class Next:
    """Where a case stands: a stage to run, or questions it waits for, or neither at the end."""

    stage: Stage | None
    waiting: tuple[Question, ...]
    words: str


def _standing_known(case: Case) -> bool:
    """Whether it was reckoned, since the people were last recorded, what must be settled."""
    known = case.decision("standing")
    return known is not None and known.seq > case.people_seq


def _searched(case: Case) -> bool:
    again = max(
        (
            q.answer.seq
            for q in case.answered("source")
            if q.answer and q.answer.value == AGAIN and q.stage == Stage.SEARCH
        ),
        default=0,
    )
    return case.searched_seq > max(case.people_seq, again, case.reopened_seq)


def _matched(case: Case) -> bool:
    return case.matches is not None and case.matches[0] > case.searched_seq


def _collected(case: Case) -> bool:
    matched = case.matches[0] if case.matches else 0
    return case.collected_seq > max(matched, case.last_answer("match", "sheet"))


def _proposed(case: Case) -> bool:
    return case.proposals is not None and case.proposals[0] > case.read_seq


def _assessed(case: Case) -> bool:
    """Whether it is decided how the request ends, and nothing that it rests on changed since."""
    outcome = case.decision("outcome")
    if outcome is None or outcome.event.outcome == "open":
        return False
    return outcome.seq > max(case.last_answer("assess"), case.last_answer("match"))


def _after_outcome(case: Case, seq: int) -> bool:
    """Whether something was finished after the outcome in force was decided."""
    outcome = case.decision("outcome")
    return outcome is not None and seq > outcome.seq


def _plan_stands(case: Case) -> bool:
    """Whether a part is planned of documents that are still there, and the last one whole."""
    part = case.part
    if part is None:
        return False
    if part.sent_on is not None:
        return part.last
    remaining: set[str] = set() if is_refused(case) else set(case.remaining)
    return set(part.documents) == remaining if part.last else set(part.documents) <= remaining


def seal_stands(case: Case) -> bool:
    """Whether the part in hand is sealed and nothing that it shows was decided anew since."""
    part = case.part
    if part is None or part.seal is None:
        return False
    if part.sent_on is not None:
        return True
    return part.seal.event.basis >= basis_of(case, part)


def basis_of(case: Case, part: Part) -> int:
    """Sequence number of the last event that the pack of a part rests on."""
    proposed = case.proposals[0] if case.proposals else 0
    outcome = case.decision("outcome")
    decided = outcome.seq if outcome else 0
    done = max(case.acted_seq, case.told_seq)
    return max(case.review_seq(part.documents), proposed, part.planned_seq, decided, done)


def waits_in(case: Case, part: Part) -> tuple[Question, ...]:
    """The open review questions that hold up a part: those about its documents, or about all."""
    return tuple(
        q
        for q in case.open_questions
        if q.topic in REVIEW_TOPICS
        and ((about := documents_of(q)) is None or about & set(part.documents))
    )


def ready_documents(case: Case) -> tuple[str, ...]:
    """Documents read, not sent, about which nothing is open: what could go as a part now.

    Nothing while a question may reach every document.
    """
    waiting: set[str] = set()
    for question in case.open_questions:
        if question.topic in REVIEW_TOPICS:
            about = documents_of(question)
            if about is None:
                return ()
            waiting |= about
    return tuple(d for d in case.remaining if d not in waiting)


AGAIN = "search again"
"""The answer to a failed source that makes the search run once more."""

NONE: frozenset[str] = frozenset()
BEFORE_SEAL = frozenset(
    {"people", "refused", "standing", "duplicate", "outcome", "regulator", "who", "clash", "rework"}
)
"""Topics that keep any part from being sealed while a question is open; questions about single
documents keep back the part that holds them (`waits_in`)."""
STEPS: tuple[Step, ...] = (
    Step(
        Stage.PEOPLE,
        lambda c: c.people is not None,
        frozenset({"people"}),
        "find out who is who",
    ),
    Step(
        Stage.STANDING,
        _standing_known,
        frozenset({"people"}),
        "see what must be settled about who asks",
    ),
    Step(
        Stage.HANDLE,
        lambda c: c.decision("handler") is not None,
        frozenset({"people", "handler"}),
        "say who handles it",
    ),
    Step(
        Stage.LETTERS,
        lambda c: not c.letters_due and not c.letters_to_send,
        frozenset({"people"}),
        "write and send the letters that are due",
    ),
    Step(Stage.SEARCH, _searched, frozenset({"people"}), "search every source"),
    Step(Stage.MATCH, _matched, frozenset({"source"}), "tell the subject's records from others"),
    Step(
        Stage.COLLECT,
        _collected,
        frozenset({"match", "source"}),
        "fetch the records and documents",
    ),
    Step(
        Stage.READ,
        lambda c: c.read_seq > max(c.collected_seq, c.last_answer("listen")),
        NONE,
        "read every page",
    ),
    Step(Stage.PROPOSE, _proposed, NONE, "propose what to withhold"),
    Step(Stage.ASSESS, _assessed, frozenset({"people", "standing", "assess"}), "weigh and decide"),
    Step(
        Stage.APPLY,
        lambda c: _after_outcome(c, c.acted_seq),
        frozenset({"apply", "act"}),
        "do it in the sources, and prove it",
    ),
    Step(
        Stage.NOTIFY,
        lambda c: _after_outcome(c, c.told_seq),
        frozenset({"recipient", "restriction"}),
        "tell those who had the data",
    ),
    Step(Stage.PLAN, _plan_stands, REVIEW_TOPICS | {"sheet"}, "gather what can be sent"),
    Step(Stage.SEAL, seal_stands, BEFORE_SEAL, "build and verify the pack"),
    Step(
        Stage.APPROVE,
        lambda c: c.seal is not None and bool(c.seal.approved_by),
        frozenset({"people", "approve", "rework", "standing"}),
        "wait for a second person's approval",
    ),
    Step(
        Stage.DISPATCH,
        lambda c: c.part is not None and c.part.sent_on is not None,
        frozenset({"people", "dispatch", "standing", "regulator", "day", "call"}),
        "send it",
    ),
    Step(Stage.CLOSE, lambda c: c.closed is not None, frozenset({"later"}), "close the case"),
)
_WITH_PART = frozenset({Stage.SEAL, Stage.APPROVE, Stage.DISPATCH})
"""Stages that wait for the questions about the documents of the part in hand."""
_BY_STAGE = {step.stage: step for step in STEPS}
_WHO = (Stage.PEOPLE, Stage.STANDING, Stage.LETTERS)
_FIND = (Stage.SEARCH, Stage.MATCH, Stage.COLLECT)
_DO = (Stage.ASSESS, Stage.APPLY, Stage.NOTIFY)
_ANSWER = (Stage.PLAN, Stage.SEAL, Stage.APPROVE, Stage.DISPATCH, Stage.CLOSE)


def _road(*stages: Stage) -> tuple[Step, ...]:
    return tuple(_BY_STAGE[stage] for stage in stages)


ROADS: dict[Right, tuple[Step, ...]] = {
    Right.ACCESS: _road(*_WHO, *_FIND, Stage.READ, Stage.PROPOSE, *_ANSWER),
    Right.ERASURE: _road(*_WHO, *_FIND, *_DO, *_ANSWER),
    Right.PORTABILITY: _road(*_WHO, *_FIND, *_DO, *_ANSWER),
    Right.RECTIFICATION: _road(*_WHO, *_FIND, *_DO, *_ANSWER),
    Right.AUTOMATED_DECISION: _road(*_WHO, Stage.ASSESS, Stage.APPLY, *_ANSWER),
    Right.COMPLAINT: _road(
        Stage.PEOPLE, Stage.STANDING, Stage.HANDLE, Stage.LETTERS, Stage.ASSESS, *_ANSWER
    ),
    Right.RESTRICTION: _road(*_WHO, *_FIND, *_DO, *_ANSWER),
    Right.OBJECTION: _road(*_WHO, *_FIND, *_DO, *_ANSWER),
    Right.CONSENT_WITHDRAWAL: _road(*_WHO, *_FIND, *_DO, *_ANSWER),
}
"""The road of each right."""
REFUSED_ROAD = _road(*_WHO, *_ANSWER)
"""The road of a request that is refused as a whole: nothing is searched, and the letter is sealed,
approved and sent like any other answer."""
WITHDRAWN_ROAD = _road(*_WHO, Stage.CLOSE)
"""The road of a request that the person takes back: nothing more is sent than letters."""
TRIAGED_ROAD = _road(Stage.PEOPLE, Stage.LETTERS, Stage.CLOSE)
"""The road of what is no request to us under data protection law: a letter, and the end."""

REFUSALS = frozenset({"refused", "exempt entirely", "neither confirm nor deny"})
"""Outcomes of an access request that end it without a search or a pack."""

WITHDRAWN = "withdrawn"
"""The outcome of a request that the person took back."""

FROZEN = "wait until what has gone wrong is looked at"
"""Nothing of a frozen case goes on."""

MAX_CRASHES = 3
"""After so many crashes of one stage a person is asked instead of another retry."""


def road_of(case: Case) -> tuple[Step, ...]:
    """The steps that this case takes."""
    if case.triage is not None:
        return TRIAGED_ROAD
    if is_refused(case) and not case.collected_seq:
        return REFUSED_ROAD
    outcome = case.decision("outcome")
    withdrawn = outcome is not None and outcome.event.outcome == WITHDRAWN
    return WITHDRAWN_ROAD if withdrawn else ROADS[case.right]


def is_refused(case: Case) -> bool:
    """Whether the request as a whole is refused, for whatever reason."""
    outcome = case.decision("outcome")
    return outcome is not None and outcome.event.outcome in REFUSALS


def where(case: Case) -> Next:
    """What comes next for this case."""
    if case.opened is None or case.closed is not None:
        return Next(None, (), "closed" if case.closed else "not opened")
    if case.frozen is not None:
        return Next(None, (), FROZEN)
    road = road_of(case)
    step = next((step for step in road if not step.done(case)), None)
    if step is None:
        return Next(None, (), road[-1].words)
    waiting = _waiting(case, step)
    return Next(None if waiting else step.stage, waiting, step.words)


def _waiting(case: Case, step: Step) -> tuple[Question, ...]:
    held_by = step.held_by | {"stuck"}
    waiting = [q for q in case.open_questions if q.topic in held_by]
    if step.stage in _WITH_PART and case.part is not None:
        waiting += [q for q in waits_in(case, case.part) if q not in waiting]
    return tuple(waiting)
