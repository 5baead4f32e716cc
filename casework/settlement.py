"""What follows from the decisions so far: plans for every page, and what still has to be asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, replace
from functools import reduce
from hashlib import sha256

from casework.bundle import Bundle, load_bundle, snippet
from casework.decided import cast_decisions, passage_decisions, read_pages
from casework.modes import of_proposals
from casework.office import Work
from casework.questions import Ask, ask
from casework.topics import CANNOT_TELL, CLASH, CLASH_OPTIONS, DIFFERENCE_RIGHT, WHO
from redaction.decisions import Outcome, PassageDecision, Proposal, Span
from redaction.find.duplicates import Copies
from redaction.find.protected import protected_in
from redaction.find.strays import strays, uncovered
from redaction.find.tokens import flatten
from redaction.propose.consistency import Inconsistency
from redaction.propose.copies import copied_decisions
from redaction.propose.forbidden import Forbidden, must_not
from redaction.propose.settle import Settled, Undecided, settle
from rights.release import DisclosureMode, FactKind, more_silent
from rights.road import Stage

_STRINGS = (FactKind.NAME, FactKind.CONTACT, FactKind.IDENTIFIER)
"""Kinds of fact that are strings of their own, which can be traced to other places."""


def current_settlement(work: Work, bundle: Bundle | None = None) -> tuple[Bundle, Settled]:
    """The bundle and what follows from the decisions so far, for the desk.

    A bundle that the caller has loaded already is used again.
    """
    bundle = bundle or load_bundle(work)
    return bundle, settled_of(work, bundle)


def settled_of(work: Work, bundle: Bundle) -> Settled:
    """What follows from the decisions, carried to every trace of what they withhold."""
    subject = bundle.people[0].ref
    decided = passage_decisions(
        work.case,
        bundle.proposals,
        bundle.documents,
        subject,
        on=work.office.today(),
        law=work.office.law,
    )
    copied = copied_decisions(bundle.proposals, decided, Copies(bundle.documents))
    decided = (*decided, *copied)
    settled = _settle(work, bundle, decided)
    cuts = _cuts(settled)
    forbidden = forbidden_of(work, bundle, settled).everywhere
    facts = work.case.people.protected_facts if work.case.people else ()
    traces = (
        *strays(bundle.documents, forbidden, cuts),
        *uncovered(protected_in(bundle.documents, facts), cuts),
    )
    if traces:
        settled = _settle(work, bundle, (*decided, *_carried(traces, bundle, settled)))
    accepted = {
        q.id
        for q in work.case.answered(CLASH)
        if q.answer is not None and q.answer.value == DIFFERENCE_RIGHT
    }
    clashes = tuple(i for i in settled.inconsistencies if clash_id(i) not in accepted)
    return replace(settled, inconsistencies=clashes)


def part_of(settled: Settled, documents: Collection[str]) -> Settled:
    """What concerns these documents only; the rest is a later part's."""
    return replace(
        settled,
        plans=tuple(p for p in settled.plans if p.document in documents),
        undecided=tuple(u for u in settled.undecided if u.span.document in documents),
        unread=tuple(page for page in settled.unread if page[0] in documents),
        inconsistencies=tuple(
            i for i in settled.inconsistencies if any(s.document in documents for s in i.spans)
        ),
    )


def _settle(work: Work, bundle: Bundle, decided: Sequence[PassageDecision]) -> Settled:
    return settle(
        bundle.documents,
        of_proposals(work.case, bundle.proposals),
        cast_decisions(work.case),
        decided,
        read_pages(work.case),
    )


def forbidden_of(work: Work, bundle: Bundle, settled: Settled) -> Forbidden:
    """The verifier's two lists, as the decisions stand."""
    facts = work.case.people.protected_facts if work.case.people else ()
    return must_not(bundle.people, cast_decisions(work.case), facts, settled)


def _cuts(settled: Settled) -> dict[tuple[str, int], list[tuple[int, int]]]:
    cuts: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for mark in settled.marks:
        if mark.outcome is Outcome.REDACT:
            place = (mark.span.document, mark.span.page)
            cuts.setdefault(place, []).append((mark.span.start, mark.span.end))
    return cuts


def _carried(traces: Sequence[Span], bundle: Bundle, settled: Settled) -> Iterable[PassageDecision]:
    """Traces of something withheld: covered by the decision that withheld it, told of as it is.

    A string that several decisions withhold is told of as the most silent of them.
    """
    withheld = [
        (" ".join(flatten(m.text).split()), m) for m in settled.marks if m.outcome is Outcome.REDACT
    ]
    for span in traces:
        text = bundle.document(span.document).pages[span.page - 1].text[span.start : span.end]
        words = " ".join(flatten(text).split())
        alike = [m for held, m in withheld if words in held or held in words]
        mark = f"{span.document}/{span.page}/{span.start}-{span.end}"
        yield PassageDecision(
            id=f"carried/{mark}",
            outcome=Outcome.REDACT,
            span=span,
            code="3P",
            mode=reduce(more_silent, (m.mode for m in alike), DisclosureMode.NAMED),
        )


def clash_id(clash: Inconsistency) -> str:
    """A stable id for one sentence that is treated two ways."""
    marks = "|".join(f"{s.document}/{s.page}/{s.start}-{s.end}" for s in clash.spans)
    return f"clash/{sha256(marks.encode()).hexdigest()[:12]}"


def ask_who(work: Work, bundle: Bundle, undecided: Sequence[Undecided]) -> bool:
    """Ask whom a shared name means, where the people it may mean are treated differently."""
    known = {p.id: p for p in bundle.proposals}
    groups: dict[tuple[str, str, tuple[str, ...], str], list[Proposal]] = {}
    for item in undecided:
        proposal = known[item.proposal]
        if proposal.candidates:
            text = " ".join(proposal.text.casefold().split())
            group = (proposal.span.document, text, proposal.candidates, proposal.kind.value)
            groups.setdefault(group, []).append(proposal)
    asks: list[Ask] = []
    for (document, text, candidates, kind), items in groups.items():
        mark = sha256(f"{text}|{'|'.join(candidates)}|{kind}".encode()).hexdigest()[:12]
        body = {
            "words": "Whom does this mean? The people it may mean are treated differently.",
            "document": document,
            "kind": kind,
            "text": items[0].text,
            "proposals": [p.id for p in items],
            "candidates": [_candidate(bundle, ref) for ref in candidates],
            "examples": [snippet(bundle.documents, p.span) for p in items],
        }
        options = (*candidates, CANNOT_TELL)
        asks.append(Ask(f"who/{document}/{mark}", WHO, "officer", body, options))
    ask(work, tuple(asks), stage=Stage.SEAL, topics=frozenset({WHO}))
    return bool(asks)


def _candidate(bundle: Bundle, ref: str) -> dict[str, str]:
    person = bundle.person(ref)
    assert person is not None
    return {
        "ref": ref,
        "name": person.display,
        "relation": person.relation,
        "role": person.role.value,
    }


def ask_about_clashes(work: Work, bundle: Bundle, clashes: Sequence[Inconsistency]) -> bool:
    """Ask about sentences that are treated two ways; True if any is open."""
    asks = tuple(
        Ask(
            clash_id(clash),
            CLASH,
            "officer",
            {
                "words": "The same sentence is treated two ways.",
                "why": clash.why,
                "spans": [asdict(s) for s in clash.spans],
                "examples": [snippet(bundle.documents, s, 0) for s in clash.spans],
            },
            CLASH_OPTIONS,
        )
        for clash in clashes
    )
    ask(work, asks, stage=Stage.SEAL, topics=frozenset({CLASH}))
    return bool(asks)
