"""The made-up district: relatives among the matches, recall, reviews, and the fairness table."""

from __future__ import annotations

import random
import sqlite3
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.identity.world import Person, Record, as_source, district
from rights.identity import Band, Candidate, Index, Query, build_index, search
from rights.identity.fairness import Outcome, table
from rights.identity.keys import query_keys, record_keys
from rights.identity.normalise import of_person, of_query
from rights.release import PersonName
from rights.sources.model import Address

SEED, FAMILIES, QUERIES = 2027, 2600, 1500  # another seed than those it was developed on
BAR_RECALL, BAR_REVIEW = 0.999, 2.0
TODAY_YEAR = 2026


@dataclass
class Result:
    """What came of all queries."""

    queries: int = 0
    relatives: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    reachable: int = 0
    matched: int = 0
    found: int = 0
    lost: list[str] = field(default_factory=list)
    no_key: Counter[str] = field(default_factory=Counter)
    reviews: int = 0
    twins: int = 0
    twin_reviews: int = 0
    systems: int = 5
    seconds: float = 0.0
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.reachable


def asked(rng: random.Random, person: Person) -> Query:
    """What an officer knows: the name, the date, the present address, and some more."""
    name = f"{person.forename} {person.middle}".strip()
    surnames = [person.surname, *(s for s in person.former if rng.random() < 0.7)]
    homes = [person.homes[-1], *(h for h in person.homes[:-1] if rng.random() < 0.6)]
    return Query(
        names=tuple(PersonName(name, surname) for surname in surnames),
        dobs=(person.dob,),
        sex=person.sex,
        addresses=tuple(Address(home.text, home.postcode) for home in homes),
        nhs=(person.nhs,) if rng.random() < 0.3 else (),
    )


def chosen(rng: random.Random, everybody: list[Person], queries: int) -> list[Person]:
    """Two fifths are twins or same-named parent and child, half of each."""
    out: list[Person] = []
    for kind, share in (("twin", 0.2), ("namesake", 0.2), ("", 0.6)):
        pool = [p for p in everybody if p.kind == kind and (p.child or kind == "namesake")]
        out += rng.sample(pool, min(round(queries * share), len(pool)))
    return out


def measure(seed: int, families: int, queries: int) -> Result:
    """Builds a district, asks for people, and compares with the truth."""
    everybody, rows = district(seed, families)
    connection = sqlite3.connect(":memory:")
    build_index(connection, [as_source(rows)])
    index = Index(connection)
    held: dict[int, list[Record]] = {}
    for row in rows:
        held.setdefault(row.owner.number, []).append(row)
    owner = {(row.person.source, row.person.key): row for row in rows}
    rng = random.Random(seed + 1)
    out = Result()
    for person in chosen(rng, everybody, queries):
        query = asked(rng, person)
        start = time.perf_counter()
        found = search(index, query).candidates
        out.seconds += time.perf_counter() - start
        _count(out, person, query, found, held[person.number], owner)
    return out


def _count(
    out: Result,
    person: Person,
    query: Query,
    found: Sequence[Candidate],
    mine: list[Record],
    owner: Mapping[tuple[str, str], Record],
) -> None:
    out.queries += 1
    places = {(c.source, c.key): c for c in found}
    keys = set(query_keys(of_query(query)))
    for row in mine:
        place = row.person.source, row.person.key
        if not keys & set(record_keys(of_person(row.person))):
            out.no_key[", ".join(row.slips) or "no slip"] += 1
            continue
        out.reachable += 1
        out.found += place in places
        out.matched += place in places and places[place].band is Band.MATCH
        if place not in places:
            out.lost.append(", ".join(row.slips) or "no slip")
    wrong = [c for c in found if owner[c.source, c.key].owner is not person]
    false = [c for c in wrong if c.band is Band.MATCH]
    for candidate in false:
        other = owner[candidate.source, candidate.key]
        kin = other.owner.family == person.family
        (out.relatives if kin else out.strangers).append(
            f"{person.kind or 'other'}; slips {', '.join(other.slips) or 'none'}"
        )
    reviews = sum(c.band is Band.REVIEW for c in found)
    out.reviews += reviews
    if person.kind == "twin":
        out.twins += 1
        out.twin_reviews += reviews
    out.outcomes.append(
        Outcome(
            groups={"name origin": person.origin, "age": _age(person)},
            held=len(mine),
            found=sum((r.person.source, r.person.key) in places for r in mine),
            false_matches=len(false),
        )
    )


def _age(person: Person) -> str:
    years = TODAY_YEAR - person.dob.year
    return "under 5" if years < 5 else "5 to 10" if years < 11 else "11 to 17" if years < 18 else (
        "18 to 24" if years < 25 else "25 and over"
    )  # fmt: skip


def report(out: Result) -> bool:
    """Prints one result; whether its bars are met."""
    twins = out.twin_reviews / max(out.twins, 1) / out.systems
    print(f"  {out.queries} queries, {1000 * out.seconds / out.queries:.1f} ms each")
    print(
        f"  relatives among the matches   {len(out.relatives)}  (bar 0)   "
        f"strangers {len(out.strangers)}"
    )
    print(
        f"  match + review recall         {out.recall:.5f}  (bar {BAR_RECALL}) of "
        f"{out.reachable} records that share a key; match alone {out.matched / out.reachable:.4f}"
    )
    print(f"  review records a query        {out.reviews / out.queries:.2f}  (bar {BAR_REVIEW})")
    print(f"  review records a twin, system {twins:.2f}  (bar {BAR_REVIEW})")
    for what, rows in (("lost", Counter(out.lost)), ("no key", out.no_key)):
        for cause, n in rows.most_common(12):
            print(f"    {what}: {n} with {cause}")
    for row in [*out.relatives, *out.strangers][:10]:
        print(f"    false match: {row}")
    return (
        not out.relatives
        and out.recall >= BAR_RECALL
        and out.reviews / out.queries <= BAR_REVIEW
        and twins <= BAR_REVIEW
    )


def run() -> bool:
    """Prints the figures; whether the bars are met."""
    out = measure(SEED, FAMILIES, QUERIES)
    met = report(out)
    print("\n".join(f"  {line}" for line in table(out.outcomes)))
    return met
