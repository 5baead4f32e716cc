"""Finds UK identifiers and contact details by shape, check rule and the words before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from redaction.find.dates import dates_in
from redaction.find.identifier_rules import RULES, Rule
from rights.release import FactKind


class Identifier(NamedTuple):
    """A number, date or address. `value` is its form for comparing with the record."""

    start: int
    end: int
    sort: str
    value: str
    kind: FactKind
    confidence: float
    reason: str


_BIRTH_CUE = re.compile(
    r"(?:\bd\.?\s?o\.?\s?b\.?|\bborn(?:\s+on)?|\bdate of birth|\bbirth ?date|\bbirthday(?:\s+is)?"
    r"|\be\.?d\.?d\.?)\W*[^\n\d]{0,16}$",
    re.IGNORECASE,
)


def identifiers_in(text: str) -> Iterator[Identifier]:
    """All identifiers in a text, sort by sort; where two overlap both are given."""
    for rule in RULES:
        for match in rule.shape.finditer(text):
            found = _judge(rule, text, match)
            if found:
                yield found


def births_in(text: str, known: frozenset[str]) -> Iterator[Identifier]:
    """Dates of birth: those behind a cue word, and dates that are on the record as one.

    Args:
        text: The page's text.
        known: Dates of birth on the record, as ISO dates.
    """
    for found in dates_in(text):
        value = found.day.isoformat()
        cued = _BIRTH_CUE.search(text[max(0, found.start - 40) : found.start]) is not None
        if cued or value in known:
            reason = "a date behind a word for birth" if cued else "a date of birth on the record"
            yield Identifier(
                found.start,
                found.end,
                "dob",
                value,
                FactKind.IDENTIFIER,
                0.97 if cued else 0.8,
                reason,
            )


def _judge(rule: Rule, text: str, match: re.Match[str]) -> Identifier | None:
    value = match.group()
    before = text[max(0, match.start() - rule.reach) : match.start()]
    cued = rule.cue is not None and rule.cue.search(before) is not None
    confidence = rule.cued if cued else rule.alone
    reason = f"{rule.title}{' behind a cue word' if cued else ' by its shape'}"
    if rule.check is not None and not rule.check(value):
        confidence = rule.cued / 2 if cued else 0.0
        reason = f"{rule.title} behind a cue word, though its check fails: perhaps mistyped"
    if confidence <= 0:
        return None
    return Identifier(
        match.start(),
        match.end(),
        rule.sort,
        rule.normal(value),
        rule.kind,
        round(confidence, 2),
        reason,
    )
