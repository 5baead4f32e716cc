"""What a response pack and its letter say around the disclosed pages.

Everything that depends on what was found or withheld comes from the outward view of the case.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from casework.clock import clock_of
from casework.content_warnings import warning_for
from casework.edition import wants_edition
from casework.letters import base, language_for, people_of, routes, subject_of
from casework.office import Office, Work
from casework.outward import Outward, outward, page_ref, safe_title
from casework.painting import PaintedFile
from casework.read import load
from letters.context import CoverLetter, Outcome
from letters.parts import SearchLine, SearchResult, Withholding
from letters.sheets import (
    Article15Sheet,
    DisclosedPart,
    LabelMeaning,
    LeftOutRow,
    PackContext,
    RedactionRow,
    SearchCertificate,
)
from redaction.decisions import PagePlan
from redaction.propose.labels import GENERAL, label_for
from rights.case import Case
from rights.decisions import what_stands
from rights.events import DESTROYED
from rights.exemptions import exemption
from rights.release import Told
from rights.sources import Capability, Source
from rights.sources.sheet import LIMIT


def disclosed_part(work: Work, painted: PaintedFile, media: str) -> DisclosedPart:
    """One document of the pack, under a title that tells nothing but what its page shows."""
    collected = work.case.documents[painted.account.document]
    return DisclosedPart(
        title=safe_title(work.office, collected, media, painted.title),
        date=collected.dated,
        pdf=painted.file,
        page_refs=tuple(page_ref(p.document, p.source_page) for p in painted.account.pages),
        warning=warning_for(work, painted),
    )


def pack_context(work: Work, day: dt.date, plans: Sequence[PagePlan]) -> PackContext:
    """Everything of ours in the pack of the part in hand."""
    office, case, council = work.office, work.case, work.office.council
    view = outward(work, plans)
    searched = tuple(_search_lines(office, case, view, day))
    rows = {(box.page_ref, box.label, box.told) for box in view.boxes}
    return PackContext(
        letterhead=council.letterhead,
        contact=council.contact,
        subject=subject_of(people_of(case)),
        reference=case.ref,
        date=day,
        language=language_for(people_of(case), office.law, day),
        article_15=_article_15(office, view, day),
        search=SearchCertificate(
            lines=searched,
            certified_by=council.contact.name,
            certified_on=day,
            under=tuple(_searched_under(case)),
        )
        if searched
        else None,
        labels=tuple(_labels(office, day, view)),
        redactions=tuple(RedactionRow(*row) for row in sorted(rows)),
        left_out=tuple(_left_out(work, view)),
        glossary=council.glossary,
        support=council.support,
        part=view.part,
        parts_before=len(view.sent_before),
        more_to_come=view.more_to_come,
    )


def cover_letter(work: Work, day: dt.date, plans: Sequence[PagePlan], pages: int) -> CoverLetter:
    """The reply, outcome first.

    Args:
        work: The case.
        day: The day of the letter.
        plans: What becomes of each page of the part's documents.
        pages: Pages of the pack, our own included.
    """
    office, case = work.office, work.case
    assert case.received_on is not None
    view = outward(work, plans)
    withheld = tuple(_withholdings(office, day, view))
    sends = any(not plan.withheld for plan in plans)
    due = clock_of(office, case, day).due if view.more_to_come else None
    return CoverLetter(
        **base(office, case, day),  # pyright: ignore[reportArgumentType]
        outcome=_outcome(sends=sends, withheld=bool(withheld)),
        received=case.received_on,
        searched=tuple(_search_lines(office, case, view, day)),
        routes=routes(office, day),
        pages=pages,
        withheld=withheld,
        where_shown=view.where_shown,
        how_sent=office.council.how_sent if pages else "",
        text_edition=sends and bool(pages) and wants_edition(case),
        offer=office.council.offer,
        part=view.part,
        more_to_come=view.more_to_come,
        due=due if due is not None and due >= day else None,
        sent_before=view.sent_before,
    )


def _outcome(*, sends: bool, withheld: bool) -> Outcome:
    if sends:
        return Outcome.PART if withheld else Outcome.FULL
    return Outcome.WITHHELD if withheld else Outcome.NOTHING


def _article_15(office: Office, view: Outward, day: dt.date) -> Article15Sheet | None:
    """The information beside the copy; none where nothing is told to be held."""
    if not view.found:
        return None
    return Article15Sheet(
        services=office.council.services_for(view.found),
        automated=office.council.automated,
        transfers=office.council.transfers,
        routes=routes(office, day),
    )


def _withholdings(office: Office, day: dt.date, view: Outward) -> Iterable[Withholding]:
    """Each kind of thing held back, once, as the requester may be told."""
    for code, known in view.withheld:
        found = exemption(code, office.law, on=day)
        yield Withholding(
            what=f"{found.title}.",
            why=f"We have not sent this because {found.plain}.",
            citation=found.citation,
            told=known,
        )


def _search_lines(office: Office, case: Case, view: Outward, day: dt.date) -> Iterable[SearchLine]:
    """Each place that was searched, how, on which day, and with what end."""
    for source in office.sources:
        if source.name in view.results:
            result = view.results[source.name]
            said = _said(case, source)
            yield SearchLine(
                place=source.title,
                how=", ".join(_asked_words(source, case)),
                on=dt.date.fromisoformat(said.get("searched_on") or said.get("on") or str(day)),
                result=result,
                limits=(*_limits(case, source, said), *_unread(view, source))
                if result in _REACHED
                else (),
                ask=_elsewhere(source, result),
            )


def _said(case: Case, source: Source) -> dict[str, Any]:
    """What the journal keeps of how a source was asked."""
    terms = case.sources[source.name][1].terms
    return json.loads(terms) if terms and terms != DESTROYED else {}


def _limits(case: Case, source: Source, said: Mapping[str, Any]) -> Iterable[str]:
    """What the search did not reach on that day, and what was decided about parts of the place."""
    yield from said.get("limits", source.limits)
    for decided in what_stands(case):
        if decided.event.matter.startswith(f"{LIMIT}{source.name}/recording/"):
            yield "A recording that is kept here could not be heard."
            return


def _unread(view: Outward, source: Source) -> Iterable[str]:
    """What lies in a place and could be read neither by a program nor by a person."""
    count = view.unread.get(source.name, 0)
    if count:
        yield (
            "One document that is kept here could not be read, or not all of it."
            if count == 1
            else f"{count} documents that are kept here could not be read, or not all of them."
        )


def _searched_under(case: Case) -> Iterable[str]:
    """The names and the date of birth of the request, under which every place was searched."""
    subject = people_of(case).subject
    for name in subject.names:
        full = f"{name.forenames} {name.surname}".strip()
        yield f"{'Name' if name.kind == 'current' else 'Other name'}: {full}"
    if subject.date_of_birth:
        born = subject.date_of_birth
        yield f"Date of birth: {born.day} {born:%B %Y}"


_REACHED = (
    SearchResult.FOUND,
    SearchResult.SENT,
    SearchResult.WITHHELD,
    SearchResult.NOTHING,
    SearchResult.LATER,
)
"""Ends of a search that was made, whose limits are worth telling."""


def _elsewhere(source: Source, result: SearchResult) -> str:
    """Whom to ask for what another body holds for itself; '' when there is nothing to ask."""
    return source.controller.partition(": ")[2] if result is SearchResult.ELSEWHERE else ""


def _asked_words(source: Source, case: Case) -> Iterable[str]:
    """With what a source was searched, in plain words."""
    if Capability.ASKED in source.capabilities:
        yield from ("your names", "date of birth", "by hand")
        return
    if not source.capabilities & {Capability.PEOPLE, Capability.TERMS}:
        yield "the number of your record"
        return
    subject = people_of(case).subject
    yield "your names" if len(subject.names) > 1 else "your name"
    given = {
        "date of birth": subject.date_of_birth,
        "addresses": subject.addresses,
        "numbers": subject.nhs or subject.upn or subject.nino,
        "contact details": subject.phones or subject.emails,
    }
    yield from (words for words, value in given.items() if value)
    if source.keyed_by != source.name:
        yield "the number of your record"


def _left_out(work: Work, view: Outward) -> Iterable[LeftOutRow]:
    """Documents with pages left out, where that may be said by name."""
    rows: dict[LeftOutRow, None] = {}
    for page in view.left_out:
        if page.told is Told.NAMED:
            collected = work.case.documents[page.document]
            title = safe_title(work.office, collected, load(work, page.document).media_type)
            row = LeftOutRow(title, collected.dated, label_for(page.told, page.code))
            rows[row] = None
    return sorted(rows, key=lambda r: (r.date is None, r.date or dt.date.max, r.title, r.label))


def _labels(office: Office, day: dt.date, view: Outward) -> Iterable[LabelMeaning]:
    """What the words in boxes and lists mean; one line for all that is told in general words."""
    named = {(b.label, b.code) for b in view.boxes if b.told is Told.NAMED and b.label}
    named |= {(label_for(p.told, p.code), p.code) for p in view.left_out if p.told is Told.NAMED}
    for label, code in sorted(named):
        found = exemption(code, office.law, on=day)
        yield LabelMeaning(label, f"{found.title}: withheld because {found.plain}.", found.citation)
    if any(box.told is Told.GENERAL for box in view.boxes):
        meaning = "Something has been withheld because the law allows or requires it."
        yield LabelMeaning(GENERAL, meaning, "DPA 2018 Schs 2 to 4")
