"""The schema tripwire: a column gone, renamed or changing type stops the source loudly.

An extract that quietly lost its date column would make a search say "nothing held".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from rights.errors import SourceError
from rights.sources.mapping import Mapping
from rights.sources.shapes import ColumnShape, Shape, TableShape
from rights.sources.tables import Row, missing_column, retyped_column
from rights.sources.values import clean, column_name, read_date

_MONTH_FIRST = ("%m/%d/%Y", "%m/%d/%y")
"""Half of such dates would be read as other days; so one that cannot be read stops the source."""
SAMPLE = 200  # rows looked at per table


def _date_columns(mapping: Mapping, table: str) -> set[str]:
    columns: list[str | None] = []
    if people := mapping.people:
        for part in (people, *people.also):
            if part.table == table:
                columns += [part.fields.dob, part.fields.expected_dob]
    columns += [r.date for r in mapping.records if r.table == table]
    columns += [d.date for d in mapping.documents if d.table == table]
    for relation in mapping.relations:
        if relation.table == table:
            columns += [relation.start, relation.end]
    return {column_name(column) for column in columns if column}


def check_values(mapping: Mapping, table: str, rows: Iterable[Row], formats: Sequence[str]) -> None:
    """Checks a sample of rows: date columns hold dates, shaped columns fit their shape.

    Raises:
        SourceError: When more than half of a date column's values are no dates, when one is
            written with the month first and the mapping does not say so, or any value of
            a column named under `shapes` does not match. Single odd dates are common and are
            left to the reader of the record.
    """
    dates = _date_columns(mapping, table)
    shapes = {column_name(name): pattern for name, pattern in mapping.shapes.items()}
    seen = dict.fromkeys(dates, 0)
    bad = dict.fromkeys(dates, 0)
    for row in islice(rows, SAMPLE):
        for column in dates:
            if text := clean(row.get(column)):
                seen[column] += 1
                unread = read_date(row.get(column), formats) is None
                bad[column] += unread
                if unread and read_date(text, _MONTH_FIRST):
                    raise retyped_column(
                        mapping.name, table, column, "dates with the day first",
                        "dates with the month first",
                    )  # fmt: skip
        for column, pattern in shapes.items():
            value = clean(row.get(column))
            if value and re.fullmatch(pattern, value) is None:
                raise retyped_column(mapping.name, table, column, "the shape the mapping expects")
    for column in sorted(dates):
        if bad[column] * 2 > seen[column]:
            raise retyped_column(mapping.name, table, column, "dates")


def compare_shapes(accepted: Shape, now: Shape) -> tuple[str, ...]:
    """Compares a source's shape with the one accepted; says what is new and may stay.

    A column is taken for renamed when another of the same kind is new in its table.

    Raises:
        SourceError: ``sources.column_missing`` or ``sources.column_retyped``, naming the first
            column that is gone, was renamed or holds something else, and what stands there now.
    """
    told: list[str] = []
    for table, was in accepted.tables.items():
        here = now.tables.get(table)
        if here is None:
            continue  # the mapping no longer names it
        fresh = [column for column in here.columns if column not in was.columns]
        for column, shape in was.columns.items():
            there = here.columns.get(column)
            if there is None and was.fixed:
                renamed = _renamed(shape, fresh, here)
                raise _acceptable(missing_column(now.source, table, column, renamed))
            if there is not None and (change := _retyped(shape, there)):
                raise _acceptable(retyped_column(now.source, table, column, *change))
        if was.rows and not here.rows:
            told.append(f"Table '{table}' held rows and is empty now.")
        if fresh:
            told.append(f"Table '{table}' has new columns: {', '.join(sorted(fresh))}.")
    return tuple(told)


def _acceptable(error: SourceError) -> SourceError:
    """The error for a change that may be right: whoever may, accepts it."""
    more = " If the change is right: rights source accept."
    return SourceError(error.code, error.sentence, error.next_step + more)


def differences(was: Shape, now: Shape) -> tuple[str, ...]:
    """Every difference between two shapes, a line each, for whoever accepts the new one."""
    lines: list[str] = []
    for table in dict.fromkeys((*was.tables, *now.tables)):
        old = was.tables[table].columns if table in was.tables else {}
        new = now.tables[table].columns if table in now.tables else {}
        lines += [f"{table}: '{name}' is gone" for name in old if name not in new]
        lines += [f"{table}: '{name}' is new" for name in new if name not in old]
        for name in old:
            if name in new and (change := _retyped(old[name], new[name])):
                lines.append(f"{table}: '{name}' held {change[0]} and holds {change[1]}")
    return tuple(lines)


def _renamed(gone: ColumnShape, fresh: Sequence[str], here: TableShape) -> str:
    """New columns that may be the one that is gone, those of its kind first."""
    alike = [name for name in fresh if here.columns[name] == gone]
    return " or ".join(f"'{name}'" for name in (alike or fresh)[:3])


def _retyped(was: ColumnShape, now: ColumnShape) -> tuple[str, str] | None:
    """What a column held and holds, in words, where that is not the same."""
    if was.declared != now.declared:
        return f"values of type {was.declared}", f"values of type {now.declared}"
    if was.holds and now.holds and was.holds != now.holds:
        return was.holds, now.holds
    return None
