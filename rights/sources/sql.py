"""SQL databases through SQLAlchemy, read only. Tested on SQLite and PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.event import listen
from sqlalchemy.exc import NoSuchTableError, SQLAlchemyError

from rights.errors import SourceError
from rights.sources.faults import Fault
from rights.sources.tables import Row, missing_table, unreachable
from rights.sources.values import column_name

_BATCH = 500  # keys in one IN list: below every database's limit on parameters
_FETCH = 1000  # rows held at a time while streaming


def sqlite_url(path: Path) -> str:
    """A read-only address of a SQLite file; SQLAlchemy would otherwise create a missing one."""
    return f"sqlite:///{path.resolve().as_uri()}?mode=ro&uri=true"


class SqlTables:
    """Tables and views of one database."""

    seekable = True
    fixed = True

    def __init__(self, source: str, url: str) -> None:
        self._source = source
        self._engine = sa.create_engine(url, poolclass=sa.NullPool, hide_parameters=True)
        listen(self._engine, "connect", _read_only)
        self._tables: dict[str, sa.Table] = {}

    def _table(self, name: str) -> sa.Table:
        if name not in self._tables:
            schema, _, bare = name.rpartition(".")
            try:
                self._tables[name] = sa.Table(
                    bare, sa.MetaData(), schema=schema or None, autoload_with=self._engine
                )
            except NoSuchTableError:
                raise missing_table(self._source, name, self._names(schema)) from None
            except SQLAlchemyError as error:
                what = "it does not answer as a database"
                raise unreachable(self._source, f"{what} ({type(error).__name__})") from None
        return self._tables[name]

    def _names(self, schema: str) -> list[str]:
        found = sa.inspect(self._engine)
        return [
            *found.get_table_names(schema or None),
            *found.get_view_names(schema or None),
        ]

    def refresh(self) -> None:
        """A database may have changed since: its tables are looked up again."""
        self._tables.clear()

    def columns(self, table: str, wanted: Collection[str] = ()) -> Mapping[str, str]:
        """Columns with the type the database declares."""
        return {column_name(c.name): str(c.type) for c in self._table(table).columns}

    def rows(
        self, table: str, wanted: Collection[str], key: str = "", keys: Collection[str] = ()
    ) -> Iterator[Row]:
        """Streams rows from a server-side cursor, in a read-only transaction."""
        found = self._table(table)
        names = [column_name(c.name) for c in found.columns]
        query = sa.select(*untyped(found))
        if not key:
            yield from self._stream(query, names)
            return
        column = next(c for c in found.columns if column_name(c.name) == key)
        waiting = iter(sorted(_typed(column, keys), key=str))
        while batch := list(islice(waiting, _BATCH)):
            yield from self._stream(query.where(column.in_(batch)), names)

    def _stream(self, query: sa.Select[Any], names: list[str]) -> Iterator[Row]:
        try:
            with self._engine.connect() as connection:
                if connection.dialect.name == "postgresql":
                    connection = connection.execution_options(postgresql_readonly=True)
                result = connection.execution_options(yield_per=_FETCH).execute(query)
                for row in result:
                    yield dict(zip(names, row, strict=True))
        except SQLAlchemyError as error:
            # The driver's own words may quote values, so only its kind is passed on.
            raise SourceError(
                "sources.query_failed",
                f"The source '{self._source}' stopped answering ({type(error).__name__}).",
                "Try again; if it fails again, ask the database's administrator.",
            ) from None

    def faults(self) -> tuple[Fault, ...]:
        """None: a database gives a row whole or stops."""
        return ()

    def unread(self) -> tuple[str, ...]:
        """A database leaves nothing unread."""
        return ()


def _read_only(connection: Any, _record: Any) -> None:
    """Makes a fresh connection one that cannot write, whatever the account may do.

    Text in SQLite that is not UTF-8 is read as Windows wrote it, not refused.
    """
    module = type(connection).__module__
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA query_only = ON")
        connection.text_factory = _text
    elif "mysql" in module or "mariadb" in module:
        cursor = connection.cursor()
        cursor.execute("SET SESSION TRANSACTION READ ONLY")
        cursor.close()


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def untyped(table: sa.Table) -> list[sa.ColumnElement[Any]]:
    """The columns of a table, to be read as the database holds them.

    SQLite keeps any text in a column called a date; SQLAlchemy would stop at the first that is
    none, with an error that quotes it.
    """
    return [sa.type_coerce(column, sa.types.NullType()).label(column.name) for column in table.c]


def type_of(column: sa.Column[Any]) -> type[Any]:
    """What a column's values are in Python; text where SQLAlchemy knows no type of its own."""
    try:
        return column.type.python_type
    except NotImplementedError:  # so it tells of types that only one database has
        return str


def _typed(column: sa.Column[object], keys: Collection[str]) -> set[object]:
    """Keys in the column's own type: PostgreSQL refuses to compare a number with text."""
    python_type = type_of(column)
    if python_type is int:
        return {int(key) for key in keys if key.lstrip("-").isdigit()}
    if python_type in (Decimal, float):
        return {number for key in keys if (number := _number(key)) is not None}
    if python_type is UUID:
        return {found for key in keys if (found := _uuid(key)) is not None}
    return set(keys)


def _number(key: str) -> Decimal | None:
    try:
        return Decimal(key)
    except InvalidOperation:
        return None


def _uuid(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None
