"""Named rules on top of the score: a guard sends a record to a human, whatever its score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rights.identity.birth import GENERATION, rough_years
from rights.identity.index import Entry, Index
from rights.identity.namesakes import odds_of_a_namesake
from rights.identity.normalise import Norm
from rights.identity.score import Score
from rights.identity.weights import Weights
from rights.names import is_respelt

_NUMBERS = ("nhs", "upn", "nino", "other_number")
_ANY_NUMBER = frozenset(_NUMBERS)


@dataclass(frozen=True, slots=True)
class Guard:
    """A rule that stopped an automatic match. `sentence` is for the officer."""

    code: str
    sentence: str


def number_agrees(score: Score) -> bool:
    """Whether any valid number is equal."""
    return score.agrees(_ANY_NUMBER)


def guards_for(
    asked: Norm, entry: Entry, score: Score, index: Index, weights: Weights
) -> tuple[Guard, ...]:
    """Every guard that stands on one record, apart from those that need the other records."""
    found = [
        _restricted(entry.norm),
        _number_conflict(score),
        _relative(asked, entry.norm, score, weights),
        _placeholder(entry, score),
        _crowded(entry.norm, score, index, weights),
        _number_only(score, weights),
        _no_key(entry),
        _namesake(asked, entry.norm, score, index, weights),
    ]
    return tuple(guard for guard in found if guard)


def foreseen(held: Norm) -> Iterator[tuple[str, str]]:
    """Values of a record whose frequency its guards may ask for."""
    yield from (("place", f"{code} {number}") for code, number in held.places)


def _restricted(held: Norm) -> Guard | None:
    if held.adopted:
        return Guard(
            "adopted",
            "The record carries an adoption warning: a link between a birth and an adopted "
            "identity is only ever made by an authorised adoption worker.",
        )
    if held.restricted:
        return Guard("restricted", "The record is restricted: a person must decide.")
    return None


def _number_conflict(score: Score) -> Guard | None:
    kinds = [kind for kind in _NUMBERS if score.level(kind) == "conflict"]
    if not kinds:
        return None
    return Guard("number_conflict", f"Both sides have a valid number and they differ ({kinds[0]}).")


def _relative(asked: Norm, held: Norm, score: Score, weights: Weights) -> Guard | None:
    """Twin, or parent and child; not where tables hold no families."""
    if not weights.prior.families:
        return None
    return _twin(asked, held, score) or _parent_gap(asked, held, score)


def _twin(asked: Norm, held: Norm, score: Score) -> Guard | None:
    level = score.level("forename")
    if number_agrees(score):
        return None
    born = score.level("date_of_birth")
    if level == "exact" and score.level("middle_name") == "different" and born.startswith("exact"):
        return Guard(
            "twin",
            "The first forename is the same and the others differ: twins may share the first.",
        )
    # Arjan Singh and Singh Arjun may be brothers: swapped round, the forename must still be it.
    if level == "exact" or (level == "swapped" and asked.whole_forenames & held.whole_surnames):
        return None
    if level == "variant":
        # Harry and Henry may be one boy or two; born on another day they are no twins.
        if not born.startswith("exact") or _middle(asked) & _middle(held):
            return None
        # Nobody calls one twin Layla and the other Leila.
        if any(is_respelt(one, two) for one in asked.first_names for two in held.first_names):
            return None
        return Guard(
            "twin", "The forename is another form of the one asked for, and a twin may bear it."
        )
    return Guard(
        "twin", "Neither the forename nor a number tells this record from a brother's or sister's."
    )


def _middle(norm: Norm) -> frozenset[str]:
    """Whole words among the forenames after the first."""
    return frozenset(word for words in norm.forenames for word in words[1:] if len(word) > 1)


def _parent_gap(asked: Norm, held: Norm, score: Score) -> Guard | None:
    if score.level("forename") not in ("exact", "variant", "middle"):
        return None
    gaps = [abs(one - other) for one in _years(asked) for other in _years(held)]
    if not gaps or min(gaps) < GENERATION:
        return None
    return Guard(
        "parent_gap", f"The same name, born {min(gaps)} years apart: likely parent and child."
    )


def _years(norm: Norm) -> set[int]:
    """Every year in which the person may be born."""
    rough = {year for text in norm.rough for year in rough_years(text)}
    return rough.union(day.year for day in norm.dobs)


def _placeholder(entry: Entry, score: Score) -> Guard | None:
    if entry.norm.unnamed or (entry.norm.expected and not entry.norm.dobs):
        return Guard("placeholder", "The record is of an unborn or unnamed child.")
    if number_agrees(score):
        return None
    year = score.level("birth_year")
    # In one house nobody else of that name was born in that year.
    settled = score.level("forename") == "exact" and score.level("address") == "same_house"
    if year == "about" or (year == "year" and not settled):
        return Guard("birth_year_only", "Of the date of birth only the year could be compared.")
    if not score.level("date_of_birth") and not year:
        return Guard("no_birth_date", "Neither a date of birth nor a number could be compared.")
    return None


def _crowded(held: Norm, score: Score, index: Index, weights: Weights) -> Guard | None:
    if score.level("address") not in ("same_house", "same_postcode"):
        return None
    records = max((index.frequency(*pair) for pair in foreseen(held)), default=0)
    crowd = round(records / max(weights.prior.own_records, 1))
    if crowd < weights.crowded_address:
        return None
    if score.without("address", "street").p_same >= weights.bands.match:
        return None
    return Guard("shared_address", f"About {crowd} people are recorded at this address.")


def _namesake(
    asked: Norm, held: Norm, score: Score, index: Index, weights: Weights
) -> Guard | None:
    if score.p_same < weights.bands.match:
        return None
    if _born_otherwise(score):
        return Guard(
            "namesake",
            "The name agrees, but the date of birth is more than one slip away and they do not "
            "share a house or a number.",
        )
    if not _name_alone(score):
        return None
    if odds_of_a_namesake(asked, held, score, index, weights) < weights.namesake:
        return None
    return Guard(
        "namesake",
        "The name is so common here that somebody else of that name may be born on the same day; "
        "nothing else tells them apart.",
    )


def _born_otherwise(score: Score) -> bool:
    """Whether two people of one name are likelier than two slips in one date."""
    if score.level("date_of_birth") not in ("two_digits", "different"):
        return False
    return score.level("address") != "same_house" and not number_agrees(score)


_NAMED = ("exact", "variant", "swapped")
_ELSEWHERE = {
    "address": ("", "different", "outcode", "near_code", "sector"),
    "street": ("", "different", "part"),
    "phone": ("", "different"),
    "email": ("", "different"),
    "middle_name": ("", "different", "initial"),
}


def _name_alone(score: Score) -> bool:
    """Whether the name agrees, and besides it hardly anything but the birthday and the sex."""
    if score.level("forename") not in _NAMED or number_agrees(score):
        return False
    return all(score.level(field) in levels for field, levels in _ELSEWHERE.items())


def _number_only(score: Score, weights: Weights) -> Guard | None:
    if not number_agrees(score) or score.p_same >= weights.bands.review:
        return None
    return Guard("number_only", "A number agrees but the rest does not: it may be keyed wrongly.")


def _no_key(entry: Entry) -> Guard | None:
    if entry.key:
        return None
    return Guard("no_key", "The source gives this record no key: it must be fetched by hand.")
