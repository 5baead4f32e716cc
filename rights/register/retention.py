"""From when on a record need no longer be kept, with the working; a person decides on that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from rights.register.load import Register
from rights.register.model import Event, Retention, Term

_WORDS: dict[Event, str] = {
    "born": "birth",
    "died": "death",
    "last_entry": "the last entry",
    "closed": "the closing of the case",
    "adoption_order": "the adoption order",
    "financial_year_end": "the end of the financial year",
}


@dataclass(frozen=True, slots=True)
class RecordDates:
    """What is known of a person and a record. None means not known, never "did not happen".

    Attributes:
        lived: The person is known to be alive on the day of asking; without it and without a date
            of death a term for those who died is not ruled out.
    """

    born: dt.date | None = None
    died: dt.date | None = None
    lived: bool = False
    last_entry: dt.date | None = None
    closed: dt.date | None = None
    adoption_order: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """How long something is kept.

    Attributes:
        rule: Id of the rule of keeping.
        until: The first day on which it may go, or None when that cannot be said: it stays.
        working: One sentence: the term, the event and the day; or what is missing.
        basis: What the rule rests on; '' when the council has named nothing.
        reviewed_by: Who decides, by role.
    """

    rule: str
    until: dt.date | None
    working: str
    basis: str
    reviewed_by: str


def rule_for(register: Register, place: str) -> Retention | None:
    """The rule of keeping for a class of records, the most exact first; None is nobody's rule.

    Args:
        register: The council's.
        place: "source/table", or "source".
    """
    source = place.partition("/")[0]
    for wanted in dict.fromkeys((place, source)):
        for rule in register.retention:
            if wanted in rule.records:
                return rule
    for service in register.services:
        if any(held.source == source and not held.tables for held in service.held_in):
            return register.rules[service.retention]
    return None


def retention_of(register: Register, rule_id: str, dates: RecordDates) -> Kept:
    """How long a record under a rule is kept.

    Where a condition cannot be settled (nobody knows whether the person died young), the longest
    of the terms that could apply is taken; where a date is missing for one of them, nothing may
    go: unknown means kept.
    """
    rule = register.rules[rule_id]
    counted: list[tuple[dt.date, Term, dt.date]] = []
    for term in _possible(rule, dates):
        start = _event(register, term.after, dates)
        if start is None:
            working = f"The day of {_WORDS[term.after]} is not known, so it stays."
            return Kept(rule.id, None, working, rule.basis, rule.reviewed_by)
        counted.append((_anniversary(start, term.years), term, start))
    until, term, start = max(counted, key=lambda one: one[0])
    what = f"{term.years} year{'' if term.years == 1 else 's'} after {_WORDS[term.after]}"
    working = f"Kept for {what} ({_day(start)}), so until {_day(until)}."
    return Kept(rule.id, until, working, rule.basis, rule.reviewed_by)


def _possible(rule: Retention, dates: RecordDates) -> Iterator[Term]:
    """The terms that apply, or may apply; ends at the first that surely does."""
    for term in rule.terms:
        holds = _holds(term, dates)
        if holds is not False:
            yield term
        if holds:
            return


def _holds(term: Term, dates: RecordDates) -> bool | None:
    """Whether a term's conditions are met; None when that cannot be said."""
    answers: list[bool | None] = []
    if term.died_before is not None:
        if dates.died is None:
            answers.append(False if dates.lived else None)
        else:
            answers.append(_within(dates.born, dates.died, term.died_before))
    if term.last_entry_at is not None:
        age = _age(dates.born, dates.last_entry)
        answers.append(None if age is None else age == term.last_entry_at)
    if False in answers:
        return False
    return None if None in answers else True


def _within(born: dt.date | None, day: dt.date, age: int) -> bool | None:
    reached = _age(born, day)
    return None if reached is None else reached < age


def _age(born: dt.date | None, day: dt.date | None) -> int | None:
    return relativedelta(day, born).years if born and day else None


def _anniversary(start: dt.date, years: int) -> dt.date:
    """The same day some years on; for the leap day of a common year the first of March."""
    end = start + relativedelta(years=years)
    return end if end.day == start.day else end.replace(month=3, day=1)


def _event(register: Register, event: Event, dates: RecordDates) -> dt.date | None:
    match event:
        case "born":
            return dates.born
        case "died":
            return dates.died
        case "last_entry":
            return dates.last_entry
        case "closed":
            return dates.closed
        case "adoption_order":
            return dates.adoption_order
        case "financial_year_end":
            return _year_end(register, dates.last_entry)


def _year_end(register: Register, day: dt.date | None) -> dt.date | None:
    if day is None:
        return None
    month, number = map(int, register.shared.financial_year_end.split("-"))
    end = day + relativedelta(month=month, day=number)
    return end if end >= day else end + relativedelta(years=1)


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
