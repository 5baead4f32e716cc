"""What the decisions on the points call for in the sources, each order under a key of its decision.

Nothing is overwritten without trace: every entry and copy that was decided upon gets a note, and
what it said before is kept with the decision. Notes come first, for a record that is corrected has
another digest afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from casework.answering import Ordered
from casework.collect import document_id
from casework.letters import people_of
from casework.office import Work
from casework.rectification.entries import Entry, own_entries, with_copies
from casework.rectification.points import Point, points_of
from casework.rectification.state import (
    COMPLETED,
    CORRECTED,
    LABELLED,
    NOTED,
    STANDS,
    decided_on,
    facts_of,
    opinion_on,
)
from casework.restriction.standing import standing
from letters.words import long_date
from rights.case import Case, Decision
from rights.register import services_of
from rights.sources.actions import Annotate, Correct, Restrict

_LANGUAGE = "en-GB"


@dataclass(frozen=True, slots=True)
class _Change:
    """One decision's part in the correction of one record."""

    decided: Decision
    point: str
    target: Mapping[str, Any]
    wrong: str
    right: str


def orders(work: Work) -> tuple[Ordered, ...]:
    """Every order that the decisions in force call for: the notes, then the corrections."""
    notes: list[Ordered] = []
    changes: dict[tuple[str, str, int], list[_Change]] = {}
    for point in points_of(work.case):
        decided = decided_on(work.case, point.id)
        if decided is None:
            continue
        facts = facts_of(decided)
        for target in facts.get("targets", ()):
            notes += _notes(work, point, decided, target)
            if target["before"]:
                key = (str(target["source"]), str(target["record"]), int(facts["round"]))
                change = _Change(decided, point.id, target, facts["wrong"], facts["right"])
                changes.setdefault(key, []).append(change)
    return (*notes, *(_correct(work.case, where, found) for where, found in changes.items()))


def _correct(case: Case, where: tuple[str, str, int], changes: list[_Change]) -> Ordered:
    """One order for a record, whatever the number of points that correct it."""
    source, record, _ = where
    values: dict[str, str] = {}
    for change in changes:
        before: Mapping[str, str] = change.target["before"]
        for column, old in before.items():
            values[column] = values.get(column, old).replace(change.wrong, change.right)
    digests = {str(c.target["expected"]) for c in changes}
    decisions = "+".join(c.decided.event.decision for c in changes)
    order = Correct(
        key=f"{case.ref}/{decisions}/correct/{changes[0].target['document']}",
        record=record,
        # Decided upon in different states, the record has changed in between: no order fits it.
        expected=digests.pop() if len(digests) == 1 else "",
        values=tuple(values.items()),
        find_by=(
            *_find(changes[0].target),
            *(pair for change in changes for pair in _words(change)),
        ),
    )
    return Ordered(source, order, changes[0].point)


def _words(change: _Change) -> tuple[tuple[str, str], ...]:
    """The words for whoever looks at the order, or carries it out."""
    before: Mapping[str, str] = change.target["before"]
    times = sum(old.count(change.wrong) for old in before.values())
    return (
        ("It says", change.wrong),
        ("In so many places", str(times)),
        ("It shall say", change.right),
    )


def _notes(
    work: Work, point: Point, decided: Decision, target: Mapping[str, Any]
) -> Iterable[Ordered]:
    texts = _texts(work, decided, target)
    opinion = opinion_on(work.case, point.id)
    if opinion is not None and target["found"]:
        texts.append((opinion, "note", *_on_opinion(work, decided, opinion)))
    for by, name, text, writer in texts:
        order = Annotate(
            key=f"{work.ref}/{by.event.decision}/{name}/{target['document']}",
            record=str(target["record"]),
            expected=str(target["expected"]),
            text=text,
            by=writer,
            find_by=_find(target),
        )
        yield Ordered(str(target["source"]), order, point.id)


def _texts(
    work: Work, decided: Decision, target: Mapping[str, Any]
) -> list[tuple[Decision, str, str, str]]:
    """What is put beside an entry by a decision, and in whose name."""
    facts, end = facts_of(decided), decided.event.outcome
    day = long_date(decided.event.decided_on, _LANGUAGE)
    person, council = _person(work), work.office.council.letterhead.council
    ref = f"({work.ref})"
    if end == CORRECTED and not target["found"]:
        return []
    if end == CORRECTED and not target["before"]:
        text = (
            f"Corrected on {day} at the request of the person it is about {ref}: where this says "
            f"“{facts['wrong']}”, it shall say “{facts['right']}”."
        )
        return [(decided, "note", text, council)]
    if end == CORRECTED:
        text = (
            f"Corrected on {day} at the request of the person it is about {ref}. What it said "
            "before is kept with the request."
        )
        return [(decided, "note", text, council)]
    if end == COMPLETED:
        text = f"Supplementary statement of {person}, {day} {ref}: {facts['statement']}"
        return [(decided, "note", text, person)]
    if end == NOTED:
        text = f"Note of disagreement of {person}, {day} {ref}: {facts['statement']}"
        return [(decided, "note", text, person)]
    if end == LABELLED:
        text = (
            f"This is an allegation, recorded as it was made. What became of it: {facts['became']} "
            f"Marked on {day} {ref}."
        )
        return [(decided, "note", text, council)]
    text = f"{person} contested this entry on {day} {ref}. It was looked at and stays as it is."
    return [(decided, "note", text, council)]


def _on_opinion(work: Work, decided: Decision, opinion: Decision) -> tuple[str, str]:
    held, facts = facts_of(opinion), facts_of(decided)
    day = long_date(opinion.event.decided_on, _LANGUAGE)
    found = "still holds" if opinion.event.outcome == STANDS else "no longer holds"
    text = (
        f"A fact in this entry was corrected. On {day} its author was asked about the opinion "
        f"“{facts['opinion']}” and {found} it: {held['reason']} ({work.ref})"
    )
    return text, work.office.council.letterhead.council


def restrictions(work: Work) -> tuple[Ordered, ...]:
    """The use of contested entries is stopped while they are checked (UK GDPR Art 18(1)(a)).

    Asked for once: the entries and copies as they were found then stay the same ever after.
    """
    out: list[Ordered] = []
    entries = {e.document: e for e in own_entries(work)}
    for point in points_of(work.case):
        if not point.restrict or decided_on(work.case, point.id) is not None:
            continue
        chosen = [entries[d] for d in point.documents if d in entries]
        out += [_restrict(work, point, entry) for entry in with_copies(work, chosen)]
    return tuple(out)


def _restrict(work: Work, point: Point, entry: Entry) -> Ordered:
    order = Restrict(
        key=f"{work.ref}/{point.id}/restrict/{document_id(entry.source, entry.record)}",
        record=entry.record,
        expected="",  # a restriction touches no content and asks for no digest
        find_by=_find({"title": entry.title, "dated": entry.dated}),
    )
    return Ordered(entry.source, order, point.id)


def services(work: Work) -> frozenset[str]:
    """Services whose recipients are told: of what was put right, completed or restricted."""
    places: set[str] = set()
    for item in orders(work):
        told = decided_on(work.case, item.point)
        if told is not None and told.event.outcome in (CORRECTED, COMPLETED):
            places |= _places(item.source, item.order.record)
    for one in standing(work.case):
        places |= _places(one.source, one.order.record)
    return frozenset(s.id for s in services_of(work.office.council.register, places))


def _places(source: str, record: str) -> set[str]:
    return {source, f"{source}/{record.partition(':')[0]}"}


def _find(target: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    pairs = (("Entry", str(target["title"])), ("Day", str(target["dated"])))
    return tuple((label, value) for label, value in pairs if value)


def _person(work: Work) -> str:
    name = people_of(work.case).subject.names[0]
    return f"{name.forenames} {name.surname}".strip()
