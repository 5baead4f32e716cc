"""Three hypotheses in bits: this person, another of the family or household, a stranger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2, prod

from rights.identity.compare import Comparison, compare
from rights.identity.index import Index
from rights.identity.normalise import Norm
from rights.identity.weights import Weights


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of the waterfall.

    Attributes:
        field: 'prior', or the field compared.
        level: How well it agrees.
        asked: The value asked for.
        held: The record's value.
        against_family: Bits (log2 odds) for "same person" against "family or household".
        against_stranger: Bits for "same person" against "stranger".
    """

    field: str
    level: str
    asked: str
    held: str
    against_family: float
    against_stranger: float


@dataclass(frozen=True, slots=True)
class Score:
    """The posterior and how it came about. The bars' bits sum to the score's."""

    bars: tuple[Bar, ...]
    bits_family: float
    bits_stranger: float

    @property
    def p_same(self) -> float:
        """Probability that the record is this person's."""
        return 1 / (1 + 2 ** _bounded(-self.bits_family) + 2 ** _bounded(-self.bits_stranger))

    @property
    def p_family(self) -> float:
        """Probability that it is a relative's or housemate's."""
        return self.p_same * 2 ** _bounded(-self.bits_family)

    @property
    def p_stranger(self) -> float:
        """Probability that it is somebody else's."""
        return self.p_same * 2 ** _bounded(-self.bits_stranger)

    def level(self, field: str) -> str:
        """The level a field reached, or '' when it could not be compared."""
        return next((bar.level for bar in self.bars if bar.field == field), "")


def _bounded(bits: float) -> float:
    return max(-500.0, min(500.0, bits))


def score_bars(bars: Sequence[Bar]) -> Score:
    """Adds the bars up."""
    return Score(
        tuple(bars),
        sum(bar.against_family for bar in bars),
        sum(bar.against_stranger for bar in bars),
    )


def score(asked: Norm, held: Norm, index: Index, weights: Weights) -> Score:
    """Compares two normal forms against the frequencies of this index."""
    prior = weights.prior
    strangers = max(index.size - prior.own_records - prior.relatives, 1)
    bars = [
        Bar(
            "prior",
            f"{index.size} records",
            "",
            "",
            log2(prior.own_records / prior.relatives),
            log2(prior.own_records / strangers),
        )
    ]
    bars += [_bar(comparison, index, weights) for comparison in compare(asked, held)]
    return score_bars(bars)


def _bar(comparison: Comparison, index: Index, weights: Weights) -> Bar:
    level = weights.levels[comparison.field][comparison.level]
    stranger = level.stranger
    if stranger == "frequency":
        stranger = _frequency(comparison, index, weights)
    return Bar(
        comparison.field,
        comparison.level,
        comparison.asked,
        comparison.held,
        log2(level.same / level.family),
        log2(level.same / stranger),
    )


def _frequency(comparison: Comparison, index: Index, weights: Weights) -> float:
    """The chance that a stranger has this value, drawn towards the usual in a small index."""
    smoothing = weights.prior.frequency
    usual = {
        "forename": smoothing.forename,
        "surname": smoothing.surname,
        "address": smoothing.place,
    }[comparison.field]
    people = index.size + smoothing.people
    shares = [
        (index.frequency(kind, value) + usual * smoothing.people) / people
        for kind, value in comparison.counted
    ]
    if comparison.level == "variant":
        return min(1.0, sum(shares))
    # Two words of a surname are rarer together, but not as rare as if they were unrelated.
    return min(shares) if len(shares) > 1 else prod(shares)
