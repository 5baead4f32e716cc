from __future__ import annotations

import datetime as dt
import zipfile

import openpyxl
import pytest

from rights.errors import SourceError
from rights.sources import Mapping, make_source
from rights.sources.mailbox import split_mbox
from rights.sources.values import clean, read_birth, read_date, read_flag, read_sex


def make(folder, kind, location, table, key="Child ID", **record):
    return make_source(
        Mapping.model_validate(
            {
                "name": "s",
                "title": "S",
                "kind": kind,
                "location": location,
                "keyed_by": "",
                "records": [{"table": table, "key": key, "label": "Row", **record}],
            }
        ),
        folder,
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2012-Jan-21 00:00:00", dt.date(2012, 1, 21)),
        ("1976-05-12T08:10:37Z", dt.date(1976, 5, 12)),
        ("03/04/2010", dt.date(2010, 4, 3)),
        ("13 March 2009", dt.date(2009, 3, 13)),
        ("19081209", dt.date(1908, 12, 9)),
        ("#N/A", None),
        ("soon", None),
        ("31/02/2010", None),
    ],
)
def test_dates_are_read_as_the_extracts_write_them(text, day):
    """Day before month; an impossible date is no date."""
    assert read_date(text) == day


def test_cells_flags_and_sexes():
    """Blanks of spreadsheets are blank, whole floats are whole, codes of sex are understood."""
    assert [clean(v) for v in ("#N/A", "\u00a0x\u00a0y ", 7.0, None)] == ["", "x y", "7", ""]
    assert read_flag("Y")
    assert not read_flag("N")
    assert [read_sex(v) for v in ("a) Male", "2", "U", "Female")] == ["M", "F", "", "F"]


@pytest.mark.parametrize(
    "data",
    [
        "\ufeffChild ID,Day\n7,01/02/2020\n".encode(),
        b"Child ID;Day\r\n7;01/02/2020\r\n",
        "Child ID\tDay\n7\t01/02/2020\n".encode("utf-16"),
        b"Extract of caf\xe9 register,,\n,,\nCHILD  ID,day,x\n7,01/02/2020,caf\xe9\n",
    ],
)
def test_csv_in_the_wild(tmp_path, data):
    """Byte-order marks, semicolons, UTF-16, Windows-1252 and preambles are all read."""
    (tmp_path / "t.csv").write_bytes(data)
    source = make(tmp_path, "csv", ".", "t.csv", date="Day")
    source.probe()
    (record,) = source.records({"7"})
    assert record.date == dt.date(2020, 2, 1)


def workbook(path, *, hidden=True):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "List 1"
    sheet.append(["Returned by the council"])
    sheet.append([])
    sheet.append(["Child\u00a0ID", "Day", "Total"])
    sheet.append([7.0, dt.datetime(2020, 2, 1), "=1+1"])
    sheet.append(["#N/A", None, None])
    if hidden:
        sheet.sheet_state = "hidden"
        book.create_sheet("Front")
    book.save(path)


def test_a_workbook_with_a_wandering_header_a_hidden_sheet_and_formulas(tmp_path):
    """Hidden sheets count; a formula nobody computed is shown as such and reported."""
    workbook(tmp_path / "b.xlsx")
    source = make(tmp_path, "xlsx", "b.xlsx", "List 1", date="Day")
    (record,) = source.records({"7"})
    assert record.date == dt.date(2020, 2, 1)
    assert dict(record.fields)["total"] == "formula not computed: =1+1"
    assert source.probe().unread == ("List 1: formulas without a computed value",)


def test_a_zip_bomb_is_not_opened(tmp_path):
    """A workbook that unpacks beyond reason is refused before it is parsed."""
    with (
        zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as stream,
    ):
        block = b"\0" * 50_000_000
        for _ in range(11):
            stream.write(block)
    with pytest.raises(SourceError, match="more than 500 MB"):
        make(tmp_path, "xlsx", "b.xlsx", "List 1").probe()


def test_a_missing_sheet_is_named(tmp_path):
    """A list that left the workbook stops the source."""
    workbook(tmp_path / "b.xlsx")
    with pytest.raises(SourceError, match="has no table 'List 9'"):
        make(tmp_path, "xlsx", "b.xlsx", "List 9").probe()


def test_xml_by_mapping(tmp_path):
    """Columns are paths below the row element; repeated elements are joined."""
    (tmp_path / "c.xml").write_text(
        '<M xmlns="urn:x"><Child><Ids><Id>7</Id></Ids><D>a</D><D>b</D></Child></M>',
        encoding="utf-8",
    )
    (record,) = make(tmp_path, "xml", "c.xml", "Child", key="Ids/Id").records({"7"})
    assert record.fields == (("ids/id", "7"), ("d", "a; b"))


def test_entities_in_xml_are_refused(tmp_path):
    """A billion laughs is an error, not an exhausted machine."""
    (tmp_path / "c.xml").write_text(
        '<!DOCTYPE M [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;">]><M><Child>&b;</Child></M>',
        encoding="utf-8",
    )
    with pytest.raises(SourceError, match="cannot be read past row 1"):
        make(tmp_path, "xml", "c.xml", "Child").probe()


def test_json_rows_by_path(tmp_path):
    """A table is the path of a list; nested values are columns with dots."""
    (tmp_path / "a.json").write_text('{"c": {"rows": [{"Child ID": 7, "x": {"y": [1, 2]}}]}}')
    (record,) = make(tmp_path, "json", "a.json", "c.rows").records({"7"})
    assert record.fields == (("child id", "7"), ("x.y.1", "1"), ("x.y.2", "2"))


def test_mbox_borders_and_quoted_lines(tmp_path):
    """Only a From line after an empty line starts a message; quoting is undone."""
    (tmp_path / "m.mbox").write_bytes(
        b"From a Mon Mar 2 10:00:00 2020\nSubject: 1\n\nFrom here\nx\n>From b\n\n"
        b"From c Tue Mar 3 10:00:00 2020\nSubject: 2\n\ny\n"
    )
    first, second = split_mbox(tmp_path / "m.mbox")
    assert second == b"Subject: 2\n\ny\n"
    assert b"\nFrom b\n" in first


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/03/45", "1945-03-12"),
        ("12/03/39", "2039-03-12"),
        ("12/03/08", "2008-03-12"),
        ("29/02/64", "1964-02-29"),
        ("20120304", "2012-03-04"),
        ("198512", "None"),
    ],
)
def test_short_years_and_months_without_a_day(text, day):
    """Grandparents are not born in the future, and a year with a month is no day."""
    assert str(read_date(text)) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3/4/09", "2009-04-03"),
        ("03-Apr-09", "2009-04-03"),
        ("3.4.09", "2009-04-03"),
        ("Fri 3rd April 2009", "2009-04-03"),
        ("April 3, 2009", "2009-04-03"),
        ("Apr  3 2009 12:00AM", "2009-04-03"),
        ("03042009", "2009-04-03"),
        ("3042009", "2009-04-03"),
        ("DOB: 3/4/2009 (aged 17)", "2009-04-03"),
        ("39906", "2009-04-03"),
        ("3/4/38", "1938-04-03"),
        ("3/4/2038", "2038-04-03"),
        ("12/31/2010", None),
        ("03/04/2009 (est)", None),
        ("3 or 4 April 2009", None),
        ("31/02/2009", None),
        ("199", None),
    ],
)
def test_dates_of_birth_are_read_however_they_are_written(text, day):
    """Day first, words for months, days as numbers; never a guess at what is doubtful."""
    found = read_birth(text)
    assert (found and found.isoformat()) == day


def test_days_as_numbers_are_no_dates_unless_the_mapping_says_so():
    """A column of dates that was refilled with five-digit numbers still stops its source."""
    assert read_date("39906") is None
    assert str(read_date("39906", ("excel",))) == "2009-04-03"
