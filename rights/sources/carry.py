"""From the keys confirmed in one source to those by which others can be searched.

Most statutory returns hold no names: a child's numbers are learnt from the case system and carried
on. What was merged there is followed as well, but never across a record that is restricted or
stands under an adoption: to join those is for an authorised person, record by record.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from rights.sources.mapped import MappedSource
from rights.sources.model import Capability, Source, SourcePerson
from rights.sources.tablesource import TableSource

_ADOPTION = "adopt"


@dataclass(frozen=True, slots=True)
class Carried:
    """Keys by which each source may be searched.

    Attributes:
        keys: Source to keys, those confirmed by a person and those that follow from them.
        apart: (source, key) merged with a confirmed record but restricted or under an adoption:
            to be looked at, and not taken.
    """

    keys: Mapping[str, frozenset[str]]
    apart: tuple[tuple[str, str], ...] = ()


def carry(sources: Iterable[Source], confirmed: Mapping[str, frozenset[str]]) -> Carried:
    """What the confirmed keys lead to.

    Args:
        sources: Every source.
        confirmed: Per source the keys that a person said are the subject's.

    Raises:
        SourceError: a source that others are keyed by does not answer.
    """
    known = list(sources)
    keys = dict(confirmed)
    apart: list[tuple[str, str]] = []
    for source in known:
        own = keys.get(source.name)
        if own and isinstance(source, TableSource):
            keys[source.name], other = _merged(source, own)
            apart += [(source.name, key) for key in other]
    numbers = {s.name: s for s in known if Capability.PEOPLE in s.capabilities}
    people: dict[str, list[SourcePerson]] = {}
    for source in known:
        kind = source.mapping.keyed_as if isinstance(source, MappedSource) else ""
        if not kind:
            continue
        if source.keyed_by not in people:
            people[source.keyed_by] = _people(
                numbers.get(source.keyed_by), keys.get(source.keyed_by, frozenset())
            )
        learnt = {n for p in people[source.keyed_by] for k, n in p.identifiers if k == kind}
        keys[source.name] = frozenset(keys.get(source.name, frozenset()) | _writings(learnt))
    return Carried(keys, tuple(sorted(apart)))


def keys_for(source: Source, keys: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The keys by which one source is searched; empty when none is known."""
    learnt = isinstance(source, MappedSource) and bool(source.mapping.keyed_as)
    found = keys.get(source.name if learnt else source.keyed_by, frozenset())
    if Capability.TERMS in source.capabilities:
        found |= keys.get(source.name, frozenset())  # what was found in it by words
    return found


def _merged(source: TableSource, own: frozenset[str]) -> tuple[frozenset[str], set[str]]:
    """The keys with every duplicate merged into them, or they into, and those kept apart."""
    pairs = list(source.merged())
    if not pairs:
        return own, set()
    found, apart = set(own), set[str]()
    grown = True
    while grown:
        joined = {b if a in found else a for a, b in pairs if (a in found) != (b in found)}
        people = source.people_by_key(joined - apart)
        held = {k for k in joined if (p := people.get(k)) and _kept_apart(p)}
        apart |= held
        fresh = joined - apart - found
        found |= fresh
        grown = bool(fresh)
    return frozenset(found), apart


def _kept_apart(person: SourcePerson) -> bool:
    return person.restricted or any(_ADOPTION in word.casefold() for word in person.warnings)


def _people(source: Source | None, keys: frozenset[str]) -> list[SourcePerson]:
    if source is None or not keys:
        return []
    if isinstance(source, TableSource):
        return list(source.people_by_key(keys).values())
    return [person for person in source.people() if person.key in keys]


def _writings(numbers: Collection[str]) -> frozenset[str]:
    """A number as it is held, and without spaces: returns write them together."""
    bare = {"".join(number.split()) for number in numbers}
    return frozenset({*numbers, *bare, *(number.upper() for number in bare)})
