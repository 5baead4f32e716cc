"""What came and is no data rights request to this council: what it is and where it goes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import cast

from rights.errors import InputError
from rights.law import Law

_PREFIX = "triage."


@dataclass(frozen=True, slots=True)
class TriageOutcome:
    """One outcome of triage.

    Attributes:
        code: As `CaseTriaged` and figures have it.
        title: As the desk shows it.
        plain: What it is, to follow "This is".
        goes_to: Where it goes, or who answers it.
        letter: Paragraphs of the letter.
        writes: Whether there is anybody to write to.
        rule: Id of the rule.
        citation: Where it stands.
    """

    code: str
    title: str
    plain: str
    goes_to: str
    letter: tuple[str, ...]
    writes: bool
    rule: str
    citation: str


def triage_outcomes(law: Law, on: dt.date) -> tuple[TriageOutcome, ...]:
    """Every outcome of triage in force on a day, in the order of the law data."""
    found: list[TriageOutcome] = []
    for rule in law.rules.values():
        if rule.unit != "triage":
            continue
        dated = law.dated(rule.id, on)
        value = law.table(rule.id, on)
        found.append(
            TriageOutcome(
                code=rule.id.removeprefix(_PREFIX).replace("_", " "),
                title=rule.title,
                plain=str(value["plain"]),
                goes_to=str(value["goes_to"]),
                letter=cast("tuple[str, ...]", value["letter"]),
                writes=bool(value["writes"]),
                rule=rule.id,
                citation=dated.citation,
            )
        )
    return tuple(found)


def triage_outcome(code: str, law: Law, on: dt.date) -> TriageOutcome:
    """The outcome of this code.

    Raises:
        InputError: there is none.
    """
    known = triage_outcomes(law, on)
    for outcome in known:
        if outcome.code == code:
            return outcome
    raise InputError(
        "triage.unknown",
        "That is no outcome of triage.",
        f"Choose one of: {', '.join(o.code for o in known)}.",
    )
