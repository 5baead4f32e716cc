"""How likely a second person of the same name was born on the same day.

The score takes forename and surname to be independent of each other. They are not: whoever is
called Kowalska is a hundred times likelier to be called Aleksandra than her neighbours are. Where
a match hangs on a name and a birthday, the records that bear this very name are counted.
"""

from __future__ import annotations

from math import log2

from rights.identity.index import Index
from rights.identity.normalise import Norm
from rights.identity.score import Score
from rights.identity.weights import Weights
from rights.names import variants


def odds_of_a_namesake(
    asked: Norm, held: Norm, score: Score, index: Index, weights: Weights
) -> float:
    """Odds that a record is a stranger's of that name against its being the person's.

    Args:
        asked: What is asked.
        held: The record, which scored well.
        score: How well.
        index: Where names are counted.
        weights: The table the record was scored by.
    """
    bits = score.bits_stranger
    # The most that counting can change is the whole weight of the surname.
    surname = bits - score.without("surname").bits_stranger
    if bits - max(surname, 0.0) >= -log2(weights.namesake):
        return 2**-bits
    return 2 ** -(bits - max(_surplus(asked, held, index, weights), 0.0))


def _surplus(asked: Norm, held: Norm, index: Index, weights: Weights) -> float:
    """Bits by which the full name is commoner than its parts say."""
    fores = held.first_names & asked.first_names.union(*map(variants, asked.first_names))
    pairs = [(one, other) for one in fores for other in held.surname_tokens & asked.surname_tokens]
    return max((_commoner(*pair, index, weights) for pair in pairs), default=0.0)


def _commoner(forename: str, surname: str, index: Index, weights: Weights) -> float:
    usual = weights.prior.frequency
    people = index.size + usual.people
    expected = people * (usual.forename * usual.people + index.frequency("forename", forename))
    expected *= (usual.surname * usual.people + index.frequency("surname", surname)) / people**3
    # The person's own records, and those of a parent of that name, are no strangers'.
    found = index.bearers(forename, surname) - 2 * weights.prior.own_records
    return log2(found / index.size / expected) if found > 0 else 0.0
