"""A rule of law as data: what it says, from when, by what authority, and how sure we are.

Every value keeps its dates of force; old values are never removed, so that a question about the
past is answered by the law of its day.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NoReturn, TypeAlias, cast

from rights.errors import ConfigError, InputError

Value: TypeAlias = (
    "bool | int | float | str | Sequence[Value] | Mapping[str, Value] | None"  # as JSON has it
)


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A rule's value for a span of days, both ends included.

    Attributes:
        start: First day of force.
        until: Last day of force, or None while it goes on.
        value: In the rule's unit.
        citation: Where it stands.
        href: Where to read it; empty for policy of our own.
    """

    start: dt.date
    until: dt.date | None
    value: Value
    citation: str
    href: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule with all its values, oldest first.

    Attributes:
        id: Stable, quoted by results ("time.period").
        title: What it settles.
        act: The act or regulation it belongs to.
        unit: How to read the values ("months", "switch", ...).
        citation: Where the newest value stands.
        href: Where to read it.
        checked_on: The day the text was read, or None.
        status: "checked", "unverified" (from memory) or "policy" (the council's own choice).
        note: Where the reading is ours.
        values: Oldest first, never overlapping.
    """

    id: str
    title: str
    act: str
    unit: str
    citation: str
    href: str
    checked_on: dt.date | None
    status: str
    note: str
    values: tuple[DatedValue, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class ComplaintRoute:
    """One way to complain. `to` is 'council', 'regulator' or 'court'."""

    to: str
    name: str
    how: str
    citation: str


@dataclass(frozen=True, slots=True)
class Regulator:
    """How to reach the Commissioner. `last_verified` is None until somebody confirmed it."""

    name: str
    address: tuple[str, ...]
    phone: str
    website: str
    last_verified: dt.date | None


@dataclass(frozen=True, eq=False)
class Law:
    """All rules, asked by id and date.

    Attributes:
        rules: By id.
        version: SHA-256 of the data; a decision keeps it to say by which law it was made.
        one_off_holidays: Public holidays added by hand after the data were confirmed.
    """

    rules: Mapping[str, Rule] = field(repr=False)
    version: str
    one_off_holidays: Mapping[dt.date, str] = field(default_factory=dict[dt.date, str])
    _looked_up: dict[tuple[str, dt.date], DatedValue] = field(
        default_factory=dict[tuple[str, dt.date], DatedValue], init=False, repr=False
    )
    """What was asked before: boards and figures ask the same for every case."""

    def rule(self, rule_id: str) -> Rule:
        """A rule by its id.

        Raises:
            InputError: ``law.unknown_rule``.
        """
        try:
            return self.rules[rule_id]
        except KeyError:
            raise InputError(
                "law.unknown_rule",
                "There is no rule of that id in the law data.",
                "List the ids with: rights law show",
            ) from None

    def version_of(self, rule_ids: Iterable[str]) -> str:
        """The version of just these rules: an edit of another rule does not change it.

        Raises:
            InputError: ``law.unknown_rule``.
        """
        digest = hashlib.sha256()
        for rule_id in sorted(set(rule_ids)):
            digest.update(f"{rule_id}\0{self.rule(rule_id).digest}\0".encode())
        return digest.hexdigest()

    def dated(self, rule_id: str, on: dt.date) -> DatedValue:
        """The value of a rule in force on a day, with its citation.

        Raises:
            InputError: ``law.unknown_rule``, or ``law.not_in_force`` when the rule says nothing
                about that day.
        """
        known = self._looked_up.get((rule_id, on))
        if known is not None:
            return known
        for dated in reversed(self.rule(rule_id).values):
            if dated.start <= on and (dated.until is None or on <= dated.until):
                self._looked_up[rule_id, on] = dated
                return dated
        raise InputError(
            "law.not_in_force",
            f"The rule {rule_id} holds nothing for {on.isoformat()}.",
            "Check the year of the date; if it is right, add the value of that time to the law "
            "data with its citation.",
        )

    def value(self, rule_id: str, on: dt.date) -> Value:
        """The value of a rule in force on a day, in the rule's own unit."""
        return self.dated(rule_id, on).value

    def number(self, rule_id: str, on: dt.date) -> int:
        """A length in the rule's unit: months, days or hours."""
        value = self.dated(rule_id, on).value
        if isinstance(value, bool) or not isinstance(value, int):
            _wrong(rule_id, "a whole number")
        return value

    def switch(self, rule_id: str, on: dt.date) -> bool:
        """Whether a rule that is on or off is on."""
        value = self.dated(rule_id, on).value
        if not isinstance(value, bool):
            _wrong(rule_id, "a switch")
        return value

    def words(self, rule_id: str, on: dt.date) -> tuple[str, ...]:
        """A list of words, such as the rights a rule reaches."""
        value = self.dated(rule_id, on).value
        if not isinstance(value, tuple):
            _wrong(rule_id, "a list")
        return cast("tuple[str, ...]", value)

    def table(self, rule_id: str, on: dt.date) -> Mapping[str, Value]:
        """A value made of named parts."""
        value = self.dated(rule_id, on).value
        if not isinstance(value, Mapping):
            _wrong(rule_id, "a table")
        return value

    def complaint_routes(self, on: dt.date) -> tuple[ComplaintRoute, ...]:
        """The routes of complaint that a letter sent on that day must name.

        Law: UK GDPR Art 12(4); DPA 2018 ss.164A, 165, 167.
        """
        value = self.value("complaint.routes", on)
        if not isinstance(value, Sequence):
            _wrong("complaint.routes", "a list")
        return tuple(
            ComplaintRoute(str(r["to"]), str(r["name"]), str(r["how"]), str(r["citation"]))
            for r in value
            if isinstance(r, Mapping)
        )

    def regulator(self, on: dt.date) -> Regulator:
        """How to reach the Commissioner on that day, with the day it was last confirmed."""
        value = self.table("regulator.contact", on)
        address, verified = value["address"], value["last_verified"]
        return Regulator(
            name=str(value["name"]),
            address=tuple(str(line) for line in address) if isinstance(address, Sequence) else (),
            phone=str(value["phone"]),
            website=str(value["website"]),
            last_verified=dt.date.fromisoformat(verified) if isinstance(verified, str) else None,
        )

    def with_holidays(self, holidays: Mapping[dt.date, str]) -> Law:
        """The same law with one-off public holidays added, each with its name."""
        return replace(self, one_off_holidays={**self.one_off_holidays, **holidays})


def _wrong(rule_id: str, wanted: str) -> NoReturn:
    raise ConfigError(
        "law.unit",
        f"The rule {rule_id} does not hold {wanted}.",
        "The code asks the rule for something else than its unit; correct the unit or the code.",
    )
