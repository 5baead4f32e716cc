"""What the person knows of others in their file: recorded by an officer, an argument for showing.

Law: DPA 2018 Sch 2 para 16(3): regard is had to all the circumstances, and what somebody supplied,
was present at, signed or was sent is hardly a secret from them. It never decides: what would be
held back is asked about instead. Health data of the person's own have rules of their own (Sch 3
para 6(2), `rights.opinions`), and whoever is in danger stays held back.

It is recorded for a person of the file, a document or a passage, as a decision on the matter
``known/<scope>/<id>``; its outcome is the way they know it, or that they do not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rights.case import Case
from rights.exemptions import THIRD_PARTIES
from rights.law import Law
from rights.release import Treatment

RULE = "weighing.known"
ARGUES = "weighing.known_argues"
MATTER = "known"
NOT_KNOWN = "not known after all"


class Scope(StrEnum):
    """What the person knows: somebody, everything in a document, or one passage."""

    PERSON = "person"
    DOCUMENT = "document"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What stands on record in a case, as way by id within each scope."""

    people: Mapping[str, str]
    documents: Mapping[str, str]
    passages: Mapping[str, str]
    seq: int = 0
    """Where in the journal it was last changed; 0 when nothing was ever recorded."""


def ways(law: Law, on: dt.date) -> tuple[str, ...]:
    """The ways of knowing that may be recorded, in plain words."""
    return law.words(RULE, on)


def matter_of(scope: Scope, of: str) -> str:
    """The matter under which it is recorded."""
    return f"{MATTER}/{scope.value}/{of}"


def knowledge_of(case: Case) -> Knowledge:
    """What stands on record now."""
    found: dict[Scope, dict[str, str]] = {scope: {} for scope in Scope}
    last = 0
    for scope, of, seq, outcome in _recorded(case):
        last = max(last, seq)
        found[scope].pop(of, None)
        if outcome != NOT_KNOWN:
            found[scope][of] = outcome
    return Knowledge(found[Scope.PERSON], found[Scope.DOCUMENT], found[Scope.PASSAGE], last)


def treatment_of_known(treatment: Treatment, code: str, law: Law, on: dt.date) -> Treatment:
    """What is proposed of somebody else's data that the person knows already.

    Args:
        treatment: The law's default.
        code: Its exemption; only the one for other people is argued with.
        law: The law data.
        on: The day whose law counts.
    """
    if treatment is Treatment.HOLD and code == THIRD_PARTIES and law.switch(ARGUES, on):
        return Treatment.ASK
    return treatment


def _recorded(case: Case) -> Iterator[tuple[Scope, str, int, str]]:
    for made in case.decisions:
        head, _, rest = made.event.matter.partition("/")
        scope, _, of = rest.partition("/")
        if head == MATTER and scope in list(Scope):
            yield Scope(scope), of, made.seq, made.event.outcome
