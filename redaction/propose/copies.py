"""One decision for the same words: carried to every copy, proposed for what is nearly the same.

A thread that is quoted in ten mails is decided once. What is decided of a copy itself goes before
what is carried to it; where two originals were decided differently, nothing is carried and the
sentence is red (`consistency`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from redaction.decisions import Outcome, PassageDecision, Proposal, Span
from redaction.document import ReadDocument
from redaction.find.duplicates import ALIKE, Copies, near_pairs
from redaction.find.tokens import flatten
from redaction.propose.mentions import BY_CAST, BY_LAW
from rights.release import Treatment

_Key = tuple[str, ...]


def copied_decisions(
    proposals: Sequence[Proposal], decided: Sequence[PassageDecision], copies: Copies
) -> tuple[PassageDecision, ...]:
    """What follows for undecided copies of what was decided: proposals, and a reviewer's marks.

    Args:
        proposals: All of the bundle.
        decided: Decisions in force, in the order they were made.
        copies: The bundle's sentences.
    """
    return (*_on_proposals(proposals, decided, copies), *_marks(decided, copies))


def _on_proposals(
    proposals: Sequence[Proposal], decided: Sequence[PassageDecision], copies: Copies
) -> Iterable[PassageDecision]:
    last = {d.proposal: d for d in decided if d.proposal is not None}
    by_key: dict[_Key, list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        key = copy_key(proposal, copies)
        if key:
            by_key[key].append(proposal)
    for group in by_key.values():
        said = [last[p.id] for p in group if p.id in last]
        if not said or len({_said(d) for d in said}) > 1:
            continue
        for proposal in group:
            if proposal.id not in last:
                yield replace(said[-1], id=f"{said[-1].id}/copy", proposal=proposal.id)


def copy_key(proposal: Proposal, copies: Copies) -> _Key | None:
    """What makes two proposals the same question; None where there is no such thing.

    What is decided by person needs none, and health data needs its own opinion item by item. The
    whole sentence counts, not only the stretch: the same words may be said of two people.
    """
    if proposal.decided_by in (BY_CAST, BY_LAW) or proposal.code.startswith("HEALTH"):
        return None
    around = copies.key(proposal.span)
    if not around:
        return None
    return (
        around,
        " ".join(flatten(proposal.text).split()),
        proposal.kind.value,
        proposal.rule,
        proposal.code,
        proposal.decided_by,
        proposal.data_class,
        *proposal.flags,
        str(proposal.person),
        *proposal.candidates,
    )


def _said(decision: PassageDecision) -> tuple[object, ...]:
    return decision.outcome, decision.code, decision.mode, decision.label


def _marks(decided: Sequence[PassageDecision], copies: Copies) -> Iterable[PassageDecision]:
    """A reviewer's own marks to withhold, where the same words stand.

    A mark on a copy itself goes before. A mark to keep is not carried: it would open something
    that nobody looked at there, and the sentence is red until somebody does.
    """
    own = [d for d in decided if d.span is not None and d.proposal is None]
    taken: dict[tuple[str, int], list[Span]] = defaultdict(list)
    for decision in own:
        assert decision.span is not None
        taken[decision.span.document, decision.span.page].append(decision.span)
    wanted: dict[Span, list[PassageDecision]] = defaultdict(list)
    for decision in own:
        assert decision.span is not None
        if decision.outcome is Outcome.KEEP:
            continue
        for span in copies.elsewhere(decision.span):
            wanted[span].append(decision)
    for span, marks in wanted.items():
        marked = taken.get((span.document, span.page), ())
        if any(s.start < span.end and span.start < s.end for s in marked):
            continue
        if len({_said(m) for m in marks}) == 1:
            where = f"{span.document}/{span.page}/{span.start}-{span.end}"
            yield replace(marks[-1], id=f"{marks[-1].id}/copy/{where}", span=span)


def like_decided(
    documents: Sequence[ReadDocument],
    proposals: Sequence[Proposal],
    decided: Mapping[str, PassageDecision],
    *,
    least: float = ALIKE,
) -> tuple[Proposal, ...]:
    """Proposals with what was decided of nearly the same passage, for a person to confirm.

    Args:
        documents: The bundle.
        proposals: All of it.
        decided: The decision in force by proposal.
        least: Share of runs of three words in common.
    """
    if not decided:
        return tuple(proposals)
    texts = {(d.id, p.number): p.text for d in documents for p in d.pages}
    wide = [p for p in proposals if p.decided_by not in (BY_CAST, BY_LAW)]
    said: dict[str, Proposal] = {}
    for one, other in near_pairs([_around(p, texts) for p in wide], least):
        for known, new in ((wide[one], wide[other]), (wide[other], wide[one])):
            decision = decided.get(known.id)
            alike = (known.kind, known.rule, known.decided_by) == (
                new.kind,
                new.rule,
                new.decided_by,
            )
            if decision is None or not alike or new.id in decided:
                continue
            withheld = decision.outcome is Outcome.REDACT
            place = f"{known.span.document} page {known.span.page}"
            how = "withheld" if withheld else "kept"
            said[new.id] = replace(
                new,
                treatment=Treatment.HOLD if withheld else Treatment.ASK,
                code=decision.code or new.code,
                mode=decision.mode,
                reason=f"Nearly the same stands in {place}, and was {how} there. {new.reason}",
            )
    return tuple(said.get(p.id, p) for p in proposals)


def _around(proposal: Proposal, texts: Mapping[tuple[str, int], str]) -> str:
    text = texts[proposal.span.document, proposal.span.page]
    return " ".join(flatten(text[proposal.span.start : proposal.span.end]).split())
