"""What a complaint about data comes down to: its causes, and who may not look into it.

Law: DPA 2018 s.164A. The codes of causes are policy, for the figures that the Commissioner asks
for; which of them is a breach at the same time stands in the law data.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from rights.case import Case
from rights.errors import RefusedError
from rights.events import Attested
from rights.law import Law

HANDLER = "handler"
"""The matter of who looks into a complaint."""

_PREFIX = "cause."
_SECOND_EYES = frozenset({"approve", "apply", "outcome"})
"""Topics whose answers make somebody a part of an answer besides those that decide passages."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause of a complaint that is right.

    Attributes:
        code: As decisions and figures have it.
        title: In words for officers.
        plain: As a letter says it: "... because {plain}".
        breach: Whether it means that data reached somebody who should not have it.
        rule: Id of its rule, by which a decision names it.
    """

    code: str
    title: str
    plain: str
    breach: bool
    rule: str


def causes(law: Law, on: dt.date) -> tuple[Cause, ...]:
    """Every cause on a day, in the order of the law data."""
    rules = [rule for rule in law.rules.values() if rule.id.startswith(_PREFIX)]
    return tuple(_cause(rule.id, rule.title, law.table(rule.id, on)) for rule in rules)


def cause(code: str, law: Law, on: dt.date) -> Cause:
    """The cause of this code.

    Raises:
        RefusedError: ``complaint.cause``: there is none.
    """
    known = causes(law, on)
    found = next((c for c in known if c.code == code), None)
    if found is None:
        raise RefusedError(
            "complaint.cause",
            "That is no cause of a complaint.",
            f"Choose one of: {', '.join(c.code for c in known)}.",
        )
    return found


def causes_of(rules: tuple[str, ...]) -> tuple[str, ...]:
    """The codes of the causes that a decision names among its rules; no personal data."""
    codes = (r.removeprefix(_PREFIX) for r in rules if r.startswith(_PREFIX))
    return tuple(code.replace("_", " ") for code in codes)


def involved_in(case: Case) -> frozenset[str]:
    """Logins of everybody who decided or approved something of a case."""
    approved = {p.seal.approved_by for p in case.parts if p.seal is not None}
    answered = {
        q.answer.login for t in _SECOND_EYES for q in case.answered(t) if q.answer is not None
    }
    desk = (d.event.actor for d in case.decisions)
    decided = {actor.login for actor in desk if actor.attested is Attested.DESK}
    return frozenset((case.deciders | approved | answered | decided) - {""})


def _cause(rule: str, title: str, table: Mapping[str, object]) -> Cause:
    return Cause(str(table["code"]), title, str(table["plain"]), table["breach"] is True, rule)
