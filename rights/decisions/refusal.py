"""Refusing a request as a whole: the grounds, what they need, and what is never enough.

Law: UK GDPR Art 12(5): the burden of proof that a request is manifestly unfounded or excessive is
the council's; it may refuse, or charge a reasonable fee.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from rights.decisions.table import rows
from rights.errors import RefusedError
from rights.law import Law, Value

_PREFIX = "refusal."


@dataclass(frozen=True, slots=True)
class Coded:
    """A code with its words."""

    code: str
    plain: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """One ground on which a request may be refused as a whole.

    Attributes:
        ground: Its code, such as 'unfounded'.
        plain: As a letter would say it: "... because {plain}".
        fee: Whether a fee may be charged instead.
        proof: Whether the council has to prove it.
        by: Roles that may decide it.
        enough: What can carry it.
        not_enough: What is often given for it and never carries it alone.
    """

    ground: str
    rule_id: str
    title: str
    plain: str
    citation: str
    fee: bool
    proof: bool
    by: tuple[str, ...]
    enough: tuple[Coded, ...]
    not_enough: tuple[Coded, ...]


def refusal(ground: str, law: Law, *, on: dt.date) -> Refusal:
    """One ground as the law stands on a day.

    Raises:
        RefusedError: ``refusal.unknown``.
    """
    rule_id = _PREFIX + ground
    if rule_id not in law.rules:
        raise RefusedError(
            "refusal.unknown",
            "The law data knows no such ground of refusal.",
            "Use one of: " + ", ".join(r.ground for r in refusals(law, on=on)) + ".",
        )
    table = law.table(rule_id, on)
    return Refusal(
        ground=ground,
        rule_id=rule_id,
        title=law.rule(rule_id).title,
        plain=str(table["plain"]),
        citation=law.dated(rule_id, on).citation,
        fee=table["fee"] is True,
        proof=table["proof"] is True,
        by=tuple(str(role) for role in cast("Sequence[str]", table["by"])),
        enough=_coded(table, "enough"),
        not_enough=_coded(table, "not_enough"),
    )


def refusals(law: Law, *, on: dt.date) -> tuple[Refusal, ...]:
    """Every ground as the law stands on a day."""
    names = [name.removeprefix(_PREFIX) for name in law.rules if name.startswith(_PREFIX)]
    return tuple(refusal(name, law, on=on) for name in names)


def check_refusal(
    ground: str, reasons: Sequence[str], facts: str, law: Law, *, on: dt.date, fee: bool = False
) -> Refusal:
    """The ground, if these reasons and facts can carry it.

    Args:
        ground: Its code.
        reasons: Codes of what it rests on.
        facts: What happened, as the council would have to prove it.
        law: The law data.
        on: The day of the decision.
        fee: A fee is charged in place of refusing.

    Raises:
        RefusedError: ``refusal.unknown``, ``refusal.not_enough``, ``refusal.reason``,
            ``refusal.proof`` or ``refusal.no_fee``.
    """
    found = refusal(ground, law, on=on)
    known = {c.code for c in found.enough}
    weak = {c.code for c in found.not_enough}
    if found.enough and not known & set(reasons):
        never = ", ".join(c.plain for c in found.not_enough)
        if reasons and set(reasons) <= weak:
            raise RefusedError(
                "refusal.not_enough",
                f"{found.title}: that alone is never enough ({found.citation}).",
                f"Not enough by themselves: {never}. Answer the request, or give what else there "
                "is.",
            )
        raise RefusedError(
            "refusal.reason",
            f"{found.title}: nothing says what it rests on ({found.citation}).",
            "Choose one of: " + "; ".join(c.plain for c in found.enough) + ".",
        )
    if found.proof and not facts.strip():
        raise RefusedError(
            "refusal.proof",
            f"{found.title}: the council must prove it and no facts are given ({found.citation}).",
            "Write what happened, with dates, as you would show it to the Commissioner.",
        )
    if fee and not found.fee:
        raise RefusedError(
            "refusal.no_fee",
            f"No fee can be charged on this ground ({found.citation}).",
            "Refuse the request or answer it.",
        )
    return found


def _coded(table: Mapping[str, Value], name: str) -> tuple[Coded, ...]:
    return tuple(Coded(str(c["code"]), str(c["plain"])) for c in rows(table, name))
