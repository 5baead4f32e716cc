"""What each right asks the council to decide and how it may end, as the law data has it.

Law: UK GDPR Arts 7(3), 12 and 15 to 22D; the tables are ``right.*`` and ``letter.*`` in
``rights/law/ukgdpr``. They are dated: a request is decided by the law of the day of the decision.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from rights.errors import RefusedError
from rights.law import Law, Value
from rights.release import Right

_RULES = {
    Right.ACCESS: "right.access",
    Right.RECTIFICATION: "right.rectification",
    Right.ERASURE: "right.erasure",
    Right.RESTRICTION: "right.restriction",
    Right.PORTABILITY: "right.portability",
    Right.OBJECTION: "right.objection",
    Right.AUTOMATED_DECISION: "right.automated",
    Right.CONSENT_WITHDRAWAL: "right.consent",
    Right.COMPLAINT: "right.complaint",
}

_ANY = "right.any"
"""The rule with what any request may end in, whatever the right."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something the council must decide before it answers."""

    code: str
    plain: str
    citation: str


@dataclass(frozen=True, slots=True)
class Way:
    """One lawful way for a request to end.

    Attributes:
        code: As decisions keep it.
        plain: In words for officers.
        by: Who may decide it: 'engine', or roles.
        routes: Whether the letter must name every way to complain (Art 12(4)).
        ends: Whether it ends the request before anything is gathered.
    """

    code: str
    plain: str
    by: tuple[str, ...]
    routes: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class RightTable:
    """One right: what it is, what is to be decided, the ways it may end, and the traps."""

    rule_id: str
    title: str
    plain: str
    citation: str
    decides: tuple[Question, ...]
    ways: tuple[Way, ...]
    traps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterNeeds:
    """What a kind of letter must say, each with its code."""

    rule_id: str
    title: str
    plain: str
    citation: str
    contains: tuple[tuple[str, str], ...]


def rule_of(right: Right) -> str | None:
    """Id of the rule with the table of a right, or of a complaint; None where there is none."""
    return _RULES.get(right)


def right_table(right: Right, law: Law, *, on: dt.date) -> RightTable:
    """The table of one right as the law stands on a day.

    Raises:
        RefusedError: ``decision.no_right``: nothing is decided in this way.
    """
    rule_id = _RULES.get(right)
    if rule_id is None:
        raise RefusedError(
            "decision.no_right",
            f"A {right.value} is not decided as a right is.",
            "Answer it by its own procedure.",
        )
    return _right_table(rule_id, law, on)


def _right_table(rule_id: str, law: Law, on: dt.date) -> RightTable:
    dated, table = law.dated(rule_id, on), law.table(rule_id, on)
    return RightTable(
        rule_id=rule_id,
        title=law.rule(rule_id).title,
        plain=str(table["plain"]),
        citation=dated.citation,
        decides=tuple(
            Question(str(q["code"]), str(q["plain"]), str(q["citation"]))
            for q in rows(table, "decides")
        ),
        ways=tuple(
            Way(
                str(w["code"]),
                str(w["plain"]),
                tuple(str(role) for role in cast("Sequence[str]", w["by"])),
                w["routes"] is True,
                w["ends"] is True,
            )
            for w in rows(table, "outcomes")
        ),
        traps=tuple(str(t) for t in cast("Sequence[str]", table["traps"])),
    )


def other_right(name: str, law: Law, *, on: dt.date) -> RightTable:
    """A table beside the rights of a request: 'recipients', 'marketing', or 'any' for all of them.

    Raises:
        InputError: ``law.unknown_rule``.
    """
    return _right_table(f"right.{name}", law, on)


def way(right: Right, code: str, law: Law, *, on: dt.date) -> Way:
    """One way for a request to end.

    Raises:
        RefusedError: ``decision.no_right`` or ``decision.outcome``: the law knows no such outcome.
    """
    table = right_table(right, law, on=on)
    ways = (*table.ways, *_right_table(_ANY, law, on).ways)
    found = next((w for w in ways if w.code == code), None)
    if found is None:
        raise RefusedError(
            "decision.outcome",
            f"A request for {right.value} cannot end in that way.",
            f"Choose one of: {', '.join(w.code for w in table.ways)} ({table.citation}).",
        )
    return found


def letter_needs(kind: str, law: Law, *, on: dt.date) -> LetterNeeds | None:
    """What a letter of this kind must say on a day; None when the law data says nothing of it."""
    rule_id = f"letter.{kind}"
    if rule_id not in law.rules:
        return None
    table = law.table(rule_id, on)
    return LetterNeeds(
        rule_id=rule_id,
        title=law.rule(rule_id).title,
        plain=str(table["plain"]),
        citation=law.dated(rule_id, on).citation,
        contains=tuple((str(c["code"]), str(c["plain"])) for c in rows(table, "contains")),
    )


def rows(table: Mapping[str, Value], name: str) -> Sequence[Mapping[str, Value]]:
    """A part of a table that is a list of tables; the schema has checked its form."""
    return cast("Sequence[Mapping[str, Value]]", table[name])
