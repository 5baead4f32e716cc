"""Somebody who was erased is met again by marks that tell nothing to whoever has the table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import pytest

from rights.release import PersonName
from rights.sources import SourcePerson
from rights.sources.suppression import (
    ERASED,
    NOT_WRITTEN_TO,
    contact_marks,
    person_marks,
    returning,
)

SECRET, OTHER = b"a" * 32, b"b" * 32
DAY = dt.date(2026, 11, 22)
BORN = dt.date(2010, 3, 4)


class Listed:
    """A list of marks in memory, as the protocol asks."""

    def __init__(self) -> None:
        self.rows: set[tuple[str, str, str]] = set()

    def add(self, marks: Collection[str], *, purpose: str, key: str, on: dt.date) -> None:
        self.rows |= {(mark, purpose, key) for mark in marks}

    def known(self, marks: Collection[str], *, purpose: str) -> frozenset[str]:
        return frozenset(key for mark, why, key in self.rows if mark in marks and why == purpose)

    def forget(self, key: str) -> None:
        self.rows = {row for row in self.rows if row[2] != key}


def person(key: str = "1", **more: object) -> SourcePerson:
    named = {"names": (PersonName("Zoë", "O'Brien"),), "dob": BORN}
    return SourcePerson("system", key, **{**named, **more})  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    "found",
    [
        person("9"),
        person("9", names=(PersonName("Zoe", "OBrien"), PersonName("ZOE", "O’BRIEN"))),
        person("9", names=(), dob=None, identifiers=(("nhs", "9434765919"),)),
        person("9", names=(), dob=None, emails=(" Zoe@Example.org ",)),
        person("9", names=(), dob=None, phones=("+44 1632 960999",)),
    ],
)
def test_somebody_erased_is_met_when_an_import_brings_them_back(found: SourcePerson):
    """By name with the date of birth however written, by number, by email or by phone."""
    erased = person(
        identifiers=(("nhs", "943 476 5919"),),
        emails=("zoe@example.org",),
        phones=("01632 960999",),
    )
    listed = Listed()
    listed.add(person_marks(erased, SECRET), purpose=ERASED, key="ERA-1/1", on=DAY)
    (met,) = returning([found], listed, SECRET, purpose=ERASED)
    assert met.person is found and met.keys == {"ERA-1/1"}
    assert not list(returning([found], listed, SECRET, purpose=NOT_WRITTEN_TO))
    listed.forget("ERA-1/1")
    assert not list(returning([found], listed, SECRET, purpose=ERASED))


@pytest.mark.parametrize(
    "found",
    [
        person("9", dob=dt.date(2010, 3, 5)),
        person("9", dob=None),
        person("9", names=(PersonName("Anna", "O'Brien"),)),
        person("9", names=(), dob=None, identifiers=(("nhs", "943 476 5918"),)),
        person("9", names=(), dob=None),
    ],
)
def test_nobody_else_is_stopped(found: SourcePerson):
    """A twin, a namesake, or somebody without a date or a valid number is let through."""
    listed = Listed()
    erased = person(identifiers=(("nhs", "943 476 5919"),))
    listed.add(person_marks(erased, SECRET), purpose=ERASED, key="ERA-1/1", on=DAY)
    assert not list(returning([found], listed, SECRET, purpose=ERASED))


def test_marks_tell_nothing_without_the_key():
    """Marks are of one length, hold no letter of the person, and differ under another key."""
    marks = person_marks(person(identifiers=(("nhs", "943 476 5919"),)), SECRET)
    assert {len(mark) for mark in marks} == {64}
    assert not any("9434765919" in mark or "zoe" in mark for mark in marks)
    assert not marks & person_marks(person(identifiers=(("nhs", "943 476 5919"),)), OTHER)


def test_a_number_is_no_phone_and_an_email_no_name():
    """The same text in two places gives two marks."""
    assert not contact_marks(["1632960999"], [], SECRET) & contact_marks([], ["1632960999"], SECRET)
    assert contact_marks(["", " "], ["12"], SECRET) == frozenset()
