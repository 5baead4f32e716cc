"""Tables that are damaged, enormous or malicious: named by file, row and column, the rest kept."""

from __future__ import annotations

import json
import resource
import sqlite3
import zipfile

import openpyxl
import pytest

from rights.errors import SourceError
from rights.release import PersonName
from rights.sources import Mapping, SearchTerms, Status, make_source, search_source
from rights.sources.xmltables import XmlTables
from tests.rights.sources.test_formats import make

HEADER = "Child ID,Day,Note\n"


def read(folder, text, encoding="utf-8"):
    (folder / "t.csv").write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    source = make(folder, "csv", ".", "t.csv")
    return source, search_source(source, {"s": frozenset({"7"})}, SearchTerms())


def the_fault(source):
    (fault,) = source.faults()
    return fault.table, fault.row, fault.column


def test_a_line_of_fifty_megabytes_costs_one_row_and_little_memory(tmp_path):
    """The line is skipped in pieces; the rows before and after it are kept."""
    with (tmp_path / "t.csv").open("wb") as stream:
        stream.write((HEADER + "7,2020-01-01,").encode())
        for _ in range(50):
            stream.write(b"x" * 1_000_000)
        stream.write(b"\n7,2020-01-02,after\n")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    source = make(tmp_path, "csv", ".", "t.csv")
    (record,) = source.records({"7"})
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert dict(record.fields)["note"] == "after"
    assert the_fault(source) == ("t.csv", 2, "note")
    assert after - before < 60_000  # kB


def test_a_file_that_is_one_line_has_no_header(tmp_path):
    """Nothing of it can be read, and the error says what and where."""
    (tmp_path / "t.csv").write_bytes(b"x" * 6_000_000)
    with pytest.raises(SourceError, match=r"'t.csv', cannot be read past row 1.*no header row"):
        make(tmp_path, "csv", ".", "t.csv").probe()


def test_a_quote_that_is_never_closed_costs_its_own_row(tmp_path):
    """The rows after it are read as rows and not as the rest of one cell."""
    source, result = read(tmp_path, HEADER + '7,2020-01-01,"open\n7,2020-01-02,b\n8,,c\n7,,d\n')
    assert [dict(r.fields)["note"] for r in result.records] == ["b", "d"]
    assert the_fault(source) == ("t.csv", 2, "note")
    assert result.line.status is Status.PARTIAL
    assert result.line.unread == 1
    assert "row 2, column 'note'" in result.line.note
    assert not result.line.settled


def test_an_open_quote_before_a_line_of_megabytes_costs_two_rows(tmp_path):
    """The rows between the two are read."""
    long = "7,,x" + "y" * 4_100_000
    source, result = read(tmp_path, HEADER + f'7,,"open\n7,,a\n7,,b\n{long}\n7,,c\n')
    assert [dict(r.fields)["note"] for r in result.records] == ["a", "b", "c"]
    assert [(f.row, f.column) for f in source.faults()] == [(2, "note"), (5, "note")]


def test_running_text_with_marks_of_its_own_does_not_choose_the_delimiter(tmp_path):
    """Notes full of semicolons stand in a file with commas: the header decides."""
    _, result = read(tmp_path, HEADER + "7,,a; b; c; d; e\n" * 3)
    assert len(result.records) == 3


def test_cells_over_several_lines_are_kept(tmp_path):
    """A note in quotes may hold line ends and doubled quotes; loose quotes in pairs are read."""
    text = HEADER + '7,,"one\ntwo ""x"""\n7,,a "b" c\n7,,"a" b\n'
    source, result = read(tmp_path, text)
    notes = [dict(r.fields)["note"] for r in result.records]
    assert notes == ['one\ntwo "x"', 'a "b" c', "a b"]
    assert source.faults() == ()


def test_a_row_with_too_many_cells_is_named_and_the_rest_kept(tmp_path):
    """An unquoted comma moves every cell after it: that row is never used."""
    source, result = read(tmp_path, HEADER + "7,,a,b\n7,,c\n")
    assert [dict(r.fields)["note"] for r in result.records] == ["c"]
    assert the_fault(source) == ("t.csv", 2, "note")


def test_a_change_of_encoding_inside_a_file_is_read_and_noted(tmp_path):
    """Each cell is read as it was written; the first guess is noted with row and column."""
    text = HEADER.encode() + "7,,café\n".encode() + "7,,caf\xe9\n".encode("cp1252")
    source, result = read(tmp_path, text)
    assert [dict(r.fields)["note"] for r in result.records] == ["café", "café"]
    (note,) = source.tables.unread()
    assert note == "t.csv: not UTF-8, read as Windows-1252, first in row 3, column 'note'"


def test_utf_16_without_a_mark_is_recognised(tmp_path):
    """Zero bytes in every second place are the writing of Windows programs."""
    _, result = read(tmp_path, HEADER + "7,,a\n", "utf-16-le")
    assert len(result.records) == 1


def test_ten_thousand_columns(tmp_path):
    """A very wide table is read like any other, blank and repeated headers among them."""
    names = ["Child ID", "", "Day", "Day", *(f"c{n}" for n in range(10_000))]
    cells = ["7", "lost?", "1", "2", *(["x"] * 10_000)]
    (tmp_path / "t.csv").write_text(",".join(names) + "\n" + ",".join(cells) + "\n")
    (record,) = make(tmp_path, "csv", ".", "t.csv").records({"7"})
    fields = dict(record.fields)
    assert (fields["column 2"], fields["day"], fields["day (2)"]) == ("lost?", "1", "2")
    assert len(fields) == 10_004


def test_a_table_with_damage_everywhere_is_given_up(tmp_path):
    """After a hundred unreadable rows the file as a whole is damaged, and the source failed."""
    _, result = read(tmp_path, HEADER + "7,,a,b\n" * 101)
    assert result.line.status is Status.FAILED
    assert result.line.code == "sources.rows_damaged"


def billion(depth=20):
    entities = "".join(
        f'<!ENTITY a{n} "{("&a" + str(n - 1) + ";") * 10}">' for n in range(1, depth)
    )
    return f'<!DOCTYPE M [<!ENTITY a0 "ha">{entities}]>'


@pytest.mark.parametrize(
    "text",
    [
        billion() + "<M><Child><ID>&a19;</ID></Child></M>",
        "<M>" + "<a>" * 5_000 + "</a>" * 5_000 + "</M>",
        "<M><Child><ID>7</ID></Chil",
        '<?xml version="1.0" encoding="nonsense"?><M/>',
    ],
)
def test_hostile_xml_is_refused(tmp_path, text):
    """Entities, bottomless nesting and damage end in an error that says where."""
    (tmp_path / "c.xml").write_text(text)
    source = make(tmp_path, "xml", "c.xml", "Child", key="ID")
    with pytest.raises(SourceError, match=r"row 1|no table"):
        source.probe()
    assert search_source(source, {"s": frozenset({"7"})}, SearchTerms()).line.status is (
        Status.FAILED
    )


def test_xml_that_breaks_off_keeps_the_rows_before(tmp_path):
    """What came before the damage is found, and the source is marked partial."""
    (tmp_path / "c.xml").write_text("<M><Child><ID>7</ID></Child><Child><ID>8</I")
    source = make(tmp_path, "xml", "c.xml", "Child", key="ID")
    result = search_source(source, {"s": frozenset({"7"})}, SearchTerms())
    assert len(result.records) == 1
    assert result.line.status is Status.PARTIAL
    assert the_fault(source) == ("Child", 2, "")


def test_xml_beside_the_rows_is_forgotten(tmp_path):
    """Eight megabytes of other elements are not kept in memory."""
    with (tmp_path / "c.xml").open("w") as stream:
        stream.write("<M>")
        for _ in range(8):
            stream.write("<Other><a>xxxxxxxxxxxxxxxx</a></Other>" * 26_000)
        stream.write("<Child><ID>7</ID></Child></M>")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    source = make(tmp_path, "xml", "c.xml", "Child", key="ID")
    assert len(list(source.records({"7"}))) == 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kB


def sheet(path, *, damage=b""):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "List 1"
    for row in (["Child ID", "Day"], [7, "#REF!"], [7, "x", "outside"], [7, "y"]):
        page.append(row)
    book.save(path)
    if damage:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        name = "xl/worksheets/sheet1.xml"
        parts[name] = damage(parts[name])
        with zipfile.ZipFile(path, "w") as archive:
            for part, data in parts.items():
                archive.writestr(part, data)


def test_a_workbook_with_failed_formulas_and_values_outside_the_header(tmp_path):
    """The failed formula is noted with its cell; the row with a stray value is a fault."""
    sheet(tmp_path / "b.xlsx")
    source = make(tmp_path, "xlsx", "b.xlsx", "List 1")
    assert len(list(source.records({"7"}))) == 2
    assert the_fault(source) == ("List 1", 3, "day")
    assert "List 1: row 2, column 'day': the formula failed" in source.tables.unread()


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: data.index(b'<row r="4"')] + b"<row",
        lambda data: data.replace(b'<row r="4"', b'<row r="4" s="bad', 1),
    ],
)
def test_a_workbook_that_breaks_off_keeps_the_rows_before(tmp_path, damage):
    """A damaged sheet gives what comes before the damage and is marked partial."""
    sheet(tmp_path / "b.xlsx", damage=damage)
    result = search_source(
        make(tmp_path, "xlsx", "b.xlsx", "List 1"), {"s": frozenset({"7"})}, SearchTerms()
    )
    assert result.line.status in (Status.PARTIAL, Status.FAILED)
    assert result.line.code in ("sources.rows_unread", "sources.row_unreadable")


def test_entities_in_a_workbook_are_refused(tmp_path):
    """A billion laughs inside a workbook ends in an error."""
    sheet(tmp_path / "b.xlsx", damage=lambda data: billion().encode() + data)
    with pytest.raises(SourceError):
        make(tmp_path, "xlsx", "b.xlsx", "List 1").probe()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 100_000 + "]" * 100_000, "sources.row_unreadable"),
        ("[" + '{"a":' * 500 + "1" + "}" * 500 + "]", "sources.row_unreadable"),
        ('{"rows": "none"}', "sources.table_missing"),
    ],
)
def test_hostile_json_is_refused(tmp_path, text, code):
    """Bottomless nesting and another shape are errors with a code."""
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(SourceError) as raised:
        make(tmp_path, "json", "a.json", "rows").probe()
    assert raised.value.code == code


def test_json_entries_that_are_no_rows_are_named(tmp_path):
    """One odd entry costs itself and marks the source partial."""
    (tmp_path / "a.json").write_text(json.dumps([{"Child ID": 7}, "x", {"Child ID": 7}]))
    source = make(tmp_path, "json", "a.json", ".")
    assert len(list(source.records({"7"}))) == 2
    assert the_fault(source) == (".", 2, "")


def test_text_in_sqlite_that_is_not_utf_8_is_read(tmp_path):
    """A database filled by an old program is searched and not refused."""
    with sqlite3.connect(tmp_path / "d.sqlite") as db:
        db.execute('CREATE TABLE T ("Child ID" TEXT, NOTE TEXT)')
        db.execute("INSERT INTO T VALUES ('7', CAST(X'636166E9' AS TEXT))")
    db.close()
    (record,) = make(tmp_path, "sql", "d.sqlite", "T").records({"7"})
    assert dict(record.fields)["note"] == "café"


def test_a_text_without_end_in_xml_stops_the_reading_and_costs_little_memory(tmp_path):
    """The rows before it are kept, and the fault says what stands there."""
    with (tmp_path / "t.xml").open("wb") as stream:
        stream.write(b"<all><t><id>7</id><note>first</note></t><t><id>7</id><note>")
        for _ in range(50):
            stream.write(b"x" * 1_000_000)
        stream.write(b"</note></t></all>")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tables = XmlTables("s", tmp_path / "t.xml")
    rows = list(tables.rows("t", ()))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert [row["note"] for row in rows] == ["first"]
    assert [f.sentence for f in tables.faults()] == [
        "Table 't', row 2: a text of more than 4,000,000 bytes stands here, and reading stops."
    ]
    assert after - before < 60_000  # kB


def test_a_message_with_a_line_without_end_is_named_and_the_others_are_read(tmp_path):
    """Number and reason of the message are told; what came before and after it is searched."""
    good = b"From a Fri Jun 15 10:00:00 2012\nFrom: a@b.example\nSubject: Amy Khan\n\nHello.\n\n"
    with (tmp_path / "m.mbox").open("wb") as stream:
        stream.write(good + b"From a Fri Jun 15 10:00:00 2012\nSubject: Amy Khan\n\n")
        for _ in range(30):
            stream.write(b"x" * 1_000_000)
        stream.write(b"\n\n" + good.replace(b"Hello", b"Bye"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    mailbox = Mapping(name="m", title="M", kind="mailbox", location="m.mbox")
    source = make_source(mapping=mailbox, base=tmp_path)
    terms = SearchTerms(names=(PersonName("Amy", "Khan"),))
    result = search_source(source, {}, terms)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert len(result.documents) == 2
    assert result.line.status is Status.PARTIAL
    assert "Mailbox 'm', message 2: the message has a line of more than 10 MB" in result.line.note
    assert source.probe().unread
    assert after - before < 60_000  # kB
