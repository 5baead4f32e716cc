"""The tables of a database as they are: names, types, and values brought into them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.exc import NoSuchTableError

from rights.errors import ConfigError, InputError
from rights.sources.actions.mapping import TableActions
from rights.sources.actions.orders import digest_of
from rights.sources.sql import type_of, untyped
from rights.sources.tables import missing_column, missing_table
from rights.sources.values import column_name, read_date

Row = Mapping[str, object]
"""Column, as `column_name` gives it, to value."""


def id_of(record: str) -> str:
    """The row's own id in the id of a record ("CASE_NOTES:881" gives "881")."""
    return record.partition(":")[2]


class Shape:
    """Tables of one database, read from it once.

    Args:
        source: Name of the source, for errors.
        engine: Where the tables are read from.
    """

    def __init__(self, source: str, engine: sa.Engine) -> None:
        self.source = source
        self._engine = engine
        self._tables: dict[str, sa.Table] = {}

    def table(self, name: str) -> sa.Table:
        """A table by the name in the mapping.

        Raises:
            SourceError: ``sources.table_missing``.
        """
        if name not in self._tables:
            schema, _, bare = name.rpartition(".")
            try:
                self._tables[name] = sa.Table(
                    bare, sa.MetaData(), schema=schema or None, autoload_with=self._engine
                )
            except NoSuchTableError:
                raise missing_table(self.source, name) from None
        return self._tables[name]

    def column(self, table: str, name: str) -> sa.Column[Any]:
        """A column, whatever the case of its name.

        Raises:
            SourceError: ``sources.column_missing``.
        """
        for column in self.table(table).columns:
            if column_name(column.name) == column_name(name):
                return column
        raise missing_column(self.source, table, name)

    def check(self, spec: TableActions) -> None:
        """Every column that the actions of a table name is there.

        Raises:
            SourceError: ``sources.column_missing``, naming the first that is gone.
        """
        for name in spec.columns():
            self.column(spec.table, name)

    def equals(self, table: str, name: str, value: object) -> sa.ColumnElement[bool]:
        """A condition: the column holds this value, brought into its type."""
        column = self.column(table, name)
        return column == self.fit(column, value)

    def values(self, table: str, values: Mapping[str, object]) -> dict[str, object]:
        """Values under the names and in the types that the database knows."""
        columns = {name: self.column(table, name) for name in values}
        return {columns[name].name: self.fit(columns[name], v) for name, v in values.items()}

    def row(
        self, db: sa.Connection, spec: TableActions, record: str, *, lock: bool = False
    ) -> Row | None:
        """A record's row, or None when it is gone.

        Raises:
            ConfigError: ``sources.id_not_unique``.
        """
        table = self.table(spec.table)
        here = self.equals(spec.table, spec.id, id_of(record))
        query = sa.select(*untyped(table)).where(here).limit(2)
        rows = db.execute(query.with_for_update() if lock else query).all()
        if len(rows) > 1:
            raise ConfigError(
                "sources.id_not_unique",
                f"In the source '{self.source}', '{spec.id}' does not name one row of "
                f"'{spec.table}'.",
                "Name a column under `actions` whose values are all different.",
            )
        names = [column_name(column.name) for column in table.columns]
        return dict(zip(names, rows[0], strict=True)) if rows else None

    def fit(self, column: sa.Column[Any], value: object) -> object:
        """A value in the column's own type.

        Raises:
            InputError: ``sources.value_unfit``.
        """
        kind = type_of(column)
        if isinstance(value, dt.datetime) and kind is not dt.datetime:
            value = value.isoformat(" ", "seconds") if kind is str else value.date()
        if value is None or isinstance(value, kind):
            return value
        try:
            return _convert(kind, str(value))
        except (ValueError, KeyError, ArithmeticError):
            raise InputError(
                "sources.value_unfit",
                f"A value does not fit the column '{column.name}' of the source '{self.source}'.",
                "Write it as that column holds it; dates as year-month-day.",
            ) from None


def digest(spec: TableActions, row: Row) -> str:
    """Hash of a row without what our restrictions, or the system by itself, change in it."""
    left_out = {column_name(name) for name in spec.ignore}
    if by := spec.restrict:
        left_out |= {column_name(name) for name in (by.column, by.keys) if name}
    return digest_of({name: value for name, value in row.items() if name not in left_out})


def _convert(kind: type, text: str) -> object:
    if kind is dt.datetime:
        return dt.datetime.fromisoformat(text)
    if kind is dt.date:
        return read_date(text) or dt.date.fromisoformat(text)
    if kind is bool:
        return {"true": True, "1": True, "false": False, "0": False}[text.casefold()]
    return cast("Callable[[str], object]", kind)(text)
