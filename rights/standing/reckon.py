"""Which matters stand between a request and its answer, from who asks, for whom, and the day.

Nothing here answers a question. A later matter may rest on the answer to an earlier one: whether a
parent acts in the child's interests is asked only once the child cannot decide.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rights.law import Law
from rights.people import RequestPeople
from rights.standing.ages import Band, Bands, age_on, bands_of
from rights.standing.matter import ENDS, Matter, matter

COMPETENCE, INTERESTS = "standing/competence", "standing/interests"
CANNOT_DECIDE = frozenset({"not-competent", "lacks-capacity"})
"""Answers after which somebody else decides for the person."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the matters of a request follow from.

    Attributes:
        people: Who is who.
        received_on: The day the request was received.
        today: The day it is asked for: bands of age are those of this day.
    """

    people: RequestPeople
    received_on: dt.date
    today: dt.date


def matters_of(
    facts: Facts, law: Law, outcome: Callable[[str], str] = lambda _: ""
) -> tuple[Matter, ...]:
    """Every matter of a request as it stands, settled or not.

    Args:
        facts: Who asks, for whom, and when.
        law: The law data.
        outcome: Matter id -> code of the outcome in force, '' for none.
    """
    found: list[Matter] = []
    for item in _matters(facts, law, outcome):
        found.append(item)
        settled = item.option(outcome(item.id))
        if settled is not None and settled.then in ENDS:
            return (item,)
    return tuple(found)


def by_power(people: RequestPeople, on: dt.date, law: Law) -> bool:
    """Whether somebody asks for the subject by a power of the law: as parent or as deputy.

    Some exemptions exist for such requests only (DPA 2018 Sch 3 paras 4, 10 and 21).
    """
    if people.requester == "deputy":
        return True
    band = bands_of(law, on).of(people.subject.date_of_birth, on)
    return people.requester == "parent" and band is not Band.ADULT


def outgrown(
    settled: Iterable[str], people: RequestPeople, on: dt.date, law: Law
) -> frozenset[str]:
    """Settled matters that rest on an age which the subject no longer has on a day."""
    bands = bands_of(law, on)
    now = bands.code(bands.of(people.subject.date_of_birth, on))
    codes = {bands.code(band) for band in Band}
    return frozenset(m for m in settled if (band := m.rpartition("/")[2]) in codes and band != now)


def _matters(facts: Facts, law: Law, outcome: Callable[[str], str]) -> Iterator[Matter]:
    people, today = facts.people, facts.today
    if people.subject.died_on is not None:
        before = people.subject.died_on < facts.received_on
        name = "died_before" if before else "died_since"
        yield matter(law, f"standing.{name}", f"standing/{name.replace('_', '-')}", today)
        return
    bands = bands_of(law, today)
    band = bands.of(people.subject.date_of_birth, today)
    if people.coercion_suspected:
        yield matter(law, "standing.coercion", "standing/coercion", today)
    match people.requester:
        case "self":
            if band is Band.CHILD and people.subject.date_of_birth is not None:
                prompt = _prompt(people, bands, today)
                name = f"standing/own-request/{bands.code(band)}"
                yield matter(law, "standing.own_request", name, today, prompt)
        case "parent":
            yield from _of_parent(facts, law, bands, band, outcome)
        case "agent" | "other":
            yield matter(law, "standing.authority", "standing/authority", today)
            if band is Band.CHILD and people.subject.date_of_birth is not None:
                yield from _of_child(facts, law, bands, band, outcome)
        case "deputy":
            yield matter(law, "standing.deputy", "standing/deputy", today)
        case "body":
            yield matter(law, "standing.body", "standing/body", today)
    if people.answer_to == "somebody else":
        yield matter(law, "standing.recipient", "standing/recipient", today)


def _of_parent(
    facts: Facts, law: Law, bands: Bands, band: Band, outcome: Callable[[str], str]
) -> Iterator[Matter]:
    yield matter(law, "standing.whose_right", "standing/whose-right", facts.today)
    if band is Band.ADULT:
        name = f"{COMPETENCE}/{bands.code(band)}"
        yield matter(law, "standing.grown_up", name, facts.today)
        return
    yield from _of_child(facts, law, bands, band, outcome, parent=True)


def _of_child(
    facts: Facts,
    law: Law,
    bands: Bands,
    band: Band,
    outcome: Callable[[str], str],
    *,
    parent: bool = False,
) -> Iterator[Matter]:
    """Whether the child decides; and if not, whether whoever does may and acts for the child.

    Behind an agent who acts for a child that cannot decide stands somebody with parental
    responsibility, who has to be looked at just so.
    """
    today, code = facts.today, bands.code(band)
    name = f"{COMPETENCE}/{code}"
    cannot = outcome(name) in CANNOT_DECIDE
    if parent or cannot:
        yield matter(
            law, "standing.parental_responsibility", "standing/parental-responsibility", today
        )
    rule = "standing.young_person" if band is Band.YOUNG else "standing.competence"
    yield matter(law, rule, name, today, _prompt(facts.people, bands, today))
    if cannot:
        yield matter(law, "standing.interests", f"{INTERESTS}/{code}", today)


def _prompt(people: RequestPeople, bands: Bands, on: dt.date) -> str:
    born = people.subject.date_of_birth
    if born is None:
        return "No date of birth is recorded."
    age = age_on(born, on)
    if age >= bands.young:
        return f"Aged {age}: presumed able to decide."
    usual = "a child of this age can often understand it" if age >= bands.guide else ""
    younger = "a younger child seldom understands it, and some do"
    return f"Aged {age}: {usual or younger}. The age does not decide."
