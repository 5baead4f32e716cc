"""Weights fitted to the data that is searched: the two proportions, and how clerks there slip.

A council's index is full of families; a list of voters may hold none, and one table of names is
keyed with more care than another. Over a sample a few rounds of EM measure how many records a
person and their relatives have, how often each level of agreement is reached by records of one
person, and, from pairs taken at random, by strangers'. The family's column is never learnt: left to
learn it settles on shared institutional addresses. Nor are the levels learnt where there are
families: namesakes among relatives and neighbours would be taken for the person, and what tells
them apart for slips. Everything is drawn towards the table of this
version, so that a small sample changes little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any, Protocol

from rights.identity.compare import compare
from rights.identity.normalise import Norm
from rights.identity.score import Counts, Score, score
from rights.identity.weights import Weights

_ROUNDS = 15
_TURNS = 12  # in which a sample is looked at
_ENOUGH = 20_000  # pairs, after which another turn would change nothing to speak of
_CANDIDATES = 300  # more share a key only where half the index has one value
_ONCE = 1.02  # records a person, up to which a table is taken to hold each person once
_LEAST_UNMATCHED = 0.01
_RANDOM = 150  # records paired at random with as many others


class Record(Protocol):
    """A record with its normal form."""

    @property
    def id(self) -> int:
        """Its number in the index."""
        ...

    @property
    def norm(self) -> Norm:
        """What is compared."""
        ...


class Sampled(Counts, Protocol):
    """An index that can be sampled."""

    def sample(self, count: int) -> Iterable[Record]:
        """At most `count` records, evenly spread and always the same ones."""
        ...

    def near(self, norm: Norm) -> Iterable[Record]:
        """The records that a search for this person compares."""
        ...


@dataclass(frozen=True, slots=True)
class _Pair:
    """Levels two records reached, and their odds under the table: family and stranger to same."""

    levels: tuple[tuple[str, str], ...]
    family: float
    stranger: float


def fit_proportions(index: Sampled, weights: Weights) -> Weights:
    """The table with its two proportions measured in an index; unchanged if that is small."""
    if index.size < weights.prior.measured_from:
        return weights
    records = list(index.sample(weights.prior.sample))
    pairs: list[_Pair] = []
    looked_at = 0
    # Each turn is spread over the whole index, so that stopping early leaves no part of it out.
    for turn in range(_TURNS):
        for record in records[turn::_TURNS]:
            pairs += _pairs(record.norm, index, weights, record.id)
            looked_at += 1
        if len(pairs) >= _ENOUGH:
            break
    own, relatives, _ = _expected(pairs, looked_at, weights, itself=1, learn=False)
    return _changed(weights, own, relatives, {}, {})


def fit(index: Sampled, asked: Sequence[Norm], weights: Weights) -> Weights:
    """The table fitted to many queries that are put to one index, as when tables are linked.

    Args:
        index: What is searched.
        asked: The queries; a sample of them is looked at. Fewer than the table's
            `measured_from` are not enough, and the index alone is measured.
        weights: The table to start from.
    """
    if min(index.size, len(asked)) < weights.prior.measured_from:
        return fit_proportions(index, weights)
    some = asked[:: max(len(asked) // weights.prior.sample, 1)]
    pairs = [pair for norm in some for pair in _pairs(norm, index, weights, None)]
    within = fit_proportions(index, weights).prior
    learn = within.relatives < weights.prior.few_relatives
    own, relatives, same = _expected(pairs, len(some), weights, itself=0, learn=learn)
    strangers = _strangers(some, index, weights) if learn else {}
    fitted = _changed(weights, own, relatives, same if learn else {}, strangers)
    changed: dict[str, object] = {"families": within.relatives >= weights.prior.no_families}
    if within.own_records <= _ONCE and own <= _ONCE:
        changed["unmatched"] = min(max(1 - own, _LEAST_UNMATCHED), 1.0)
    return fitted.model_copy(update={"prior": fitted.prior.model_copy(update=changed)})


def _pairs(norm: Norm, index: Sampled, weights: Weights, itself: int | None) -> Iterator[_Pair]:
    found = iter(index.near(norm))
    for other, _ in zip(found, range(_CANDIDATES), strict=False):
        if other.id != itself:
            result = score(norm, other.norm, index, weights)
            yield _Pair(_levels(result), result.odds_family, result.odds_stranger)


def _levels(result: Score) -> tuple[tuple[str, str], ...]:
    return tuple((field, level) for field, level in result.levels if field != "prior")


def _expected(
    pairs: Sequence[_Pair], asked: int, weights: Weights, *, itself: int, learn: bool
) -> tuple[float, float, dict[tuple[str, str], float]]:
    """EM: own records, relatives' records, and the levels' chances for one person's records.

    Args:
        pairs: Of all queries with what shares a key with them.
        asked: How many queries there were.
        weights: The table they were scored by.
        itself: 1 where each query is a record of the index that was left out of its own pairs.
        learn: Whether the levels are learnt as well.
    """
    prior = weights.prior
    start = {
        (field, name): level.same
        for field, levels in weights.levels.items()
        for name, level in levels.items()
    }
    same = dict(start)
    own, relatives = prior.own_records, prior.relatives
    for _ in range(_ROUNDS):
        gain = {key: log2(value / start[key]) for key, value in same.items()}
        reached: defaultdict[tuple[str, str], float] = defaultdict(float)
        compared: defaultdict[str, float] = defaultdict(float)
        found = family = 0.0
        for pair in pairs:
            # Odds of the same person under the changed table, relative to those it was scored by.
            more = own / prior.own_records * 2 ** sum([gain[key] for key in pair.levels])
            f = pair.family * relatives / prior.relatives
            share = more / (more + f + pair.stranger)
            found += share
            family += f / (more + f + pair.stranger)
            if learn and share > 0.01:
                for key in pair.levels:
                    reached[key] += share
                    compared[key[0]] += share
        own = max(itself + found / asked, 0.01)
        relatives = max(family / asked, prior.least_relatives)
        if learn:
            same = _drawn(start, reached, compared, prior.imagined_same)
    return own, relatives, same


def _drawn(
    start: Mapping[tuple[str, str], float],
    reached: Mapping[tuple[str, str], float],
    compared: Mapping[str, float],
    imagined: float,
) -> dict[tuple[str, str], float]:
    return {
        key: (reached.get(key, 0) + usual * imagined) / (compared.get(key[0], 0) + imagined)
        for key, usual in start.items()
    }


def _strangers(
    asked: Sequence[Norm], index: Sampled, weights: Weights
) -> dict[tuple[str, str], float]:
    """How often each level that has a fixed chance is reached by records taken at random."""
    start = {
        (field, name): level.stranger
        for field, levels in weights.levels.items()
        for name, level in levels.items()
        if not isinstance(level.stranger, str)
    }
    reached: defaultdict[tuple[str, str], float] = defaultdict(float)
    compared: defaultdict[str, float] = defaultdict(float)
    others = [record.norm for record in index.sample(_RANDOM)]
    for one in asked[:: max(len(asked) // _RANDOM, 1)]:
        for other in others:
            for comparison in compare(one, other):
                reached[comparison.field, comparison.level] += 1
                compared[comparison.field] += 1
    return _drawn(start, reached, compared, weights.prior.imagined_strangers)


def _changed(
    weights: Weights,
    own: float,
    relatives: float,
    same: dict[tuple[str, str], float],
    strangers: dict[tuple[str, str], float],
) -> Weights:
    table: dict[str, Any] = weights.model_dump()
    table["prior"] |= {"own_records": own, "relatives": relatives}
    for (field, name), value in same.items():
        table["levels"][field][name]["same"] = min(value, 1.0)
    for (field, name), value in strangers.items():
        table["levels"][field][name]["stranger"] = min(value, 1.0)
    return Weights.model_validate(table)
