"""What a response pack says around the disclosed pages, by disclosure mode."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from casework.collect import about_of
from casework.letters import base, people_of, routes, subject_of
from casework.office import Office, Work
from letters.context import CoverLetter, Outcome
from letters.parts import SearchLine, SearchResult, Withholding
from letters.sheets import (
    Article15Sheet,
    DisclosedPart,
    LabelMeaning,
    PackContext,
    RedactionRow,
    SearchCertificate,
)
from redaction.decisions import PagePlan, PaintBox
from redaction.paint import PaintedDocument
from rights.case import Case
from rights.events.kinds import EvidenceCollected
from rights.exemptions import exemption
from rights.release import DisclosureMode, Told, told
from rights.sources import Capability, Source

_KINDS = {
    "message/rfc822": "email",
    "image/": "picture",
    "application/vnd.openxmlformats-officedocument.spreadsheetml": "spreadsheet",
    "application/vnd.ms-excel": "spreadsheet",
    "application/pdf": "document",
}
_RESULTS = {
    "found": SearchResult.FOUND,
    "nothing held": SearchResult.NOTHING,
    "cannot search by this": SearchResult.CANNOT,
    "destroyed": SearchResult.DESTROYED,
    "failed": SearchResult.CANNOT,
}


def disclosed_part(work: Work, painted: PaintedDocument, media: str) -> DisclosedPart:
    """One document of the pack. Its title says where it comes from and nothing of its content.

    Titles and file names of sources can hold other people's names, so they are never used.
    """
    collected = work.case.documents[painted.document]
    return DisclosedPart(
        title=safe_title(work.office, collected, media),
        date=collected.dated,
        pdf=painted.pdf,
        page_refs=tuple(page_ref(p.document, p.source_page) for p in painted.pages),
    )


def safe_title(office: Office, collected: EvidenceCollected, media: str) -> str:
    """'Case system: record' or 'Shared folders: email'."""
    source = next((s.title for s in office.sources if s.name == collected.source), "Records")
    kind = next((words for start, words in _KINDS.items() if media.startswith(start)), "document")
    if not about_of(collected)["name"]:
        kind = "record"
    return f"{source}: {kind}"


def page_ref(document: str, page: int) -> str:
    """The stable reference of a source page, used inside only."""
    return f"{document}/{page}"


def pack_context(work: Work, day: dt.date, plans: Sequence[PagePlan]) -> PackContext:
    """Everything of ours in the pack."""
    office, case = work.office, work.case
    council = office.council
    boxes = [(plan, box) for plan in plans if not plan.withheld for box in plan.boxes]
    rows = {
        (page_ref(plan.document, plan.page), box.label, known)
        for plan, box in boxes
        if (known := told(box.mode))
    }
    return PackContext(
        letterhead=council.letterhead,
        contact=council.contact,
        subject=subject_of(people_of(case)),
        reference=case.ref,
        date=day,
        article_15=Article15Sheet(
            services=council.services_for(_found(case)),
            automated=council.automated,
            transfers=council.transfers,
            routes=routes(office, day),
        ),
        search=SearchCertificate(
            lines=tuple(search_lines(office, case, day)),
            certified_by=council.contact.name,
            certified_on=day,
        ),
        labels=tuple(_labels(office, day, (box for _, box in boxes))),
        redactions=tuple(RedactionRow(ref, label, known) for ref, label, known in sorted(rows)),
        glossary=council.glossary,
        support=council.support,
    )


def cover_letter(work: Work, day: dt.date, plans: Sequence[PagePlan], pages: int) -> CoverLetter:
    """The reply, outcome first."""
    office, case = work.office, work.case
    assert case.received_on is not None
    withheld = tuple(withholdings(office, day, plans))
    outcome = Outcome.NOTHING if not pages else Outcome.PART if withheld else Outcome.FULL
    return CoverLetter(
        **base(office, case, day),  # pyright: ignore[reportArgumentType]
        outcome=outcome,
        received=case.received_on,
        searched=tuple(search_lines(office, case, day)),
        routes=routes(office, day),
        pages=pages,
        withheld=withheld if outcome is Outcome.PART else (),
        how_sent=office.council.how_sent if pages else "",
        offer=office.council.offer,
    )


def withholdings(office: Office, day: dt.date, plans: Iterable[PagePlan]) -> Iterable[Withholding]:
    """Each kind of thing held back, once, as the requester may be told; silent ones not at all."""
    seen: dict[tuple[str, Told], None] = {}
    for plan in plans:
        for box in plan.boxes:
            if known := told(box.mode):
                seen[box.code or "3P", known] = None
    for code, mode in sorted(seen):
        found = exemption(code, office.law, on=day)
        yield Withholding(
            what=f"{found.title}.",
            why=f"We have not sent this because {found.plain}.",
            citation=found.citation,
            told=mode,
        )


def search_lines(office: Office, case: Case, day: dt.date) -> Iterable[SearchLine]:
    """Each place that was searched, how, and with what end."""
    for source in office.sources:
        answered = case.sources.get(source.name)
        if answered is None:
            continue
        _, event = answered
        yield SearchLine(
            place=source.title,
            how=", ".join(_asked_words(source, case)),
            on=day,
            result=_RESULTS[event.status],
        )


def _asked_words(source: Source, case: Case) -> Iterable[str]:
    """With what a source was searched, in plain words."""
    if not source.capabilities & {Capability.PEOPLE, Capability.TERMS}:
        yield "the number of your record"
        return
    subject = people_of(case).subject
    yield "your names" if len(subject.names) > 1 else "your name"
    given = {
        "date of birth": subject.date_of_birth,
        "addresses": subject.addresses,
        "NHS number": subject.nhs,
        "pupil number": subject.upn,
        "National Insurance number": subject.nino,
        "phone numbers": subject.phones,
        "email addresses": subject.emails,
    }
    yield from (words for words, value in given.items() if value)


def _found(case: Case) -> frozenset[str]:
    return frozenset(n for n, (_, e) in case.sources.items() if e.status == "found")


def _labels(office: Office, day: dt.date, boxes: Iterable[PaintBox]) -> Iterable[LabelMeaning]:
    seen: dict[str, PaintBox] = {}
    for box in boxes:
        if box.mode is not DisclosureMode.SILENT and box.label:
            seen.setdefault(box.label, box)
    for label, box in sorted(seen.items()):
        if box.mode is DisclosureMode.GENERAL:
            meaning = "Something has been withheld because the law allows or requires it."
            yield LabelMeaning(label, meaning, "DPA 2018 Schs 2 to 4")
        else:
            found = exemption(box.code or "3P", office.law, on=day)
            yield LabelMeaning(
                label, f"{found.title}: withheld because {found.plain}.", found.citation
            )
