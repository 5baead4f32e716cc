"""The road of an access request: which stage comes next, and what a case waits for.

Data first: each step says when it is done and which open questions hold it up. A correction moves
a case back by itself, because "done" compares the sequence number of a step's result with those
of what it rests on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from rights.case import REVIEW_TOPICS, Case, Question
from rights.release import Right


class Stage(StrEnum):
    """A short, idempotent piece of work on one case."""

    PEOPLE = "people"
    LETTERS = "letters"
    SEARCH = "search"
    MATCH = "match"
    COLLECT = "collect"
    READ = "read"
    PROPOSE = "propose"
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


def _searched(case: Case) -> bool:
    again = max(
        (
            q.answer.seq
            for q in case.answered("source")
            if q.answer and q.answer.value == AGAIN and q.stage == Stage.SEARCH
        ),
        default=0,
    )
    return case.searched_seq > max(case.people_seq, again)


def _matched(case: Case) -> bool:
    return case.matches is not None and case.matches[0] > case.searched_seq


def _collected(case: Case) -> bool:
    matched = case.matches[0] if case.matches else 0
    return case.collected_seq > max(matched, case.last_answer("match"))


def _proposed(case: Case) -> bool:
    return case.proposals is not None and case.proposals[0] > case.read_seq


def seal_stands(case: Case) -> bool:
    """Whether a pack is sealed and nothing that it shows was decided anew since."""
    rests_on = max(case.review_seq, case.proposals[0] if case.proposals else 0)
    return case.seal is not None and case.seal.event.basis >= rests_on


AGAIN = "search again"
"""The answer to a failed source that makes the search run once more."""

NONE: frozenset[str] = frozenset()
ROAD: tuple[Step, ...] = (
    Step(
        Stage.PEOPLE,
        lambda c: c.people is not None,
        frozenset({"people"}),
        "find out who is who",
    ),
    Step(
        Stage.LETTERS,
        lambda c: not c.letters_due,
        frozenset({"people"}),
        "write the letters that are due",
    ),
    Step(Stage.SEARCH, _searched, frozenset({"people"}), "search every source"),
    Step(Stage.MATCH, _matched, frozenset({"source"}), "tell the subject's records from others"),
    Step(
        Stage.COLLECT,
        _collected,
        frozenset({"match", "source"}),
        "fetch the records and documents",
    ),
    Step(Stage.READ, lambda c: c.read_seq > c.collected_seq, NONE, "read every page"),
    Step(Stage.PROPOSE, _proposed, NONE, "propose what to withhold"),
    Step(Stage.SEAL, seal_stands, REVIEW_TOPICS | {"refused"}, "build and verify the pack"),
    Step(
        Stage.APPROVE,
        lambda c: c.seal is not None and bool(c.seal.approved_by),
        frozenset({"approve", "rework"}),
        "wait for a second person's approval",
    ),
    Step(Stage.DISPATCH, lambda c: c.sent_on is not None, frozenset({"dispatch"}), "send it"),
    Step(Stage.CLOSE, lambda c: c.closed is not None, NONE, "close the case"),
)

BY_HAND = "answer it by hand: only access requests have a whole road so far"
"""Of the other rights the request, its letters and its clock are kept, and nothing pretended."""

MAX_CRASHES = 3
"""After so many crashes of one stage a person is asked instead of another retry."""


def where(case: Case) -> Next:
    """What comes next for this case."""
    if case.opened is None or case.closed is not None:
        return Next(None, (), "closed" if case.closed else "not opened")
    road = ROAD if case.right is Right.ACCESS else ROAD[:2]
    for step in road:
        if step.done(case):
            continue
        held_by = step.held_by | {"stuck"}
        waiting = tuple(q for q in case.open_questions if q.topic in held_by)
        if waiting:
            return Next(None, waiting, step.words)
        return Next(step.stage, (), step.words)
    return Next(None, (), BY_HAND)
