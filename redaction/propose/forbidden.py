"""What the verifier must never find, and the places where a shared name must be gone or remain.

A string is forbidden everywhere only if nobody who may be disclosed shares it and nobody decided to
keep it somewhere: a surname shared with the data subject is checked at its places instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from redaction.decisions import Outcome
from redaction.document import Box
from redaction.find.protected import fact_strings
from redaction.find.tokens import flatten
from redaction.find.words import load_words
from redaction.propose.settled import CastDecisions, Mark, Settled
from rights.names import PARTICLES, is_placeholder
from rights.release import FactKind, Person, PersonDecision, Role

_MIN_ALONE = 4
"""Letters below which a name alone is too short to forbid on every page."""
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[\dA-Z]?\s?\d[A-Z]{2}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A box on a source page where a string must be gone or must remain."""

    document: str
    page: int
    box: Box
    text: str
    want: Literal["gone", "remain"]


@dataclass(frozen=True, slots=True)
class Forbidden:
    """The verifier's two lists. Personal data."""

    everywhere: tuple[str, ...]
    places: tuple[Place, ...]


def must_not(
    people: Sequence[Person],
    decisions: CastDecisions,
    protected_facts: Iterable[str],
    settled: Settled | None = None,
) -> Forbidden:
    """What must not be found in the outgoing bytes.

    Args:
        people: The cast.
        decisions: One per person and kind of fact; what is not decided counts as withheld for
            this list, except for the data subject.
        protected_facts: Strings whose every trace blocks release, whoever shares them.
        settled: With it, strings that somebody decided to keep are not forbidden everywhere, and
            the places of redacted mentions and of kept mentions that share a name are given.
    """
    marks = settled.marks if settled else ()
    kept_text = [f" {' '.join(flatten(m.text).split())} " for m in marks if _kept(m)]
    withheld = _strings(people, decisions, PersonDecision.WITHHOLD)
    open_ = _strings(people, decisions, PersonDecision.DISCLOSE)
    shared = {" ".join(flatten(s).split()) for s in open_}
    everywhere: dict[str, str] = {}
    for string in withheld:
        key = " ".join(flatten(string).split())
        if key in shared or any(f" {key} " in text for text in kept_text):
            continue
        everywhere.setdefault(key, string)
    for fact in protected_facts:
        for string in fact_strings(fact):
            everywhere.setdefault(" ".join(flatten(string).split()), string)
    return Forbidden(tuple(sorted(everywhere.values())), tuple(_places(marks, withheld, settled)))


def _kept(mark: Mark) -> bool:
    return mark.outcome is Outcome.KEEP and mark.kind not in (FactKind.HEALTH, FactKind.PRIVATE)


def _strings(
    people: Sequence[Person],
    decisions: CastDecisions,
    wanted: PersonDecision,
) -> set[str]:
    found: set[str] = set()
    for person in people:
        for kind in (FactKind.NAME, FactKind.CONTACT, FactKind.IDENTIFIER):
            decided = decisions.get((person.ref, kind), PersonDecision.WITHHOLD)
            if person.role is Role.SUBJECT:
                decided = PersonDecision.DISCLOSE
            if decided is wanted:
                found.update(_of_kind(person, kind, all_=wanted is PersonDecision.DISCLOSE))
    return found


def _of_kind(person: Person, kind: FactKind, *, all_: bool) -> Iterable[str]:
    """A person's strings; `all_` also gives the short and ordinary ones, which others may share."""
    if kind is FactKind.NAME:
        words = load_words()
        for name in person.names:
            if is_placeholder(name.forenames) or not name.forenames.strip():
                parts = name.surname.split()
            else:
                parts = [*name.forenames.split(), *name.surname.split()]
                if name.surname.strip():
                    yield name.full
                    yield f"{name.forenames.split()[0]} {name.surname}"
            for part in parts:
                alone = len(part) >= _MIN_ALONE and not words.is_ordinary(part)
                if all_ or (alone and part.lower() not in PARTICLES):
                    yield part
    elif kind is FactKind.CONTACT:
        yield from person.phones
        yield from person.emails
        for address in person.addresses:
            yield from _POSTCODE.findall(address)
            lines = (line.strip() for line in re.split(r"[,\n]", _POSTCODE.sub("", address)))
            yield from (line for line in lines if re.search(r"\d", line) and len(line) > 5)
    else:
        yield from (value for _, value in person.identifiers if len(value) > 4)


def _places(
    marks: Sequence[Mark], withheld: Iterable[str], settled: Settled | None
) -> Iterable[Place]:
    """Each redacted mention must be gone from its box; kept ones that look alike must remain."""
    risky = {" ".join(flatten(s).split()) for s in withheld}
    words = {word for string in risky for word in string.split()}
    painted: dict[tuple[str, int], list[Box]] = {}
    for plan in settled.plans if settled else ():
        painted[plan.document, plan.page] = [b.box for b in plan.boxes]
    for mark in marks:
        at = (mark.span.document, mark.span.page)
        if mark.outcome is Outcome.REDACT:
            texts = _by_line(mark)
            for box, text in zip(mark.boxes, texts, strict=False):
                if any(c.isalnum() for c in text):  # a mark of quotation alone cannot be looked for
                    yield Place(*at, box, text, "gone")
        elif _kept(mark) and words & set(flatten(mark.text).split()) and len(mark.boxes) == 1:
            box = mark.boxes[0]
            if not any(box.touches(other) for other in painted.get(at, ())):
                yield Place(*at, box, mark.text, "remain")


def _by_line(mark: Mark) -> list[str]:
    lines = [" ".join(line.split()) for line in mark.text.split("\n") if line.strip()]
    if len(lines) == len(mark.boxes):
        return lines
    return [" ".join(mark.text.split())] * len(mark.boxes)
