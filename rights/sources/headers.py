"""Finding the header row of a table whose first rows are titles or notes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from rights.sources.values import clean, column_name


def find_header(rows: Sequence[Sequence[object]], wanted: Collection[str]) -> int | None:
    """Index of the header among the first rows, or None when all of them are blank.

    The row that holds most of the wanted columns wins, the earlier on a tie; when no row holds
    any, the first row with a value, so that the error can name the column that is missing.
    """
    best, best_hits = None, 0
    first = None
    names = frozenset(wanted)
    for index, row in enumerate(rows):
        cells = {column_name(cell) for cell in row if clean(cell)}
        if cells and first is None:
            first = index
        hits = len(cells & names)
        if hits > best_hits:
            best, best_hits = index, hits
    return best if best is not None else first


def name_columns(cells: Iterable[object]) -> list[str]:
    """Names for the cells of a header row: a blank one by its place, a repeated one numbered.

    Without a name of its own the value under it would be lost.
    """
    names: list[str] = []
    seen: dict[str, int] = {}
    for number, cell in enumerate(cells, 1):
        name = column_name(cell) if clean(cell) else f"column {number}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    while names and names[-1] == f"column {len(names)}":
        names.pop()
    return names
