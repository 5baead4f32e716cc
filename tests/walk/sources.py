"""The council's systems read anew, and what became of them between two readings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import MetaData, create_engine, select
from sqlalchemy.pool import NullPool

_KEYS = {
    "CASE_NOTES": "ID",
    "DOCUMENTS": "ID",
    "WORKERS": "ID",
    "CASE_NOTE_STATEMENTS": "CASE_NOTE_ID",
}
"""The column that names a row of a table; PERSON_ID elsewhere."""

Row = Mapping[str, str | None]


@dataclass(frozen=True)
class Sources:
    """Every row of the case system and every file of the council, as they are now.

    Attributes:
        rows: (table, key, how often that key came before) -> the row.
        files: Path below the council's folder -> its hash.
    """

    rows: Mapping[tuple[str, str, int], Row]
    files: Mapping[str, str]

    def text(self) -> str:
        """Every value of every row, to look for words in."""
        return "\n".join(v for row in self.rows.values() for v in row.values() if v)


def read_sources(council: Path) -> Sources:
    """Read all of it through a connection that nobody has used before."""
    engine = create_engine(
        f"sqlite:///{council / 'systems' / 'case_system.sqlite'}", poolclass=NullPool
    )
    rows: dict[tuple[str, str, int], Row] = {}
    tables = MetaData()
    with engine.connect() as db:
        tables.reflect(db)
        for table in tables.sorted_tables:
            for found in db.execute(select(table)).mappings():
                row = {str(name): value for name, value in found.items()}
                key, turn = str(row[_KEYS.get(table.name, "PERSON_ID")]), 0
                while (table.name, key, turn) in rows:
                    turn += 1
                rows[table.name, key, turn] = row
    engine.dispose()
    return Sources(rows, dict(_files(council)))


def _files(council: Path) -> Iterator[tuple[str, str]]:
    for folder in ("folders", "exports", "mail"):
        for path in sorted((council / folder).rglob("*")):
            if path.is_file():
                yield str(path.relative_to(council)), sha256(path.read_bytes()).hexdigest()


def changes(before: Sources, after: Sources) -> frozenset[str]:
    """What is gone, new or changed, a line each; empty when nothing in any source is different."""
    return frozenset((*_rows(before, after), *_changed_files(before.files, after.files)))


def _rows(before: Sources, after: Sources) -> Iterator[str]:
    for place in before.rows.keys() - after.rows.keys():
        yield f"gone {place[0]} {place[1]}"
    for place in after.rows.keys() - before.rows.keys():
        yield f"new {place[0]} {place[1]}"
    for place in before.rows.keys() & after.rows.keys():
        old, new = before.rows[place], after.rows[place]
        for column in new:
            if old[column] != new[column]:
                yield f"{place[0]} {place[1]} {column}"


def _changed_files(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    for path in before.keys() - after.keys():
        yield f"gone {path}"
    for path in after.keys() - before.keys():
        yield f"new {path}"
    for path in before.keys() & after.keys():
        if before[path] != after[path]:
            yield f"{path} changed"


def marks(database: str) -> dict[str, int]:
    """How many marks of people stand in the suppression list, by what for."""
    engine = create_engine(database, poolclass=NullPool)
    found: dict[str, int] = {}
    with engine.connect() as db:
        tables = MetaData()
        tables.reflect(db, only=["suppression"])
        for row in db.execute(select(tables.tables["suppression"])).mappings():
            found[str(row["purpose"])] = found.get(str(row["purpose"]), 0) + 1
    engine.dispose()
    return found
