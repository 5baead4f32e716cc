"""Hiding small numbers so that no total gives them back.

A count under the threshold may point at a person: in a town, "one erasure by an agent" is
somebody. Such counts are hidden (primary), and where a total would give a hidden count back, more
are hidden with it (secondary). Nought is under the threshold too: that a ground was *never* used,
beside one that was used once, would tell just as much.

The promise, which the tests prove by trying every table that fits what is shown: each hidden count
may be anything in a span at least as wide as the threshold, as far as sums tell.

* One list with its total: the hidden parts are two or more and together reach the threshold. Each
  may then be anything from nought to their sum.
* A grid with totals both ways: the rows that hide something are taken together. The column sums of
  that block are known, and so are some of its row sums; the bounds of a cell are Fréchet's:
  from max(0, row + column - all) to min(row, column). Rows are added to the block until every
  cell has room; where nothing helps, the totals of the columns go too.

What is hidden for the sake of others is taken from the end of the list, never by its size: that it
was the smallest would bound it, and with it what it protects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

THRESHOLD = 5
"""Counts under it are not published: council policy, usual in official statistics."""

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Hidden:
    """What of a grid may not be shown. The grand total is hidden only with everything else.

    Attributes:
        everything: Nothing may be shown, the grand total included.
        rows: Rows whose total is hidden, and so their cells.
        cells: Rows whose cells are hidden, those of `rows` among them.
        columns: Whether the totals of the columns are hidden.
    """

    everything: bool = False
    rows: frozenset[str] = frozenset()
    cells: frozenset[str] = frozenset()
    columns: bool = False


def is_small(count: int) -> bool:
    """Whether a count may not be published on its own."""
    return count < THRESHOLD


def hidden_parts(parts: Counts) -> frozenset[str]:
    """Which parts of a published total must be hidden; those at the end go first.

    A total that is itself small hides all of them; the caller then hides the total too.
    """
    if is_small(sum(parts.values())):
        return frozenset(parts)
    hidden = {name for name, count in parts.items() if is_small(count)}
    others = [name for name in parts if name not in hidden]
    while others and hidden and _gives_away([parts[name] for name in hidden]):
        hidden.add(others.pop())
    return frozenset(hidden)


def _gives_away(counts: Sequence[int]) -> bool:
    """Whether the sum of hidden counts tells one of them to somebody who knows this rule."""
    together = sum(counts)
    # All being as large as a small count can be is the one way to that sum with small counts.
    return len(counts) < 2 or is_small(together) or together == len(counts) * (THRESHOLD - 1)


def hidden_in_grid(grid: Mapping[str, Counts], columns: Sequence[str]) -> Hidden:
    """What must be hidden of a grid of counts with totals of rows, of columns and of all.

    Args:
        grid: Row -> column -> count; a column that is not there counts nought.
        columns: The columns, two or more.
    """
    totals = {row: sum(cells.values()) for row, cells in grid.items()}
    names = frozenset(grid)
    if is_small(sum(totals.values())):
        return Hidden(everything=True, rows=names, cells=names, columns=True)
    rows = hidden_parts(totals)
    cells = rows | {
        r for r, counts in grid.items() if any(is_small(counts.get(c, 0)) for c in columns)
    }
    by_column = {c: sum(counts.get(c, 0) for counts in grid.values()) for c in columns}
    if hidden_parts(by_column):
        return Hidden(rows=rows, cells=cells, columns=True)
    others = [row for row in totals if row not in cells]
    while cells and not _has_room(grid, columns, totals, rows, cells):
        if not others:
            return Hidden(rows=rows, cells=cells, columns=True)
        cells |= {others.pop()}
    return Hidden(rows=rows, cells=cells)


def _has_room(
    grid: Mapping[str, Counts],
    columns: Iterable[str],
    totals: Counts,
    rows: frozenset[str],
    cells: frozenset[str],
) -> bool:
    """Whether each hidden cell may be anything in a wide enough span, the column totals known."""
    in_column = {c: sum(grid[row].get(c, 0) for row in cells) for c in columns}
    if any(is_small(count) for count in in_column.values()):
        return False
    everything = sum(in_column.values())
    known = [totals[row] for row in cells - rows]
    # Rows of unknown total are two or more, so each cell of theirs may be nought.
    together = sum(totals[row] for row in rows)
    wide = all(min(together, count) >= THRESHOLD for count in in_column.values()) if rows else True
    return wide and all(
        min(row, count) - max(0, row + count - everything) >= THRESHOLD
        for row in known
        for count in in_column.values()
    )
