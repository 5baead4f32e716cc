"""Finding without a case: the people given, those whom only the text names, and the law's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from casework.redacting.reading import Given, documents_out, needs_eyes, unreadable_out
from redaction.decisions import Finding, Outcome, Proposal, Span
from redaction.document import ReadDocument
from redaction.exchange.decisions import DecisionsFile
from redaction.exchange.findings import CapitalOut, FindingOut, FindingsFile, PageText, PersonOut
from redaction.exchange.people import PeopleFile
from redaction.find import Discovered, Finder, capitals, discover
from redaction.find.learn import Learned, learn
from redaction.find.protected import protected_in
from redaction.find.suggest import NameFinder, with_suggestions
from redaction.propose import Default, propose
from redaction.propose.boxes import boxes_for
from redaction.propose.mentions import proposal_id
from rights.cast import default_for, role_for
from rights.law import Law
from rights.release import (
    DisclosureMode,
    FactKind,
    Person,
    PersonName,
    PersonRef,
    Treatment,
)

PROTECTED = "protected-fact"
"""The finder of a protected fact's traces: withheld, and not told of."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found and is proposed in a bundle. Personal data."""

    people: tuple[Person, ...]
    known: int
    """How many of the people were given; the others only the text names."""
    findings: tuple[Finding, ...]
    proposals: tuple[Proposal, ...]


def find_in(given: Sequence[Given], record: PeopleFile, law: Law, on: dt.date) -> Found:
    """Every mention, number, passage and protected fact of a bundle, with what the law proposes.

    Args:
        given: The documents.
        record: The people of the record.
        law: The law data.
        on: The day whose law counts.
    """
    documents = [g.document for g in given]
    known = record.persons()
    people = (*known, *_strangers(documents, known))
    finder = Finder(people)
    findings = tuple(f for d in documents for f in finder.find(d))

    def default(person: Person, kind: FactKind) -> Default:
        found = default_for(
            person,
            kind,
            law,
            on=on,
            safety_flag=record.danger,
            in_health_record=False,
            requester_is_subject=record.requester == "subject",
        )
        return Default(found.treatment, found.code, found.mode, found.citation, found.reason)

    proposals = propose(documents, findings, people, default)
    protected = _protected(documents, record.protected_facts)
    order = {d.id: i for i, d in enumerate(documents)}
    whole = sorted(
        (*proposals, *protected),
        key=lambda p: (order[p.span.document], p.span.page, p.span.start, -p.span.end, p.id),
    )
    return Found(people, len(known), findings, tuple(whole))


def findings_file(
    given: Sequence[Given],
    found: Found,
    law: Law,
    version: str,
    *,
    with_text: bool,
    finders: Sequence[NameFinder] = (),
) -> FindingsFile:
    """The findings as they are written.

    Args:
        given: The documents.
        found: What was found in them.
        law: The law data.
        version: Of the program.
        with_text: Whether the text that offsets point into is added.
        finders: Optional ones, which add to the queue.
    """
    documents = [g.document for g in given]
    queue = with_suggestions(
        capitals(documents, found.findings), documents, found.findings, finders
    )
    cast = {p.ref: p for p in found.people}
    pages = {(d.id, p.number): p for d in documents for p in d.pages}
    sources = {g.document.id: g.source for g in given if g.source is not None}

    def said(document: str, text: str, start: int, end: int) -> str:
        source = sources.get(document)
        return text if source is None else source[start:end]

    def out(p: Proposal) -> FindingOut:
        page = pages[p.span.document, p.span.page]
        person = cast.get(p.person) if p.person else None
        boxes = boxes_for(page, p.span.start, p.span.end, guard=False)
        return FindingOut(
            id=p.id,
            document=p.span.document,
            page=p.span.page,
            start=p.span.start,
            end=p.span.end,
            text=said(p.span.document, p.text, p.span.start, p.span.end),
            boxes=tuple((c.box.left, c.box.top, c.box.right, c.box.bottom) for c in boxes),
            person=p.person,
            candidates=p.candidates,
            role=person.role if person else None,
            kind=p.kind,
            code=p.code,
            treatment=p.treatment,
            mode=p.mode,
            confidence=round(p.confidence, 4),
            finder=p.rule,
            decided_by=p.decided_by,
            reason=p.reason,
        )

    return FindingsFile(
        law_version=law.version,
        finders=(f"rightsdesk {version}", *(f"{f.name} {f.version}" for f in finders)),
        documents=documents_out(given),
        people=tuple(
            PersonOut(ref=p.ref, role=p.role, display=p.display, found=i >= found.known)
            for i, p in enumerate(found.people)
        ),
        findings=tuple(map(out, found.proposals)),
        capitals=tuple(
            CapitalOut(
                text=c.text,
                count=c.count,
                by=c.by,
                document=c.spans[0].document,
                page=c.spans[0].page,
                start=c.spans[0].start,
                end=c.spans[0].end,
            )
            for c in queue
        ),
        needs_eyes=needs_eyes(given),
        unreadable=unreadable_out(given),
        pages=tuple(
            PageText(document=d.id, page=p.number, text=sources.get(d.id) or p.text)
            for d in documents
            for p in d.pages
        )
        if with_text
        else (),
    )


def learned_from(
    given: Sequence[Given], found: Found, decisions: DecisionsFile, scratch: Path
) -> Learned | None:
    """What can be learnt from the decided documents of a bundle; None while they are too few.

    A document counts as decided when the decisions list it with its very bytes. Its names are what
    the finders found in it, less what was marked to be kept, and the reviewer's own marks.
    """
    decided = {d.sha256 for d in decisions.documents}
    documents = [g.document for g in given if g.document.sha256 in decided and g.document.pages]
    ids = {d.id for d in documents}
    kept = [
        Span(s.document, s.page, s.start, s.end)
        for s in decisions.stretches
        if s.outcome is Outcome.KEEP
    ]
    names = [
        f.span
        for f in found.findings
        if f.kind is FactKind.NAME and f.span.document in ids and f.span not in kept
    ]
    names += [
        Span(s.document, s.page, s.start, s.end)
        for s in decisions.stretches
        if s.outcome is Outcome.REDACT and s.document in ids
    ]
    return learn(documents, names, scratch=scratch)


def _strangers(documents: Sequence[ReadDocument], known: Sequence[Person]) -> list[Person]:
    """Those whom only the text names, as people of their own, so that bare mentions are found."""
    finder = Finder(known)
    seen = discover(documents, [f for d in documents for f in finder.find(d)])
    taken = {p.ref for p in known}
    free = (f"U{n:02d}" for n in range(1, 100_000))
    return [_person(PersonRef(next(r for r in free if r not in taken)), d) for d in seen]


def _person(ref: PersonRef, seen: Discovered) -> Person:
    described = role_for(seen.cue)
    names: tuple[PersonName, ...] = (seen.name,) if seen.name.full else ()
    return Person(ref, seen.role, names, relation=seen.relation or described.relation)


def _protected(documents: Sequence[ReadDocument], facts: Sequence[str]) -> list[Proposal]:
    hashes = {d.id: d.sha256 for d in documents}
    texts = {(d.id, p.number): p.text for d in documents for p in d.pages}

    def proposal(span: Span) -> Proposal:
        return Proposal(
            id=proposal_id(hashes[span.document], span, FactKind.CONTACT, PROTECTED),
            span=span,
            text=texts[span.document, span.page][span.start : span.end],
            kind=FactKind.CONTACT,
            treatment=Treatment.HOLD,
            reason="A fact that is to be protected; no trace of it may leave.",
            rule=PROTECTED,
            code="3P",
            mode=DisclosureMode.SILENT,
            decided_by="protected",
        )

    return [proposal(span) for span in protected_in(documents, facts)]
