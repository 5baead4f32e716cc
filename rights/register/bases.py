"""What a lawful basis does to the rights: which of them it lets in and which it keeps out.

The register names bases; what follows from each is law and is read from ``rights/law`` under the
rule ``basis.<name>``, so that no council can write its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from rights.law import DatedValue, Law, Value

PREFIX = "basis."

Reach = Literal["special", "offences"]
"""Kinds of sensitive data: of a special category, or about criminal offences."""


@dataclass(frozen=True, slots=True)
class Basis:
    """One lawful basis as the law of a day has it.

    Attributes:
        name: As the register writes it ("public_task").
        rule: Its rule in the law data.
        plain: In words to the person.
        citation: Article, and the condition where one goes with it.
        special: It allows the use of sensitive data; False for a basis that every use needs.
        reaches: The kinds of sensitive data that it allows.
        objection: The person may object to what rests on it.
        withdrawal: It ends when the person takes consent back.
        portability: What the person supplied may be asked for in a machine-readable form.
        kept_under: Provision under which data may have to be kept although erasure is asked for,
            so far as keeping is necessary; '' when there is none.
    """

    name: str
    rule: str
    plain: str
    citation: str
    special: bool
    reaches: tuple[Reach, ...]
    objection: bool
    withdrawal: bool
    portability: bool
    kept_under: str


def basis(name: str, law: Law, *, on: dt.date) -> Basis:
    """A basis by the register's name for it.

    Raises:
        InputError: ``law.unknown_rule``, or ``law.not_in_force`` when the law of that day has no
            such basis.
    """
    rule = PREFIX + name
    return _basis(rule, law.dated(rule, on))


def bases(law: Law, *, on: dt.date) -> tuple[Basis, ...]:
    """Every basis that a register may name."""
    return tuple(_basis(rule, law.dated(rule, on)) for rule in _rules(law))


def newest_bases(law: Law) -> dict[str, Basis]:
    """Every basis by name, as its newest text has it: what a register may refer to."""
    found = (_basis(rule, law.rules[rule].values[-1]) for rule in _rules(law))
    return {one.name: one for one in found}


def _rules(law: Law) -> list[str]:
    return [rule for rule in law.rules if rule.startswith(PREFIX)]


def _basis(rule: str, dated: DatedValue) -> Basis:
    value = cast("Mapping[str, Value]", dated.value)
    return Basis(
        name=rule.removeprefix(PREFIX),
        rule=rule,
        plain=str(value["plain"]),
        citation=dated.citation,
        special=value["kind"] == "special",
        reaches=cast("tuple[Reach, ...]", value["reaches"]),
        objection=bool(value["objection"]),
        withdrawal=bool(value["withdrawal"]),
        portability=bool(value["portability"]),
        kept_under=str(value.get("kept_under", "")),
    )
