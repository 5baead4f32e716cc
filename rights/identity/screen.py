"""Ruling records out before they are scored: by a bound that no field left over can lift.

Most records that share a key with a query are strangers with a name or a birthday in common. The
quick fields are compared first; the names, which take longest, are taken to agree as well as they
possibly could. What even then stays below the review band would stay below it when scored.
"""

from __future__ import annotations

from math import log2

from rights.identity.comparison import Comparison
from rights.identity.normalise import Norm
from rights.identity.score import Group, Scorer, stranger_bits

_NAMES = ("forename", "middle_name", "surname")
_CONTACTS = ("phone", "email")
_PLACES = ("address", "street")


class Screen:
    """A query, ready to rule records out; what it compares need not be compared again to score."""

    def __init__(self, scorer: Scorer) -> None:
        asked, counts, weights = scorer.asked, scorer.counts, scorer.weights
        self._scorer = scorer
        self._asked = asked
        self._counts = counts
        self._weights = weights
        prior = weights.prior
        strangers = max(counts.size - prior.own_records - prior.relatives, 1)
        self._start = log2(prior.own_records / strangers) + sum(map(self._best, _NAMES))
        self._places = sum(map(self._best, _PLACES))
        self._contacts = sum(map(self._best, _CONTACTS))
        # What a person has one record of may gain once more, when nothing else fits.
        self._need = log2(weights.bands.review / (1 - weights.bands.review))
        self._need += min(log2(prior.unmatched), 0.0)
        self._kinds = frozenset(kind for kind, _ in asked.numbers)

    def hopeless(self, held: Norm) -> bool:
        """Whether a record cannot reach the review band, nor shares a number."""
        # Numbers, whether they agree or nearly so, are left to the scorer.
        if self._kinds and any(kind in self._kinds for kind, _ in held.numbers):
            return False
        bits = self._start + self._bits(Group.BIRTH, held) + self._bits(Group.SEX, held)
        reach = bits + (self._places if held.postcodes or held.streets else 0.0)
        reach += self._contacts if held.phones or held.emails else 0.0
        if reach < self._need:
            return True
        bits += self._bits(Group.PLACES, held) + self._bits(Group.CONTACTS, held)
        return bits < self._need

    def _bits(self, group: Group, held: Norm) -> float:
        return sum([step[2] for step in self._scorer.steps(group, held)])

    def _best(self, field: str) -> float:
        """The most that a field can add, whatever the record holds."""
        found = [0.0]
        for (name, _), (same, _, stranger) in self._weights.bits.items():
            if name == field and stranger is not None:
                found.append(same - stranger)
        found += [
            self._weights.bits[step.field, step.level][0]
            - stranger_bits(step, self._counts, self._weights)
            for step in self._agreeing(field)
        ]
        return max(found)

    def _agreeing(self, field: str) -> list[Comparison]:
        """Comparisons in which what is asked agrees, value by value."""
        asked = self._asked
        match field:
            case "forename":
                pairs = [("forename", word) for name in asked.forenames for word in name]
            case "surname":
                pairs = [("surname", word) for name in asked.surnames for word in name]
            case "address":
                pairs = [("place", f"{code} {number}") for code, number in asked.places]
                pairs += [("postcode", code) for code in asked.postcodes]
            case "street":
                pairs = [("word", word) for line in asked.streets for word in line[1:]]
            case _:
                pairs = []
        # A pair counted for the rarest level of its field bounds the others.
        levels = [
            level
            for (name, level), (_, _, stranger) in self._weights.bits.items()
            if name == field and stranger is None
        ]
        return [Comparison(field, level, "", "", (pair,)) for level in levels for pair in pairs]
