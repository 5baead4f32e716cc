"""A case as the requester may know it: the one view from which everything that leaves is made.

Letters, pack, certificate, Article 15 sheet, delivery and figures take what they say from here.
What is held back silently is in no value of this module: no document, page, place, number or kind
of outcome follows from it. A place counts as one where something was found only if something from
it is sent, or is told to be withheld; otherwise it reads as if it had held nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from casework.collect import REPORTED, UNREADABLE, about_of
from casework.grounds import THIRD_PARTIES
from casework.office import Office, Work
from casework.sealed import LeftOutPage, SealedPages, sealed_pages
from letters.context import SentBefore
from letters.parts import SearchResult
from redaction.decisions import PagePlan
from rights.case import Case, Part
from rights.events.kinds import EvidenceCollected
from rights.release import Right, Told, told
from rights.road import is_refused

_KINDS = {
    "message/rfc822": "email",
    "image/": "picture",
    "application/vnd.openxmlformats-officedocument.spreadsheetml": "spreadsheet",
    "application/vnd.ms-excel": "spreadsheet",
    "application/pdf": "document",
}
_RESULTS = {
    "nothing held": SearchResult.NOTHING,
    "cannot search by this": SearchResult.CANNOT,
    "destroyed": SearchResult.DESTROYED,
    "lost": SearchResult.LOST,
    "held elsewhere": SearchResult.ELSEWHERE,
    "suspended": SearchResult.NOT_SEARCHED,
    "failed": SearchResult.NOT_SEARCHED,
}
"""How a search ended that found nothing; what was found is told by what became of it."""


@dataclass(frozen=True, slots=True)
class ToldBox:
    """A box of which the requester may know."""

    page_ref: str
    label: str
    code: str
    told: Told


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document of which whole pages stay back, as far as the requester may know."""

    document: str
    code: str
    told: Told


@dataclass(frozen=True, slots=True)
class Outward:
    """One part of the answer and what went before it.

    Attributes:
        boxes: Boxes on the pages that are sent.
        left_out: Documents with whole pages held back.
        results: How the search of each source ended, by its name, for those that were asked.
        found: Where lies what the Article 15 information may speak of: "source/table", or "source"
            where the records of a source are in no table.
        unread: How many documents of a source could not be read, of which the requester is told.
        refused: The request is refused as a whole: nothing was searched.
        part: Which part this is, from 1.
        more_to_come: Whether another part follows.
        sent_before: The parts that were sent.
    """

    boxes: tuple[ToldBox, ...]
    left_out: tuple[LeftOut, ...]
    results: Mapping[str, SearchResult]
    found: frozenset[str]
    unread: Mapping[str, int]
    refused: bool
    part: int
    more_to_come: bool
    sent_before: tuple[SentBefore, ...]

    @property
    def withheld(self) -> tuple[tuple[str, Told], ...]:
        """Each ground with how much of it may be told, once."""
        uses = {(b.code, b.told) for b in self.boxes} | {(p.code, p.told) for p in self.left_out}
        return tuple(sorted(uses))

    @property
    def where_shown(self) -> bool:
        """Whether the pack shows where something was withheld."""
        return bool(self.boxes) or any(p.told is Told.NAMED for p in self.left_out)


def outward(work: Work, plans: Sequence[PagePlan]) -> Outward:
    """The part in hand as the requester may know it.

    Args:
        work: The case.
        plans: What becomes of each page of the part's documents.
    """
    office, case = work.office, work.case
    part = case.part or Part(1, (), last=True, planned_seq=case.seq)
    before = [p for p in case.parts if p.sent_on is not None and p.number < part.number]
    left_out = tuple(_left_out(plans))
    going = {p.document for p in plans if not p.withheld}
    sent, told_before = _of_earlier(sealed_pages(office, case, before))
    named = told_before | {p.document for p in left_out if p.told is Told.NAMED}
    results = dict(_results(office, case, going, sent, named, more_to_come=not part.last))
    shown = (SearchResult.FOUND, SearchResult.SENT, SearchResult.WITHHELD)
    return Outward(
        boxes=tuple(_boxes(plans)),
        left_out=left_out,
        results=results,
        found=places_of(
            case, going | sent | named, [n for n, result in results.items() if result in shown]
        ),
        unread=_unread(case, {p.document for p in plans if p.withheld and not told(p.mode)}),
        refused=is_refused(case),
        part=part.number,
        more_to_come=not part.last,
        sent_before=tuple(_sent(p) for p in before),
    )


def _unread(case: Case, silent: Collection[str]) -> Mapping[str, int]:
    told_of = {
        str(question.body.get("document", ""))
        for question in case.answered(UNREADABLE)
        if question.answer and question.answer.value == REPORTED[0]
    }
    return Counter(case.documents[d].source for d in told_of if d not in silent)


def places_of(case: Case, documents: Collection[str], sources: Iterable[str]) -> frozenset[str]:
    """Where documents lie in these sources, as the register asks: by table where there is one.

    A file that two sources hold is read once, and lies in both.
    """
    told = {_bytes_of(d, c) for d, c in case.documents.items() if d in documents}
    found: set[str] = set()
    for source in sources:
        items = [
            about_of(collected).get("item", "")
            for document, collected in case.documents.items()
            if collected.source == source and _bytes_of(document, collected) in told
        ]
        tables = {table for item in items if (table := item.partition(":"))[1]}
        found |= {f"{source}/{table}" for table, _, _ in tables} or {source}
    return frozenset(found)


def _bytes_of(document: str, collected: EvidenceCollected) -> str:
    return collected.sha256 if collected.size else document


def page_ref(document: str, page: int) -> str:
    """The stable reference of a source page, used inside only."""
    return f"{document}/{page}"


def safe_title(office: Office, collected: EvidenceCollected, media: str, in_sight: str = "") -> str:
    """'Case system: home visit' or 'Shared folders: email'.

    It says where a document comes from. Titles and file names of sources can hold other people's
    names, so a title is used only where the reader sees these very words on the page.

    Args:
        office: For the titles of the sources.
        collected: The document.
        media: Its type.
        in_sight: Its title, if its words stay in sight on its first page.
    """
    source = next((s.title for s in office.sources if s.name == collected.source), "Records")
    kind = next((words for start, words in _KINDS.items() if media.startswith(start)), "document")
    if not about_of(collected)["name"]:
        kind = "record"
    if in_sight.startswith(source):
        return in_sight
    return f"{source}: {in_sight or kind}"


@dataclass(frozen=True, slots=True)
class ToldUse:
    """How far one ground was used in what was sent, as the requester was told of it.

    Attributes:
        code: Code of the exemption.
        told: How much was told.
        pages: Pages with something withheld under it, pages left out among them.
        passages: Decisions that withheld something under it.
    """

    code: str
    told: Told
    pages: int
    passages: int


def told_uses(office: Office, case: Case) -> tuple[ToldUse, ...]:
    """The grounds used in every part that was sent; what was silent is not among them."""
    pages: defaultdict[tuple[str, Told], set[str]] = defaultdict(set)
    causes: defaultdict[tuple[str, Told], set[str]] = defaultdict(set)
    sealed = sealed_pages(office, case, [p for p in case.parts if p.sent_on is not None])
    for part in sealed:
        rows = [(f"{part.number}/{page.page}", box) for page in part.pages for box in page.boxes]
        rows += [(page_ref(page.document, page.page), page) for page in part.left_out]
        for place, row in rows:
            if known := told(row.mode):
                use = (row.code or THIRD_PARTIES, known)
                pages[use].add(place)
                causes[use].add(row.cause)
    return tuple(
        ToldUse(code, known, len(pages[code, known]), len(causes[code, known]))
        for code, known in sorted(causes)
    )


def sends_pages(office: Office, case: Case) -> bool | None:
    """Whether pages of documents were sent; None when nothing sealed can be read."""
    sealed = sealed_pages(office, case, [p for p in case.parts if p.sent_on is not None])
    if not sealed:
        return None
    return any(page.document for part in sealed for page in part.pages)


def _boxes(plans: Iterable[PagePlan]) -> Iterable[ToldBox]:
    for plan in plans:
        for box in () if plan.withheld else plan.boxes:
            if known := told(box.mode):
                where = page_ref(plan.document, plan.page)
                yield ToldBox(where, box.label, box.code or THIRD_PARTIES, known)


def _left_out(plans: Iterable[PagePlan]) -> Iterable[LeftOut]:
    """Each document and ground once: how many pages stay back is not told."""
    rows = {
        LeftOut(plan.document, plan.code or THIRD_PARTIES, known): None
        for plan in plans
        if plan.withheld and (known := told(plan.mode))
    }
    return rows


def _of_earlier(sealed: Iterable[SealedPages]) -> tuple[set[str], set[str]]:
    """Documents of which pages were sent, and documents told by name to be left out."""
    sent: set[str] = set()
    named: set[str] = set()
    for part in sealed:
        sent |= {page.document for page in part.pages if page.document}
        named |= {page.document for page in part.left_out if _is_named(page)}
    return sent, named


def _is_named(page: LeftOutPage) -> bool:
    return told(page.mode) is Told.NAMED


def _sent(part: Part) -> SentBefore:
    assert part.sent_on is not None
    return SentBefore(part.number, part.sent_on, part.seal.event.pages if part.seal else 0)


def _results(
    office: Office,
    case: Case,
    going: set[str],
    sent: set[str],
    named: set[str],
    *,
    more_to_come: bool,
) -> Iterable[tuple[str, SearchResult]]:
    """How the search of each place ended, in the words that it would have without the silent.

    While more is to come, a place from which nothing was sent says that it will be told of at the
    end, whether or not it holds anything: what waits may turn out to be silent.
    """
    if is_refused(case) or case.right is not Right.ACCESS:
        return
    held = _copies(case)
    for source in office.sources:
        answered = case.sources.get(source.name)
        if answered is None:
            continue
        documents = held.get(source.name, set())
        status = answered[1].status
        if status == "failed":
            result = _RESULTS[status]
        elif documents & going:
            result = SearchResult.FOUND
        elif documents & sent:
            result = SearchResult.SENT
        elif documents & named:
            result = SearchResult.WITHHELD
        elif status in ("found", "partial", "nothing held"):
            result = SearchResult.LATER if more_to_come else SearchResult.NOTHING
        else:
            result = _RESULTS[status]
        yield source.name, result


def _copies(case: Case) -> Mapping[str, set[str]]:
    """What each source holds; a file that two sources hold is read once, and counts for both."""
    of_bytes: defaultdict[str, set[str]] = defaultdict(set)
    for document, collected in case.documents.items():
        of_bytes[_bytes_of(document, collected)].add(document)
    held: defaultdict[str, set[str]] = defaultdict(set)
    for document, collected in case.documents.items():
        held[collected.source] |= of_bytes[_bytes_of(document, collected)]
    return held
