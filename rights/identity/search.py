"""Finding every record of one person in the index, and never a relative's among the matches."""

from __future__ import annotations

import gc
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from math import log2

from rights.errors import InputError
from rights.identity.compare import CHECKED
from rights.identity.explain import sentence, why_not_relative
from rights.identity.groups import Group, marks
from rights.identity.guards import Guard, foreseen, guards_for, number_agrees
from rights.identity.index import Entry, Index
from rights.identity.keys import query_keys
from rights.identity.names import compare_forenames
from rights.identity.normalise import Norm, Query, counted, merge, of_query
from rights.identity.score import Bar, Score, Scorer, Strangers, score, settle
from rights.identity.screen import Screen
from rights.identity.weights import Weights
from rights.names import variants
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
class Rejected:
    """A record that shares a key with what was asked and is not put before anybody.

    Attributes:
        p_same: Probability that it is this person's all the same; None when it was ruled out
            before it was scored: no agreement of its names could have lifted it, or it shares
            nothing but one common key.
    """

    source: str
    key: str
    p_same: float | None
    p_family: float | None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Candidates, the likeliest first, and what became of the rest.

    Attributes:
        rejected: How many more share a key with what was asked.
        limits: What the search did not reach; sentences without personal data.
        rejects: The rejected ones, for the audit, where they were asked for.
    """

    candidates: tuple[Candidate, ...]
    rejected: int
    weights_version: int
    limits: tuple[str, ...] = ()
    rejects: tuple[Rejected, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """How a search is made.

    Attributes:
        guards: Whether guards and the entity step send doubtful matches to a human. Without
            them the probability alone decides: for measuring, and for data without families.
        keep_rejected: Whether the result lists what was rejected.
        without: (source, key) of records that are not compared, such as the one that asks.
    """

    guards: bool = True
    keep_rejected: bool = False
    without: frozenset[tuple[str, str]] = frozenset()


@dataclass(slots=True)
class _Found:
    """What one pass, or two, brought up."""

    items: dict[int, _Scored] = field(default_factory=dict[int, "_Scored"])
    screened: set[int] = field(default_factory=set[int])
    limits: dict[str, None] = field(default_factory=dict[str, None])


@dataclass(slots=True)
class _Scored:
    entry: Entry
    score: Score
    guards: tuple[Guard, ...]
    band: Band
    found_via: str = ""


_USUAL = Settings()
_ROUNDING = 1e-6  # bits
_OTHERS = 30  # rejected records that are held against the matches


def search(
    index: Index,
    query: Query,
    confirmed: Collection[tuple[str, str]] = (),
    settings: Settings = _USUAL,
) -> SearchResult:
    """Finds the person's records.

    Args:
        index: Built from the sources.
        query: Everything known about the person.
        confirmed: (source, key) of records a human has confirmed. Their names, addresses and
            numbers are searched by as well, and a confirmed number rules records out that
            carry another. What only they find says so, and never chains on.
        settings: How the search is made.

    Raises:
        InputError: The query holds nothing to search by.
    """
    return search_norm(index, of_query(query), confirmed, settings)


def search_norm(
    index: Index,
    asked: Norm,
    confirmed: Collection[tuple[str, str]] = (),
    settings: Settings = _USUAL,
) -> SearchResult:
    """As `search`, with a query in its normal form, such as a record's own."""
    with _uninterrupted():
        return _search(index, asked, confirmed, settings)


@contextmanager
def _uninterrupted() -> Generator[None]:
    """Puts the collector of reference cycles off: it takes a tenth of a search and finds none."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _search(
    index: Index, asked: Norm, confirmed: Collection[tuple[str, str]], settings: Settings
) -> SearchResult:
    keys = query_keys(asked)
    if not keys:
        raise InputError(
            "identity.nothing_to_search_by",
            "There is nothing to search by.",
            "Give a name with a date of birth or postcode, or a number.",
        )
    weights = index.weights
    found = _Found()
    for item in _pass(index, asked, keys, settings, found):
        found.items[item.entry.id] = item
    known = [entry for source, key in confirmed if (entry := index.entry(source, key))]
    if known:
        wider = merge(asked, [entry.norm for entry in known])
        for item in list(_pass(index, wider, query_keys(wider), settings, found)):
            before = found.items.get(item.entry.id)
            better = before is None or _rank(item.band) < _rank(before.band)
            via = _nearest(item, known, index, weights) if better else ""
            found.items[item.entry.id] = replace(item, found_via=via)
    found.screened.difference_update(found.items)
    items = list(found.items.values())
    if settings.guards:
        items = _told_apart(items, index, weights)
    return _result(items, found, index, weights, settings)


def _rank(band: Band) -> int:
    return [Band.MATCH, Band.REVIEW, Band.NONE].index(band)


def _pass(
    index: Index, asked: Norm, keys: Mapping[int, int], settings: Settings, found: _Found
) -> Iterator[_Scored]:
    weights = index.weights
    index.learn(_likely(asked))
    shared = index.candidates(keys)
    found.screened.update(shared.screened)
    found.limits.update(dict.fromkeys(shared.limits))
    scorer = Scorer(asked, index, weights)
    screen = Screen(scorer)
    entries: list[Entry] = []
    for entry in index.entries(shared.ids):
        if settings.without and (entry.source, entry.key) in settings.without:
            continue
        if screen.hopeless(entry.norm):
            found.screened.add(entry.id)
        else:
            entries.append(entry)
    if index.backend.distant:
        index.learn(scorer.foresee([entry.norm for entry in entries]))
    scores = settle([scorer.score(entry.norm) for entry in entries], weights)
    review = weights.bands.review
    if index.backend.distant and settings.guards:
        likely = [e for e, one in zip(entries, scores, strict=True) if one.p_same >= review]
        index.learn(pair for entry in likely for pair in foreseen(entry.norm))
    for entry, result in zip(entries, scores, strict=True):
        # Guards only stop what could be put forward; they are not asked about the rest.
        guards: tuple[Guard, ...] = ()
        if settings.guards and (
            result.p_same >= review or (asked.numbers and number_agrees(result))
        ):
            guards = guards_for(asked, entry, result, index, weights)
        yield _Scored(entry, result, guards, _band(result, guards, weights))


def _likely(asked: Norm) -> list[tuple[str, str]]:
    """Values whose frequency the comparisons will want: those of whoever agrees with the query."""
    names = {name for word in asked.first_names for name in variants(word)}
    return [*counted(asked), *(("forename", name) for name in sorted(names))]


def _band(result: Score, guards: Sequence[Guard], weights: Weights) -> Band:
    if result.p_same < weights.bands.review:
        number_only = any(guard.code == "number_only" for guard in guards)
        return Band.REVIEW if number_only else Band.NONE
    return Band.MATCH if result.p_same >= weights.bands.match and not guards else Band.REVIEW


def _told_apart(items: list[_Scored], index: Index, weights: Weights) -> list[_Scored]:
    """The entity step: a match that fits another person found here as well goes to a human."""
    matches = [item for item in items if item.band is Band.MATCH]
    if not matches:
        return items
    others = [item for item in items if item.band is Band.NONE]
    # Who fits a record of this person's has much in common with the person: a namesake, a father.
    others.sort(key=lambda item: (-item.score.bits_stranger, item.entry.source, item.entry.key))
    named = (item for item in others if _says_who(item.entry.norm))
    strangers = Strangers(index, weights)
    people = [_Other(item.entry, index, weights, strangers) for item in islice(named, _OTHERS)]
    exact = {
        item.entry.source
        for item in items
        if item.band is Band.MATCH and item.score.level("forename") == "exact"
    }
    if index.backend.distant:
        _foresee(matches, people, index)
    out: list[_Scored] = []
    near = _Near(people)
    at_odds = _at_odds(matches)
    for item in items:
        if item.band is Band.MATCH:
            guard = at_odds.get(item.entry.id) or _other_spelling(item, exact, weights)
            guard = guard or _fits_another(item, near)
            if guard:
                item = replace(item, guards=(*item.guards, guard), band=Band.REVIEW)
        out.append(item)
    return out


def _at_odds(matches: Sequence[_Scored]) -> dict[int, Guard]:
    """Matches whose valid numbers differ: they are not all one person's, whatever was asked.

    Where a twin's name is asked for as an alias, nothing else tells. A record that shares a number
    with the query says which of the others' numbers are the person's.
    """
    found: dict[int, Guard] = {}
    for kind in CHECKED:
        held = [(one, one.entry.norm.number(kind)) for one in matches if one.entry.norm.numbers]
        held = [(one, values) for one, values in held if values]
        own = {value for one, values in held if number_agrees(one.score) for value in values}
        known = [own] if own else [values for _, values in held]
        for one, values in held:
            if any(values.isdisjoint(others) for others in known):
                found[one.entry.id] = Guard(
                    "number_conflict",
                    f"Another record found here has another valid number ({kind}): they are two "
                    "people's, or one is keyed wrongly.",
                )
    return found


def _says_who(held: Norm) -> bool:
    return bool(held.forenames and (held.dobs or held.numbers))


def _other_spelling(item: _Scored, exact: Collection[str], weights: Weights) -> Guard | None:
    """Isabel and Isabella in one system may be twins as well as one child keyed twice."""
    if item.score.level("forename") != "variant" or item.entry.source not in exact:
        return None
    if number_agrees(item.score) or not weights.prior.families:
        return None
    return Guard(
        "other_spelling",
        "This system also holds a record with the forename exactly as asked; "
        "this one, written otherwise, may be a brother's or sister's.",
    )


class _Other:
    """Somebody else who was found, and what makes a record theirs."""

    def __init__(self, entry: Entry, index: Index, weights: Weights, strangers: Strangers) -> None:
        self.entry = entry
        self._index = index
        self._weights = weights
        self._strangers = strangers
        self._known: Scorer | None = None
        self._alike: dict[object, bool] = {}
        least = weights.fits_another
        self._least = least
        self._bits = log2(least / (1 - least)) - _ROUNDING

    def may_be_called(self, held: Norm) -> bool:
        """Whether the forenames do not speak against it."""
        names = held.forenames
        found = self._alike.get(names)
        if found is None:
            compared = compare_forenames(self.entry.norm.forenames, names)
            found = self._alike[names] = compared is None or compared.level != "different"
        return found

    @property
    def scorer(self) -> Scorer:
        """Made when it is needed."""
        if self._known is None:
            self._known = Scorer(self.entry.norm, self._index, self._weights, self._strangers)
        return self._known

    def may_fit(self, held: Norm) -> bool:
        """Whether it is worth comparing all of a record."""
        return self.scorer.may_reach(held, self._bits) and self.may_be_called(held)

    def fits(self, held: Norm) -> bool:
        """Whether a record may well be theirs.

        A twin always shares everything but the forename; that alone is no second owner.
        """
        result = self.scorer.score(held)
        return result.p_same >= self._least and result.level("forename") != "different"


class _Near:
    """Those of the others who may own a record; asked once for all that say the same."""

    def __init__(self, others: Sequence[_Other]) -> None:
        self._others = [(one, _told(one.entry.norm)) for one in others]
        self._known: dict[object, list[_Other]] = {}

    def of(self, held: Norm) -> list[_Other]:
        """Whom a record may fit."""
        told = _told(held)
        found = self._known.get(told)
        if found is None:
            may: dict[object, bool] = {}
            for one, says in self._others:
                if says not in may:
                    may[says] = one.may_fit(held)
            found = self._known[told] = [one for one, says in self._others if may[says]]
        return found


def _told(norm: Norm) -> tuple[object, ...]:
    """All that is looked at to see whether two records may be one person's."""
    names, birth, sex, _, numbers, contacts = marks(norm)[: len(Group)]
    return names, birth, sex, bool(numbers), bool(contacts)


def _foresee(items: Sequence[_Scored], others: Sequence[_Other], index: Index) -> None:
    """Learns at once what holding the matches against others will want to know."""
    wanted: set[tuple[str, str]] = set()
    for other in others:
        held = [item.entry.norm for item in items if other.may_fit(item.entry.norm)]
        if held:
            wanted |= other.scorer.foresee(held)
    index.learn(wanted)


def _fits_another(item: _Scored, near: _Near) -> Guard | None:
    held = item.entry.norm
    for other in near.of(held):
        if other.fits(held):
            return Guard(
                "fits_another",
                f"It also fits another person found here "
                f"({other.entry.source}, record {other.entry.key}).",
            )
    return None


def _nearest(item: _Scored, known: Sequence[Entry], index: Index, weights: Weights) -> str:
    best = max(known, key=lambda e: score(e.norm, item.entry.norm, index, weights).p_same)
    return f"{best.source} {best.key}"


def _result(
    items: Sequence[_Scored], found: _Found, index: Index, weights: Weights, settings: Settings
) -> SearchResult:
    kept = [item for item in items if item.band is not Band.NONE]
    kept.sort(key=lambda item: (_rank(item.band), -item.score.p_same, *_place(item.entry)))
    likely = [item for item in items if item.band is Band.NONE and item.score.p_family >= 0.5]
    likely.sort(key=lambda item: (-item.score.p_family, *_place(item.entry)))
    relatives = [item.entry for item in likely]
    # Of the relatives hardly ever more than the nearest is named.
    index.read_people([*(item.entry for item in kept), *relatives[: 1 if kept else 0]])
    candidates = tuple(
        Candidate(
            source=item.entry.source,
            key=item.entry.key,
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
    rejected = len(items) - len(kept) + len(found.screened)
    rejects = tuple(_rejects(items, found, index)) if settings.keep_rejected else ()
    return SearchResult(candidates, rejected, weights.version, tuple(found.limits), rejects)


def _place(entry: Entry) -> tuple[str, str, int]:
    return entry.source, entry.key, entry.id


def _rejects(items: Sequence[_Scored], found: _Found, index: Index) -> Iterator[Rejected]:
    rejected = [item for item in items if item.band is Band.NONE]
    rejected.sort(key=lambda item: (-item.score.p_same, *_place(item.entry)))
    for item in rejected:
        place = item.entry.source, item.entry.key
        yield Rejected(*place, item.score.p_same, item.score.p_family)
    for row in sorted(index.backend.rows(found.screened), key=lambda row: (row.source, row.key)):
        yield Rejected(row.source, row.key, None, None)
