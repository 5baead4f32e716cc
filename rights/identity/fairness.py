"""Whether some people's records are missed more often than others', by origin of name or age."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one search brought up, against the truth.

    Attributes:
        groups: The person's group under each heading, such as {"name origin": "polish"}.
        held: Records that are the person's.
        found: Of these, those among matches and reviews.
        false_matches: Records of others among the matches.
    """

    groups: Mapping[str, str]
    held: int
    found: int
    false_matches: int


@dataclass(frozen=True, slots=True)
class Group:
    """All searches for people of one group.

    Attributes:
        heading: What people are grouped by.
        name: The group.
        people: Searches made.
        held: Records to be found.
        found: Records found.
        false_matches: Records of others among the matches.
    """

    heading: str
    name: str
    people: int
    held: int
    found: int
    false_matches: int

    @property
    def recall(self) -> float:
        """Share of the records that was found; 1 where there were none."""
        return self.found / self.held if self.held else 1.0

    @property
    def least_recall(self) -> float:
        """Lower end of the 95 % interval (Wilson): how low it may be with so few records."""
        if not self.held:
            return 0.0
        z, n, p = 1.96, self.held, self.recall
        middle = p + z * z / (2 * n)
        return (middle - z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n)


def by_group(outcomes: Iterable[Outcome]) -> list[Group]:
    """Sums by heading and group, in the order of their names."""
    sums: dict[tuple[str, str], list[int]] = {}
    for outcome in outcomes:
        for place in outcome.groups.items():
            row = sums.setdefault(place, [0, 0, 0, 0])
            for at, value in enumerate((1, outcome.held, outcome.found, outcome.false_matches)):
                row[at] += value
    return [Group(*place, *row) for place, row in sorted(sums.items())]


def table(outcomes: Sequence[Outcome]) -> list[str]:
    """The table in lines of plain text."""
    lines = [f"{'group':<34}{'people':>7}{'records':>8}{'recall':>8}{'at least':>9}{'false':>6}"]
    lines += [
        f"{f'{group.heading}: {group.name}':<34}{group.people:>7}{group.held:>8}"
        f"{group.recall:>8.4f}{group.least_recall:>9.4f}{group.false_matches:>6}"
        for group in by_group(outcomes)
    ]
    return lines
