"""Three hypotheses in bits: this person, another of the family or household, a stranger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import log2
from operator import attrgetter
from typing import Protocol

from rights.identity import compare
from rights.identity.comparison import Comparison
from rights.identity.normalise import Norm
from rights.identity.weights import Weights


class Counts(Protocol):
    """How common values are where the search is made; an index is one."""

    @property
    def size(self) -> int:
        """Number of records."""
        ...

    def frequency(self, kind: str, value: str) -> int:
        """How many records have this value; see `normalise.counted` for the kinds."""
        ...


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


class Score:
    """The posterior and how it came about. The bars' bits sum to the score's.

    Attributes:
        bits_family: Log2 odds of "same person" against "family or household".
        bits_stranger: Log2 odds of "same person" against "stranger".
        p_same: Probability that the record is this person's.
    """

    __slots__ = ("_steps", "bits_family", "bits_stranger", "p_same")

    def __init__(self, steps: Sequence[tuple[Comparison, float, float]]) -> None:
        """Adds up steps of comparison, bits against family and bits against stranger."""
        self._steps = steps
        self.bits_family = sum([step[1] for step in steps])
        self.bits_stranger = sum([step[2] for step in steps])
        self.p_same = 1 / (
            1 + 2 ** _bounded(-self.bits_family) + 2 ** _bounded(-self.bits_stranger)
        )

    @property
    def p_family(self) -> float:
        """Probability that it is a relative's or housemate's."""
        return self.p_same * 2 ** _bounded(-self.bits_family)

    @property
    def p_stranger(self) -> float:
        """Probability that it is somebody else's."""
        return self.p_same * 2 ** _bounded(-self.bits_stranger)

    @property
    def odds_family(self) -> float:
        """Odds of a relative against the person."""
        return 2 ** _bounded(-self.bits_family)

    @property
    def odds_stranger(self) -> float:
        """Odds of a stranger against the person."""
        return 2 ** _bounded(-self.bits_stranger)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The waterfall, in words."""
        return tuple(
            Bar(step.field, step.level, step.asked, step.held, family, stranger)
            for step, family, stranger in self._steps
        )

    @property
    def levels(self) -> tuple[tuple[str, str], ...]:
        """Fields compared and the levels they reached."""
        return tuple((step.field, step.level) for step, _, _ in self._steps)

    def level(self, field: str) -> str:
        """The level a field reached, or '' when it could not be compared."""
        for step in self._steps:
            if step[0].field == field:
                return step[0].level
        return ""

    def plus(self, level: str, bits: float) -> Score:
        """The score with what the other candidates say: as many bits against both others."""
        return Score([*self._steps, (Comparison("others", level, "", ""), bits, bits)])

    def without(self, *fields: str) -> Score:
        """The score had these fields not been compared."""
        return Score([step for step in self._steps if step[0].field not in fields])


def _bounded(bits: float) -> float:
    return max(-500.0, min(500.0, bits))


_Steps = tuple[tuple[Comparison, float, float], ...]


class Group(IntEnum):
    """Fields that are compared together, in the order in which they are shown."""

    NAMES = 0
    BIRTH = 1
    SEX = 2
    PLACES = 3
    NUMBERS = 4
    CONTACTS = 5


# How the fields of a group are compared, and all that the comparison looks at in a record.
_COMPARED: tuple[tuple[Callable[[Norm, Norm], list[Comparison]], Callable[[Norm], object]], ...] = (
    (compare.names, attrgetter("forenames", "surnames")),
    (compare.births, attrgetter("dobs", "expected", "rough")),
    (compare.sexes, attrgetter("sex")),
    (compare.places, attrgetter("postcodes", "places", "streets")),
    (compare.numbers, attrgetter("numbers")),
    (compare.contacts, attrgetter("phones", "emails")),
)


class Scorer:
    """One query against many records.

    What records have in common is compared once: a household's address, a namesake's name, the
    birthday that brought a record up.

    Attributes:
        asked: What is asked.
        counts: Where the search is made.
        weights: The table of bits.
    """

    def __init__(self, asked: Norm, counts: Counts, weights: Weights) -> None:
        self.asked = asked
        self.counts = counts
        self.weights = weights
        prior = weights.prior
        strangers = max(counts.size - prior.own_records - prior.relatives, 1)
        self._prior = (
            Comparison("prior", f"{counts.size} records", "", ""),
            log2(prior.own_records / prior.relatives),
            log2(prior.own_records / strangers),
        )
        self._known: list[dict[object, _Steps]] = [{} for _ in Group]

    def score(self, held: Norm) -> Score:
        """Compares all fields that both sides have."""
        steps = [self._prior]
        for group in range(len(_COMPARED)):
            steps += self.steps(group, held)
        return Score(steps)

    def steps(self, group: int, held: Norm) -> _Steps:
        """Comparisons of one group with their bits against family and against strangers."""
        compared, looked_at = _COMPARED[group]
        known, value = self._known[group], looked_at(held)
        found = known.get(value)
        if found is None:
            found = known[value] = tuple(map(self._step, compared(self.asked, held)))
        return found

    def _step(self, comparison: Comparison) -> tuple[Comparison, float, float]:
        same, family, _ = self.weights.bits[comparison.field, comparison.level]
        stranger = stranger_bits(comparison, self.counts, self.weights)
        return comparison, same - family, same - stranger


def score(asked: Norm, held: Norm, counts: Counts, weights: Weights) -> Score:
    """Compares two normal forms against the frequencies of where the search is made."""
    return Scorer(asked, counts, weights).score(held)


def stranger_bits(comparison: Comparison, counts: Counts, weights: Weights) -> float:
    """The chance that a stranger's record agrees as well, as log2."""
    fixed = weights.bits[comparison.field, comparison.level][2]
    return log2(_frequency(comparison, counts, weights)) if fixed is None else fixed


def _frequency(comparison: Comparison, counts: Counts, weights: Weights) -> float:
    """The chance that a stranger has this value, drawn towards the usual in a small index."""
    usual = weights.prior.frequency
    people = counts.size + usual.people
    expected = usual.share(comparison.field) * usual.people
    shares = [
        (counts.frequency(kind, value) + expected) / people for kind, value in comparison.counted
    ]
    level = weights.levels[comparison.field][comparison.level]
    if comparison.level == "variant":
        return min(1.0, sum(shares) * level.times)
    # Of two spellings the commoner is the one that a stranger may have.
    if comparison.level == "close":
        return min(1.0, max(shares) * level.times)
    # Two words of a name are rarer together, but not as rare as if they were unrelated.
    return min(1.0, min(shares) * level.times)


def settle(scores: Sequence[Score], weights: Weights) -> list[Score]:
    """What the candidates of one query say about each other, where a person has one record.

    With `unmatched` the chance that there is none, the odds of each are shared out among all: what
    fits best gains where nothing else fits, and loses where another fits as well.

    Returns:
        The same scores in a table where a person may have many records (`unmatched` is 1).
    """
    unmatched = weights.prior.unmatched
    if unmatched >= 1:
        return list(scores)
    gains = [1 / (one.odds_stranger + one.odds_family) for one in scores]
    total = sum(gains)
    return [
        one.plus("alone" if rest < 1 else "rivals", -log2(rest))
        for one, gain in zip(scores, gains, strict=True)
        for rest in [unmatched + max(total - gain, 0.0)]
    ]
