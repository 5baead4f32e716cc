"""The same sentence treated otherwise in another case: together the two answers tell more.

Files of a family share documents, so that what is covered for one may stand open for another who
asked (a sister, a mother, the same person again). Within one case that holds the pack; across
subjects or recipients it is a warning to look at (DPA 2018 Sch 2 para 16(4): what the requester is
likely to have counts). Only cases that are linked or hold the same bytes are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from casework.bundle import Bundle, load_bundle, snippet
from casework.office import Office
from casework.settlement import settled_of
from redaction.decisions import Span
from redaction.document import ReadDocument
from redaction.propose.consistency import treated_two_ways
from redaction.propose.settled import Settled
from rights.case import Case
from rights.release import Right

_MARK = "\x1f"
Cuts = Mapping[tuple[str, int], Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class AcrossLine:
    """One sentence of this case that another case treats otherwise. Personal data.

    Attributes:
        place: Where it stands here, with its words.
        other: Reference of the other case.
        document: Where it stands there.
        page: The page there.
        same_subject: Whether the other case is about the same person by name and birth.
    """

    place: Mapping[str, Any]
    other: str
    document: str
    page: int
    same_subject: bool


def treated_otherwise(
    office: Office, case: Case, bundle: Bundle, settled: Settled
) -> tuple[AcrossLine, ...]:
    """Sentences of a case that related cases treat otherwise as decided there so far."""
    lines: list[AcrossLine] = []
    for other in _related(office, case):
        work = office.reading(other.ref)
        theirs = load_bundle(work)
        whole = settled_of(work, theirs)
        same = _subject(case) == _subject(other)
        for here, there in differences(
            bundle.documents, cuts_of(settled), theirs.documents, cuts_of(whole)
        ):
            place = snippet(bundle.documents, here, 0)
            lines.append(AcrossLine(place, other.ref, there.document, there.page, same))
    return tuple(lines)


def differences(
    ours: Sequence[ReadDocument],
    our_cuts: Cuts,
    theirs: Sequence[ReadDocument],
    their_cuts: Cuts,
) -> Iterable[tuple[Span, Span]]:
    """The same sentences with other words withheld: a place of ours and one of theirs for each.

    Args:
        ours: The documents of one case.
        our_cuts: Withheld stretches of each of its pages that go.
        theirs: The documents of the other.
        their_cuts: The same of its pages.
    """
    cuts = {**our_cuts, **{(_MARK + d, n): found for (d, n), found in their_cuts.items()}}
    for clash in treated_two_ways([*ours, *map(_marked, theirs)], cuts):
        here = [s for s in clash.spans if not s.document.startswith(_MARK)]
        there = [s for s in clash.spans if s.document.startswith(_MARK)]
        if here and there and {_mask(s, cuts) for s in here} != {_mask(s, cuts) for s in there}:
            yield here[0], replace(there[0], document=there[0].document[len(_MARK) :])


def _related(office: Office, case: Case) -> Iterable[Case]:
    """Other cases with pages, linked with this one or holding some of the same bytes."""
    linked = {link.other for link in case.linked}
    held = {e.sha256 for e in case.documents.values() if e.size}
    for other in office.cases():
        if other.ref == case.ref or other.right is not Right.ACCESS or other.proposals is None:
            continue
        if not office.store.has_file(other.ref, other.proposals[1].file):
            continue
        back = any(link.other == case.ref for link in other.linked)
        shares = any(e.sha256 in held for e in other.documents.values() if e.size)
        if other.ref in linked or back or shares:
            yield other


def _subject(case: Case) -> tuple[object, ...]:
    if case.people is None:
        return (case.ref,)
    subject = case.people.subject
    return tuple(sorted((n.forenames, n.surname) for n in subject.names)), subject.date_of_birth


def _marked(document: ReadDocument) -> ReadDocument:
    return replace(document, id=_MARK + document.id)


def cuts_of(settled: Settled) -> dict[tuple[str, int], list[tuple[int, int]]]:
    """Withheld stretches of each page that goes."""
    cuts = {(p.document, p.page): list[tuple[int, int]]() for p in settled.plans if not p.withheld}
    for mark in settled.marks:
        place = mark.span.document, mark.span.page
        if mark.outcome == "redact" and place in cuts:
            cuts[place].append((mark.span.start, mark.span.end))
    return cuts


def _mask(span: Span, cuts: Cuts) -> tuple[tuple[int, int], ...]:
    """What of a sentence is withheld, counted from its beginning."""
    return tuple(
        sorted(
            (max(start, span.start) - span.start, min(end, span.end) - span.start)
            for start, end in cuts[span.document, span.page]
            if start < span.end and span.start < end
        )
    )
