"""A column removed, renamed or retyped stops its source loudly, whatever the table sits in."""

from __future__ import annotations

import csv
import json
import sqlite3
from xml.sax.saxutils import escape

import openpyxl
import pytest
import sqlalchemy as sa

from rights.errors import SourceError
from rights.sources import Mapping, SearchTerms, Status, make_source, search_source
from tests.pg import postgres_url  # noqa: F401 - a fixture

ROWS = [{"ref": f"C{n}", "born": f"201{n}-03-0{n + 1}", "note": f"note {n}"} for n in range(5)]
KINDS = ("sql", "csv", "xlsx", "xml", "json")


def removed(row):
    return {name: value for name, value in row.items() if name != "born"}


def renamed(row):
    return {"birthday" if name == "born" else name: value for name, value in row.items()}


def retyped(row):
    return row | {"born": "about twelve"}


def refilled(row):
    return row | {"ref": f"Mr {row['note']}"}


def write(folder, kind, rows):
    names = list(rows[0])
    path = folder / f"t.{kind}"
    match kind:
        case "sql":
            with sqlite3.connect(path) as db:
                db.execute(f"CREATE TABLE t ({', '.join(f'{n} TEXT' for n in names)})")
                marks = ", ".join("?" * len(names))
                db.executemany(f"INSERT INTO t VALUES ({marks})", [tuple(r.values()) for r in rows])
            db.close()
        case "csv":
            with path.open("w", newline="", encoding="utf-8") as stream:
                writer = csv.DictWriter(stream, names)
                writer.writeheader()
                writer.writerows(rows)
        case "xlsx":
            book = openpyxl.Workbook()
            book.active.title = "t"
            for cells in (names, *(list(row.values()) for row in rows)):
                book.active.append(cells)
            book.save(path)
        case "xml":
            inside = "".join(
                f"<t>{''.join(f'<{n}>{escape(v)}</{n}>' for n, v in row.items())}</t>"
                for row in rows
            )
            path.write_text(f"<all>{inside}</all>", encoding="utf-8")
        case "json":
            path.write_text(json.dumps({"t": rows}), encoding="utf-8")
    return path.name


def mapping(kind, location, **more):
    data = {
        "name": "s",
        "title": "S",
        "kind": kind,
        "location": location,
        "shapes": {"ref": "C[0-9]+"},
        "records": [{"table": "t", "key": "ref", "label": "Row", "date": "born", "text": "note"}],
    }
    return Mapping.model_validate(data | more)


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_as_mapped_is_read(tmp_path, kind):
    """The same nine lines of mapping serve every kind of table."""
    source = make_source(mapping(kind, write(tmp_path, kind, ROWS)), tmp_path)
    source.probe()
    (record,) = source.records({"C3"})
    assert (record.text, record.date.year) == ("note 3", 2013)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (removed, "no column 'born' in table 't'"),
        (renamed, "no column 'born' in table 't'"),
        (retyped, "column 'born' of table 't' no longer holds dates"),
        (refilled, "column 'ref' of table 't' no longer holds"),
    ],
)
def test_a_changed_column_stops_the_source(tmp_path, kind, change, words):
    """It never reads as if nothing were held."""
    name = write(tmp_path, kind, [change(row) for row in ROWS])
    source = make_source(mapping(kind, name), tmp_path)
    with pytest.raises(SourceError, match=words):
        source.probe()
    line = search_source(source, {"s": frozenset({"C3"})}, SearchTerms()).line
    assert line.status is Status.FAILED


def test_a_database_column_of_another_type_stops_the_source(tmp_path):
    """The type that the mapping expects is compared with the one the database declares."""
    write(tmp_path, "sql", ROWS)
    as_was = mapping("sql", "t.sql", types={"t.born": "TEXT"})
    make_source(as_was, tmp_path).probe()
    changed = mapping("sql", "t.sql", types={"t.born": "DATE"})
    with pytest.raises(SourceError, match="no longer holds values of type DATE"):
        make_source(changed, tmp_path).probe()


def test_answers_that_lost_their_content_stop_the_source(tmp_path):
    """Stored answers without the agreed part are no answers."""
    (tmp_path / "7.json").write_text('{"inhalt": []}')
    with pytest.raises(SourceError, match="an answer has no content"):
        make_source(mapping("answers", ".", records=[], shapes={}), tmp_path).probe()


@pytest.mark.parametrize("kind", ["NUMERIC(12, 0)", "DOUBLE PRECISION", "BIGINT", "UUID", "TEXT"])
def test_keys_of_every_type_on_postgresql(tmp_path, postgres_url, kind):  # noqa: F811
    """PostgreSQL compares no text with numbers: a key is asked for in the column's own type."""
    key = "6fd3c1f0-0000-4000-8000-000000000007" if kind == "UUID" else "7"
    engine = sa.create_engine(postgres_url)
    table = f"keys_{kind.split('(')[0].split()[0].lower()}"
    with engine.begin() as db:
        db.execute(sa.text(f"CREATE TABLE {table} (k {kind}, note TEXT)"))
        db.execute(sa.text(f"INSERT INTO {table} VALUES ('{key}', 'seven')"))
    engine.dispose()
    record = {"table": table, "key": "k", "label": "Row", "text": "note"}
    source = make_source(
        mapping("sql", "x", records=[record], shapes={}), tmp_path, {"s": postgres_url}
    )
    (found,) = source.records({key, "not a number"})
    assert (found.key, found.text) == (key, "seven")


def test_a_source_cannot_be_written_to(tmp_path):
    """Whatever the account may do, the connection that searches may not write."""
    write(tmp_path, "sql", ROWS)
    url = f"sqlite:///{tmp_path / 't.sql'}"
    source = make_source(mapping("sql", "x"), tmp_path, {"s": url})
    with source.tables._engine.connect() as db, pytest.raises(sa.exc.OperationalError):
        db.execute(sa.text("DELETE FROM t"))
