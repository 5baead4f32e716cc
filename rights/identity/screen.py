"""Ruling records out before they are scored: by a bound that no field left over can lift.

Most records that share a key with a query are strangers with a name or a birthday in common. The
quick fields are compared first; the names, which take longest, are taken to agree as well as they
possibly could. What even then stays below the review band would stay below it when scored.
"""

from __future__ import annotations

from math import log2

from rights.identity.groups import Group, marks
from rights.identity.normalise import Norm
from rights.identity.score import Scorer

_NAMES = ("forename", "middle_name", "surname")
_CONTACTS = ("phone", "email")
_PLACES = ("address", "street")
# Plain numbers: to look one up in an enumeration for each record takes longer than to use it.
_BIRTH, _SEX, _PLACE = Group.BIRTH.value, Group.SEX.value, Group.PLACES.value
_NUMBERS, _CONTACT = Group.NUMBERS.value, Group.CONTACTS.value


class Screen:
    """A query, ready to rule records out; what it compares need not be compared again to score."""

    def __init__(self, scorer: Scorer) -> None:
        asked, counts, weights = scorer.asked, scorer.counts, scorer.weights
        self._scorer = scorer
        self._weights = weights
        prior = weights.prior
        strangers = max(counts.size - prior.own_records - prior.relatives, 1)
        middle = any(len(name) > 1 for name in asked.forenames)
        names = [field for field in _NAMES if middle or field != "middle_name"]
        self._start = log2(prior.own_records / strangers) + sum(map(self._best, names))
        self._places = sum(map(self._best, _PLACES))
        self._contacts = sum(map(self._best, _CONTACTS))
        # What a person has one record of may gain once more, when nothing else fits.
        self._need = log2(weights.bands.review / (1 - weights.bands.review))
        self._need += min(log2(prior.unmatched), 0.0)
        self._kinds = frozenset(kind for kind, _ in asked.numbers)

    def hopeless(self, held: Norm) -> bool:
        """Whether a record cannot reach the review band, nor shares a number."""
        mark, part = marks(held), self._scorer.part
        # Numbers, whether they agree or nearly so, are left to the scorer.
        if mark[_NUMBERS] and self._kinds.intersection([kind for kind, _ in held.numbers]):
            return False
        bits = self._start
        if mark[_BIRTH]:
            bits += part(_BIRTH, mark[_BIRTH], held)[2]
        if mark[_SEX]:
            bits += part(_SEX, mark[_SEX], held)[2]
        reach = bits + (self._places if mark[_PLACE] else 0.0)
        reach += self._contacts if mark[_CONTACT] else 0.0
        if reach < self._need:
            return True
        if mark[_PLACE]:
            bits += part(_PLACE, mark[_PLACE], held)[2]
        if mark[_CONTACT]:
            bits += part(_CONTACT, mark[_CONTACT], held)[2]
        return bits < self._need

    def _best(self, field: str) -> float:
        """The most that a field can add, whatever the record holds."""
        most = self._weights.most_bits[field]
        pairs = self._counted(field)
        if not pairs:
            return most
        # The rarest value that can agree bounds the others.
        share = min([self._scorer.strangers.share(field, *pair) for pair in pairs])
        for same, times in self._weights.counted_levels[field]:
            most = max(most, same - log2(min(1.0, share * times)))
        return most

    def _counted(self, field: str) -> list[tuple[str, str]]:
        """Values of what is asked whose frequency is a stranger's chance to agree."""
        asked = self._scorer.asked
        match field:
            case "forename":
                return [("forename", word) for name in asked.forenames for word in name]
            case "surname":
                return [("surname", word) for name in asked.surnames for word in name]
            case "address":
                places = [("place", f"{code} {number}") for code, number in asked.places]
                return places + [("postcode", code) for code in asked.postcodes]
            case "street":
                return [("word", word) for line in asked.streets for word in line[1:]]
            case _:
                return []
