"""Field by field: how well a record agrees with what is asked, as a named level."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from rights.identity.normalise import Norm
from rights.names import variants

# Born this many weeks before or after the expected date, at the most.
_EARLY = dt.timedelta(weeks=16)
_LATE = dt.timedelta(weeks=3)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field compared.

    Attributes:
        field: Name of the field, as in weights.yaml.
        level: Name of the level reached.
        asked: The value asked for that made the level.
        held: The record's value that made it.
        counted: (kind, value) pairs whose frequency in the index is the stranger's chance.
    """

    field: str
    level: str
    asked: str
    held: str
    counted: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=100_000)
def is_close(one: str, other: str) -> bool:
    """Whether two words may be one word misspelt."""
    if min(len(one), len(other)) < 4:
        return False
    return JaroWinkler.similarity(one, other) >= 0.9 or OSA.distance(one, other) <= 1


def compare(asked: Norm, held: Norm) -> list[Comparison]:
    """Every field that both sides have; a field missing on either side says nothing."""
    found = [_forename(asked, held), _surname(asked, held)]
    if _is_swapped(asked, held) and "exact" not in [c.level for c in found if c]:
        found = [
            Comparison("forename", "swapped", _show(asked.forenames), _show(held.forenames)),
            Comparison("surname", "swapped", _show(asked.surnames), _show(held.surnames)),
        ]
    found += [_birth(asked, held), _sex(asked, held), _address(asked, held)]
    found += [_number(kind, asked, held) for kind in ("nhs", "upn", "nino")]
    found += [
        _other_number(asked, held),
        _contact("phone", asked.phones, held.phones),
        _contact("email", asked.emails, held.emails),
    ]
    return [comparison for comparison in found if comparison]


def _show(names: Iterable[tuple[str, ...]]) -> str:
    return " / ".join(" ".join(word.title() for word in tokens) for tokens in names)


def _is_swapped(asked: Norm, held: Norm) -> bool:
    return bool(asked.first_names & held.surname_tokens and asked.surname_tokens & held.first_names)


_FORENAME_ORDER = ("exact", "variant", "middle", "initial", "close", "different")
_SURNAME_ORDER = ("exact", "shared_part", "close", "different")


def _forename(asked: Norm, held: Norm) -> Comparison | None:
    pairs = [(q, r) for q in asked.forenames for r in held.forenames]
    if not pairs:
        return None
    levels = [(_FORENAME_ORDER.index(_forename_level(q, r)), q, r) for q, r in pairs]
    rank, q, r = min(levels, key=lambda item: item[0])
    level = _FORENAME_ORDER[rank]
    counted: tuple[str, ...] = ()
    if level == "exact":
        counted = (r[0],)
    elif level == "variant":
        counted = tuple(sorted(variants(q[0])))
    pairs_counted = tuple(("forename", name) for name in counted)
    return Comparison("forename", level, _show([q]), _show([r]), pairs_counted)


def _forename_level(asked: tuple[str, ...], held: tuple[str, ...]) -> str:
    one, other = asked[0], held[0]
    if one == other or "".join(asked) == "".join(held):
        return "initial" if len(one) == 1 else "exact"
    if other in variants(one):
        return "variant"
    if len(one) == 1 or len(other) == 1:
        return "initial" if one[0] == other[0] else "different"
    middles = {word for word in (*asked[1:], *held[1:]) if len(word) > 1}
    if one in middles or other in middles:
        return "middle"
    return "close" if is_close(one, other) else "different"


def _surname(asked: Norm, held: Norm) -> Comparison | None:
    pairs = [(q, r) for q in asked.surnames for r in held.surnames]
    if not pairs:
        return None
    levels = [(_SURNAME_ORDER.index(_surname_level(q, r)), q, r) for q, r in pairs]
    rank, q, r = min(levels, key=lambda item: item[0])
    level = _SURNAME_ORDER[rank]
    # The rarest word of a surname is what tells it from others.
    counted = tuple(("surname", word) for word in r) if level == "exact" else ()
    return Comparison("surname", level, _show([q]), _show([r]), counted)


def _surname_level(asked: tuple[str, ...], held: tuple[str, ...]) -> str:
    if asked == held or "".join(asked) == "".join(held) or sorted(asked) == sorted(held):
        return "exact"
    if any(len(word) >= 3 for word in set(asked) & set(held)):
        return "shared_part"
    return "close" if is_close("".join(asked), "".join(held)) else "different"


_BIRTH_ORDER = (
    "exact", "swapped", "expected", "exact_default", "one_digit", "default_year", "two_parts",
    "different",
)  # fmt: skip


def _birth(asked: Norm, held: Norm) -> Comparison | None:
    found = [(_birth_level(q, r), q, r) for q in asked.dobs for r in held.dobs]
    if held.expected and not held.dobs:
        for q in asked.dobs:
            near = held.expected - _EARLY <= q <= held.expected + _LATE
            found.append(("expected" if near else "different", q, held.expected))
    if not found:
        return None
    level, q, r = min(found, key=lambda item: _BIRTH_ORDER.index(item[0]))
    return Comparison("date_of_birth", level, f"{q:%d/%m/%Y}", f"{r:%d/%m/%Y}")


def _birth_level(asked: dt.date, held: dt.date) -> str:
    def is_default(day: dt.date) -> bool:
        return (day.day, day.month) == (1, 1)

    if asked == held:
        return "exact_default" if is_default(held) else "exact"
    if asked.year == held.year:
        if (asked.day, asked.month) == (held.month, held.day):
            return "swapped"
        if is_default(asked) or is_default(held):
            return "default_year"
    if OSA.distance(f"{asked:%Y%m%d}", f"{held:%Y%m%d}") == 1:
        return "one_digit"
    equal = (asked.year == held.year) + (asked.month == held.month) + (asked.day == held.day)
    return "two_parts" if equal == 2 else "different"


def _sex(asked: Norm, held: Norm) -> Comparison | None:
    if not asked.sex or not held.sex:
        return None
    level = "equal" if asked.sex == held.sex else "different"
    return Comparison("sex", level, asked.sex, held.sex)


def _address(asked: Norm, held: Norm) -> Comparison | None:
    if not asked.postcodes or not held.postcodes:
        return None
    for code, number in asked.places:
        if (code, number) in held.places:
            place = f"{code} {number}"
            shown = f"{number}, {_spaced(code)}"
            return Comparison("address", "same_house", shown, shown, (("place", place),))
    for code in asked.postcodes:
        if code in held.postcodes:
            shown = _spaced(code)
            return Comparison("address", "same_postcode", shown, shown, (("postcode", code),))
    levels = [(_postcode_level(q, r), q, r) for q in asked.postcodes for r in held.postcodes]
    order = ("close", "sector", "outcode", "different")
    level, q, r = min(levels, key=lambda item: order.index(item[0]))
    return Comparison("address", level, _spaced(q), _spaced(r))


def _postcode_level(asked: str, held: str) -> str:
    if asked[:-2] == held[:-2]:
        return "sector"
    if OSA.distance(asked, held) == 1:
        return "close"
    return "outcode" if asked[:-3] == held[:-3] else "different"


def _spaced(code: str) -> str:
    return f"{code[:-3]} {code[-3:]}"


def _number(kind: str, asked: Norm, held: Norm) -> Comparison | None:
    one, other = asked.number(kind), held.number(kind)
    if not one or not other:
        return None
    equal = sorted(one & other)
    if equal:
        return Comparison(kind, "equal", equal[0], equal[0])
    return Comparison(kind, "conflict", ", ".join(sorted(one)), ", ".join(sorted(other)))


def _other_number(asked: Norm, held: Norm) -> Comparison | None:
    kinds = {kind for kind, _ in asked.numbers} - {"nhs", "upn", "nino"}
    found = [c for kind in sorted(kinds) if (c := _number(kind, asked, held))]
    if not found:
        return None
    best = min(found, key=lambda comparison: comparison.level != "equal")
    return Comparison("other_number", best.level, best.asked, best.held)


def _contact(kind: str, asked: Collection[str], held: Collection[str]) -> Comparison | None:
    if not asked or not held:
        return None
    equal = sorted(set(asked) & set(held))
    if equal:
        return Comparison(kind, "equal", equal[0], equal[0])
    return Comparison(kind, "different", ", ".join(asked), ", ".join(held))
