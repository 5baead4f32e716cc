"""The people around a person: relatives, people who are only named, and workers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from rights.sources.fullname import split_full_name
from rights.sources.mapping import Workers
from rights.sources.model import Relation, SourcePerson
from rights.sources.people import PersonBuilder, PersonColumns, day, first
from rights.sources.tables import Row

if TYPE_CHECKING:
    from rights.sources.tablesource import TableSource


def relations(source: TableSource, keys: Collection[str]) -> Iterator[Relation]:
    """Everybody the mapping can tell of around these people."""
    yield from _relatives(source, keys)
    yield from _named(source, keys)
    yield from _workers(source, keys)


def workers_by_key(source: TableSource, keys: Collection[str]) -> dict[str, SourcePerson]:
    """Workers with these keys."""
    spec = source.mapping.workers
    rows = _worker_rows(source, spec, keys) if spec else {}
    return {key: _person(source, [row], spec) for key, row in rows.items() if spec}


def _relatives(source: TableSource, keys: Collection[str]) -> Iterator[Relation]:
    for spec in source.mapping.relations:
        rows = list(source.rows(spec.table, spec.key, keys))
        others = source.people_by_key({first(row, spec.other) for row in rows} - {""})
        for row in rows:
            other = first(row, spec.other)
            yield Relation(
                source=source.name,
                key=first(row, spec.key),
                other_key=other,
                relationship=first(row, spec.relationship),
                worker=False,
                other=others.get(other) or SourcePerson(source.name, other),
                category=first(row, spec.category),
                start=day(row, spec.start, source.formats),
                end=day(row, spec.end, source.formats),
            )


def _named(source: TableSource, keys: Collection[str]) -> Iterator[Relation]:
    seen: set[tuple[str, str, str]] = set()
    for spec in source.mapping.named:
        for row in source.rows(spec.table, spec.key, keys):
            key, text = first(row, spec.key), first(row, spec.column)
            if not text or (key, spec.relationship, text) in seen:
                continue
            seen.add((key, spec.relationship, text))
            yield Relation(
                source=source.name,
                key=key,
                other_key="",
                relationship=spec.relationship,
                worker=spec.worker,
                other=SourcePerson(source.name, "", names=(split_full_name(text),)),
                organisation=spec.organisation,
            )


def _workers(source: TableSource, keys: Collection[str]) -> Iterator[Relation]:
    spec = source.mapping.workers
    if spec is None:
        return
    links: dict[tuple[str, str], Row] = {}
    if spec.allocations and spec.person and spec.worker:
        for row in source.rows(spec.allocations, spec.person, keys):
            links[first(row, spec.person), first(row, spec.worker)] = row
    # Whoever wrote a note is in the file, allocated or not.
    for record in source.mapping.records:
        if record.author:
            for row in source.rows(record.table, record.key, keys):
                if author := first(row, record.author):
                    links.setdefault((first(row, record.key), author), {})
    found = _worker_rows(source, spec, {worker for _, worker in links})
    for (key, worker), link in links.items():
        row = found.get(worker)
        yield Relation(
            source=source.name,
            key=key,
            other_key=worker,
            relationship=(first(row, spec.role) if row else "") or "worker",
            worker=True,
            other=_person(source, [row] if row else [], spec, worker),
            organisation=first(row, spec.organisation) if row else "",
            team=first(row, spec.team) if row else "",
            start=day(link, spec.start, source.formats),
            end=day(link, spec.end, source.formats),
        )


def _worker_rows(source: TableSource, spec: Workers, keys: Collection[str]) -> dict[str, Row]:
    return {first(row, spec.key): row for row in source.rows(spec.table, spec.key, keys)}


def _person(
    source: TableSource, rows: Iterable[Row], spec: Workers | None, key: str = ""
) -> SourcePerson:
    builder = PersonBuilder(source.name, key, source.formats)
    for row in rows:
        if spec:
            builder.key = first(row, spec.key)
            builder.add(row, PersonColumns(spec.fields))
    return builder.build()
