"""Any table of people under a mapping of its columns: a file by its ending, or a database.

The mapping is the one that sources use (`rights.sources.mapping`). What a single table does not
need may be left out: name, title, kind, location and the table's own name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, cast

import sqlalchemy as sa
import yaml
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from rights.errors import ConfigError, InputError, RightsdeskError
from rights.identity.birth import read_rough, read_year
from rights.identity.parquet import ParquetTables
from rights.law.yamlfile import parse_yaml
from rights.names import is_placeholder
from rights.sources.csvtables import CsvTables
from rights.sources.faults import Fault
from rights.sources.jsontables import JsonTables, lists_in, read_json
from rights.sources.mapping import Mapping as SourceMapping
from rights.sources.mapping import People
from rights.sources.mistakes import first_problem, problem, unreadable
from rights.sources.model import Capability, SourcePerson
from rights.sources.sql import SqlTables, sqlite_url
from rights.sources.tables import Placed, Row, Tables, unreachable
from rights.sources.tablesource import TableSource
from rights.sources.values import DATE_FORMATS, clean, column_name, read_birth, read_date
from rights.sources.xlsx import XlsxTables
from rights.sources.xmltables import XmlTables

Kind = Literal["csv", "xlsx", "parquet", "json", "xml", "sqlite", "url"]

_ENDINGS: dict[str, Kind] = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".psv": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx",
    ".parquet": "parquet", ".pq": "parquet", ".json": "json", ".xml": "xml",
    ".sqlite": "sqlite", ".sqlite3": "sqlite", ".db": "sqlite",
}  # fmt: skip
_NAMED = 12  # tables that an error lists
_SHOWN = 100  # odd cells told one by one
_MONTH_FIRST = ("%m/%d/%Y", "%m/%d/%y", "%m-%d-%Y")

OWN_COLUMNS: dict[str, tuple[str, ...]] = {
    "key": ("id", "query_id", "key", "unique_id", "rec_id", "record_id", "person_id", "ref"),
    "full_name": ("full_name", "name"),
    "forenames": ("forenames", "forename", "first_name", "given_name", "given_names"),
    "surname": ("surname", "last_name", "family_name"),
    "former_surname": ("former_surname", "maiden_name", "previous_surname"),
    "known_as": ("known_as", "preferred_name"),
    "dob": ("date_of_birth", "dob", "birth_date", "birthdate"),
    "sex": ("sex", "gender"),
    "address": ("address",),
    "postcode": ("postcode", "post_code"),
    "phone": ("phone", "telephone", "mobile"),
    "email": ("email", "email_address"),
    "nhs": ("nhs_number", "nhs"),
    "upn": ("upn",),
    "nino": ("nino",),
}
"""Columns that are understood without a mapping; the first that is there counts."""


class PeopleTable:
    """One table of people; a source that only lists them.

    Attributes:
        name: What its rows are called by in results.
        error: What stopped the last reading; None when it came to the end.
    """

    capabilities = frozenset([Capability.PEOPLE])

    def __init__(self, name: str, mapping: SourceMapping, tables: Tables, base: Path) -> None:
        self.name = name
        self.error: RightsdeskError | None = None
        self._tables = _Watched(tables, mapping)
        self._source = TableSource(mapping, self._tables, base)
        self._keyless = 0

    def people(self) -> Iterator[SourcePerson]:
        """Every person record.

        Raises:
            SourceError: The table cannot be read, or not to its end; the error names the row.
        """
        self._tables.odd.clear()
        self._tables.odd_count = 0
        self.error = None
        self._keyless = 0
        try:
            for person in self._source.people():
                self._keyless += not person.key
                yield person
        except RightsdeskError as error:
            self.error = error
            raise

    def faults(self) -> tuple[Fault, ...]:
        """Rows that were left out and cells that were left empty in the last reading."""
        return (*self._source.faults(), *self._tables.odd)

    def notes(self) -> tuple[str, ...]:
        """What was read, but not as it was written, and rows that cannot be told apart."""
        told = {fault.sentence for fault in self._source.faults()}
        notes = [f"{note}." for note in self._tables.unread() if note not in told]
        if self._keyless:
            notes.append(f"Rows with nothing in the key column: {self._keyless}.")
        return tuple(notes)

    def left_out(self) -> int:
        """How many such rows and cells there were, those not told one by one included."""
        return len(self._source.faults()) + self._tables.odd_count


class _Watched:
    """Tables whose cells are looked at while they pass: a date that is none is told of."""

    def __init__(self, tables: Tables, mapping: SourceMapping) -> None:
        self._inner = tables
        self._dates: dict[str, list[str]] = {}
        self._formats = mapping.dates
        people = mapping.people
        for table in [people, *people.also] if people else []:
            fields = table.fields
            columns = [name for name in (fields.dob, fields.expected_dob) if name]
            self._dates.setdefault(table.table, []).extend(map(column_name, columns))
        self.seekable = tables.seekable
        self.fixed = tables.fixed
        self.odd: list[Fault] = []
        self.odd_count = 0

    def refresh(self) -> None:
        """As the tables within."""
        self._inner.refresh()

    def columns(self, table: str, wanted: Collection[str] = ()) -> Mapping[str, str]:
        """As the tables within."""
        return self._inner.columns(table, wanted)

    def rows(
        self, table: str, wanted: Collection[str], key: str = "", keys: Collection[str] = ()
    ) -> Iterator[Row]:
        """As the tables within; odd cells are noted and read as empty."""
        formats = (*self._formats, *DATE_FORMATS)
        watched = self._dates.get(table, [])
        for number, row in enumerate(self._inner.rows(table, wanted, key, keys), 1):
            for column in watched:
                value = row.get(column)
                if value and _is_no_date(value, formats):
                    self.odd_count += 1
                    if len(self.odd) < _SHOWN:
                        inner = self._inner
                        at = inner.at if isinstance(inner, Placed) else number
                        self.odd.append(Fault(table, at, column, _oddity(clean(value))))
            yield row

    def unread(self) -> tuple[str, ...]:
        """As the tables within."""
        return self._inner.unread()

    def faults(self) -> tuple[Fault, ...]:
        """As the tables within."""
        return self._inner.faults()


def _oddity(text: str) -> str:
    """What is wrong with a cell that should hold a date, and what becomes of it."""
    if read_date(text, _MONTH_FIRST):
        return 'the month stands first; say dates: ["%m/%d/%Y"] in the mapping if it always does'
    return "not a date, its year is used" if read_year(text) else "not a date"


def _is_no_date(value: object, formats: tuple[str, ...]) -> bool:
    text = clean(value)
    if not text or is_placeholder(text) or read_birth(value, formats):
        return False
    return not read_rough(text)


def open_people(table: str, mapping: Path | None, name: str = "") -> PeopleTable:
    """A table of people, ready to be read.

    Args:
        table: A file, or the address of a database ("postgresql://...").
        mapping: YAML file that says which column holds what; None for `OWN_COLUMNS`.
        name: What its rows are called by in results; made from the file's name when empty.

    Raises:
        InputError: The file is not there, or its ending tells no kind of table.
        ConfigError: The mapping is wrong, or leaves out what this table needs.
        SourceError: The table cannot be opened.
    """
    kind = _kind(table)
    given = _read(mapping) if mapping else {}
    known = name or str(given.get("name", "")) or called(table)
    path = Path(table)
    tables: Tables
    match kind:
        case "csv":
            tables = CsvTables(known, path)
        case "xlsx":
            tables = XlsxTables(known, path)
        case "parquet":
            tables = ParquetTables(known, path)
        case "json":
            tables = JsonTables(known, path)
        case "xml":
            tables = XmlTables(known, path)
        case "sqlite":
            tables = SqlTables(known, sqlite_url(path))
        case "url":
            tables = SqlTables(known, table)
    people: dict[str, Any] = {**cast("dict[str, Any]", given.get("people") or {})}
    if "table" not in people or kind in ("csv", "parquet"):
        people["table"] = _only_table(kind, table, known, tables, _named(people, mapping))
    if mapping is None:
        people |= _own(tables, people["table"])
    filled: dict[str, Any] = {
        "title": known,
        **given,
        "name": known,
        # Which tables are opened is settled above; the rest of the mapping needs some kind.
        "kind": "sql" if kind in ("sqlite", "url") else "csv",
        "location": path.name if kind != "url" else "",
        "people": people,
    }
    return PeopleTable(known, _validated(filled, mapping), tables, path.parent)


def _kind(table: str) -> Kind:
    if "://" in table:
        return "url"
    path = Path(table)
    kind = _ENDINGS.get(path.suffix.lower())
    if kind is None:
        raise InputError(
            "identity.table_kind",
            "The ending of a table's name does not tell what kind of table it is.",
            f"Use one of {', '.join(_ENDINGS)}, or the address of a database.",
        )
    if not path.is_file():
        raise InputError(
            "identity.no_table", "A table that was named is not there.", "Check its path."
        )
    return kind


def called(table: str) -> str:
    """A name made from that of a file or database: small letters, digits and underscores."""
    stem = Path(table).stem if "://" not in table else table.rpartition("/")[2].partition("?")[0]
    words = re.sub(r"[^a-z0-9]+", "_", stem.lower()).strip("_")
    return words if words[:1].isalpha() else f"table_{words}".rstrip("_")


def _read(mapping: Path) -> dict[str, Any]:
    try:
        found: object = parse_yaml(mapping.read_bytes())
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise unreadable(mapping, error) from error
    if not isinstance(found, dict):
        raise _wrong(mapping, "the whole file", "it should be keys and values.")
    return cast("dict[str, Any]", found)


def _validated(filled: dict[str, Any], mapping: Path | None) -> SourceMapping:
    try:
        return SourceMapping.model_validate(filled)
    except ValidationError as error:
        first = first_problem(error)
        where = ".".join(str(part) for part in first["loc"])
        raise _wrong(mapping, where, problem(first, SourceMapping.model_json_schema())) from None


def _wrong(mapping: Path | None, where: str, what: str) -> ConfigError:
    named = f"The mapping {mapping.name}" if mapping else "The table without a mapping"
    return ConfigError(
        "sources.mapping_invalid",
        f"{named} is wrong at '{where}': {what}",
        "Correct that key; rights/sources/mapping.schema.json lists what is allowed.",
    )


def _named(people: dict[str, Any], mapping: Path | None) -> list[str]:
    """The columns that the table should have."""
    if mapping is None:
        return _own_names()
    try:
        spec = People.model_validate({"table": "", **people})
    except ValidationError:
        return []  # told when the whole mapping is validated
    return [column_name(name) for name in (spec.key, *spec.fields.columns())]


def _only_table(kind: Kind, table: str, name: str, tables: Tables, wanted: list[str]) -> str:
    """The name of the table where there is but one that can be meant."""
    there: Sequence[str] = ()
    what = "Give `table:` under `people:` in the mapping."
    match kind:
        case "csv" | "parquet":
            return Path(table).name
        case "json":
            there = tuple(lists_in(read_json(name, Path(table)))) or (".",)
        case "xlsx":
            assert isinstance(tables, XlsxTables)
            there = _best_sheets(tables, wanted)
        case "sqlite" | "url":
            address = sqlite_url(Path(table)) if kind == "sqlite" else table
            try:
                there = sa.inspect(sa.create_engine(address)).get_table_names()
            except SQLAlchemyError as error:
                raise unreachable(name, type(error).__name__) from None
        case "xml":
            what = "Give `table:` under `people:`: the tag of the element that makes a row."
    if len(there) == 1:
        return there[0]
    named = f": {', '.join(map(repr, there[:_NAMED]))}" if there else ""
    raise ConfigError(
        "identity.which_table",
        f"Several tables may be meant here, and the mapping does not say which{named}.",
        what,
    )


def _best_sheets(book: XlsxTables, wanted: list[str]) -> tuple[str, ...]:
    """The sheets that hold most of the columns; the first one where none holds any."""
    hits: dict[str, int] = {}
    for sheet in book.sheets():
        try:
            hits[sheet] = len(book.columns(sheet, wanted).keys() & set(wanted))
        except RightsdeskError:
            hits[sheet] = 0  # an empty sheet, or a picture
    most = max(hits.values(), default=0)
    best = tuple(sheet for sheet, found in hits.items() if found == most)
    return best if most else best[:1]


def _own_names() -> list[str]:
    """The columns understood without a mapping, with spaces between their words as well."""
    names = [name for several in OWN_COLUMNS.values() for name in several]
    return [*names, *(name.replace("_", " ") for name in names if "_" in name)]


def _joined(name: str) -> str:
    """A column's name with one underscore between its words, however they are parted."""
    return re.sub(r"[\s_.-]+", "_", name).strip("_")


def _own(tables: Tables, table: str) -> dict[str, Any]:
    wanted = _own_names()
    there = {_joined(name): name for name in tables.columns(table, wanted)}
    found = {
        field: next((there[name] for name in names if name in there), "")
        for field, names in OWN_COLUMNS.items()
    }
    key = found.pop("key")
    fields = {field: name for field, name in found.items() if name}
    if not key or not fields:
        raise ConfigError(
            "identity.own_columns",
            "The table has no column that is understood without a mapping, or none for a key.",
            f"Give a mapping, or name the key column '{OWN_COLUMNS['key'][0]}' and the others "
            "as the handbook says.",
        )
    return {"key": key, "fields": fields}
