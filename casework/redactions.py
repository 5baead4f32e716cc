"""What is withheld in a case and who decided it: schedule, internal log, black-ink meter, scores.

The schedule is what the requester is told; the rest stays with the council (DPA 2018 Sch 2 para
16(3): what was weighed must be provable box by box). Over-redaction is a failure too, so that the
meter names what stands out. A sealed part keeps its account beside the pack; what is not sealed is
told of as decided so far. Everything is by reference: no name stands here.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from casework.box_deciders import Deciders
from casework.bundle import Bundle
from casework.office import Work
from casework.outward import page_ref
from casework.review.shelf import Review
from casework.settlement import part_of
from letters.pack import Pack
from redaction.decisions import Outcome, PagePlan
from redaction.document import Page
from redaction.paint import (
    Encoding,
    Fill,
    PaintedBox,
    PaintedDocument,
    PaintedPage,
)
from redaction.propose.settled import Settled
from redaction.report import Outward, ScheduleRow, ink, outliers, rule_scores, schedule
from rights.case import Case
from rights.exemptions import THIRD_PARTIES, exemption
from rights.release import DisclosureMode, PersonRef

FILE = "redactions.json"
"""Beside a sealed pack."""
_STANDS_OUT = 0.002
"""Share of all pages by which a person, ground or reviewer is blacker than the median one."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One box, or one page that stays back whole.

    Attributes:
        document: Where it stands.
        source_page: The page of the document.
        page: Its number in the pack; 0 for a page that is in none, or not yet.
        whole: Whether the whole page stays back.
        person: Whose data it withholds, by reference; empty where nobody's for certain.
        rule: What proposed it; empty for a reviewer's own mark.
        code: The exemption.
        mode: How much the requester is told.
        label: What is printed in it.
        decision: Id of the answered question, opinion or mark that it follows from; empty where it
            is a trace of something withheld elsewhere.
        by: Who decided it, by sign-in.
        at: When.
        against: Whether the law's default was to show it.
    """

    document: str
    source_page: int
    page: int
    whole: bool
    person: str
    rule: str
    code: str
    mode: DisclosureMode
    label: str
    decision: str
    by: str
    at: dt.datetime | None
    against: bool = False


@dataclass(frozen=True, slots=True)
class InkLine:
    """How black something is: share of the area of all pages, from 0 to 1.

    Attributes:
        what: A person's reference, a code or a sign-in; empty for nobody.
        share: The share.
        boxes: How many boxes.
        against: How many of them cover what the law's default was to show.
        stands_out: Whether it is far blacker than the others.
    """

    what: str
    share: float
    boxes: int
    against: int
    stands_out: bool


@dataclass(frozen=True, slots=True)
class PageInk:
    """How black one page is, as a share of its own area."""

    document: str
    source_page: int
    page: int
    share: float
    stands_out: bool


@dataclass(frozen=True, slots=True)
class RuleLine:
    """How the proposals of one rule fared; precision and recall from 0 to 1."""

    rule: str
    proposed: int
    upheld: int
    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class Redactions:
    """The whole account of one part, or of what is decided so far."""

    schedule: tuple[ScheduleRow, ...]
    log: tuple[LogLine, ...]
    whole: float
    pages: tuple[PageInk, ...]
    people: tuple[InkLine, ...]
    codes: tuple[InkLine, ...]
    reviewers: tuple[InkLine, ...]
    rules: tuple[RuleLine, ...]


REDACTIONS = TypeAdapter(Redactions)


@dataclass(frozen=True, slots=True)
class PartRedactions:
    """The account of one sealed part, or with number 0 of what is not sealed."""

    number: int
    account: Redactions


def redactions_of(
    work: Work, bundle: Bundle, settled: Settled, pages: Sequence[Outward], *, numbered: bool
) -> Redactions:
    """The account of some pages.

    Args:
        work: The case.
        bundle: What was proposed.
        settled: What follows from the decisions, of the documents in question only.
        pages: Their pages with a number each, painted or as planned.
        numbered: Whether the numbers are those of a pack.
    """
    office = work.office
    deciders = Deciders(work, bundle)
    boxes = [(o, b) for o in pages for b in o.page.boxes]
    log = [_line(deciders, o, b, o.number if numbered else 0) for o, b in boxes]
    meter = ink(
        pages,
        {b.cause: PersonRef(person) for _, b in boxes if (person := deciders.of(b.cause).person)},
        {b.cause: deciders.of(b.cause).by for _, b in boxes},
    )
    documents = {p.document for p in settled.plans}
    withheld = [
        m.span
        for m in settled.marks
        if m.outcome is Outcome.REDACT and m.span.document in documents
    ]
    proposals = [p for p in bundle.proposals if p.span.document in documents]
    reasons = {
        code: exemption(code, office.law, on=office.today()).plain
        for code in {b.code or THIRD_PARTIES for _, b in boxes}
    }
    out = set(meter.outliers)
    return Redactions(
        schedule=schedule(pages, reasons),
        log=(*log, *_left_out(deciders, settled.plans)),
        whole=meter.whole,
        pages=tuple(
            PageInk(
                o.page.document,
                o.page.source_page,
                o.number if numbered else 0,
                meter.by_page[o.number],
                o.number in out,
            )
            for o in sorted(pages, key=lambda o: o.number)
        ),
        people=_lines({str(p or ""): v for p, v in meter.by_person.items()}, log, "person"),
        codes=_lines(meter.by_code, log, "code"),
        reviewers=_lines(meter.by_reviewer, log, "by"),
        rules=tuple(
            RuleLine(s.rule, s.proposed, s.upheld, s.precision, s.recall)
            for s in rule_scores(proposals, withheld)
        ),
    )


def as_painted(pack: Pack, painted: Iterable[PaintedDocument]) -> tuple[Outward, ...]:
    """The disclosed pages of a pack with their numbers in it."""
    pages = {page_ref(p.document, p.source_page): p for d in painted for p in d.pages}
    return tuple(Outward(pages[p.page_ref], p.number) for p in pack.page_map if p.page_ref)


def as_planned(bundle: Bundle, plans: Sequence[PagePlan]) -> tuple[Outward, ...]:
    """The pages that would be sent, with the boxes as they would be painted."""
    pages = {(d.id, p.number): p for d in bundle.documents for p in d.pages}
    going = [plan for plan in plans if not plan.withheld]
    return tuple(
        Outward(_planned(plan, pages[plan.document, plan.page], number), number)
        for number, plan in enumerate(going, start=1)
    )


def account_of(review: Review) -> tuple[PartRedactions, ...]:
    """The account of every sealed part, and of what is not sealed as decided so far."""
    case, office = review.case, review.work.office
    found: list[PartRedactions] = []
    for part in case.parts:
        file = f"pack/{part.seal.event.sha256}/{FILE}" if part.seal else ""
        if file and office.store.has_file(case.ref, file):
            kept = REDACTIONS.validate_json(office.store.get_file(case.ref, file))
            found.append(PartRedactions(part.number, kept))
    rest = set(case.remaining) - _sealed(case)
    if rest:
        settled = part_of(review.settled, rest)
        pages = as_planned(review.bundle, settled.plans)
        now = redactions_of(review.work, review.bundle, settled, pages, numbered=False)
        found.append(PartRedactions(0, replace(now, schedule=())))
    return tuple(found)


def _sealed(case: Case) -> set[str]:
    return {d for p in case.parts if p.seal is not None for d in p.documents}


def _planned(plan: PagePlan, page: Page, number: int) -> PaintedPage:
    boxes = tuple(
        PaintedBox(b.box, Fill.BLACK, b.label, b.code, b.mode, b.cause) for b in plan.boxes
    )
    return PaintedPage(
        document=plan.document,
        source_page=plan.page,
        page=number,
        width=page.width,
        height=page.height,
        kind=page.kind,
        encoding=Encoding.G4,
        carries_pictures=False,
        picture_sha256="",
        boxes=boxes,
        words=(),
    )


def _line(deciders: Deciders, outward: Outward, box: PaintedBox, page: int) -> LogLine:
    who = deciders.of(box.cause)
    return LogLine(
        document=outward.page.document,
        source_page=outward.page.source_page,
        page=page,
        whole=False,
        person=who.person,
        rule=who.rule,
        code=box.code or THIRD_PARTIES,
        mode=box.mode,
        label=box.label,
        decision=who.decision,
        by=who.by,
        at=who.at,
        against=who.against,
    )


def _left_out(deciders: Deciders, plans: Iterable[PagePlan]) -> Iterable[LogLine]:
    for plan in plans:
        if plan.withheld:
            who = deciders.of(plan.cause)
            yield LogLine(
                plan.document,
                plan.page,
                0,
                whole=True,
                person=who.person,
                rule=who.rule,
                code=plan.code or THIRD_PARTIES,
                mode=plan.mode,
                label="",
                decision=who.decision,
                by=who.by,
                at=who.at,
                against=who.against,
            )


def _lines(shares: Mapping[str, float], log: Sequence[LogLine], of: str) -> tuple[InkLine, ...]:
    """By what share is black, the blackest first."""
    boxes = Counter(str(getattr(line, of)) for line in log)
    against = Counter(str(getattr(line, of)) for line in log if line.against)
    # What belongs to nobody is many things together: it is no outlier among people.
    out = set(outliers({what: share for what, share in shares.items() if what}, _STANDS_OUT))
    return tuple(
        InkLine(what, share, boxes[what], against[what], what in out)
        for what, share in sorted(shares.items(), key=lambda item: (-item[1], item[0]))
    )
