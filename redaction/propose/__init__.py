"""Proposals for people to decide, and the pages that follow from their decisions.

`propose` turns findings into proposals, `settle.settle` turns decisions into boxes, and
`forbidden.must_not` says what the verifier must never find in the outgoing bytes.
"""

from __future__ import annotations

from collections.abc import Sequence

from redaction.decisions import Finding, Proposal
from redaction.document import ReadDocument
from redaction.propose.mentions import Default, Defaults, propose_mentions
from redaction.propose.passages import propose_passages
from rights.release import Person

__all__ = ["Default", "Defaults", "propose"]


def propose(
    documents: Sequence[ReadDocument],
    findings: Sequence[Finding],
    people: Sequence[Person],
    defaults: Defaults,
) -> tuple[Proposal, ...]:
    """What the engine proposes for every finding and every safeguarding passage.

    Args:
        documents: The bundle that was searched.
        findings: What `redaction.find` found in it.
        people: The cast, the data subject among them.
        defaults: The law's default for a person and a kind of fact.

    Returns:
        Proposals in the order of the bundle; ids are stable over re-runs on the same bytes.
    """
    cast = {p.ref: p for p in people}
    proposals = propose_mentions(documents, findings, cast, defaults)
    proposals += propose_passages(documents, findings, cast, defaults)
    order = {d.id: i for i, d in enumerate(documents)}
    return tuple(
        sorted(
            {p.id: p for p in proposals}.values(),
            key=lambda p: (order[p.span.document], p.span.page, p.span.start, -p.span.end, p.id),
        )
    )
