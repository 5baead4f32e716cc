"""Proposals by the kind of record they stand in."""

from __future__ import annotations

import datetime as dt

import pytest

from casework.classed import classed
from redaction.decisions import Proposal, Span
from rights.cast import CastDefault, default_for
from rights.classes import RecordKind
from rights.law import load
from rights.release import FactKind, Person, PersonName, PersonRef, Role, Treatment

LAW = load()
NURSE = Person(PersonRef("P07"), Role.HEALTH, (PersonName("Moira", "Kells"),))
OFFICER = Person(PersonRef("P08"), Role.POLICE, (PersonName("Owen", "Blake"),))
RECORDS = {
    "case": RecordKind.SOCIAL_WORK,
    "school": RecordKind.EDUCATION,
    "visits": RecordKind.HEALTH,
}


def elsewhere(person: Person) -> CastDefault:
    return default_for(person, FactKind.NAME, LAW, on=dt.date(2026, 11, 23), in_health_record=False)


def proposal(document: str, kind: FactKind, code: str, person: str = "") -> Proposal:
    return Proposal(
        id="q1",
        span=Span(document, 1, 0, 5),
        text="words",
        kind=kind,
        treatment=Treatment.CLEAR if person else Treatment.ASK,
        reason="",
        rule="known-name" if person else "cue.risk",
        code=code,
        person=PersonRef(person) if person else None,
    )


@pytest.mark.parametrize(
    ("document", "kind", "code", "expected"),
    [
        ("case", FactKind.PRIVATE, "SW-HARM", ("social work", "SW-HARM")),
        ("school", FactKind.PRIVATE, "SW-HARM", ("education", "ED-HARM")),
        ("visits", FactKind.PRIVATE, "SW-HARM", ("social work", "SW-HARM")),
        ("school", FactKind.HEALTH, "HEALTH-LOCK", ("health", "HEALTH-LOCK")),
        ("school", FactKind.PRIVATE, "CRIME", ("education", "CRIME")),
        ("unknown", FactKind.PRIVATE, "SW-HARM", ("social work", "SW-HARM")),
    ],
)
def test_serious_harm_takes_the_ground_of_its_record(
    document: str, kind: FactKind, code: str, expected: tuple[str, str]
) -> None:
    """A passage has the class of its fact and record, and the ground of that class."""
    (found,) = classed([proposal(document, kind, code)], [], RECORDS, elsewhere)
    assert (found.data_class, found.code) == expected


@pytest.mark.parametrize(
    ("document", "person", "treatment"),
    [
        ("visits", "P07", Treatment.CLEAR),
        ("case", "P07", Treatment.ASK),
        ("school", "P07", Treatment.ASK),
        ("case", "P08", Treatment.CLEAR),
    ],
)
def test_a_nurse_is_weighed_outside_a_health_record(
    document: str, person: str, treatment: Treatment
) -> None:
    """Only health professionals are deemed reasonable in one kind of record and not in others."""
    named = proposal(document, FactKind.NAME, "", person)
    (found,) = classed([named], [NURSE, OFFICER], RECORDS, elsewhere)
    assert found.treatment is treatment
    assert found.code == ("3P" if treatment is Treatment.ASK else "")
