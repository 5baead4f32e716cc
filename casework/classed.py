"""Proposals as the law classes them: by the kind of record they stand in.

A passage is health, education or social work data (DPA 2018 Sch 3), and serious harm has another
ground for each. A health professional named outside a health record is weighed like anybody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from casework.cast_asks import ELSEWHERE, Sources, context_of
from redaction.decisions import Proposal
from rights.cast import CastDefault
from rights.classes import RecordKind, classify, ground_for
from rights.release import Person

Elsewhere = Callable[[Person], CastDefault]
"""What the law proposes for a health professional's name outside a health record."""


def classed(
    proposals: Iterable[Proposal],
    people: Sequence[Person],
    records: Sources,
    elsewhere: Elsewhere,
) -> tuple[Proposal, ...]:
    """The proposals with their classes and the grounds that go with them."""
    cast = {str(p.ref): p for p in people}
    return tuple(_classed(p, cast, records, elsewhere) for p in proposals)


def _classed(
    proposal: Proposal, people: Mapping[str, Person], records: Sources, elsewhere: Elsewhere
) -> Proposal:
    record = records.get(proposal.span.document, RecordKind.SOCIAL_WORK)
    found = classify(proposal.kind, record)
    code = ground_for(proposal.code, found)
    proposal = replace(proposal, data_class=found.value, code=code)
    if context_of(proposal, people, records) == ELSEWHERE:
        law = elsewhere(people[str(proposal.person)])
        return replace(proposal, treatment=law.treatment, code=law.code, mode=law.mode)
    return proposal
