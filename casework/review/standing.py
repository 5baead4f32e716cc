"""Where every proposal stands: which question settles it, and why it is still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casework.bundle import DECISION, Bundle
from casework.opinions import item_of
from casework.topics import CAST, HEALTH_LOCK, PASSAGE
from redaction.decisions import Outcome, PassageDecision, Proposal
from redaction.propose.mentions import BY_CAST, BY_LAW
from redaction.propose.settled import Settled
from rights.case import Case


@dataclass(frozen=True, slots=True)
class Standing:
    """How the proposals of a bundle stand at one moment.

    Attributes:
        asked: Proposal -> id of the question whose answer settles it.
        open: Proposal -> why nobody has settled it yet.
    """

    asked: Mapping[str, str]
    open: Mapping[str, str]


def standing_of(case: Case, bundle: Bundle, settled: Settled) -> Standing:
    """The standing of every proposal.

    A stretch may be covered already because it is a trace of something withheld elsewhere; it is
    open all the same as long as its own question waits.
    """
    asked = dict(asked_of(case, bundle.proposals))
    by_hand = {d.proposal for d in decisions_of(case).values() if d.proposal}
    why = {item.proposal: item.why for item in settled.undecided}
    for proposal, question in asked.items():
        if case.questions[question].is_open and proposal not in by_hand:
            why.setdefault(proposal, "its question is not answered yet")
    return Standing(asked, why)


def decisions_of(case: Case) -> dict[str, PassageDecision]:
    """The reviewers' own decisions in force, by id."""
    found = {key: DECISION.validate_json(text) for key, (_, text) in case.passages.items()}
    return {key: d for key, d in found.items() if not is_taken_back(d)}


def is_taken_back(decision: PassageDecision) -> bool:
    """Whether a decision only stands for another one that was taken back: it keeps no area."""
    return decision.area is not None and decision.outcome is Outcome.KEEP


def asked_of(case: Case, proposals: Iterable[Proposal]) -> Iterable[tuple[str, str]]:
    """Each proposal with the question whose answer settles it."""
    passages = {
        proposal: question.id
        for question in case.questions.values()
        if question.topic == PASSAGE and not question.withdrawn
        for passage in question.body.get("passages", ())
        for proposal in (passage["id"], *passage.get("copies", ()))
    }
    in_context = {
        proposal: question.id
        for question in case.questions.values()
        if question.topic == CAST and not question.withdrawn
        for proposal in question.body.get("proposals", ())
    }
    for proposal in proposals:
        if proposal.id in in_context:
            yield proposal.id, in_context[proposal.id]
        elif proposal.decided_by == BY_CAST:
            refs = (proposal.person,) if proposal.person else proposal.candidates
            names = [f"cast/{ref}/{proposal.kind.value}" for ref in refs]
            known = [n for n in names if n in case.questions and not case.questions[n].withdrawn]
            if known:
                yield proposal.id, min(known, key=lambda n: not case.questions[n].is_open)
        elif proposal.code == HEALTH_LOCK:
            waits = case.questions.get(f"health/{proposal.span.document}")
            if waits is not None and waits.is_open and item_of(proposal) in waits.body["items"]:
                yield proposal.id, waits.id
        elif proposal.decided_by != BY_LAW and proposal.id in passages:
            yield proposal.id, passages[proposal.id]
