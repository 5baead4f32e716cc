"""The second pass: what searching again with confirmed records adds, and whom it must not add.

Asked is what a plain letter says: the present name, date of birth and address. An officer confirms
what is the person's among what the first pass shows; the second searches with what these records
add: former surnames, old addresses, numbers, aliases.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from rights.identity import Band, Candidate, Query, search
from rights.release import PersonName

if TYPE_CHECKING:
    from benchmarks.identity.uk import Town
    from benchmarks.identity.world import Person


@dataclass
class Passes:
    """What came of asking twice.

    Attributes:
        own: Records that are the people's.
        shown: Of these, among matches and reviews, after the first pass and after both.
        reviews: Records of others put before a human, after the first pass and after both.
        relatives: Relatives' records among the matches, after the first pass and after both.
        strangers: Strangers' records among the matches, after both.
        added: Slips and changes of the records that only the second pass showed.
    """

    own: int = 0
    shown: list[int] = field(default_factory=lambda: [0, 0])
    reviews: list[int] = field(default_factory=lambda: [0, 0])
    relatives: list[int] = field(default_factory=lambda: [0, 0])
    strangers: int = 0
    added: Counter[str] = field(default_factory=Counter[str])


def measure(town: Town, queries: int) -> Passes:
    """Asks for people by what a letter says, twice."""
    from benchmarks.identity.uk import chosen

    out = Passes()
    for person in chosen(Random(town.seed + 1), town.everybody, queries):
        query = _letter(person)
        mine = {(row.person.source, row.person.key): row for row in town.held[person.number]}
        first = _places(search(town.index, query).candidates)
        confirmed = [place for place in first if place in mine]
        both = _places(search(town.index, query, confirmed).candidates)
        out.own += len(mine)
        for at, found in enumerate((first, both)):
            matches = {place for place, one in found.items() if one.band is Band.MATCH}
            out.shown[at] += len(mine.keys() & found.keys())
            out.reviews[at] += len(found.keys() - matches - mine.keys())
            wrong = [town.owner[place].owner for place in matches - mine.keys()]
            kin = sum(other.family == person.family for other in wrong)
            out.relatives[at] += kin
            out.strangers += (len(wrong) - kin) if at else 0
        for place in mine.keys() & both.keys() - first.keys():
            out.added[", ".join(mine[place].slips) or "no slip"] += 1
    return out


def _letter(person: Person) -> Query:
    name = PersonName(f"{person.forename} {person.middle}".strip(), person.surname)
    return Query(names=(name,), dobs=(person.dob,), addresses=(person.homes[-1],))


def _places(candidates: tuple[Candidate, ...]) -> dict[tuple[str, str], Candidate]:
    return {(one.source, one.key): one for one in candidates}


def report(out: Passes) -> bool:
    """Prints one result; whether no relative came among the matches through the second pass."""
    print("  asked by present name, date of birth and address alone; own records confirmed:")
    one, both = (count / out.own for count in out.shown)
    print(f"    shown of {out.own} own records: first pass {one:.5f}, both {both:.5f}")
    print(f"    others' records to review: first pass {out.reviews[0]}, both {out.reviews[1]}")
    met = not out.relatives[1]
    print(
        f"    relatives among the matches: first pass {out.relatives[0]}, both {out.relatives[1]}"
        f"  bar 0  {'met' if met else 'MISSED'}; strangers {out.strangers}"
    )
    for cause, count in out.added.most_common(8):
        print(f"    only the second pass: {count} with {cause}")
    return met
