"""Hidden numbers stay hidden: every table that fits what is shown is tried."""

import itertools
from collections import defaultdict

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from rights.figures.suppress import THRESHOLD, hidden_in_grid, hidden_parts

COUNTS = st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5, 6, 8, 9])
COLUMNS = ("a", "b")
SPAN = THRESHOLD + 1
"""How many values a hidden number must at least be able to have."""


def splits(total, parts):
    """Every way to write a total as so many counts."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in splits(total - first, parts - 1):
            yield (first, *rest)


@settings(max_examples=80, deadline=None)
@given(st.lists(COUNTS, min_size=1, max_size=5))
def test_no_part_can_be_computed_from_its_total(counts):
    """Small parts are hidden, and each hidden one may still be many things."""
    parts = {f"p{n}": count for n, count in enumerate(counts)}
    hidden = hidden_parts(parts)
    assert {name for name, count in parts.items() if count < THRESHOLD} <= hidden
    if sum(counts) < THRESHOLD:
        assert hidden == parts.keys()
        return
    names = sorted(hidden)
    rest = sum(parts[name] for name in names)
    possible = {name: set() for name in names}
    for values in splits(rest, len(names)) if names else ():
        for name, value in zip(names, values, strict=True):
            possible[name].add(value)
    assert all(len(values) >= SPAN for values in possible.values())


@settings(max_examples=30, deadline=None)
@given(st.lists(COUNTS, min_size=2, max_size=4).filter(lambda c: THRESHOLD <= sum(c) <= 17))
@example([4, 4, 4, 5])
@example([4, 5, 5])
def test_knowing_the_rule_does_not_help(counts):
    """Somebody who hides every possible list in the same way still cannot tell a small part."""
    parts = {f"p{n}": count for n, count in enumerate(counts)}
    hidden = hidden_parts(parts)
    shown = {name: count for name, count in parts.items() if name not in hidden}
    possible = {name: set() for name in hidden}
    for values in splits(sum(counts), len(counts)):
        other = dict(zip(parts, values, strict=True))
        if hidden_parts(other) == hidden and shown.items() <= other.items():
            for name in hidden:
                possible[name].add(other[name])
    assert all(len(values) >= 2 for values in possible.values())


def test_nothing_more_is_hidden_than_needed():
    """Large parts stand; one small part takes the last large one with it, whatever its size."""
    assert hidden_parts({"a": 40, "b": 20, "c": 9}) == frozenset()
    assert hidden_parts({"a": 20, "b": 40, "c": 3}) == {"b", "c"}
    assert hidden_parts({"a": 3, "b": 40, "c": 20}) == {"a", "c"}
    assert hidden_parts({"a": 40, "b": 3, "c": 4}) == {"b", "c"}
    assert hidden_parts({"a": 40, "b": 0, "c": 3}) == {"a", "b", "c"}


def grids(rows):
    return st.fixed_dictionaries(
        {f"r{n}": st.fixed_dictionaries(dict.fromkeys(COLUMNS, COUNTS)) for n in range(rows)}
    )


def fitting(grid, hidden):
    """Every grid that agrees with all that is shown."""
    totals = {row: sum(cells.values()) for row, cells in grid.items()}
    everything = sum(totals.values())
    sums = [sum(cells[c] for cells in grid.values()) for c in COLUMNS]

    def options(row):
        if row not in hidden.cells:
            return [tuple(grid[row][c] for c in COLUMNS)]
        if row not in hidden.rows:
            return list(splits(totals[row], len(COLUMNS)))
        return [cells[:-1] for cells in splits(everything, len(COLUMNS) + 1)]

    for rows in itertools.product(*map(options, grid)):
        if sum(map(sum, rows)) != everything:
            continue
        if hidden.columns or [sum(column) for column in zip(*rows, strict=True)] == sums:
            yield dict(zip(grid, rows, strict=True))


@settings(max_examples=20, deadline=None)
@given(grids(3))
def test_no_cell_can_be_computed_from_totals_of_rows_and_columns(grid):
    """Small cells and totals are hidden, and each hidden one may still be many things."""
    everything = sum(sum(cells.values()) for cells in grid.values())
    assume(everything <= 20)
    hidden = hidden_in_grid(grid, COLUMNS)
    if everything < THRESHOLD:
        assert hidden.everything
        return
    cells: dict[tuple[str, int], set[int]] = {}
    totals: dict[str, set[int]] = {}
    columns: list[set[int]] = [set(), set()]
    for other in fitting(grid, hidden):
        for row, values in other.items():
            totals.setdefault(row, set()).add(sum(values))
            for n, value in enumerate(values):
                cells.setdefault((row, n), set()).add(value)
        for n, seen in enumerate(columns):
            seen.add(sum(values[n] for values in other.values()))
    for row, counts in grid.items():
        small = any(count < THRESHOLD for count in counts.values())
        assert not small or row in hidden.cells
        for n in range(len(COLUMNS)):
            assert (len(cells[row, n]) >= SPAN) == (row in hidden.cells)
        assert (len(totals[row]) >= SPAN) == (row in hidden.rows)
    assert all((len(seen) >= SPAN) == hidden.columns for seen in columns)


def shown(grid, hidden):
    """All that a reader of the grid gets."""
    return (
        hidden,
        tuple(sum(cells.values()) for row, cells in grid.items() if row not in hidden.rows),
        tuple(tuple(cells.values()) for row, cells in grid.items() if row not in hidden.cells),
        None if hidden.columns else tuple(sum(g[c] for g in grid.values()) for c in COLUMNS),
    )


@pytest.mark.parametrize("everything", [10, 13, 14])
def test_knowing_the_rule_does_not_help_with_a_grid_either(everything):
    """Of all grids of three rows that look the same when hidden, no small number is the same."""
    alike = defaultdict(list)
    for values in splits(everything, 6):
        grid = {f"r{n}": dict(zip(COLUMNS, values[2 * n :], strict=False)) for n in range(3)}
        hidden = hidden_in_grid(grid, COLUMNS)
        alike[shown(grid, hidden)].append(grid)
    for (hidden, *_), others in alike.items():
        for row in hidden.cells:
            for column in COLUMNS:
                seen = {grid[row][column] for grid in others}
                assert len(seen) > 1 or min(seen) >= THRESHOLD
        for row in hidden.rows:
            seen = {sum(grid[row].values()) for grid in others}
            assert len(seen) > 1 or min(seen) >= THRESHOLD
