"""Field by field: how well a record agrees with what is asked, as a named level."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from rights.identity.birth import compare_births, compare_rough
from rights.identity.comparison import Comparison
from rights.identity.names import (
    compare_forenames,
    compare_middles,
    compare_surnames,
    is_crossed,
    is_swapped,
)
from rights.identity.normalise import Norm, Query, of_query
from rights.identity.places import compare_places, compare_streets
from rights.release import PersonName

CHECKED = ("nhs", "upn", "nino")
"""Kinds of numbers with a check rule; every other kind is compared as `other_number`."""


@dataclass(frozen=True, slots=True)
class NameComparison:
    """Two names compared; a part that either side lacks is None."""

    forename: Comparison | None
    middle: Comparison | None
    surname: Comparison | None


_UNLIKE = frozenset(["different", "alike", "initial", "weak"])


def compare_names(one: PersonName, other: PersonName) -> NameComparison:
    """How well two names agree, as records with nothing but these names would.

    >>> found = compare_names(PersonName("Kasia", "Nowak"), PersonName("Katarzyna", "Novak"))
    >>> found.forename.level, found.surname.level
    ('variant', 'close')
    """
    found = {
        comparison.field: comparison
        for comparison in names(of_query(Query(names=(one,))), of_query(Query(names=(other,))))
    }
    return NameComparison(found.get("forename"), found.get("middle_name"), found.get("surname"))


def compare(asked: Norm, held: Norm) -> list[Comparison]:
    """Every field that both sides have; a field missing on either side says nothing."""
    return [
        *names(asked, held),
        *births(asked, held),
        *sexes(asked, held),
        *places(asked, held),
        *numbers(asked, held),
        *contacts(asked, held),
    ]


def names(asked: Norm, held: Norm) -> list[Comparison]:
    """Forename, middle names and surname; swapped round is a level of forename and surname."""
    forename = compare_forenames(asked.forenames, held.forenames)
    surname = compare_surnames(asked.surnames, held.surnames)
    there = [comparison for comparison in (forename, surname) if comparison]
    if (forename and forename.level not in _UNLIKE) or (surname and surname.level not in _UNLIKE):
        # Where one's first forename is the other's second, these have been compared already.
        if forename and forename.level != "middle":
            middle = compare_middles(asked, held)
            return [forename, middle, *there[1:]] if middle else there
        return there
    level = ""
    if is_swapped(asked, held):
        level = "swapped"
    elif is_crossed(asked, held):
        level = "crossed"
    if not level:
        return there
    return [
        Comparison("forename", level, asked.forenames, held.forenames),
        Comparison("surname", level, asked.surnames, held.surnames),
    ]


def births(asked: Norm, held: Norm) -> list[Comparison]:
    """Date of birth, the expected one of an unborn child, or the year and month that are known."""
    found = compare_births(asked.dobs, held.dobs, held.expected)
    if found is None and (asked.rough or held.rough):
        found = compare_rough(asked.dobs, held.dobs, asked.rough, held.rough)
    return [found] if found else []


def sexes(asked: Norm, held: Norm) -> list[Comparison]:
    """Sex as recorded."""
    if not asked.sex or not held.sex:
        return []
    level = "equal" if asked.sex == held.sex else "different"
    return [Comparison("sex", level, asked.sex, held.sex)]


def places(asked: Norm, held: Norm) -> list[Comparison]:
    """Postcode and house, and the words of the address where they say something more."""
    code = compare_places(asked, held)
    street = compare_streets(asked, held, code)
    return [comparison for comparison in (code, street) if comparison]


def numbers(asked: Norm, held: Norm) -> list[Comparison]:
    """Each checked number, and the best of the others."""
    if not asked.numbers or not held.numbers:
        return []
    kinds = {kind for kind, _ in asked.numbers}.intersection([kind for kind, _ in held.numbers])
    found = [_number(kind, asked, held) for kind in CHECKED if kind in kinds]
    if kinds.difference(CHECKED):
        found.append(_other_number(asked, held))
    return [comparison for comparison in found if comparison]


def contacts(asked: Norm, held: Norm) -> list[Comparison]:
    """Phones and emails."""
    found = [_phone(asked.phones, held.phones), _email(asked.emails, held.emails)]
    return [comparison for comparison in found if comparison]


def _number(kind: str, asked: Norm, held: Norm) -> Comparison | None:
    one, other = asked.number(kind), held.number(kind)
    if not one or not other:
        return None
    equal = sorted(one & other)
    if equal:
        return Comparison(kind, "equal", equal[0], equal[0])
    return Comparison(kind, "conflict", tuple(sorted(one)), tuple(sorted(other)))


def _other_number(asked: Norm, held: Norm) -> Comparison | None:
    kinds = {kind for kind, _ in asked.numbers}.difference(CHECKED)
    found: list[Comparison] = []
    for kind in sorted(kinds):
        comparison = _number(kind, asked, held)
        if comparison and comparison.level == "conflict":
            pair = _near(sorted(asked.number(kind)), sorted(held.number(kind)), slips=1, least=6)
            # Without a check digit a slip in keying cannot be told from another number.
            comparison = Comparison(kind, "close", *pair) if pair else comparison
        if comparison:
            found.append(comparison)
    if not found:
        return None
    order = ("equal", "close", "conflict")
    best = min(found, key=lambda comparison: order.index(comparison.level))
    return Comparison("other_number", best.level, best.asked_value, best.held_value)


def _near(
    asked: Collection[str], held: Collection[str], *, slips: int, least: int
) -> tuple[str, str] | None:
    """The first pair of values at most `slips` keying slips apart, both of a certain length."""
    for one in asked:
        for other in held:
            long = min(len(one), len(other)) >= least
            if long and OSA.distance(one, other, score_cutoff=slips) <= slips:
                return one, other
    return None


def _phone(asked: Collection[str], held: Collection[str]) -> Comparison | None:
    return _contact("phone", asked, held, slips=1)


def _email(asked: Collection[str], held: Collection[str]) -> Comparison | None:
    found = _contact("email", asked, held, slips=2)
    if found is None or found.level != "different":
        return found
    for one in asked:
        for other in held:
            box, same = one.partition("@")[0], other.partition("@")[0]
            if box == same and len(box) >= 5:
                return Comparison("email", "same_box", one, other)
    return found


def _contact(
    kind: str, asked: Collection[str], held: Collection[str], *, slips: int
) -> Comparison | None:
    if not asked or not held:
        return None
    equal = sorted(set(asked) & set(held))
    if equal:
        return Comparison(kind, "equal", equal[0], equal[0])
    pair = _near(asked, held, slips=slips, least=9)
    if pair:
        return Comparison(kind, "close", *pair)
    return Comparison(kind, "different", tuple(asked), tuple(held))
