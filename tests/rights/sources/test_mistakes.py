"""What somebody sees who adds a source and makes one of the usual mistakes."""

from __future__ import annotations

import shutil

import openpyxl
import pytest

from rights.errors import ConfigError, SourceError
from rights.sources import Mapping, load_mapping, make_source

HEADER = "ref,first,last,born,seen_on,note\n"
ROWS = "1,Amy,Khan,04/03/2010,05/06/2020,Came\n2,Ben,Shah,14/03/2010,15/06/2020,Went\n"


def mapping(**changes):
    data = {
        "name": "youth",
        "title": "Youth service",
        "kind": "csv",
        "location": "youth.csv",
        "people": {
            "table": "youth.csv",
            "key": "ref",
            "fields": {"forenames": "first", "surname": "last", "dob": "born"},
        },
    }
    return Mapping.model_validate(data | changes)


@pytest.mark.parametrize(
    ("text", "changes", "words"),
    [
        (ROWS, {}, "none of the columns of its mapping"),
        (HEADER.replace("first", "First Name") + ROWS, {}, "called now: 'first name'"),
        (HEADER + ROWS, {"kind": "xlsx"}, "not an Excel workbook"),
        (HEADER + ROWS, {"kind": "xml"}, "does not begin like XML"),
        (HEADER + ROWS, {"kind": "json"}, "not valid JSON"),
        (HEADER + ROWS, {"kind": "sql"}, "does not answer as a database"),
        (HEADER + ROWS, {"location": "none.csv"}, "no such file or folder"),
        (HEADER + ROWS, {"kind": "xml", "location": "."}, "it is a folder"),
        (HEADER + ROWS.replace("/03/2010", ".2010"), {}, "'born' .* no longer holds dates"),
        (HEADER + "1,Amy,Khan,03/04/2010,,\n2,B,S,03/14/2010,,\n", {}, "the month first"),
    ],
)
def test_a_wrong_table_says_what_is_wrong(tmp_path, text, changes, words):
    """In one sentence, without a word of what stands in the rows."""
    (tmp_path / "youth.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=words) as caught:
        make_source(mapping(**changes), tmp_path).probe()
    assert not any(word in str(caught.value) for word in ("Amy", "Khan", "2010", "Shah"))


def test_dates_with_the_month_first_are_read_when_the_mapping_says_so(tmp_path):
    """The next step of the error is what mends it."""
    (tmp_path / "youth.csv").write_text(HEADER + "1,Amy,Khan,03/14/2010,,\n", encoding="utf-8")
    source = make_source(mapping(dates=["%m/%d/%Y"]), tmp_path)
    source.probe()
    assert [str(p.dob) for p in source.people()] == ["2010-03-14"]


def test_a_sheet_that_is_written_otherwise_is_named(tmp_path):
    """Capitals matter in a workbook, and the right name is suggested."""
    book = openpyxl.Workbook()
    book.active.title = "Contacts"
    book.active.append(HEADER.strip().split(","))
    book.save(tmp_path / "youth.xlsx")
    shutil.copy(tmp_path / "youth.xlsx", tmp_path / "youth.csv")
    people = {"table": "contacts", "key": "ref", "fields": {"forenames": "first"}}
    with pytest.raises(SourceError, match=r"no table 'contacts'.*called: 'Contacts'"):
        make_source(mapping(kind="xlsx", location="youth.xlsx", people=people), tmp_path).probe()
    with pytest.raises(SourceError, match="not text with separated values"):
        make_source(mapping(), tmp_path).probe()
    with pytest.raises(SourceError, match="not an Excel workbook"):
        make_source(mapping(kind="xlsx"), tmp_path).probe()


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("peoples: {}\n", "no such key here. Did you mean 'people'"),
        ("\ttitle: B\n", "line 5: .* tab"),
        ("name: twice\n", "line 1"),
        ("keyed_as: upn\n", "keyed_as needs keyed_by"),
    ],
)
def test_a_wrong_mapping_says_where(tmp_path, lines, words):
    """The file, the key or the line, and what is near it."""
    text = "name: a\ntitle: A\nkind: csv\nlocation: x\n" + lines
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=words):
        load_mapping(tmp_path / "m.yaml")
