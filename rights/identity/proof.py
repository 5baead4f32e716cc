"""Audit mode: every record of the live index is weighed, to prove what the keys bring up.

A search scores what shares a key with the query. Here every record is put through the same bound
and score, and what reaches the review band without having been brought up is listed with its cause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rights.identity.index import Candidates, Index
from rights.identity.keys import query_keys
from rights.identity.normalise import Norm
from rights.identity.score import Scorer, score
from rights.identity.screen import Screen

NO_KEY = "shares no key"
SCREENED = "shares one common key and nothing else"
CROWDED = "shares no key, or only one that too many share"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query to be proved; `itself` is the row of the index that it was taken from, if any."""

    id: str
    norm: Norm
    itself: int | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """A record that a search would have shown had it been brought up."""

    query: str
    source: str
    key: str
    p_same: float
    cause: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What the keys brought up of what should be shown.

    Attributes:
        compared: Pairs of query and record.
        shown: Records in the review band or above.
        sure: Of these, in the match band by probability.
        missed: Those of `shown` that no search scores, the likeliest first.
    """

    queries: int
    compared: int
    shown: int
    sure: int
    missed: tuple[Missed, ...]
    review_from: float
    match_from: float

    @property
    def recall(self) -> float:
        """Share of what should be shown that the keys bring up."""
        return 1 - len(self.missed) / self.shown if self.shown else 1.0

    @property
    def recall_of_sure(self) -> float:
        """The same for what is a match by probability."""
        lost = sum(item.p_same >= self.match_from for item in self.missed)
        return 1 - lost / self.sure if self.sure else 1.0


def sampled(index: Index, count: int) -> list[Asked]:
    """Records of the index as queries for their own person's other records."""
    return [
        Asked(f"{entry.source} {entry.key}", entry.norm, entry.id)
        for entry in index.sample(count)
        if query_keys(entry.norm)
    ]


def prove(
    index: Index, queries: Iterable[Asked], progress: Callable[[int], None] = lambda _: None
) -> Proof:
    """Weighs every record of the index for every query, in one pass over the index.

    Args:
        index: The live index.
        queries: Kept in memory; some hundred are a good sample.
        progress: Told now and then how many records have been gone through.
    """
    weights = index.weights
    asked = [
        (one, Screen(Scorer(one.norm, index, weights)), index.candidates(query_keys(one.norm)))
        for one in queries
    ]
    reached = [frozenset(shared.ids) for _, _, shared in asked]
    shown = sure = 0
    missed: list[Missed] = []
    for number, entry in enumerate(index.every(), 1):
        if number % 10_000 == 0:
            progress(number)
        held = entry.norm
        for (one, screen, shared), brought_up in zip(asked, reached, strict=True):
            if entry.id == one.itself or screen.hopeless(held):
                continue
            p = score(one.norm, held, index, weights).p_same
            if p < weights.bands.review:
                continue
            shown += 1
            sure += p >= weights.bands.match
            if entry.id not in brought_up:
                cause = _cause(entry.id, shared)
                missed.append(Missed(one.id, entry.source, entry.key, p, cause))
    missed.sort(key=lambda item: (-item.p_same, item.query, item.source, item.key))
    return Proof(
        queries=len(asked),
        compared=len(asked) * index.size,
        shown=shown,
        sure=sure,
        missed=tuple(missed),
        review_from=weights.bands.review,
        match_from=weights.bands.match,
    )


def _cause(number: int, shared: Candidates) -> str:
    if number in shared.screened:
        return SCREENED
    return CROWDED if shared.crowded else NO_KEY
