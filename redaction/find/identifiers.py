"""Finds UK identifiers and contact details by shape, check rule and the words before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from redaction.find.dates import dates_in
from redaction.find.identifier_rules import RULES
from redaction.find.rule import Anchor, Rule
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
    r"(?:\bd\.?\s?[o0]\.?\s?b\.?|\bborn(?:\s+on)?|\bdate of birth|\bbirth ?date"
    r"|\bbirthday(?:\s+is)?|\be\.?d\.?d\.?)\W*[^\n\d]{0,16}$",
    re.IGNORECASE,
)

_BIRTH_SAID = re.compile(
    r"\bdate\s(?:> ?)*of\s(?:> ?)*birth\b[^.:;\d]{0,60}\s(?:is|was)\s$", re.IGNORECASE
)
"""A sentence that says when somebody was born: "her date of birth on your form is 12/09/1976"."""
_BIRTH_REACH = 90


def identifiers_in(text: str) -> Iterator[Identifier]:
    """All identifiers in a text, sort by sort; where two overlap both are given.

    One that goes over the end of a line, or has its cue word before it, is found too.
    """
    yield from _identifiers(text)
    broken = _stretches(text)
    if broken:
        yield from _over_lines(_LINE_END.sub(" ", text), broken)


def _stretches(text: str) -> list[tuple[int, int]]:
    """Around ends of lines that may cut a number, joined where they touch."""
    found: list[tuple[int, int]] = []
    for match in _LINE_END.finditer(text):
        start, end = max(0, match.start() - _OVER), min(len(text), match.end() + _OVER)
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


_OVER = 40
"""Characters before and behind the end of a line that are read as one line."""
_LINE_END = re.compile(r"(?:(?<=\d)|(?<=\d[ -])|(?<=[A-Za-z:](?=\n[^\n]{0,8}\d)))\n(?=\S)")


def _over_lines(text: str, stretches: list[tuple[int, int]]) -> Iterator[Identifier]:
    for start, end in stretches:
        near: dict[Anchor | None, bool] = {None: True}
        for rule in RULES:
            if rule.near is not None and rule.near not in near:
                near[rule.near] = rule.near.shape.search(text, start, end) is not None
            if not near[rule.near]:
                continue
            for match in rule.shape.finditer(text, start, end):
                if match.end() < end and (found := _judge(rule, text, match)):
                    yield found


def _identifiers(text: str) -> Iterator[Identifier]:
    windows: dict[Anchor, list[tuple[int, int]]] = {}
    for rule in RULES:
        if rule.near is None:
            stretches = [(0, len(text))]
        else:
            stretches = windows.get(rule.near)
            if stretches is None:
                stretches = windows[rule.near] = _around(rule.near, text)
        for start, end in stretches:
            for match in rule.shape.finditer(text, start, end):
                if match.end() == end:  # the text goes on: judge it without the window's edge
                    match = rule.shape.match(text, match.start())
                    if match is None:
                        continue
                found = _judge(rule, text, match)
                if found:
                    yield found


def _around(anchor: Anchor, text: str) -> list[tuple[int, int]]:
    """The stretches around an anchor's places, joined where they touch."""
    found: list[tuple[int, int]] = []
    size = len(text)
    for match in anchor.shape.finditer(text):
        start, end = max(0, match.start() - anchor.before), min(size, match.end() + anchor.after)
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


_PART_OF_BIRTH = re.compile(
    r"(?:\bd\.?\s?[o0]\.?\s?b\.?|\bborn(?:\s+(?:on|in|about|circa))?|\bdate of birth"
    r"|\byear of birth)"
    r"[\s:(-]{0,4}((?:c\.|circa|about|approx\.?)?\s?"
    r"(?:(?:[A-Z][a-z]{2,8}|\d{1,2}/)\s?)?(?:19|20)\d{2})(?![\d/.-])",
    re.IGNORECASE,
)


def births_in(text: str, known: frozenset[str]) -> Iterator[Identifier]:
    """Dates of birth: those behind a cue word, and dates that are on the record as one.

    Args:
        text: The page's text.
        known: Dates of birth on the record, as ISO dates.
    """
    for found in dates_in(text):
        value = found.day.isoformat()
        before = text[max(0, found.start - _BIRTH_REACH) : found.start]
        cued = _BIRTH_CUE.search(before[-40:]) is not None or _BIRTH_SAID.search(before) is not None
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


def partial_births_in(text: str) -> Iterator[Identifier]:
    """A year, or a month and year, behind a word for birth: "DOB c. 1951", "born March 2009"."""
    for match in _PART_OF_BIRTH.finditer(text):
        start, end = match.span(1)
        reason = "part of a date behind a word for birth"
        yield Identifier(start, end, "dob", text[start:end], FactKind.IDENTIFIER, 0.8, reason)


_MISREAD_NUMBER = re.compile(
    r"(?<![A-Za-z])(?=[OoIlSBZ|\d ./-]*\d[OoIlSBZ|\d ./-]*\d)[OoIlSBZ|\d]"
    r"(?:[OoIlSBZ|\d ./-]*[OoIlSBZ|\d])?(?![A-Za-z])"
)
_MISREAD_PLATE = re.compile(r"(?<=\b[A-Z]{2})(?:\d[OISZB]|[OISZB]\d)(?= ?[A-Z]{3}\b)")
"""The two digits of a vehicle's plate (two letters, two digits, three letters), one misread."""
_DIGITS = str.maketrans("OoIl|SBZ", "00111582")


def with_digits(text: str) -> str:
    """A scanned text with the letters in its numbers made digits again; as long as it was."""
    text = _MISREAD_PLATE.sub(lambda m: m.group().translate(_DIGITS), text)
    return _MISREAD_NUMBER.sub(lambda m: m.group().translate(_DIGITS), text)


def _any_in(text: str, hints: tuple[str, ...]) -> bool:
    for hint in hints:  # noqa: SIM110 (a generator costs more than the search it saves)
        if hint in text:
            return True
    return False


def _last_word(before: str) -> str:
    stripped = before.rstrip(" :.#=(\"'-\n\t")
    at = len(stripped)
    while at and stripped[at - 1].isalpha():
        at -= 1
    return stripped[at:].lower()


def _judge(rule: Rule, text: str, match: re.Match[str]) -> Identifier | None:
    value = match.group()
    failed = rule.check is not None and not rule.check(value)
    if failed and (rule.strict or rule.cue is None):
        return None
    before = text[max(0, match.start() - rule.reach) : match.start()]
    cued = (
        rule.cue is not None
        and (not rule.last or _last_word(before) in rule.last)
        and (not rule.hints or _any_in(before.lower(), rule.hints))
        and rule.cue.search(before) is not None
    )
    confidence = rule.cued if cued else rule.alone
    reason = f"{rule.title}{' behind a cue word' if cued else ' by its shape'}"
    if failed:
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
