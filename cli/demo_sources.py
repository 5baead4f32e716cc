"""What the demo's systems hold, counted anew through a connection of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casework.office import Office
    from rights.sources.actions.mapping import Actions, TableActions

Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Counted:
    """One reading of every system that may be acted on.

    Attributes:
        counts: What is counted, in words, and how many.
        rows: A digest of the correctable columns of each row, by table and id.
    """

    counts: Counts = field(default_factory=Counts)
    rows: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])


def count_sources(office: Office) -> Counted:
    """Read every system that the settings allow to be written to, and the files it lists."""
    import sqlalchemy as sa

    from casework.erasure.scope import mappings

    found = Counted()
    for name, mapping in mappings(office).items():
        url = office.settings.source_write_urls.get(name)
        if url is None or mapping.actions is None:
            continue
        engine = sa.create_engine(url)
        try:
            with engine.connect() as db:
                _system(found, office, mapping.title, mapping.actions, db)
        finally:
            engine.dispose()
    return found


def changes(before: Counted, after: Counted) -> list[tuple[str, int, int]]:
    """What is counted otherwise, before and after; rows whose words changed come last."""
    names = list(dict.fromkeys([*before.counts, *after.counts]))
    lines = [(n, before.counts.get(n, 0), after.counts.get(n, 0)) for n in names]
    told = [line for line in lines if line[1] != line[2]]
    corrected = [k for k, mark in after.rows.items() if before.rows.get(k, mark) != mark]
    return [
        *told,
        *([("Entries whose words were changed", 0, len(corrected))] if corrected else []),
    ]


def _system(found: Counted, office: Office, title: str, actions: Actions, db: Any) -> None:
    import sqlalchemy as sa

    for table in actions.tables:
        rows = list(
            db.execute(sa.select(sa.text("*")).select_from(sa.table(table.table))).mappings()
        )
        _table(found, office, f"{title}: {table.table}", table, rows)
        if table.annotate is not None:
            beside = sa.select(sa.func.count()).select_from(sa.table(table.annotate.table))
            found.counts[f"{title}: statements beside entries"] = int(db.scalar(beside))
    if actions.suppress is not None:
        listed = sa.select(sa.func.count()).select_from(sa.table(actions.suppress.table))
        found.counts[f"{title}: not to be written to"] = int(db.scalar(listed))


def _table(found: Counted, office: Office, what: str, table: TableActions, rows: Any) -> None:
    found.counts[f"{what}, rows"] = len(rows)
    if table.restrict is not None:
        by = table.restrict
        found.counts[f"{what}, use stopped"] = sum(1 for r in rows if r[by.column] == by.on)
    if table.file is not None:
        folder = office.settings.base / table.file.folder
        files = {str(row[table.file.column]) for row in rows}
        there = sum(1 for name in files if (folder / name).is_file())
        found.counts[f"{what}, files"] = there
    for row in rows:
        words = "\x1f".join(str(row[column]) for column in table.correct)
        found.rows[(what, str(row[table.id]))] = sha256(words.encode()).hexdigest()
