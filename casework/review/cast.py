"""The cast as a reviewer decides it: one line a person, one decision a kind of fact."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from casework.cast_asks import with_living
from casework.questions import Given
from casework.topics import CAST, DISCLOSE
from rights.case import Case, Question
from rights.release import FactKind, Person, Role, Treatment
from rights.thirdparty import prefilled
from rights.weighing import weighed

PROFESSIONAL = frozenset(
    {
        Role.SOCIAL_WORKER,
        Role.HEALTH,
        Role.EDUCATION,
        Role.POLICE,
        Role.OTHER_PROFESSIONAL,
    }
)
"""Roles in which somebody stands in a file because of their work (DPA 2018 Sch 2 paras 16-17)."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One decision: a person and a kind of fact."""

    question: Question
    kind: FactKind
    treatment: Treatment

    @property
    def body(self) -> dict[str, Any]:
        """What the engine proposes and why, with examples."""
        return self.question.body


@dataclass(frozen=True, slots=True)
class CastPerson:
    """Somebody in the file with everything that is decided about them."""

    person: Person
    facts: tuple[Fact, ...]
    factors: Mapping[str, str]
    """How this person's interests were weighed, by any answer in force; empty before that."""
    said: Mapping[str, str] = field(default_factory=dict[str, str])
    """The factors that follow from what this person was asked and answered; empty before that."""

    @property
    def to_weigh(self) -> bool:
        """Whether an open decision on this person needs the five factors."""
        return any(f.question.is_open and f.body.get("weigh") for f in self.facts)

    @property
    def ready(self) -> dict[str, str]:
        """What stands ready in the form: how they were weighed, with what they have said since."""
        return {**self.factors, **self.said} if self.said else {}

    @property
    def weighed_otherwise(self) -> bool:
        """Whether they were weighed before they answered, or as if they had answered otherwise."""
        return bool(self.factors) and any(self.factors.get(f) != a for f, a in self.said.items())

    @property
    def undecided(self) -> int:
        """How many decisions about this person are still open."""
        return sum(1 for fact in self.facts if fact.question.is_open)


def cast_of(case: Case, people: Sequence[Person]) -> tuple[CastPerson, ...]:
    """Everyone who is asked about, in the order of the cast."""
    facts: dict[str, list[Fact]] = defaultdict(list)
    for question in case.questions.values():
        if question.topic == CAST and not question.withdrawn:
            body = question.body
            fact = Fact(question, FactKind(body["kind"]), Treatment(body["treatment"]))
            facts[body["ref"]].append(fact)
    order = list(FactKind)
    return tuple(
        CastPerson(
            p,
            tuple(sorted(facts[p.ref], key=lambda f: (order.index(f.kind), f.question.id))),
            weighed_before(case, p.ref),
            prefilled(case, p.ref),
        )
        for p in with_living(case, people)
        if p.ref in facts
    )


def weighed_before(case: Case, ref: str) -> dict[str, str]:
    """The five factors as last recorded for a person: weighed once, inherited by what follows."""
    answers = [
        q.answer for q in case.answered(CAST) if not q.withdrawn and q.body.get("ref") == ref
    ]
    for answer in sorted((a for a in answers if a), key=lambda a: -a.seq):
        if answer.details and (factors := weighed(json.loads(answer.details))):
            return factors
    return {}


def officials_to_weigh(cast: Sequence[CastPerson]) -> tuple[Question, ...]:
    """Open decisions on names of officials whom nothing deems it reasonable to show.

    A police officer, or a nurse outside a health record: weighed alike, if an officer says so.
    Nobody under a safety flag is among them.
    """
    return tuple(
        fact.question
        for line in cast
        if line.person.role in PROFESSIONAL and not line.person.protected
        for fact in line.facts
        if fact.question.is_open
        and fact.kind is FactKind.NAME
        and fact.treatment is Treatment.ASK
        and fact.body.get("weigh")
    )


def professionals_as_proposed(cast: Sequence[CastPerson]) -> tuple[Given, ...]:
    """The open decisions on names of professionals acting in role that the law proposes clear.

    Only names: what else the file says of them is decided like that of anybody else.
    """
    return tuple(
        Given(fact.question.id, DISCLOSE)
        for line in cast
        if line.person.role in PROFESSIONAL
        for fact in line.facts
        if fact.question.is_open
        and fact.kind is FactKind.NAME
        and fact.treatment is Treatment.CLEAR
    )
