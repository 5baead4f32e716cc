"""What each order does to the rows of a database, inside a transaction of the caller's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from rights.failpoints import failpoint
from rights.sources.actions.mapping import (
    AnnotateBy,
    Dependent,
    FileBy,
    RestrictBy,
    SuppressBy,
    TableActions,
)
from rights.sources.actions.orders import (
    OTHERS,
    Annotate,
    Correct,
    Erase,
    Lift,
    Order,
    Restrict,
    Suppress,
    changed,
    gone,
    not_declared,
)
from rights.sources.actions.remove import inside, remove_file
from rights.sources.actions.sqlshape import Row, Shape, digest, id_of
from rights.sources.values import clean, column_name


@dataclass
class Done:
    """What one order did: as in `Receipt`."""

    before: str = ""
    after: str = ""
    rows: int = 0
    files: int = 0
    kept: int = 0
    repeated: bool = False


@dataclass(frozen=True)
class Acting:
    """One transaction in one database.

    Attributes:
        base: What the folders of files are relative to.
        for_good: False in a rehearsal: files stay.
    """

    db: sa.Connection
    shape: Shape
    now: dt.datetime
    base: Path
    for_good: bool

    def act(self, spec: TableActions, order: Order) -> Done:
        """Carries out an order on a record; what is done already is only said.

        Raises:
            ConflictError: the record changed since it was decided upon, or is gone.
            InputError: a column or value that is not allowed, or does not fit.
        """
        done = Done(before=order.expected)
        self.shape.check(spec)
        row = self.shape.row(self.db, spec, order.record, lock=True)
        if row is not None:
            self._change(spec, order, row, done)
        elif isinstance(order, Erase):
            done.rows = self._drop_dependents(spec, order.record)
            done.repeated = not done.rows
        else:
            raise gone(self.shape.source)
        left = self.shape.row(self.db, spec, order.record)
        done.after = "" if left is None else digest(spec, left)
        return done

    def _change(self, spec: TableActions, order: Order, row: Row, done: Done) -> None:
        match order:
            case Restrict() if spec.restrict:
                done.before = digest(spec, row)
                self._flag(spec, spec.restrict, order, row, done, add=order.key)
            case Lift() if spec.restrict:
                done.before = digest(spec, row)
                self._flag(spec, spec.restrict, order, row, done, drop=order.restriction)
            case Correct():
                self._correct(spec, order, row, done)
            case Annotate() if spec.annotate:
                self._annotate(spec, spec.annotate, order, row, done)
            case Erase():
                self._unchanged(spec, order, row)
                if spec.file:
                    self._drop_file(spec, spec.file, order.record, row, done)
                done.rows = self._drop_dependents(spec, order.record)
                here = self.shape.equals(spec.table, spec.id, id_of(order.record))
                done.rows += self._run(sa.delete(self.shape.table(spec.table)).where(here))
            case _:
                raise not_declared(self.shape.source, "that be done")

    def _unchanged(self, spec: TableActions, order: Order, row: Row) -> None:
        if digest(spec, row) != order.expected:
            raise changed(self.shape.source)

    def _run(self, statement: sa.Delete | sa.Update) -> int:
        result: sa.CursorResult[Any] = self.db.execute(statement)
        return result.rowcount

    def _update(self, spec: TableActions, record: str, values: Row) -> int:
        here = self.shape.equals(spec.table, spec.id, id_of(record))
        update = sa.update(self.shape.table(spec.table)).where(here)
        return self._run(update.values(self.shape.values(spec.table, values)))

    def _insert(self, table: str, values: Row) -> int:
        insert = sa.insert(self.shape.table(table))
        self.db.execute(insert.values(self.shape.values(table, values)))
        return 1

    def _count(self, table: str, *here: sa.ColumnElement[bool]) -> int:
        query = sa.select(sa.func.count()).select_from(self.shape.table(table)).where(*here)
        return self.db.execute(query).scalar_one()

    def _correct(self, spec: TableActions, order: Correct, row: Row, done: Done) -> None:
        allowed = {column_name(name) for name in spec.correct}
        if any(column_name(column) not in allowed for column, _ in order.values):
            raise not_declared(self.shape.source, "that column be corrected")
        wanted = self.shape.values(spec.table, dict(order.values))
        if all(clean(row[column_name(name)]) == clean(value) for name, value in wanted.items()):
            done.repeated = True
            return
        self._unchanged(spec, order, row)
        done.rows = self._update(spec, order.record, wanted)

    def _flag(
        self,
        spec: TableActions,
        by: RestrictBy,
        order: Order,
        row: Row,
        done: Done,
        *,
        add: str = "",
        drop: str = "",
    ) -> None:
        stands, keys = restrictions(by, row)
        standing: tuple[str, ...] = ()
        kept: tuple[str, ...] = ()
        wanted = bool(add)
        if by.keys is not None:
            # A mark that was there before ours stays when ours is lifted.
            standing = keys or ((OTHERS,) if stands else ())
            kept = tuple(key for key in standing if key != drop or key == OTHERS)
            kept = kept if not add or add in kept else (*kept, add)
            wanted = bool(kept)
        if (wanted, kept) == (stands, standing):
            done.repeated = True
            return
        values: dict[str, object] = {by.column: by.on if wanted else by.off}
        if by.keys is not None:
            values[by.keys] = " ".join(kept) or None
        done.rows = self._update(spec, order.record, values)

    def _annotate(
        self, spec: TableActions, by: AnnotateBy, order: Annotate, row: Row, done: Done
    ) -> None:
        record = id_of(order.record)
        same = (by.key, order.key) if by.key else (by.text, order.text)
        here = self.shape.equals(by.table, by.column, record)
        if self._count(by.table, here, self.shape.equals(by.table, *same)):
            done.repeated = True
            return
        self._unchanged(spec, order, row)
        values: dict[str, object] = {by.column: record, by.text: order.text, **by.fixed}
        values |= {column: row[column_name(source)] for column, source in by.copied.items()}
        values |= _known((by.by, order.by), (by.date, self.now), (by.key, order.key))
        done.rows = self._insert(by.table, values)

    def _drop_dependents(self, spec: TableActions, record: str) -> int:
        return sum(
            self._run(sa.delete(self.shape.table(table)).where(here))
            for table, here in dependents(self.shape, spec, record)
        )

    def _drop_file(self, spec: TableActions, by: FileBy, record: str, row: Row, done: Done) -> None:
        """Deletes the file first: were the row gone first, a crash would leave a nameless file."""
        name = row[column_name(by.column)]
        if not clean(name):
            return
        column = self.shape.column(spec.table, spec.id)
        another = column != self.shape.fit(column, id_of(record))
        if self._count(spec.table, self.shape.equals(spec.table, by.column, name), another):
            done.kept = 1
            return
        path = inside(self.shape.source, self.base / by.folder, clean(name))
        if not self.for_good:
            done.files = int(path.is_file())
            return
        done.files = int(remove_file(self.shape.source, path))
        failpoint("actions.file_removed")

    def suppress(self, by: SuppressBy, order: Suppress) -> Done:
        """Adds what is not yet on the list."""
        if self.db.dialect.name == "postgresql":
            # No row to lock: two workers might both find nothing and both write.
            name = self.db.dialect.identifier_preparer.format_table(self.shape.table(by.table))
            self.db.exec_driver_sql(f"LOCK TABLE {name} IN SHARE ROW EXCLUSIVE MODE")
        done = Done()
        for kind, value in order.values:
            if not suppressed(self.db, self.shape, by, kind, value):
                row: dict[str, object] = {by.columns[kind]: value, **by.fixed}
                row |= _known((by.date, self.now), (by.key, order.key))
                done.rows += self._insert(by.table, row)
        done.repeated = not done.rows
        return done


def restrictions(by: RestrictBy, row: Row) -> tuple[bool, tuple[str, ...]]:
    """Whether a row's use is stopped, and the keys of what stops it where they are kept."""
    stands = clean(row[column_name(by.column)]) == clean(by.on)
    return stands, tuple(clean(row[column_name(by.keys)]).split()) if by.keys else ()


def dependents(
    shape: Shape, spec: TableActions, record: str
) -> Iterator[tuple[str, sa.ColumnElement[bool]]]:
    """Tables with rows that hang on a record, each with the condition that finds them."""
    also = list(spec.erase.also) if spec.erase else []
    if by := spec.annotate:
        also.append(Dependent(table=by.table, column=by.column))
    for one in {(d.table, d.column): d for d in also}.values():
        yield one.table, shape.equals(one.table, one.column, id_of(record))


def suppressed(db: sa.Connection, shape: Shape, by: SuppressBy, kind: str, value: str) -> bool:
    """Whether a value is on the system's list, whatever its case."""
    table = shape.table(by.table)
    same = sa.func.lower(shape.column(by.table, by.columns[kind])) == value.lower()
    query = sa.select(sa.func.count()).select_from(table).where(same)
    return bool(db.execute(query).scalar_one())


def _known(*pairs: tuple[str | None, object]) -> dict[str, object]:
    return {column: value for column, value in pairs if column}
