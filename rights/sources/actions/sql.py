"""Acting in an SQL database, one transaction an order. Tested on SQLite and PostgreSQL.

The row is locked, looked at and changed in one transaction, so that an order given twice, or by two
workers at once, takes effect once. What it did is then read through a read-only connection of its
own. Writing needs an address of its own; without one the adapter can do nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError

from rights.failpoints import failpoint
from rights.sources.actions.byhand import instruction
from rights.sources.actions.mapping import Actions, TableActions
from rights.sources.actions.orders import (
    Annotate,
    Correct,
    Erase,
    Instruction,
    Order,
    Receipt,
    RecordState,
    Suppress,
    not_declared,
    refused,
    shows,
)
from rights.sources.actions.sqlacts import Acting, Done, dependents, restrictions, suppressed
from rights.sources.actions.sqlshape import Shape, digest, id_of
from rights.sources.mapping import Mapping
from rights.sources.values import clean

_T = TypeVar("_T")


def sqlite_write_url(path: Path) -> str:
    """An address under which a SQLite file may be written; a missing one is not made."""
    return f"sqlite:///{path.resolve().as_uri()}?mode=rw&uri=true"


class _RehearsedError(Exception):
    """Ends the transaction of a rehearsal, so that nothing of it stays."""


class SqlActions:
    """What may be done in one database, as its mapping declares.

    Args:
        mapping: The source.
        read_url: Read-only address, as searches use it.
        write_url: Address that may write; None where there is none.
        base: What the folders of files are relative to.
    """

    adapter = "sql/1"

    def __init__(self, mapping: Mapping, read_url: str, write_url: str | None, base: Path) -> None:
        self.mapping = mapping
        self._read = sa.create_engine(read_url, poolclass=sa.NullPool, hide_parameters=True)
        self._write = _writer(write_url) if write_url else None
        self._base = base
        self._shape = Shape(mapping.name, self._read)
        self._declared = mapping.actions or Actions(by_hand="")
        self._tables = {spec.table: spec for spec in self._declared.tables}

    @property
    def name(self) -> str:
        """The source's name."""
        return self.mapping.name

    def able(self, order: Order) -> bool:
        """Whether the mapping declares it and the database may be written to."""
        if self._write is None:
            return False
        if isinstance(order, Suppress):
            by = self._declared.suppress
            return by is not None and all(kind in by.columns for kind, _ in order.values)
        spec = self._tables.get(order.record.partition(":")[0])
        if spec is None:
            return False
        match order:
            case Erase():
                return spec.erase is not None
            case Correct():
                return bool(spec.correct)
            case Annotate():
                return spec.annotate is not None
            case _:
                return spec.restrict is not None

    def carry_out(self, order: Order, now: dt.datetime) -> Receipt | Instruction:
        """Does it in one transaction, or says who must."""
        return self._act(order, now, for_good=True)

    def rehearse(self, order: Order, now: dt.datetime) -> Receipt | Instruction:
        """The same up to the end of the transaction, which is rolled back; files stay."""
        return self._act(order, now, for_good=False)

    def _act(self, order: Order, now: dt.datetime, *, for_good: bool) -> Receipt | Instruction:
        if self._write is None or not self.able(order):
            return instruction(self.mapping, order)
        done = Done()
        try:
            with self._write.begin() as db:
                done = self._within(Acting(db, self._shape, now, self._base, for_good), order)
                if not for_good:
                    raise _RehearsedError
                failpoint("actions.before_commit")
            failpoint("actions.after_commit")
        except _RehearsedError:
            pass
        except SQLAlchemyError as error:
            # The driver's own words may quote values, so only its kind is passed on.
            raise refused(self.name, type(error).__name__) from None
        return Receipt(
            key=order.key,
            act=order.act,
            source=self.name,
            record=order.record,
            at=now,
            before=done.before,
            after=done.after,
            rows=done.rows,
            files=done.files,
            kept=done.kept,
            repeated=done.repeated,
            adapter=self.adapter,
        )

    def _within(self, acting: Acting, order: Order) -> Done:
        if isinstance(order, Suppress):
            assert self._declared.suppress is not None
            return acting.suppress(self._declared.suppress, order)
        return acting.act(self._tables[order.record.partition(":")[0]], order)

    def state(self, record: str) -> RecordState:
        """The record by the read-only address, through a connection opened for it.

        Raises:
            InputError: ``sources.not_declared``: the table is not in the mapping's actions.
        """
        spec = self._tables.get(record.partition(":")[0])
        if spec is None:
            raise not_declared(self.name, "records of that table be read back")
        return self._reading(lambda db: self._state(db, spec, record))

    def _state(self, db: sa.Connection, spec: TableActions, record: str) -> RecordState:
        left = sum(
            db.execute(
                sa.select(sa.func.count()).select_from(self._shape.table(table)).where(here)
            ).scalar_one()
            for table, here in dependents(self._shape, spec, record)
        )
        self._shape.check(spec)
        row = self._shape.row(db, spec, record)
        if row is None:
            return RecordState(record, present=False, left=left)
        stopped, keys = restrictions(spec.restrict, row) if spec.restrict else (False, ())
        notes: tuple[str, ...] = ()
        if by := spec.annotate:
            here = self._shape.equals(by.table, by.column, id_of(record))
            found = db.execute(sa.select(self._shape.column(by.table, by.text)).where(here))
            notes = tuple(str(text) for text in found.scalars())
        return RecordState(
            record,
            present=True,
            digest=digest(spec, row),
            restricted=stopped,
            restrictions=keys,
            left=left,
            notes=notes,
            values={name: clean(value) for name, value in row.items()},
        )

    def prove(self, order: Order) -> bool:
        """Whether the effect shows through a fresh read-only connection."""
        if isinstance(order, Suppress):
            by = self._declared.suppress
            return by is not None and self._reading(
                lambda db: all(
                    suppressed(db, self._shape, by, kind, value) for kind, value in order.values
                )
            )
        return shows(order, self.state(order.record))

    def _reading(self, read: Callable[[sa.Connection], _T]) -> _T:
        try:
            with self._read.connect() as db:
                if db.dialect.name == "postgresql":
                    db = db.execution_options(postgresql_readonly=True)
                return read(db)
        except SQLAlchemyError as error:
            raise refused(self.name, type(error).__name__) from None


def _writer(url: str) -> sa.Engine:
    engine = sa.create_engine(url, poolclass=sa.NullPool, hide_parameters=True)
    if engine.dialect.name != "sqlite":
        return engine

    def connected(connection: Any, _: object) -> None:
        # The driver would begin only at the first change, after the row was looked at.
        connection.isolation_level = None
        # What is deleted is overwritten in the file, and rows that hang on others are noticed.
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("PRAGMA foreign_keys=ON")

    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begin)
    return engine
