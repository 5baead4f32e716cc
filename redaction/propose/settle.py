"""Decisions in, boxes out; and everything that still stands in the way, by name.

An item that nobody decided, a page nobody read, or one sentence treated two ways blocks release. A
withheld stretch wins over a mention inside it; a name withheld by the cast stays withheld inside a
passage that is released; a reviewer's own mark to keep a stretch wins over the cast.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from redaction.decisions import EVERY_PAGE, PassageDecision, Proposal
from redaction.document import PageKind, ReadDocument
from redaction.propose.consistency import Inconsistency, treated_two_ways
from redaction.propose.mentions import BY_LAW
from redaction.propose.pages import PageSettler
from redaction.propose.settled import CastDecisions, Mark, Settled, Undecided

__all__ = ["CastDecisions", "Inconsistency", "Mark", "Settled", "Undecided", "settle"]


def settle(
    documents: Sequence[ReadDocument],
    proposals: Sequence[Proposal],
    cast_decisions: CastDecisions,
    passage_decisions: Sequence[PassageDecision],
    read_pages: AbstractSet[tuple[str, int]],
) -> Settled:
    """Turns proposals and decisions into page plans.

    Args:
        documents: The bundle.
        proposals: What `propose` gave for it.
        cast_decisions: One per person and kind of fact. Only the data subject's own facts need
            none; a default of law, even a clear one, stands only once a person accepted it.
        passage_decisions: In the order they were made; a later one on the same proposal wins. A
            withheld area as large as the page withholds the whole page, and on `EVERY_PAGE` the
            whole document.
        read_pages: Pages marked "read by a human", as (document, page).
    """
    by_page: dict[tuple[str, int], list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        by_page[proposal.span.document, proposal.span.page].append(proposal)
    on_proposal = {d.proposal: d for d in passage_decisions if d.proposal is not None}
    numbers = {document.id: [page.number for page in document.pages] for document in documents}
    own: dict[tuple[str, int], list[PassageDecision]] = defaultdict(list)
    for decision in passage_decisions:
        if decision.span is not None:
            own[decision.span.document, decision.span.page].append(decision)
        elif decision.area is not None:
            every = numbers.get(decision.document, ())
            for number in every if decision.page == EVERY_PAGE else (decision.page,):
                own[decision.document, number].append(decision)
    subjects = {p.person for p in proposals if p.decided_by == BY_LAW and p.person}
    pages = [
        PageSettler(document.id, page, cast_decisions, on_proposal, subjects).settle(
            by_page.get((document.id, page.number), ()), own.get((document.id, page.number), ())
        )
        for document in documents
        for page in document.pages
    ]
    unread = tuple(
        (document.id, page.number)
        for (document, page), result in zip(
            ((d, p) for d in documents for p in d.pages), pages, strict=True
        )
        if (page.needs_eyes or page.kind is PageKind.PHOTO)
        and not result.plan.withheld
        and (document.id, page.number) not in read_pages
    )
    cuts = {(r.plan.document, r.plan.page): r.cuts for r in pages if not r.plan.withheld}
    return Settled(
        plans=tuple(r.plan for r in pages),
        undecided=tuple(u for r in pages for u in r.undecided),
        unread=unread,
        inconsistencies=(
            *(i for r in pages for i in r.conflicts),
            *treated_two_ways(documents, cuts),
        ),
        swallowed=tuple(s for r in pages for s in r.swallowed),
        marks=tuple(m for r in pages for m in r.marks),
    )
