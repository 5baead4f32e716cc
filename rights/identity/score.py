"""Three hypotheses in bits: this person, another of the family or household, a stranger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log2
from typing import Protocol

from rights.identity import compare
from rights.identity.comparison import Comparison
from rights.identity.groups import Group, marks
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


Part = tuple[list[tuple[Comparison, float, float]], float, float]
"""Comparisons of one group of fields, each with its bits against family and against strangers,
and both sums. A plain tuple: a search makes hundreds."""


class Score:
    """The posterior and how it came about. The bars' bits sum to the score's.

    Attributes:
        bits_family: Log2 odds of "same person" against "family or household".
        bits_stranger: Log2 odds of "same person" against "stranger".
        p_same: Probability that the record is this person's.
    """

    __slots__ = ("_bars", "_parts", "bits_family", "bits_stranger", "p_same")

    def __init__(self, parts: Sequence[Part]) -> None:
        """Adds up the groups of fields that were compared, the prior among them."""
        self._parts = parts
        self._bars: tuple[Bar, ...] | None = None
        family = stranger = 0.0
        for _, one, other in parts:
            family += one
            stranger += other
        self.bits_family = family
        self.bits_stranger = stranger
        self.p_same = 1 / (1 + 2 ** _bounded(-family) + 2 ** _bounded(-stranger))

    @property
    def _steps(self) -> list[tuple[Comparison, float, float]]:
        return [step for part in self._parts for step in part[0]]

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
        if self._bars is None:
            self._bars = tuple(
                [
                    Bar(step.field, step.level, step.asked, step.held, family, stranger)
                    for step, family, stranger in self._steps
                ]
            )
        return self._bars

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

    def agrees(self, fields: frozenset[str]) -> bool:
        """Whether any of these fields is equal on both sides."""
        # Asked of every record that is looked at, so without a list of the steps.
        for steps, _, _ in self._parts:
            for step, _, _ in steps:
                if step[1] == "equal" and step[0] in fields:
                    return True
        return False

    def plus(self, level: str, bits: float) -> Score:
        """The score with what the other candidates say: as many bits against both others."""
        others = Comparison("others", level, "", "")
        return Score([*self._parts, ([(others, bits, bits)], bits, bits)])

    def without(self, *fields: str) -> Score:
        """The score had these fields not been compared."""
        kept = [step for step in self._steps if step[0].field not in fields]
        return Score([(kept, sum([step[1] for step in kept]), sum([step[2] for step in kept]))])


def _bounded(bits: float) -> float:
    return bits if -500.0 < bits < 500.0 else max(-500.0, min(500.0, bits))


# How the fields of each group are compared.
_COMPARED: tuple[Callable[[Norm, Norm], list[Comparison]], ...] = (
    compare.names,
    compare.births,
    compare.sexes,
    compare.places,
    compare.numbers,
    compare.contacts,
)


# Plain numbers: an enumeration's members are slow to name.
_NAMES = Group.NAMES.value
_QUICK = (Group.BIRTH.value, Group.SEX.value)
_LEFT_OPEN = ((Group.NUMBERS.value, "number"), (Group.CONTACTS.value, "contact"))

_Compared = tuple[list[Comparison], float]
"""Comparisons of one group, and their bits against family."""


class Scorer:
    """One query against many records.

    What records have in common is compared once: a household's address, a namesake's name, the
    birthday that brought a record up.

    Attributes:
        asked: What is asked.
        counts: Where the search is made.
        weights: The table of bits.
        strangers: How likely agreement by chance is.
    """

    def __init__(
        self, asked: Norm, counts: Counts, weights: Weights, strangers: Strangers | None = None
    ) -> None:
        self.asked = asked
        self.counts = counts
        self.weights = weights
        self._marks = marks(asked)
        self.strangers = strangers or Strangers(counts, weights)
        self._prior = self.strangers.prior
        self._bits = weights.bits
        # Written out: one search makes dozens of scorers.
        self._compared: Sequence[dict[object, _Compared]] = ({}, {}, {}, {}, {}, {})
        self._known: Sequence[dict[object, Part]] = ({}, {}, {}, {}, {}, {})

    def score(self, held: Norm) -> Score:
        """Compares all fields that both sides have."""
        parts = [self._prior]
        for group, (mark, known) in enumerate(zip(marks(held), self._known, strict=False)):
            if mark:
                parts.append(known.get(mark) or self.part(group, mark, held))
        return Score(parts)

    def part(self, group: int, mark: object, held: Norm) -> Part:
        """What the comparison of one group comes to.

        Args:
            group: A `Group`.
            mark: The record's mark of this group.
            held: The record.
        """
        found = self._known[group].get(mark)
        if found is None:
            known = self._compared[group].get(mark)
            compared = known[0] if known else _COMPARED[group](self.asked, held)
            steps: list[tuple[Comparison, float, float]] = []
            against_family = against_stranger = 0.0
            for comparison in compared:
                same, family, stranger = self._bits[comparison[0], comparison[1]]
                if stranger is None:
                    stranger = self.strangers.bits(comparison)
                steps.append((comparison, same - family, same - stranger))
                against_family += same - family
                against_stranger += same - stranger
            found = self._known[group][mark] = steps, against_family, against_stranger
        return found

    def _compare(self, group: int, mark: object, held: Norm) -> _Compared:
        """As `part`, without the bits against strangers: nothing is asked of the index."""
        found = self._compared[group].get(mark)
        if found is None:
            compared = _COMPARED[group](self.asked, held)
            family = 0.0
            for comparison in compared:
                bits = self._bits[comparison[0], comparison[1]]
                family += bits[0] - bits[1]
            found = self._compared[group][mark] = compared, family
        return found

    def may_reach(self, held: Norm, family: float) -> bool:
        """Whether a record's score against family may be as high as this.

        The fields that are quickly compared often show that it is no use to compare the rest.

        Args:
            held: The record.
            family: Bits.
        """
        mark = marks(held)
        most = self.weights.most_against_family
        bits = self._prior[1] + most["place"]
        for group, fields in _LEFT_OPEN:
            if mark[group] and self._marks[group]:
                bits += most[fields]
        for group in _QUICK:
            bits += self._compare(group, mark[group], held)[1]
        if bits + most["name"] < family:
            return False
        return bits + self._compare(_NAMES, mark[_NAMES], held)[1] >= family

    def foresee(self, records: Iterable[Norm]) -> set[tuple[str, str]]:
        """Values whose frequency scoring these records will want."""
        return {
            pair
            for held in records
            for group, mark in enumerate(marks(held)[: len(_COMPARED)])
            for comparison in self._compare(group, mark, held)[0]
            if self._bits[comparison.field, comparison.level][2] is None
            for pair in comparison.counted
        }


def score(asked: Norm, held: Norm, counts: Counts, weights: Weights) -> Score:
    """Compares two normal forms against the frequencies of where the search is made."""
    return Scorer(asked, counts, weights).score(held)


class Strangers:
    """The chance that a stranger's record agrees as well, remembered for one search.

    Args:
        counts: Where the search is made.
        weights: The table of bits.

    Attributes:
        prior: What is likely before anything is compared.
    """

    def __init__(self, counts: Counts, weights: Weights) -> None:
        prior = weights.prior
        others = max(counts.size - prior.own_records - prior.relatives, 1)
        against = log2(prior.own_records / prior.relatives), log2(prior.own_records / others)
        first = Comparison("prior", f"{counts.size} records", "", "")
        self.prior: Part = ([(first, *against)], *against)
        self._counts = counts
        self._weights = weights
        usual = weights.prior.frequency
        self._people = counts.size + usual.people
        self._usual = usual
        self._known: dict[tuple[str, str, tuple[tuple[str, str], ...]], float] = {}

    def share(self, field: str, kind: str, value: str) -> float:
        """The share of records with this value, drawn towards the usual in a small index."""
        expected = self._usual.share(field) * self._usual.people
        return (self._counts.frequency(kind, value) + expected) / self._people

    def bits(self, comparison: Comparison) -> float:
        """The chance as log2, of a level that takes it from the index."""
        field, level, _, _, counted = comparison
        found = self._known.get((field, level, counted))
        if found is None:
            found = self._known[field, level, counted] = log2(self._chance(field, level, counted))
        return found

    def _chance(self, field: str, level: str, counted: tuple[tuple[str, str], ...]) -> float:
        shares = [self.share(field, kind, value) for kind, value in counted]
        times = self._weights.levels[field][level].times
        if level == "variant":
            return min(1.0, sum(shares) * times)
        # Of two spellings the commoner is the one that a stranger may have.
        if level == "close":
            return min(1.0, max(shares) * times)
        # Two words of a name are rarer together, but not as rare as if they were unrelated.
        return min(1.0, min(shares) * times)


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
