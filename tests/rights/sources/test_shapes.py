"""The shape of a source is kept at its first probe, and every later probe is held to it."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from pathlib import Path

import pytest
import yaml

from rights.errors import ConfigError, RefusedError, SourceError
from rights.sources import load_sources
from rights.sources.shapes import ShapeBook, holds
from rights.sources.tablesource import TableSource
from rights.sources.values import DATE_FORMATS
from tests.rights.sources.test_tripwire import KINDS, write

ROWS = [
    {
        "ref": f"C{n}",
        "born": f"201{n}-03-0{n + 1}",
        "note": f"note {n}",
        "visits": str(n + 3),
        "seen": f"202{n}-01-02",
    }
    for n in range(6)
]
FIXED = ("sql", "csv", "xlsx")


def without(name):
    return [{k: v for k, v in row.items() if k != name} for row in ROWS]


def called(name, other):
    return [{other if k == name else k: v for k, v in row.items()} for row in ROWS]


def filled(name, text):
    return [{**row, name: f"{text} {n}"} for n, row in enumerate(ROWS)]


def source(folder: Path, kind: str, rows: list[dict[str, str]]) -> TableSource:
    (folder / f"t.{kind}").unlink(missing_ok=True)
    location = write(folder, kind, rows)
    mapping = {
        "name": "s",
        "title": "S",
        "kind": kind,
        "location": location,
        "records": [{"table": "t", "key": "ref", "label": "Row", "date": "born", "text": "note"}],
    }
    sources = folder / "sources"
    sources.mkdir(exist_ok=True)
    (sources / "s.yaml").write_text(yaml.safe_dump(mapping), encoding="utf-8")
    (found,) = load_sources(sources, folder, shapes=folder / "shapes")
    assert isinstance(found, TableSource)
    return found


@pytest.mark.parametrize("kind", FIXED)
@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (without("visits"), "no column 'visits' in table 't'"),
        (called("visits", "calls"), r"no column 'visits' .* called now: 'calls'"),
        (
            filled("visits", "many"),
            "column 'visits' of table 't' no longer holds numbers, but text",
        ),
        (filled("seen", "some day"), "column 'seen' of table 't' no longer holds dates, but text"),
    ],
)
def test_a_column_nobody_mapped_stops_the_source_too(tmp_path, kind, rows, words):
    """It is shown to the requester, so its loss is a loss; what stands there now is named."""
    source(tmp_path, kind, ROWS).probe()
    with pytest.raises(SourceError, match=words):
        source(tmp_path, kind, rows).probe()


@pytest.mark.parametrize("kind", KINDS)
def test_a_mapped_column_that_was_renamed_is_named_with_its_new_name(tmp_path, kind):
    """Both names stand in the error, whatever the table sits in."""
    source(tmp_path, kind, ROWS).probe()
    with pytest.raises(SourceError, match=r"no column 'born' .* called now: 'day'"):
        source(tmp_path, kind, called("born", "day")).probe()


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_column_is_told_and_does_not_stop(tmp_path, kind):
    """The same shape again says nothing; one column more is named."""
    source(tmp_path, kind, ROWS).probe()
    assert source(tmp_path, kind, ROWS).probe().told == ()
    wider = [{**row, "team": "A"} for row in ROWS]
    assert source(tmp_path, kind, wider).probe().told == ("Table 't' has new columns: team.",)


@pytest.mark.parametrize("kind", ["xml", "json"])
def test_where_empty_is_absent_a_missing_column_is_no_change(tmp_path, kind):
    """In XML and JSON an element that nobody has this time is not a column that is gone."""
    source(tmp_path, kind, ROWS).probe()
    assert source(tmp_path, kind, without("visits")).probe().told == ()
    with pytest.raises(SourceError, match="'visits' of table 't' no longer holds numbers"):
        source(tmp_path, kind, filled("visits", "many")).probe()


def test_a_column_of_a_database_changes_type_while_the_process_lives(tmp_path):
    """A probe looks the tables up again, and the length of a type is no type."""
    found = source(tmp_path, "sql", ROWS)
    found.probe()
    with sqlite3.connect(tmp_path / "t.sql") as db:
        db.execute("DROP TABLE t")
        db.execute("CREATE TABLE t (ref TEXT(20), born TEXT, note TEXT, visits INTEGER, seen TEXT)")
    db.close()
    with pytest.raises(SourceError, match=r"'visits' .* values of type TEXT, but .* INTEGER"):
        found.probe()


def test_another_shape_is_accepted_by_a_person_with_a_reason(tmp_path):
    """Then it is the one later probes are held to; the one before stays on file."""
    source(tmp_path, "csv", ROWS).probe()
    changed = source(tmp_path, "csv", without("visits"))
    book = ShapeBook(tmp_path / "shapes")
    with pytest.raises(RefusedError, match="why"):
        book.accept(changed.shape(), by="dpo", on=dt.date(2026, 11, 23), reason=" ")
    book.accept(changed.shape(), by="dpo", on=dt.date(2026, 11, 23), reason="No longer counted.")
    assert changed.probe().told == ()
    first, second = book.history("s")
    assert (first.by, second.by, second.reason) == ("", "dpo", "No longer counted.")
    assert source(tmp_path, "csv", ROWS).probe().told == ("Table 't' has new columns: visits.",)


def test_an_emptied_table_is_told(tmp_path):
    """It may be right: the last row may have been erased. But nobody should have to guess."""
    source(tmp_path, "csv", ROWS).probe()
    (tmp_path / "t.csv").write_text(",".join(ROWS[0]) + "\n", encoding="utf-8")
    (found,) = load_sources(tmp_path / "sources", tmp_path, shapes=tmp_path / "shapes")
    assert found.probe().told == ("Table 't' held rows and is empty now.",)


def test_the_kept_shape_holds_no_value_and_a_damaged_one_is_an_error(tmp_path):
    """Only names of columns; and a file that cannot be read never counts as a first probe."""
    source(tmp_path, "csv", ROWS).probe()
    (kept,) = (tmp_path / "shapes").iterdir()
    text = kept.read_text(encoding="utf-8")
    assert '"visits"' in text
    assert not any(value in text for row in ROWS for value in (row["ref"], row["note"]))
    kept.write_text(text[:50], encoding="utf-8")
    with pytest.raises(ConfigError, match="accepted shape"):
        source(tmp_path, "csv", ROWS).probe()
    shutil.rmtree(tmp_path / "shapes")
    source(tmp_path, "csv", ROWS).probe()


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1", "2.5", "-3", "4", "5"], "numbers"),
        (["2020-01-02"] * 5, "dates"),
        (["1/2/2020 00:00"] * 5 + [""] * 20, "dates"),
        (["a", "b", "c", "d", "7a"], "text"),
        (["a", "b", "c", "4", "5"], ""),
        (["a"] * 4, ""),
    ],
)
def test_what_a_column_holds_is_said_only_where_it_is_clear(values, kind):
    """A mixed column and one with few values are neither, so that chance stops no source."""
    assert holds(values, DATE_FORMATS) == kind
