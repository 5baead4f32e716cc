"""Sealing: decisions become painted pages, a pack, an independent verification and a manifest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from hashlib import sha256

from casework.bundle import Bundle, load_bundle, snippet
from casework.decided import cast_decisions, passage_decisions, read_pages
from casework.grounds import check_opinions
from casework.manifests import make_manifest
from casework.office import Work
from casework.packing import cover_letter, disclosed_part, pack_context
from casework.questions import Ask, ask
from casework.read import load
from casework.topics import CANNOT_TELL, CLASH, CLASH_OPTIONS, DIFFERENCE_RIGHT, WHO
from casework.verifying import letter_job, pack_job
from letters.pack import Pack, build_pack
from letters.render import LetterPdf, render_letter
from redaction.decisions import Outcome, PagePlan, PassageDecision, Proposal, Span
from redaction.find.strays import strays
from redaction.paint import PaintedDocument, PaintJob, paint_many
from redaction.propose.consistency import Inconsistency
from redaction.propose.forbidden import Forbidden, must_not
from redaction.propose.settle import Settled, Undecided, settle
from redaction.verifying import VerifierResult, verify_pdf
from rights.errors import RefusedError
from rights.events.base import ENGINE
from rights.events.kinds import PackRefused, PackSealed, QuestionWithdrawn
from rights.failpoints import failpoint, register
from rights.road import Stage

TRY_AGAIN = "try again"
PART = 1

register("seal.painted", "seal.built", "seal.verified", "seal.kept")


def seal(work: Work) -> None:
    """Build the pack that follows from the decisions, have it verified, and seal it.

    Whatever is not settled becomes a question and nothing is sealed; a refusal by the verifier is
    recorded with its causes and a person is asked.

    Raises:
        RefusedError: something is undecided that no question asks about.
    """
    bundle = load_bundle(work)
    settled = _settled(work, bundle)
    if _ask_who(work, bundle, settled.undecided):
        return
    if _ask_about_clashes(work, bundle, settled.inconsistencies):
        return
    if settled.undecided or settled.unread:
        raise RefusedError(
            "seal.undecided",
            f"{len(settled.undecided)} passage(s) and {len(settled.unread)} page(s) of {work.ref} "
            "are not decided.",
            "Open the pages at the desk and decide what is still marked.",
        )
    check_opinions(work.office, work.case)
    day = work.office.today()
    painted = tuple(_paint(work, bundle, settled.plans))
    failpoint("seal.painted")
    pack = _build(work, bundle, painted, settled.plans)
    letter = render_letter(cover_letter(work, day, settled.plans, pack.pages))
    failpoint("seal.built")
    forbidden = _forbidden(work, bundle, settled)
    results = tuple(_verify(work, pack, painted, letter, forbidden))
    refused = [r for r in results if not r.passed]
    if refused:
        _refuse(work, refused)
        return
    failpoint("seal.verified")
    _keep(work, pack, letter, painted, results)


def current_settlement(work: Work, bundle: Bundle | None = None) -> tuple[Bundle, Settled]:
    """The bundle and what follows from the decisions so far, for the desk.

    A bundle that the caller has loaded already is used again.
    """
    bundle = bundle or load_bundle(work)
    return bundle, _settled(work, bundle)


def _settled(work: Work, bundle: Bundle) -> Settled:
    """What follows from the decisions, carried to every trace of what they withhold."""
    subject = bundle.people[0].ref
    decided = passage_decisions(work.case, bundle.proposals, bundle.documents, subject)
    settled = _settle(work, bundle, decided)
    traces = strays(bundle.documents, _forbidden(work, bundle, settled).everywhere, _cuts(settled))
    if traces:
        settled = _settle(work, bundle, (*decided, *map(_carried, traces)))
    accepted = {
        q.id
        for q in work.case.answered(CLASH)
        if q.answer is not None and q.answer.value == DIFFERENCE_RIGHT
    }
    clashes = tuple(i for i in settled.inconsistencies if clash_id(i) not in accepted)
    return replace(settled, inconsistencies=clashes)


def _settle(work: Work, bundle: Bundle, decided: Sequence[PassageDecision]) -> Settled:
    return settle(
        bundle.documents,
        bundle.proposals,
        cast_decisions(work.case),
        decided,
        read_pages(work.case),
    )


def _forbidden(work: Work, bundle: Bundle, settled: Settled) -> Forbidden:
    facts = work.case.people.protected_facts if work.case.people else ()
    return must_not(bundle.people, cast_decisions(work.case), facts, settled)


def _cuts(settled: Settled) -> dict[tuple[str, int], list[tuple[int, int]]]:
    cuts: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for mark in settled.marks:
        if mark.outcome is Outcome.REDACT:
            place = (mark.span.document, mark.span.page)
            cuts.setdefault(place, []).append((mark.span.start, mark.span.end))
    return cuts


def _carried(span: Span) -> PassageDecision:
    """A trace of something withheld: covered by the decision that withheld it."""
    mark = f"{span.document}/{span.page}/{span.start}-{span.end}"
    return PassageDecision(id=f"carried/{mark}", outcome=Outcome.REDACT, span=span, code="3P")


def clash_id(clash: Inconsistency) -> str:
    """A stable id for one sentence that is treated two ways."""
    marks = "|".join(f"{s.document}/{s.page}/{s.start}-{s.end}" for s in clash.spans)
    return f"clash/{sha256(marks.encode()).hexdigest()[:12]}"


def _ask_who(work: Work, bundle: Bundle, undecided: Sequence[Undecided]) -> bool:
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


def _ask_about_clashes(work: Work, bundle: Bundle, clashes: Sequence[Inconsistency]) -> bool:
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


def _paint(work: Work, bundle: Bundle, plans: Sequence[PagePlan]) -> Iterable[PaintedDocument]:
    jobs = [
        PaintJob(
            load(work, document.id, with_pdf=True),
            tuple(p for p in plans if p.document == document.id),
        )
        for document in bundle.documents
    ]
    for painted in paint_many(jobs, work.office.settings.workers):
        if painted.pages:
            yield painted


def _build(
    work: Work, bundle: Bundle, painted: Sequence[PaintedDocument], plans: Sequence[PagePlan]
) -> Pack:
    parts = [disclosed_part(work, p, bundle.document(p.document).media_type) for p in painted]
    return build_pack(pack_context(work, work.office.today(), plans), parts)


def _verify(
    work: Work,
    pack: Pack,
    painted: Sequence[PaintedDocument],
    letter: LetterPdf,
    forbidden: Forbidden,
) -> Iterable[VerifierResult]:
    workers = work.office.settings.workers
    with work.office.scratch.job(f"{work.ref}-verify") as scratch:
        yield verify_pdf(pack.data, pack_job(pack, painted, forbidden, workers), scratch=scratch)
        yield verify_pdf(letter.data, letter_job(letter, forbidden), scratch=scratch)


def _refuse(work: Work, refused: Sequence[VerifierResult]) -> None:
    causes = [f"{f.check}: {f.cause}" for r in refused for f in r.failures]
    report = json.dumps([asdict(r) for r in refused]).encode()
    file = work.put(f"pack/refused-{work.case.seq}.json", report)
    work.append(
        PackRefused(
            actor=ENGINE, part=PART, causes=tuple(dict.fromkeys(causes))[:20], report_file=file
        )
    )
    body = {
        "words": "The independent check refused the pack. Nothing has left.",
        "causes": [asdict(f) for r in refused for f in r.failures][:50],
    }
    item = Ask(f"refused/{work.case.seq}", "refused", "officer", body, (TRY_AGAIN,))
    ask(work, (item,), stage=Stage.SEAL, topics=frozenset({"refused"}))


def _keep(
    work: Work,
    pack: Pack,
    letter: LetterPdf,
    painted: Sequence[PaintedDocument],
    results: Sequence[VerifierResult],
) -> None:
    case = work.case
    folder = f"pack/{pack.sha256}"
    hashes = {d: c.sha256 for d, c in case.documents.items()}
    manifest = make_manifest(work, pack, painted, results, hashes)
    pack_file = work.put(f"{folder}/pack.pdf", pack.data)
    letter_file = work.put(f"{folder}/letter-{letter.sha256[:12]}.pdf", letter.data)
    manifest_file = work.put(
        f"{folder}/manifest-{sha256(manifest).hexdigest()[:12]}.json", manifest
    )
    failpoint("seal.kept")
    outdated = [q for q in case.open_questions if q.topic == "approve"]
    work.append(
        PackSealed(
            actor=ENGINE,
            part=PART,
            sha256=pack.sha256,
            pages=pack.pages,
            code=pack.code,
            file=pack_file,
            manifest_file=manifest_file,
            letter_file=letter_file,
            verifier=results[0].verifier,
            basis=max(case.review_seq, case.proposals[0] if case.proposals else 0),
        ),
        *(
            QuestionWithdrawn(actor=ENGINE, question=q.id, why="a newer pack is sealed")
            for q in outdated
        ),
    )
