"""The schema tripwire: a column gone, renamed or changing type stops the source loudly.

An extract that quietly lost its date column would make a search say "nothing held".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from rights.errors import SourceError
from rights.sources.mapping import Mapping
from rights.sources.model import Probe
from rights.sources.tables import Row, missing_column, retyped_column
from rights.sources.values import clean, column_name, read_date

_SAMPLE = 200  # rows looked at per table


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
        SourceError: When more than half of a date column's values are no dates, or any value of
            a column named under `shapes` does not match. Single odd dates are common and are
            left to the reader of the record.
    """
    dates = _date_columns(mapping, table)
    shapes = {column_name(name): pattern for name, pattern in mapping.shapes.items()}
    seen = dict.fromkeys(dates, 0)
    bad = dict.fromkeys(dates, 0)
    for row in islice(rows, _SAMPLE):
        for column in dates:
            if clean(row.get(column)):
                seen[column] += 1
                bad[column] += read_date(row.get(column), formats) is None
        for column, pattern in shapes.items():
            value = clean(row.get(column))
            if value and re.fullmatch(pattern, value) is None:
                raise retyped_column(mapping.name, table, column, "the shape the mapping expects")
    for column in sorted(dates):
        if bad[column] * 2 > seen[column]:
            raise retyped_column(mapping.name, table, column, "dates")


def compare_shapes(accepted: Probe, now: Probe) -> None:
    """Compares a source's shape with the one last accepted.

    Raises:
        SourceError: Naming the first column that is gone or whose declared type changed.
    """
    types = {(table, column): kind for table, column, kind in now.shape}
    for table, column, kind in accepted.shape:
        if (table, column) not in types:
            raise missing_column(now.source, table, column)
        if types[table, column] != kind:
            raise retyped_column(now.source, table, column, f"values of type {kind}")
    if accepted.source != now.source:
        raise SourceError(
            "sources.shape_of_another",
            f"The accepted shape is that of '{accepted.source}', not of '{now.source}'.",
            "Probe the source again and accept its shape.",
        )
