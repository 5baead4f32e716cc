"""Finding every record of one person in the index, and never a relative's among the matches."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rights.errors import InputError
from rights.identity.explain import sentence, why_not_relative
from rights.identity.guards import Guard, guards_for, number_agrees
from rights.identity.index import Entry, Index
from rights.identity.keys import query_keys
from rights.identity.normalise import Norm, Query, merge, of_query
from rights.identity.score import Bar, Score, score
from rights.identity.weights import Weights, load_weights
from rights.sources.model import SourcePerson


class Band(StrEnum):
    """What is done with a record. A match, too, is confirmed by a human once."""

    MATCH = "match"
    REVIEW = "review"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that is, or may be, the person's. Everything but codes is personal data.

    Attributes:
        p_same: Probability that it is this person's record.
        p_family: Probability that it is a relative's or housemate's.
        guards: Rules that sent it to a human.
        bars: The waterfall; `against_family` sums to `bits_family`, and so for strangers.
        sentence: Why, in one plain sentence.
        why_not_relative: What tells it from the nearest relative found; '' when none was.
        found_via: "source key" of the confirmed record without whose facts it would not have
            been found here; '' when the query alone found it.
    """

    source: str
    key: str
    band: Band
    p_same: float
    p_family: float
    bits_family: float
    bits_stranger: float
    guards: tuple[Guard, ...]
    bars: tuple[Bar, ...]
    sentence: str
    why_not_relative: str
    found_via: str
    person: SourcePerson = field(repr=False)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Candidates, the likeliest first, and how many more were compared and rejected."""

    candidates: tuple[Candidate, ...]
    rejected: int
    weights_version: int


@dataclass(frozen=True, slots=True)
class _Scored:
    entry: Entry
    score: Score
    guards: tuple[Guard, ...]
    band: Band
    found_via: str = ""


def search(index: Index, query: Query, confirmed: Collection[tuple[str, str]] = ()) -> SearchResult:
    """Finds the person's records.

    Args:
        index: Built from the sources.
        query: Everything known about the person.
        confirmed: (source, key) of records a human has confirmed. Their names, addresses and
            numbers are searched by as well, and a confirmed number rules records out that
            carry another. What only they find says so, and never chains on.

    Raises:
        InputError: The query holds nothing to search by.
    """
    asked = of_query(query)
    if not query_keys(asked):
        raise InputError(
            "identity.nothing_to_search_by",
            "There is nothing to search by.",
            "Give a name with a date of birth or postcode, or a number.",
        )
    weights = load_weights()
    found = {item.entry.id: item for item in _pass(index, asked, weights)}
    known = [entry for source, key in confirmed if (entry := index.entry(source, key))]
    if known:
        wider = merge(asked, [entry.norm for entry in known])
        for item in _pass(index, wider, weights):
            before = found.get(item.entry.id)
            better = before is None or _rank(item.band) < _rank(before.band)
            via = _nearest(item, known, index, weights) if better else ""
            found[item.entry.id] = replace(item, found_via=via)
    items = _told_apart(list(found.values()), index, weights)
    return _result(items, weights)


def _rank(band: Band) -> int:
    return [Band.MATCH, Band.REVIEW, Band.NONE].index(band)


def _pass(index: Index, asked: Norm, weights: Weights) -> list[_Scored]:
    found: list[_Scored] = []
    for entry in index.candidates(query_keys(asked)):
        result = score(asked, entry.norm, index, weights)
        guards = guards_for(asked, entry, result, index, weights)
        found.append(_Scored(entry, result, guards, _band(result, guards, weights)))
    return found


def _band(result: Score, guards: Sequence[Guard], weights: Weights) -> Band:
    codes = {guard.code for guard in guards}
    if result.p_same < weights.bands.review and "number_only" not in codes:
        return Band.NONE
    return Band.MATCH if result.p_same >= weights.bands.match and not codes else Band.REVIEW


def _told_apart(items: list[_Scored], index: Index, weights: Weights) -> list[_Scored]:
    """The entity step: a match that fits another person found here as well goes to a human."""
    others = [item for item in items if item.band is Band.NONE and _says_who(item.entry.norm)]
    exact = {
        item.entry.person.source
        for item in items
        if item.band is Band.MATCH and item.score.level("forename") == "exact"
    }
    out: list[_Scored] = []
    for item in items:
        if item.band is Band.MATCH:
            guard = _other_spelling(item, exact) or _fits_another(item, others, index, weights)
            if guard:
                item = replace(item, guards=(*item.guards, guard), band=Band.REVIEW)
        out.append(item)
    return out


def _says_who(held: Norm) -> bool:
    return bool(held.forenames and (held.dobs or held.numbers))


def _other_spelling(item: _Scored, exact: Collection[str]) -> Guard | None:
    """Isabel and Isabella in one system may be twins as well as one child keyed twice."""
    if item.score.level("forename") != "variant" or item.entry.person.source not in exact:
        return None
    if number_agrees(item.score):
        return None
    return Guard(
        "other_spelling",
        "This system also holds a record with the forename exactly as asked; "
        "this one, written otherwise, may be a brother's or sister's.",
    )


def _fits_another(
    item: _Scored, others: Sequence[_Scored], index: Index, weights: Weights
) -> Guard | None:
    for other in others:
        result = score(other.entry.norm, item.entry.norm, index, weights)
        # A twin always shares everything but the forename; that alone is no second owner.
        if result.level("forename") != "different" and result.p_same >= weights.fits_another:
            return Guard(
                "fits_another",
                f"It also fits another person found here "
                f"({other.entry.person.source}, record {other.entry.person.key}).",
            )
    return None


def _nearest(item: _Scored, known: Sequence[Entry], index: Index, weights: Weights) -> str:
    best = max(known, key=lambda e: score(e.norm, item.entry.norm, index, weights).p_same)
    return f"{best.person.source} {best.person.key}"


def _result(items: Sequence[_Scored], weights: Weights) -> SearchResult:
    kept = [item for item in items if item.band is not Band.NONE]
    kept.sort(key=lambda item: (_rank(item.band), -item.score.p_same, item.entry.id))
    relatives = [
        item.entry
        for item in sorted(items, key=lambda item: -item.score.p_family)
        if item.band is Band.NONE and item.score.p_family >= 0.5
    ]
    candidates = tuple(
        Candidate(
            source=item.entry.person.source,
            key=item.entry.person.key,
            band=item.band,
            p_same=item.score.p_same,
            p_family=item.score.p_family,
            bits_family=item.score.bits_family,
            bits_stranger=item.score.bits_stranger,
            guards=item.guards,
            bars=item.score.bars,
            sentence=sentence(item.score),
            why_not_relative=why_not_relative(item.entry, relatives),
            found_via=item.found_via,
            person=item.entry.person,
        )
        for item in kept
    )
    return SearchResult(candidates, len(items) - len(kept), weights.version)
