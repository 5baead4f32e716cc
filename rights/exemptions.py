"""The grounds on which something may be withheld: the table, and what its misuse is refused with.

Law: DPA 2018 Schs 2, 3 and 4 and ss.24 and 26. The table itself is data in ``rights/law``; here
it becomes typed, and a use that the law does not allow is refused with the reason.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from rights.errors import RefusedError
from rights.law import Law, Value
from rights.release import DisclosureMode, Right

_PREFIX = "exemption."
THIRD_PARTIES = "3P"
"""The ground of other people's interests, and of a proposal that names none."""
_ARTICLES = {
    Right.ACCESS: "15",
    Right.RECTIFICATION: "16",
    Right.ERASURE: "17",
    Right.RESTRICTION: "18",
    Right.PORTABILITY: "20",
    Right.OBJECTION: "21",
    Right.AUTOMATED_DECISION: "22",
}
_ARTICLE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Exemption:
    """One row of the table.

    Attributes:
        code: Short code used in decisions and on boxes ('3P').
        kind: 'exemption', 'lock' (neither sent nor withheld until opened), 'deeming' (argues for
            disclosure) or 'not_for_councils'.
        title: What it is called.
        plain: How a letter would say it: "... because {plain}".
        citation: Where it stands.
        rule_id: The rule in the law data.
        test: What must be true.
        rights: The Articles it disapplies ('15(1)-(3)').
        decider: Who decides.
        evidence: What must be on file.
        records: Where it usually comes up.
        modes: How much the requester may be told; empty when it withholds nothing.
        limits: Traps.
        withholds: Whether it can be a ground for withholding at all.
        asked_by_another: Whether it exists only when somebody else asks for the person.
        roles: Roles at the desk that may withhold under it.
        record: Entries that are written down then (`rights.withholding`).
        data: Classes of data it reaches ('social work'); empty for all.
    """

    code: str
    kind: str
    title: str
    plain: str
    citation: str
    rule_id: str
    test: str
    rights: tuple[str, ...]
    decider: str
    evidence: str
    records: str
    modes: tuple[DisclosureMode, ...]
    limits: str
    withholds: bool
    asked_by_another: bool
    roles: tuple[str, ...]
    record: tuple[str, ...]
    data: tuple[str, ...]

    def touches(self, right: Right) -> bool:
        """Whether it reaches the Article that a request rests on."""
        article = _ARTICLES.get(right)
        return article in {_leading_number(r) for r in self.rights}


def codes(law: Law) -> tuple[str, ...]:
    """Every code, in the order of the table."""
    return tuple(r.removeprefix(_PREFIX) for r in law.rules if r.startswith(_PREFIX))


def exemption(code: str, law: Law, *, on: dt.date) -> Exemption:
    """One row of the table as the law stands on a day.

    Raises:
        RefusedError: ``exemption.unknown``.
    """
    rule_id = _PREFIX + code
    if rule_id not in law.rules:
        raise RefusedError(
            "exemption.unknown",
            "There is no exemption of that code.",
            "Use one of: " + ", ".join(codes(law)) + ".",
        )
    rule = law.rule(rule_id)
    dated = law.dated(rule_id, on)
    table = law.table(rule_id, on)
    return Exemption(
        code=code,
        kind=str(table["kind"]),
        title=rule.title,
        plain=str(table["plain"]),
        citation=dated.citation,
        rule_id=rule_id,
        test=str(table["test"]),
        rights=_texts(table, "rights"),
        decider=str(table["decider"]),
        evidence=str(table["evidence"]),
        records=str(table["records"]),
        modes=tuple(DisclosureMode(mode) for mode in _texts(table, "modes")),
        limits=str(table["limits"]),
        withholds=table.get("withholds", True) is True,
        asked_by_another=table.get("asked_by_another", False) is True,
        roles=_texts(table, "roles"),
        record=_texts(table, "record"),
        data=_texts(table, "data"),
    )


def exemptions(law: Law, *, on: dt.date) -> tuple[Exemption, ...]:
    """The whole table as the law stands on a day."""
    return tuple(exemption(code, law, on=on) for code in codes(law))


def check_use(
    code: str,
    right: Right,
    mode: DisclosureMode,
    law: Law,
    *,
    on: dt.date,
    requester_is_subject: bool = True,
) -> Exemption:
    """The exemption, if it may be used to withhold something in such a request.

    Args:
        code: The exemption.
        right: The right that is used.
        mode: How much the requester would be told.
        law: The law data.
        on: The day of the decision.
        requester_is_subject: False when a parent, agent or deputy asks for the subject.

    Raises:
        RefusedError: ``exemption.unknown``, ``exemption.misuse``, ``exemption.other_right``,
            ``exemption.own_request`` or ``exemption.mode``, each with the reason.
    """
    found = exemption(code, law, on=on)
    if not found.withholds:
        raise RefusedError(
            "exemption.misuse",
            f"{code} ({found.citation}) is no ground for withholding. {found.limits}",
            "Choose a ground that fits the passage, or disclose it.",
        )
    if not found.touches(right):
        raise RefusedError(
            "exemption.other_right",
            f"{code} ({found.citation}) does not reach a request for {right.value}; it reaches "
            f"Articles {', '.join(found.rights)}. {found.limits}",
            "Decide the request on its own Article.",
        )
    if found.asked_by_another and requester_is_subject:
        raise RefusedError(
            "exemption.own_request",
            f"{code} ({found.citation}) exists only where somebody with parental responsibility "
            "or a deputy asks, and here the person asks for their own data.",
            "Choose another ground, or disclose it.",
        )
    if mode not in found.modes:
        allowed = ", ".join(m.value for m in found.modes)
        raise RefusedError(
            "exemption.mode",
            f"{code} may not be used in disclosure mode {mode.value}; allowed: {allowed}.",
            "Choose an allowed mode.",
        )
    return found


def check_data(code: str, data_class: str, law: Law, *, on: dt.date) -> None:
    """Refuse a ground that does not reach data of that class.

    Raises:
        RefusedError: ``exemption.data``.
    """
    found = exemption(code, law, on=on)
    if found.data and data_class and data_class not in found.data:
        raise RefusedError(
            "exemption.data",
            f"{code} ({found.citation}) reaches only {' and '.join(found.data)} data, and this is "
            f"{data_class} data.",
            "Choose the ground of that class, or disclose it.",
        )


def _texts(table: Mapping[str, Value], name: str) -> tuple[str, ...]:
    value = table.get(name, ())
    return tuple(str(item) for item in value) if isinstance(value, tuple) else ()


def _leading_number(text: str) -> str:
    match = _ARTICLE.match(text)
    return match.group() if match else ""
