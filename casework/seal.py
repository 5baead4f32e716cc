"""Sealing: decisions become painted pages, a pack, an independent verification and a manifest."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from casework.answering import answering
from casework.bundle import Bundle, load_bundle
from casework.content_warnings import keep_proposed
from casework.edition import EDITION, FILE, Edition, make_edition, prove
from casework.effort import VERIFY, require_room, timed
from casework.manifests import make_manifest
from casework.office import Work
from casework.opinions import ask_health, items_of
from casework.outcome import ask_regulator, refusal_letter
from casework.packing import cover_letter, disclosed_part, pack_context
from casework.painting import PaintedFile, forget_painted, paint_part
from casework.parcels import VOLUMES, enclosed_file
from casework.questions import Ask, ask
from casework.redactions import FILE as REDACTIONS_FILE
from casework.redactions import REDACTIONS, as_painted, redactions_of
from casework.settlement import (
    ask_about_clashes,
    ask_who,
    forbidden_of,
    part_of,
    settled_of,
)
from casework.verifying import blank_pages, letter_job, not_as_decided, pack_job
from letters.context import LetterBase
from letters.enclosure import Enclosure
from letters.pack import Pack, build_pack
from letters.render import LetterPdf, render_letter
from redaction.decisions import PagePlan
from redaction.document import ReadDocument
from redaction.paint import PaintedDocument
from redaction.propose.forbidden import Forbidden, must_not
from redaction.propose.settled import Settled
from redaction.verifying import VerifierFailure, VerifierResult, VerifyJob, verify_pdf
from rights.case import Case, Part
from rights.errors import RefusedError, VerificationError
from rights.events.base import ENGINE
from rights.events.kinds import PackRefused, PackSealed, QuestionWithdrawn
from rights.failpoints import failpoint, register
from rights.release import Right
from rights.road import Stage, basis_of, is_refused

TRY_AGAIN = "try again"
_BROKE_OFF = ("crash", "job")
"""Checks that say nothing of the file: the verifier ended early, or could not be asked."""
UNSAID = "It did not pass, and no cause was given."

register("seal.painted", "seal.built", "seal.verified", "seal.kept")


def seal(work: Work) -> None:
    """Build the pack of the part in hand, have it verified, and seal it with its letter.

    Whatever is not settled becomes a question and nothing is sealed; a refusal by the verifier is
    recorded with its causes and a person is asked.

    Raises:
        RefusedError: something is undecided that no question asks about.
    """
    contents = _decided(work) if _has_pages(work.case) else _nothing(work)
    if contents is None or ask_regulator(work):
        return
    require_room(work.office, _going(contents))
    with work.office.scratch.job(f"{work.ref}-seal") as folder:
        _seal(work, contents, folder)


def _seal(work: Work, contents: _Contents, folder: Path) -> None:
    day = work.office.today()
    painted = paint_part(work, [d.id for d in contents.documents], contents.plans, folder)
    failpoint("seal.painted")
    pack, edition = _build(work, contents, painted, day, folder)
    letter = render_letter(_letter(work, contents, pack, day))
    failpoint("seal.built")
    accounts = [one.account for one in painted]
    misplaced = not_as_decided(contents.plans, accounts)
    causes = [_misplaced(*page) for page in misplaced]
    concerned = {document for document, _ in misplaced}
    results: list[VerifierResult] = []
    try:
        with timed(work.office, VERIFY, _going(contents)):
            for job, result in _verify(work, pack, painted, letter, contents, edition, folder):
                causes += [_cause(failure, job, pack) for failure in result.failures]
                if not results:  # the pack comes first, and only it is painted
                    concerned |= _concerned(result, pack, accounts)
                results.append(result)
        if edition is not None:
            prove(edition, pack, contents.forbidden)
    except VerificationError as error:
        causes.append({"check": error.code, "cause": f"{error.sentence} {error.next_step}"})
    refused = [result for result in results if not result.passed]
    if causes or refused:
        _refuse(work, causes, refused, concerned)
        return
    failpoint("seal.verified")
    _keep(work, pack, letter, accounts, painted, results, day, contents, edition)


@dataclass(frozen=True, slots=True)
class _Contents:
    """What a part shows, as decided."""

    documents: tuple[ReadDocument, ...]
    plans: tuple[PagePlan, ...]
    forbidden: Forbidden
    undecided: int = 0
    health: tuple[str, ...] = ()
    """Items of the subject's own health data, wherever they stand."""
    bundle: Bundle | None = None
    settled: Settled | None = None


def _going(contents: _Contents) -> int:
    """How many pages go."""
    return sum(not plan.withheld for plan in contents.plans)


def _has_pages(case: Case) -> bool:
    """Whether the answer is made of documents: access, unless it is refused as a whole."""
    return case.right is Right.ACCESS and not is_refused(case)


def _nothing(work: Work) -> _Contents:
    """An answer that is only a letter, held to the facts to be protected."""
    facts = work.case.people.protected_facts if work.case.people else ()
    return _Contents((), (), must_not((), {}, facts))


def _decided(work: Work) -> _Contents | None:
    """The documents of the part in hand as decided; None when something was asked instead."""
    part = _part(work)
    bundle = load_bundle(work)
    if ask_health(work, bundle.proposals):
        return None
    whole = settled_of(work, bundle)
    settled = part_of(whole, part.documents)
    if ask_who(work, bundle, settled.undecided):
        return None
    if ask_about_clashes(work, bundle, settled.inconsistencies):
        return None
    if settled.undecided or settled.unread:
        raise RefusedError(
            "seal.undecided",
            f"{len(settled.undecided)} passage(s) and {len(settled.unread)} page(s) of {work.ref} "
            "are not decided.",
            "Open the pages at the desk and decide what is still marked.",
        )
    documents = tuple(d for d in bundle.documents if d.id in part.documents)
    return _Contents(
        documents,
        settled.plans,
        forbidden_of(work, bundle, whole),
        len(settled.undecided) + len(settled.unread),
        items_of(work.case, bundle.proposals),
        bundle,
        settled,
    )


def _letter(work: Work, contents: _Contents, pack: Pack, day: dt.date) -> LetterBase:
    if is_refused(work.case) and not work.case.answered("assess"):
        return refusal_letter(work, day)
    if work.case.right is not Right.ACCESS:
        return answering(work.case.right).letter(work, day)
    return cover_letter(work, day, contents.plans, pack.pages)


def _part(work: Work) -> Part:
    part = work.case.part
    assert part is not None and part.sent_on is None
    return part


def _build(
    work: Work,
    contents: _Contents,
    painted: Sequence[PaintedFile],
    day: dt.date,
    folder: Path,
) -> tuple[Pack, Edition | None]:
    media = {d.id: d.media_type for d in contents.documents}
    parts = [disclosed_part(work, p, media[p.account.document]) for p in painted]
    context = pack_context(work, day, contents.plans)
    pack = build_pack(context, parts, work.office.council.volume, folder / "pack.pdf")
    return pack, make_edition(work, context, parts, painted, pack)


def _verify(
    work: Work,
    pack: Pack,
    painted: Sequence[PaintedFile],
    letter: LetterPdf,
    contents: _Contents,
    edition: Edition | None,
    folder: Path,
) -> Iterable[tuple[VerifyJob, VerifierResult]]:
    settings, forbidden = work.office.settings, contents.forbidden
    asked = pack_job(
        pack,
        [one.account for one in painted],
        forbidden,
        settings.workers,
        blank_pages(work, painted),
        thorough=settings.verify_thorough,
    )
    jobs = [(pack.content, asked), (letter.data, letter_job(letter, forbidden))]
    if edition is not None:
        jobs.append((edition.pdf.data, letter_job(edition.pdf, forbidden)))
    for pdf, job in jobs:
        yield job, verify_pdf(pdf, job, scratch=folder)


def _concerned(
    result: VerifierResult, pack: Pack, painted: Sequence[PaintedDocument]
) -> frozenset[str]:
    """The documents that a refusal of the pack is about: all, where it names no page.

    A verifier that broke off refused none of them. Whatever is kept is verified again.
    """
    found: set[str] = set()
    for failure in result.failures:
        if failure.check in _BROKE_OFF:
            continue
        if failure.page is None or failure.page > len(pack.page_map):
            return frozenset(one.document for one in painted)
        document = (pack.page_map[failure.page - 1].page_ref or "").rpartition("/")[0]
        found |= {document} - {""}
    return frozenset(found)


def _refuse(
    work: Work,
    causes: Sequence[Mapping[str, object]],
    results: Sequence[VerifierResult],
    concerned: Iterable[str],
) -> None:
    """Record that a pack was refused and ask a person; what they answer has it built again.

    Args:
        work: The case.
        causes: What is wrong and where; only the check and its cause reach the open journal.
        results: What the verifier said against it, if it ended.
        concerned: The documents that were refused, which are painted anew.
    """
    forget_painted(work, concerned)  # deterministic or not: what was refused is never taken again
    told = dict.fromkeys(f"{c['check']}: {c['cause']}" for c in causes)
    report = json.dumps([asdict(r) for r in results]).encode()
    file = work.put(f"pack/refused-{work.case.seq}.json", report)
    work.append(
        PackRefused(
            actor=ENGINE,
            part=_part(work).number,
            causes=tuple(told)[:20] or (UNSAID,),
            report_file=file,
        )
    )
    body = {
        "words": "The independent check refused the pack. Nothing has left.",
        "causes": [*causes][:50] or [{"check": "verifier", "cause": UNSAID}],
    }
    item = Ask(f"refused/{work.case.seq}", "refused", "officer", body, (TRY_AGAIN,))
    ask(work, (item,), stage=Stage.SEAL, topics=frozenset({"refused"}))


def _misplaced(document: str, page: int) -> dict[str, object]:
    return {
        "check": "verify.other_boxes",
        "cause": "The page was not painted as decided.",
        "document": document,
        "page": page,
    }


def _cause(failure: VerifierFailure, job: VerifyJob, pack: Pack) -> dict[str, object]:
    """One failure with the words it is about and the page to mend, for the sealed question."""
    found: dict[str, object] = {"check": failure.check, "cause": failure.cause}
    if failure.page:
        found["pack_page"] = failure.page
        if len(job.pages) == len(pack.page_map) >= failure.page:
            document, _, page = (pack.page_map[failure.page - 1].page_ref or "").rpartition("/")
            if document:
                found |= {"document": document, "page": int(page)}
    if failure.index is not None:
        if failure.check == "forbidden" and failure.index < len(job.forbidden):
            found["text"] = job.forbidden[failure.index]
        elif failure.check == "place" and failure.index < len(job.places):
            found["text"] = job.places[failure.index].text
    return found


def _enclosed(work: Work) -> tuple[Enclosure, ...]:
    """Files that go with the answer and are no pages of it; none with a copy or a refusal."""
    if work.case.right is Right.ACCESS or is_refused(work.case):
        return ()
    return answering(work.case.right).encloses(work)


def _keep(
    work: Work,
    pack: Pack,
    letter: LetterPdf,
    accounts: Sequence[PaintedDocument],
    painted: Sequence[PaintedFile],
    results: Sequence[VerifierResult],
    day: dt.date,
    contents: _Contents,
    edition: Edition | None,
) -> None:
    case = work.case
    folder = f"pack/{pack.sha256}"
    hashes = {d: c.sha256 for d, c in case.documents.items()}
    enclosed = _enclosed(work)
    manifest = make_manifest(
        work,
        pack,
        accounts,
        results,
        hashes,
        contents.plans,
        {file.name: file.sha256 for file in enclosed},
        {EDITION: edition.pdf.sha256} if edition else {},
    )
    if edition is not None:
        work.put(f"{folder}/{FILE}", edition.pdf.data)
    pack_file = work.put(f"{folder}/pack.pdf", pack.content)
    for file in enclosed:
        work.put(enclosed_file(file.sha256), file.data)
    letter_file = work.put(f"{folder}/letter-{letter.sha256[:12]}.pdf", letter.data)
    manifest_file = work.put(
        f"{folder}/manifest-{sha256(manifest).hexdigest()[:12]}.json", manifest
    )
    work.put(f"{folder}/{VOLUMES}", json.dumps(pack.volumes).encode())
    keep_proposed(work, folder, painted)
    if contents.bundle is not None and contents.settled is not None:
        shown = as_painted(pack, accounts)
        account = redactions_of(work, contents.bundle, contents.settled, shown, numbered=True)
        work.put(f"{folder}/{REDACTIONS_FILE}", REDACTIONS.dump_json(account))
    failpoint("seal.kept")
    outdated = [q for q in case.open_questions if q.topic == "approve"]
    work.append(
        PackSealed(
            actor=ENGINE,
            part=_part(work).number,
            sha256=pack.sha256,
            pages=pack.pages,
            code=pack.code,
            file=pack_file,
            manifest_file=manifest_file,
            letter_file=letter_file,
            verifier=results[0].verifier,
            basis=basis_of(case, _part(work)),
            dated=day,
        ),
        *(
            QuestionWithdrawn(actor=ENGINE, question=q.id, why="a newer pack is sealed")
            for q in outdated
        ),
        details={"undecided": contents.undecided, "health": contents.health},
    )
    forget_painted(work)
