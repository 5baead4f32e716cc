"""Decisions in, verified pages out, without a case; nothing is written unless all of it passes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from casework.redacting.finding import PROTECTED, Found, find_in
from casework.redacting.reading import Given
from redaction.decisions import Outcome, PassageDecision, Proposal, Span
from redaction.document import Box
from redaction.exchange.decisions import DecisionsFile, Otherwise
from redaction.exchange.mustnot import BoxIn, FileIn, MustNotFile, PageIn, PlaceIn
from redaction.exchange.people import PeopleFile
from redaction.find.strays import strays
from redaction.paint import PaintedDocument, PaintJob, paint_many
from redaction.propose.forbidden import Forbidden, must_not
from redaction.propose.jigsaw import Chain, chains
from redaction.propose.settle import CastDecisions, Settled, settle
from redaction.verifying import (
    VerifierFailure,
    VerifyJob,
    Want,
    verify_page,
    verify_pdf,
    verify_place,
)
from rights.errors import InputError, RefusedError, VerificationError
from rights.law import Law
from rights.release import DisclosureMode, FactKind, PersonDecision, PersonRef

_WHOLE_PAGE = Box(0.0, 0.0, 14400.0, 14400.0)
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class OutFile:
    """One file that may leave: a number for a name, and the verified bytes."""

    name: str
    document: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Applied:
    """What was made. `check` is the list for verifying the folder again: personal data."""

    files: tuple[OutFile, ...]
    check: MustNotFile
    left_out: int
    """Pages that stay back whole."""
    boxes: int
    chains: tuple[Chain, ...] = ()
    """People whose name is withheld though what stays in sight may tell who they are."""


def apply_decisions(
    given: Sequence[Given],
    decisions: DecisionsFile,
    law: Law,
    on: dt.date,
    *,
    scratch: Path,
    workers: int = 1,
) -> Applied:
    """Paints every document as decided and has each file verified by the separate process.

    Raises:
        InputError: The decisions are about other bytes, or name what is not there.
        RefusedError: Something is undecided, unread or unreadable; the sentence says where.
        VerificationError: A file did not pass.
    """
    _same_bytes(given, decisions)
    unreadable = [g.document.id for g in given if g.document.unreadable or not g.document.pages]
    if unreadable:
        raise RefusedError(
            "redact.unreadable",
            f"Not all of it could be read: {_few(unreadable)}.",
            "`rights redact inspect` says why; leave these files out or give readable copies.",
        )
    people = decisions.people or PeopleFile(version=1)
    found = find_in(given, people, law, on) if decisions.people else Found((), 0, (), ())
    settled, forbidden = _settled(given, decisions, found, people)
    _complete(settled, accept=decisions.accept_differences)
    jobs = [
        PaintJob(g.document, tuple(p for p in settled.plans if p.document == g.document.id))
        for g in given
    ]
    painted = [p for p in paint_many(jobs, workers) if p.pages]
    done = verified(painted, settled, forbidden, scratch=scratch, workers=workers)
    return replace(done, chains=chains([g.document for g in given], settled))


def _same_bytes(given: Sequence[Given], decisions: DecisionsFile) -> None:
    held = {g.document.id: g.document.sha256 for g in given}
    listed = {d.id: d.sha256 for d in decisions.documents}
    if held != listed:
        wrong = sorted(set(held.items()) ^ set(listed.items()))
        raise InputError(
            "redact.other_bytes",
            "The decisions are not about these documents: "
            f"{_few(dict.fromkeys(name for name, _ in wrong))}.",
            "Name the same files in the same order as when they were searched, and list each "
            "document of FINDINGS.json, attachments too, with its sha256.",
        )
    known = set(held)
    for where, name in (
        *((f"stretches[{i}]", s.document) for i, s in enumerate(decisions.stretches)),
        *((f"areas[{i}]", a.document) for i, a in enumerate(decisions.areas)),
        *((f"read_pages[{i}]", r.document) for i, r in enumerate(decisions.read_pages)),
    ):
        if name not in known:
            raise _names_nothing(f"{where}.document")
    pages = {(g.document.id, p.number): len(p.text) for g in given for p in g.document.pages}
    for i, stretch in enumerate(decisions.stretches):
        if stretch.end > pages.get((stretch.document, stretch.page), -1):
            raise _names_nothing(f"stretches[{i}]")
    for i, area in enumerate(decisions.areas):
        if area.page and (area.document, area.page) not in pages:
            raise _names_nothing(f"areas[{i}].page")


def _names_nothing(where: str) -> InputError:
    return InputError(
        "redact.nothing_there",
        f"{where} of the decisions names something that is not there.",
        "Take documents, pages and offsets from FINDINGS.json of the same files.",
    )


def _settled(
    given: Sequence[Given], decisions: DecisionsFile, found: Found, people: PeopleFile
) -> tuple[Settled, Forbidden]:
    documents = [g.document for g in given]
    cast = _cast(decisions, found)
    proposals = tuple(p for p in found.proposals if p.rule != PROTECTED)
    own = _own(decisions, found)
    own += [_kept_back(p) for p in found.proposals if p.rule == PROTECTED]
    read = {(r.document, r.page) for r in decisions.read_pages}
    settled = settle(documents, proposals, cast, own, read)
    if decisions.otherwise is Otherwise.WITHHOLD and settled.undecided:
        open_ = {u.proposal for u in settled.undecided}
        own += [_covered(p) for p in proposals if p.id in open_]
        settled = settle(documents, proposals, cast, own, read)
    forbidden = must_not(found.people, cast, people.protected_facts, settled)
    cuts: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for mark in settled.marks:
        if mark.outcome is Outcome.REDACT:
            at = (mark.span.document, mark.span.page)
            cuts.setdefault(at, []).append((mark.span.start, mark.span.end))
    # One decision reaches every trace of what it withholds.
    traces = strays(documents, forbidden.everywhere, cuts)
    if traces:
        own += [_trace(span) for span in traces]
        settled = settle(documents, proposals, cast, own, read)
        forbidden = must_not(found.people, cast, people.protected_facts, settled)
    return settled, forbidden


def _cast(decisions: DecisionsFile, found: Found) -> CastDecisions:
    refs = {str(p.ref) for p in found.people}
    cast: dict[tuple[PersonRef, FactKind], PersonDecision] = {}
    for i, item in enumerate(decisions.persons):
        if item.person not in refs:
            raise _names_nothing(f"persons[{i}].person")
        kinds = tuple(FactKind) if item.kind == "all" else (item.kind,)
        for kind in kinds:
            cast[PersonRef(item.person), kind] = item.decision
    return cast


def _own(decisions: DecisionsFile, found: Found) -> list[PassageDecision]:
    proposals: Mapping[str, Proposal] = {p.id: p for p in found.proposals}
    own: list[PassageDecision] = []
    for i, item in enumerate(decisions.findings):
        if item.id not in proposals:
            raise _names_nothing(f"findings[{i}].id")
        own.append(
            PassageDecision(
                f"findings/{i}",
                item.outcome,
                proposal=item.id,
                code=item.code,
                mode=item.mode,
                label=item.label,
            )
        )
    own += [
        PassageDecision(
            f"stretches/{i}",
            s.outcome,
            span=Span(s.document, s.page, s.start, s.end),
            code=s.code,
            mode=s.mode,
            label=s.label,
        )
        for i, s in enumerate(decisions.stretches)
    ]
    own += [
        PassageDecision(
            f"areas/{i}",
            Outcome.REDACT,
            area=Box(*a.box) if a.box else _WHOLE_PAGE,
            document=a.document,
            page=a.page,
            code=a.code,
            mode=a.mode,
            label=a.label,
        )
        for i, a in enumerate(decisions.areas)
    ]
    return own


def _covered(proposal: Proposal) -> PassageDecision:
    return PassageDecision(
        f"otherwise/{proposal.id}",
        Outcome.REDACT,
        proposal=proposal.id,
        code=proposal.code or "3P",
        mode=proposal.mode,
    )


def _kept_back(proposal: Proposal) -> PassageDecision:
    return PassageDecision(
        f"protected/{proposal.id}",
        Outcome.REDACT,
        span=proposal.span,
        code=proposal.code,
        mode=proposal.mode,
    )


def _trace(span: Span) -> PassageDecision:
    where = f"{span.document}/{span.page}/{span.start}-{span.end}"
    return PassageDecision(
        f"carried/{where}", Outcome.REDACT, span=span, code="3P", mode=DisclosureMode.GENERAL
    )


def _complete(settled: Settled, *, accept: bool) -> None:
    if settled.undecided:
        where = [f"{u.span.document} page {u.span.page}" for u in settled.undecided]
        raise RefusedError(
            "redact.undecided",
            f"{len(where)} finding(s) have no decision: {_few(dict.fromkeys(where))}.",
            "Decide them by person or by finding, or write `otherwise: withhold`.",
        )
    if settled.unread:
        where = [f"{document} page {page}" for document, page in settled.unread]
        raise RefusedError(
            "redact.unread",
            f"{len(where)} page(s) must be read by a person first: {_few(where)}.",
            "Look at each and list it under `read_pages`, or withhold it under `areas`.",
        )
    if settled.inconsistencies and not accept:
        where = [f"{s.document} page {s.page}" for i in settled.inconsistencies for s in i.spans]
        raise RefusedError(
            "redact.two_ways",
            f"The same sentence is treated two ways: {_few(dict.fromkeys(where))}.",
            "Decide them alike, or write `accept_differences: true` when each is right.",
        )


def _few(items: Sequence[str] | Mapping[str, None]) -> str:
    names = list(items)
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def verified(
    painted: Sequence[PaintedDocument],
    settled: Settled,
    forbidden: Forbidden,
    *,
    scratch: Path,
    workers: int,
) -> Applied:
    """Has each painted file checked by the separate process, and numbers it.

    Raises:
        VerificationError: A file did not pass; the sentence names document, page and cause.
    """
    files: list[OutFile] = []
    checks: list[FileIn] = []
    failures: dict[str, None] = {}
    width = max(3, len(str(len(painted))))
    for number, document in enumerate(painted, start=1):
        # Numbered anew: a name or a gap would tell of what stays back.
        name = f"{number:0{width}d}.pdf"
        at = {p.source_page: p for p in document.pages}
        places = tuple(
            verify_place(at[p.page].page, at[p.page], p.box, p.text, Want(p.want))
            for p in forbidden.places
            if p.document == document.document and p.page in at
        )
        job = VerifyJob(
            pages=tuple(verify_page(p) for p in document.pages),
            forbidden=forbidden.everywhere,
            places=places,
            workers=workers,
        )
        result = verify_pdf(document.pdf, job, scratch=scratch)
        failures |= dict.fromkeys(_told(document, failure) for failure in result.failures)
        if not result.passed and not result.failures:
            failures[f"{document.document}: the check gave no answer"] = None
        files.append(OutFile(name, document.document, document.pdf))
        checks.append(_check(name, document.pdf, job))
    if failures:
        raise VerificationError(
            "redact.not_verified",
            f"The independent check refused it: {_few(failures)}.",
            "Nothing was written. Withhold what is there as an area, or the page, and apply again.",
        )
    return Applied(
        tuple(files),
        MustNotFile(version=1, forbidden=_long(forbidden.everywhere), files=tuple(checks)),
        sum(plan.withheld for plan in settled.plans),
        sum(len(p.boxes) for d in painted for p in d.pages),
    )


def _told(document: PaintedDocument, failure: VerifierFailure) -> str:
    """Where and why, by the page of the source: pages that stay back are not in the file."""
    where = document.document
    if failure.page is not None and failure.page <= len(document.pages):
        where += f" page {document.pages[failure.page - 1].source_page}"
    return f"{where}: {failure.check}: {failure.cause}"


def _long(strings: Sequence[str]) -> tuple[str, ...]:
    return tuple(s for s in strings if len(s) >= 3)


def _check(name: str, pdf: bytes, job: VerifyJob) -> FileIn:
    return FileIn(
        name=name,
        sha256=sha256(pdf).hexdigest(),
        pages=tuple(
            PageIn(
                width=page.width,
                height=page.height,
                ocr=page.ocr,
                boxes=tuple(
                    BoxIn.model_validate(
                        {
                            "box": (b.box.left, b.box.top, b.box.right, b.box.bottom),
                            "label": b.label,
                            "fill": b.fill,
                        }
                    )
                    for b in page.boxes
                ),
            )
            for page in job.pages
        ),
        places=tuple(
            PlaceIn.model_validate(
                {
                    "page": p.page,
                    "box": (p.box.left, p.box.top, p.box.right, p.box.bottom),
                    "text": p.text,
                    "want": p.want.value,
                }
            )
            for p in job.places
        ),
    )
