"""A source whose data sits in tables, whatever the tables sit in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterator
from collections.abc import Mapping as MappingType
from dataclasses import replace
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from rights.sources import relations as around
from rights.sources.faults import Fault
from rights.sources.files import open_inside
from rights.sources.mapped import MappedSource
from rights.sources.mapping import Mapping, PersonFields, Records
from rights.sources.model import (
    Capability,
    Probe,
    Relation,
    SourceDocument,
    SourcePerson,
    SourceRecord,
)
from rights.sources.people import PersonBuilder, PersonColumns, day, first
from rights.sources.shapes import Accepted, ColumnShape, Shape, ShapeBook, TableShape, holds
from rights.sources.tables import Row, Tables, missing_column, missing_header, retyped_column
from rights.sources.tripwire import SAMPLE, check_values, compare_shapes
from rights.sources.values import DATE_FORMATS, clean, column_name
from rights.sources.wanted import wanted_columns

_BATCH = 500
_STREAMED = 50_000  # rows of a file taken together, so that a large one is not held whole


class TableSource(MappedSource):
    """Adapter for every tabular kind: SQL, CSV, XLSX, XML and JSON.

    Args:
        mapping: What is where.
        tables: The rows.
        base: Folder that document locations are relative to.
        book: Keeps the shapes that were accepted; without it every shape is taken as it is.
    """

    def __init__(
        self, mapping: Mapping, tables: Tables, base: Path, book: ShapeBook | None = None
    ) -> None:
        super().__init__(mapping)
        self._book = book
        self.tables = tables
        self.base = base
        self.formats = (*mapping.dates, *DATE_FORMATS) if mapping.dates else DATE_FORMATS
        self._wanted = wanted_columns(mapping)
        self._person_columns = PersonColumns(
            mapping.people.fields if mapping.people else PersonFields()
        )
        self._types = {
            (table, column_name(column)): kind
            for place, kind in mapping.types.items()
            for table, _, column in [place.rpartition(".")]
        }

    @property
    def capabilities(self) -> frozenset[Capability]:
        """As far as the mapping names tables for it."""
        mapping = self.mapping
        found = {
            Capability.PEOPLE: mapping.people is not None,
            Capability.RECORDS: bool(mapping.records),
            Capability.DOCUMENTS: bool(mapping.documents),
            Capability.RELATIONS: bool(mapping.relations or mapping.named or mapping.workers),
        }
        return frozenset(capability for capability, there in found.items() if there)

    def probe(self) -> Probe:
        """Every mapped column is there, holds what it should, and the whole is as accepted."""
        shape = self.shape()
        told: tuple[str, ...] = ()
        if self._book is not None:
            accepted = self._book.accepted(self.name)
            if accepted is None:
                self._book.keep(Accepted(shape))
            else:
                told = compare_shapes(accepted.shape, shape)
        mapped = (
            (table, column, shape.tables[table].columns[column].declared)
            for table, columns in self._wanted.items()
            for column in columns
        )
        return Probe(self.name, tuple(sorted(mapped)), self.tables.unread(), told)

    def shape(self) -> Shape:
        """The shape of the mapped tables as they are now.

        Raises:
            SourceError: a mapped column is gone, or no longer holds what the mapping says.
        """
        self.check_in_use()
        self.tables.refresh()
        tables: dict[str, TableShape] = {}
        for table, columns in self._wanted.items():
            there = self.tables.columns(table, columns)
            if not there.keys() & set(columns):
                raise missing_header(self.name, table)
            for column in columns:
                if column not in there:
                    raise missing_column(
                        self.name, table, column, self._instead(table, column, there)
                    )
                kind = self._types.get((table, column))
                if kind and kind != there[column]:
                    raise retyped_column(self.name, table, column, f"values of type {kind}")
            sample = list(islice(self.tables.rows(table, columns), SAMPLE))
            check_values(self.mapping, table, sample, self.formats)
            tables[table] = self._shape_of(there, sample)
        return Shape(self.name, tables)

    def _shape_of(self, there: MappingType[str, str], sample: list[Row]) -> TableShape:
        columns = {
            name: ColumnShape(
                declared.partition("(")[0], holds([r.get(name) for r in sample], self.formats)
            )
            for name, declared in there.items()
        }
        return TableShape(columns, len(sample), self.tables.fixed)

    def _instead(self, table: str, column: str, there: Collection[str]) -> str:
        """What a missing column may be called now: one that is new, or is written much alike.

        Never any other: in a file that lost its header row the "columns" are somebody's data.
        """
        accepted = self._book.accepted(self.name) if self._book else None
        known = accepted.shape.tables.get(table) if accepted else None
        # What the mapping names already has another meaning.
        free = [name for name in there if name not in self._wanted[table]]
        fresh = [name for name in free if known and name not in known.columns]
        ends = {_end(name): name for name in fresh or free}
        alike = [ends[end] for end in get_close_matches(_end(column), ends, 3)] or fresh[:3]
        return " or ".join(f"'{name}'" for name in alike)

    def faults(self) -> tuple[Fault, ...]:
        """Rows that could not be read since each table was last opened."""
        return self.tables.faults()

    def rows(self, table: str, key: str = "", keys: Collection[str] = ()) -> Iterator[Row]:
        """Rows of a mapped table, after checking that its columns are still there."""
        wanted = self._wanted[table]
        there = self.tables.columns(table, wanted)
        for column in wanted:
            if column not in there:
                # Where one column is as the mapping names it the row is a header and no data.
                known = sorted(there) if there.keys() & set(wanted) else []
                instead = self._instead(table, column, there) if known else ""
                raise missing_column(self.name, table, column, instead, known)
        if key and not keys:
            return
        yield from self.tables.rows(table, wanted, column_name(key) if key else "", keys)

    def people(self) -> Iterator[SourcePerson]:
        """Streams person records; child tables are joined in batches where the source can seek."""
        if self.mapping.people:
            yield from self._people(())

    def people_by_key(self, keys: Collection[str]) -> dict[str, SourcePerson]:
        """The person records with these keys."""
        if not self.mapping.people or not keys:
            return {}
        return {person.key: person for person in self._people(keys)}

    def merged(self) -> Iterator[tuple[str, str]]:
        """Pairs of a duplicate's key and the key that it was merged into."""
        spec = self.mapping.people
        if spec and spec.merged_into:
            for row in self.rows(spec.table):
                if other := first(row, spec.merged_into):
                    yield first(row, spec.key), other

    def _people(self, keys: Collection[str]) -> Iterator[SourcePerson]:
        spec = self.mapping.people
        if spec is None:
            return
        rows = self.rows(spec.table, spec.key if keys else "", keys)
        by_key = self.tables.seekable or bool(keys)
        children = None if by_key else self._children(())
        while builders := self._built(rows, _BATCH if by_key else _STREAMED):
            if children is None:
                named = [key for key in builders if not key.startswith("\0")]
                for key, add in self._child_rows(named):
                    if key in builders:
                        add(builders[key])
            else:
                for key, builder in builders.items():
                    for add in children.get(key, ()):
                        add(builder)
            for builder in builders.values():
                yield builder.build()

    def _built(self, rows: Iterator[Row], size: int) -> dict[str, PersonBuilder]:
        """The people of the next rows; those of one key together, if they are not far apart."""
        spec = self.mapping.people
        assert spec is not None
        columns = self._person_columns
        builders: dict[str, PersonBuilder] = {}
        for row in islice(rows, size):
            key = first(row, spec.key)
            # Rows without a key are people of their own, never merged with one another.
            slot = key or f"\0{len(builders)}"
            if slot not in builders:
                builders[slot] = PersonBuilder(self.name, key, self.formats)
            builders[slot].add(row, columns)
        return builders

    def _children(self, keys: Collection[str]) -> dict[str, list[Callable[[PersonBuilder], None]]]:
        found: dict[str, list[Callable[[PersonBuilder], None]]] = {}
        for key, add in self._child_rows(keys):
            found.setdefault(key, []).append(add)
        return found

    def _child_rows(
        self, keys: Collection[str]
    ) -> Iterator[tuple[str, Callable[[PersonBuilder], None]]]:
        spec = self.mapping.people
        for child in spec.also if spec else ():
            columns = PersonColumns(child.fields)
            for row in self.rows(child.table, child.key if keys else "", keys):
                yield first(row, child.key), _adder(row, columns)
        warnings = self.mapping.warnings
        if warnings:
            for row in self.rows(warnings.table, warnings.key if keys else "", keys):
                if not first(row, warnings.end):
                    yield first(row, warnings.key), _warner(first(row, warnings.code))

    def count(self, keys: Collection[str]) -> int:
        """Rows and listed files of these people."""
        parts = [*self.mapping.records, *self.mapping.documents]
        return sum(1 for part in parts for _ in self.rows(part.table, part.key, keys))

    def records(self, keys: Collection[str]) -> Iterator[SourceRecord]:
        """Rows of every record table, with the author's name where workers are mapped."""
        for spec in self.mapping.records:
            authors: dict[str, str] = {}
            seen: dict[str, int] = {}
            for row in self.rows(spec.table, spec.key, keys):
                yield self._record(spec, row, seen, authors)

    def _record(
        self, spec: Records, row: Row, seen: dict[str, int], authors: dict[str, str]
    ) -> SourceRecord:
        shown = list(row) if spec.fields == "all" else [column_name(n) for n in spec.fields]
        named = [] if spec.fields == "all" else spec.fields
        labels = {column_name(n): n for n in named}
        labels |= {column_name(n): words for n, words in spec.labels.items()}
        fields = tuple(
            (labels.get(name, name), clean(row.get(name)))
            for name in shown
            if name and clean(row.get(name))
        )
        text = first(row, spec.text)
        author = first(row, spec.author)
        if author and self.mapping.workers and author not in authors:
            found = around.workers_by_key(self, {author})
            authors[author] = found[author].names[0].full if author in found else author
        state = first(row, spec.state).casefold()
        return SourceRecord(
            source=self.name,
            key=first(row, spec.key),
            record_id=f"{spec.table}:{first(row, spec.id) or _row_id(row, seen)}",
            date=day(row, spec.date, self.formats),
            title=first(row, spec.title) or spec.label,
            text=text,
            fields=fields,
            author=authors.get(author, author),
            copy_of=first(row, spec.copy_of),
            retracted=state in {word.casefold() for word in spec.retracted},
        )

    def documents(self, keys: Collection[str]) -> Iterator[SourceDocument]:
        """Files listed for these people; a listed file that is gone fails when it is opened."""
        for spec in self.mapping.documents:
            for row in self.rows(spec.table, spec.key, keys):
                name = first(row, spec.file)
                found = self.file(self.base / spec.folder, name, key=first(row, spec.key))
                yield replace(
                    found,
                    document_id=f"{spec.table}:{first(row, spec.id) or name}",
                    date=day(row, spec.date, self.formats),
                    title=first(row, spec.title),
                )

    def file(self, folder: Path, name: str, *, key: str) -> SourceDocument:
        """A file below a folder, of which nothing is known but its name."""
        opener, media = open_inside(folder, name)
        shown = name.replace("\\", "/").rpartition("/")[2]
        return SourceDocument(self.name, key, f"file:{name}", shown, media, None, "", opener)

    def relations(self, keys: Collection[str]) -> Iterator[Relation]:
        """Family, named people and workers around these people."""
        yield from around.relations(self, keys)


def _end(column: str) -> str:
    """The last part of a path in XML or JSON; the elements around it are no likeness."""
    return re.split(r"[/.]", column)[-1] or column


def _adder(row: Row, columns: PersonColumns) -> Callable[[PersonBuilder], None]:
    return lambda builder: builder.add(row, columns)


def _warner(code: str) -> Callable[[PersonBuilder], None]:
    def warn(builder: PersonBuilder) -> None:
        builder.warnings += (code,)

    return warn


def _row_id(row: Row, seen: dict[str, int]) -> str:
    """A stable id for a row without one: its content, and its place among equal rows."""
    content = "\x1f".join(f"{name}={clean(value)}" for name, value in sorted(row.items()))
    digest = hashlib.sha256(content.encode()).hexdigest()[:16]
    seen[digest] = seen.get(digest, 0) + 1
    return digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
