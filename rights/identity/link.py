"""Two tables of people linked, or one with itself: every row of the left is a query to the right.

What a search of the council's sources does not do is done here: the weights are fitted to the two
tables, because whoever links tables has as many queries as records.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

from rights.errors import InputError
from rights.identity.build import Feed, build_index
from rights.identity.fit import fit
from rights.identity.index import Index
from rights.identity.keys import query_keys
from rights.identity.normalise import Norm, of_person
from rights.identity.search import Candidate, Settings, search_norm
from rights.identity.weights import load_weights

_SAMPLE = 1_500  # rows of the left table that the weights are fitted to
_FOUND_BY_CHANCE = 0.5


@dataclass(frozen=True, slots=True)
class Rule:
    """Which pairs are given out.

    Attributes:
        best: Only the likeliest of each left row.
        min_p: The least probability; None for the review band, or one half with `best`.
        guards: Whether guards and the entity step may send a match to review.
    """

    best: bool = False
    min_p: float | None = None
    guards: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """A pair of rows that may be one person's."""

    left: str
    candidate: Candidate


@dataclass(slots=True)
class Linking:
    """An index of the right table, fitted to the left one, and what it could not do.

    Attributes:
        unsearchable: Left rows with nothing to search by.
        limits: What searches did not reach, with the number of left rows each concerns.
    """

    index: Index
    unsearchable: int = 0
    asked: int = 0
    limits: dict[str, int] = field(default_factory=dict[str, int])

    def pairs(self, left: Feed, rule: Rule, *, same: bool = False) -> Iterator[Link]:
        """Pairs that the rule gives out, in the order of the left table.

        Args:
            left: The queries.
            rule: Which pairs are wanted.
            same: Both tables are one: no row is paired with itself, and without `rule.best`
                each pair is given once.
        """
        given: set[tuple[str, str]] = set()
        for person in left.people():
            asked = of_person(person)
            self.asked += 1
            if not query_keys(asked):
                self.unsearchable += 1
                continue
            itself = frozenset([(left.name, person.key)]) if same else frozenset[tuple[str, str]]()
            result = search_norm(
                self.index, asked, settings=Settings(guards=rule.guards, without=itself)
            )
            for limit in result.limits:
                self.limits[limit] = self.limits.get(limit, 0) + 1
            for candidate in _chosen(result.candidates, rule):
                if same and not rule.best:
                    pair = min(person.key, candidate.key), max(person.key, candidate.key)
                    if pair in given:
                        continue
                    given.add(pair)
                yield Link(person.key, candidate)


def _chosen(candidates: tuple[Candidate, ...], rule: Rule) -> list[Candidate]:
    least = rule.min_p
    if least is None:
        least = _FOUND_BY_CHANCE if rule.best else 0.0
    found = [candidate for candidate in candidates if candidate.p_same >= least]
    if rule.best and found:
        return [max(found, key=lambda candidate: candidate.p_same)]
    return found


@contextmanager
def linking(left: Feed, right: Feed, *, workers: int = 1) -> Generator[Linking]:
    """Reads both tables and gets ready to pair them.

    The right one goes into a private file that SQLite removes by itself.

    Raises:
        SourceError: A table cannot be read to its end.
        InputError: The right table could not be read; the report says why.
    """
    connection = sqlite3.connect("")
    try:
        report = build_index(connection, [right], workers=workers)
        if report.failed:
            raise InputError(
                report.failed[0][1],
                "The right table cannot be read to its end.",
                "Mend the table or its mapping; `rights identity index` tells more.",
            )
        index = Index(connection)
        index.weights = fit(index, sample(left), load_weights())
        yield Linking(index)
    finally:
        connection.close()


def sample(left: Feed) -> list[Norm]:
    """Rows drawn evenly, the same ones every time."""
    draw = Random(0)
    kept: list[Norm] = []
    for number, person in enumerate(left.people()):
        if len(kept) < _SAMPLE:
            kept.append(of_person(person))
        elif (at := draw.randrange(number + 1)) < _SAMPLE:
            kept[at] = of_person(person)
    return kept
