"""Linking two tables, or one with itself, through the index as a search does."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from rights.identity import Index, build_index
from rights.identity.fit import fit
from rights.identity.normalise import of_person
from rights.identity.score import score, settle
from rights.identity.weights import load_weights
from rights.sources import Source

Pair = tuple[str, str]


@dataclass(frozen=True)
class Quality:
    """Pairs found against pairs that are true."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / ((self.right + self.wrong) or 1)

    @property
    def recall(self) -> float:
        return self.right / ((self.right + self.missed) or 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / ((2 * self.right + self.wrong + self.missed) or 1)

    def line(self, name: str) -> str:
        return (
            f"  {name:<34} F1 {self.f1:.5f}  precision {self.precision:.5f}  "
            f"recall {self.recall:.5f}  wrong {self.wrong}  missed {self.missed}"
        )


def quality(found: Collection[Pair], true: Collection[Pair]) -> Quality:
    right = len(set(found) & set(true))
    return Quality(right, len(set(found)) - right, len(set(true)) - right)


def scored(
    left: Source, right: Source, *, keep: Callable[[str, str], bool] = lambda _a, _b: True
) -> Iterable[tuple[str, str, float]]:
    """(left key, right key, probability) of every pair that shares an index key."""
    connection = sqlite3.connect(":memory:")
    build_index(connection, [right])
    index = Index(connection)
    people = [(person.key, of_person(person)) for person in left.people()]
    weights = fit(index, [asked for _, asked in people], load_weights())
    for key, asked in people:
        entries = [entry for entry in index.near(asked) if keep(key, entry.key)]
        scores = settle([score(asked, entry.norm, index, weights) for entry in entries], weights)
        yield from ((key, e.key, s.p_same) for e, s in zip(entries, scores, strict=True))


def best(pairs: Iterable[tuple[str, str, float]], at: float = 0.5) -> set[Pair]:
    """The decision rule: the best candidate of each query, from one half."""
    top: dict[str, tuple[float, str]] = {}
    for one, other, p in pairs:
        if p >= at and p > top.get(one, (0.0, ""))[0]:
            top[one] = (p, other)
    return {(one, other) for one, (_, other) in top.items()}
