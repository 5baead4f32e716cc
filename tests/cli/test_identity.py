"""The command line over tables of people, as a stranger would try it on a table of their own."""

from __future__ import annotations

import csv
import json
import sqlite3

import openpyxl
import pyarrow.parquet as parquet
import pytest
from typer.testing import CliRunner

from cli.identity import PARTIAL
from cli.main import app
from rights.errors import ConfigError, InputError

RUNNER = CliRunner()
COLUMNS = [
    "rec_id",
    "given_name",
    "surname",
    "date_of_birth",
    "street_number",
    "suburb",
    "postcode",
]
ROWS = [
    ["a1", "ottilie", "mossop", "19151111", "8", "winston hills", "4223"],
    ["a2", "saffron", "kerslake", "19201230", "12", "st james", "4011"],
    ["a3", "jago", "inchbald", "19600210", "3", "canterbury", "2776"],
]
MAPPING = """
people:
  key: rec_id
  fields:
    forenames: given_name
    surname: surname
    dob: date_of_birth
    address: [street_number, suburb]
    postcode: postcode
"""


def table(path, rows, columns=COLUMNS):
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([columns, *rows])
    return str(path)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder with a table, the same with slips, and a mapping of ten lines."""
    monkeypatch.chdir(tmp_path)
    table(tmp_path / "left.csv", ROWS)
    slips = [["b1", "otilie", *ROWS[0][2:]], ["b2", *ROWS[1][1:]], ["b3", *ROWS[2][1:]]]
    table(tmp_path / "right.csv", slips)
    (tmp_path / "map.yaml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


def run(*words, code=0):
    done = RUNNER.invoke(app, ["identity", *words], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_table_is_indexed_searched_and_explained(home):
    """Index, then search with a table of the documented columns; bars sum to the score."""
    run("index", "right.csv", "--mapping", "map.yaml", "--index", "people.db")
    table(
        home / "ask.csv",
        [["q1", "Ottilie", "Mossop", "11/11/1915", "4223"]],
        ["query_id", "forenames", "surname", "date_of_birth", "postcode"],
    )
    run("search", "--index", "people.db", "--queries", "ask.csv", "--out", "o.csv", "--explain")
    (found,) = rows_of(home / "o.csv")
    assert (found["query"], found["source"], found["key"]) == ("q1", "right", "b1")
    assert float(found["p_same"]) > 0.5 and found["sentence"]
    assert {bar["field"] for bar in json.loads(found["bars"])} >= {"prior", "forename"}
    assert (home / "o.csv").stat().st_mode & 0o077 == 0


def test_two_tables_are_linked_by_the_fixed_rule(home):
    """The likeliest row of the other table, guards off; CSV and Parquet alike."""
    words = ["link", "left.csv", "right.csv", "--mapping", "map.yaml", "--best", "--no-guards"]
    run(*words, "--out", "pairs.csv")
    pairs = {(row["left"], row["key"]) for row in rows_of(home / "pairs.csv")}
    assert pairs == {("a1", "b1"), ("a2", "b2"), ("a3", "b3")}
    run(*words, "--out", "pairs.parquet")
    assert parquet.read_table(home / "pairs.parquet").num_rows == 3


def test_doubles_in_one_table_never_pair_a_row_with_itself(home):
    """A table linked with itself gives each pair once."""
    table(home / "all.csv", [*ROWS, ["a4", *ROWS[0][1:]]])
    run("link", "all.csv", "all.csv", "--mapping", "map.yaml", "--out", "o.csv", "--min-p", "0.5")
    pairs = [{row["left"], row["key"]} for row in rows_of(home / "o.csv")]
    assert pairs == [{"a1", "a4"}]


def test_databases_and_parquet_are_tables_too(home):
    """A SQLite file with one table, and a Parquet file, need nothing more in the mapping."""
    import pyarrow

    with sqlite3.connect(home / "people.sqlite") as database:
        database.execute(f"CREATE TABLE p ({', '.join(COLUMNS)})")
        database.executemany(f"INSERT INTO p VALUES ({','.join('?' * 7)})", ROWS)
    database.close()
    columns = {name: [row[at] for row in ROWS] for at, name in enumerate(COLUMNS)}
    parquet.write_table(pyarrow.table(columns), home / "people.parquet")
    told = run(
        "index", "people.sqlite", "people.parquet", "--mapping", "map.yaml", "--index", "i.db"
    )
    assert "people: 3 records" in told.output
    again = run("index", "people.parquet", "--mapping", "map.yaml", "--index", "i.db", "--update")
    assert "0 rows written" in again.output


def test_odd_cells_are_told_by_file_row_and_column_and_the_rest_is_kept(home):
    """A date that is none is left empty, named without its value, and the command ends partial."""
    rows = [*ROWS, ["a9", "wren", "gotobed", "31 Februember", "1", "x", "4000"]]
    table(home / "odd.csv", rows)
    told = run("index", "odd.csv", "--mapping", "map.yaml", "--index", "i.db", code=PARTIAL)
    assert "odd: 4 records" in told.output
    assert "'odd.csv', row 5, column 'date_of_birth': not a date" in told.output
    assert "Februember" not in told.output


def test_a_row_with_nothing_to_search_by_is_counted(home):
    """An empty query is no search for everybody."""
    run("index", "right.csv", "--mapping", "map.yaml", "--index", "i.db")
    table(home / "ask.csv", [["q1", "", ""]], ["id", "forenames", "surname"])
    told = run("search", "--index", "i.db", "--queries", "ask.csv", code=PARTIAL)
    assert "1 rows hold nothing to search by" in told.output


def test_names_are_compared_in_words():
    """Forename and surname apart."""
    told = run("compare-names", "Kasia Nowak", "NOWAK, Katarzyna").output
    assert "forename: a known variant" in told and "surname: the same" in told


def test_the_audit_proves_a_small_index(home):
    """Every record weighed; the recall is printed."""
    run("index", "left.csv", "right.csv", "--mapping", "map.yaml", "--index", "i.db")
    told = run("audit", "--index", "i.db", "--sample", "6", "--out", "missed.csv")
    assert "6 queries against 6 records" in told.output
    assert rows_of(home / "missed.csv") == []


@pytest.mark.parametrize(
    ("words", "error", "code"),
    [
        (["index", "none.csv", "--index", "i.db"], InputError, "identity.no_table"),
        (["index", "map.yaml", "--index", "i.db"], InputError, "identity.table_kind"),
        (["index", "left.csv", "--mapping", "bad.yaml", "--index", "i.db"], ConfigError,
         "sources.mapping_invalid"),
        (["search", "--index", "i.db", "--queries", "left.csv"], ConfigError,
         "identity.index_unreadable"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_in_a_sentence(home, words, error, code):
    """Missing files, unknown endings, wrong mappings, no index: a code and a next step."""
    (home / "bad.yaml").write_text("people: {key: rec_id, fields: {colour: red}}")
    with pytest.raises(error) as caught:
        run(*words)
    assert caught.value.code == code and caught.value.next_step


@pytest.mark.parametrize("damage", ["encoding", "columns", "one line", "no header", "not a table"])
def test_hostile_tables_end_in_a_sentence_or_are_read(home, damage):
    """Wrong encoding, 10,000 columns, one endless line, rubbish: no hang, no traceback."""
    path = home / "hostile.csv"
    lines = "\n".join(",".join(row) for row in [COLUMNS, *ROWS])
    match damage:
        case "encoding":
            path.write_bytes(lines.replace("ottilie", "zoë").encode("cp1252"))
        case "columns":
            more = [f"c{n}" for n in range(10_000)]
            table(path, [[*row, *("x" * 10_000)] for row in ROWS], COLUMNS + more)
        case "one line":
            path.write_text(lines.replace("\n", " ") * 40_000)
        case "no header":
            path.write_text("\n\n\n")
        case "not a table":
            path.write_bytes(bytes(range(256)) * 50)
    words = ["identity", "index", str(path), "--mapping", "map.yaml", "--index", "i.db"]
    done = RUNNER.invoke(app, words, catch_exceptions=False)
    if damage in ("encoding", "columns"):
        assert done.exit_code == 0 and "hostile: 3 records" in done.output
    else:
        assert done.exit_code == 2 and "hostile" in done.output


HELD = [
    ["A1", "MOSSOP, Ottilie (Tilly)", "03-Apr-09", "1 Elm", "CV21 2AB", "9 Mill Lane", "B1 1AA"],
    ["A2", "Kerslake, Jago", "39906", "", "", "", ""],
]


def test_a_row_with_two_addresses_and_a_name_in_one_column_needs_no_more_than_a_mapping(home):
    """The former address finds it, and so does the name in brackets."""
    table(home / "held.csv", HELD, ["Ref", "Who", "DOB", "Now", "PC", "Before", "PC before"])
    (home / "held.yaml").write_text(
        "people:\n  key: Ref\n  fields:\n    full_name: Who\n    dob: DOB\n    address: Now\n"
        "    postcode: PC\n    addresses: [{address: Before, postcode: PC before}]\n",
        encoding="utf-8",
    )
    table(home / "ask.csv", [["q", "Tilly Mossop", "B1 1AA"]], ["id", "name", "postcode"])
    run("index", "held.csv", "--mapping", "held.yaml", "--index", "h.db")
    found = run("search", "--index", "h.db", "--queries", "ask.csv")
    assert "q,held,A1" in found.stdout


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("people:\n  id: a\n  fields: {dob: b}", "Did you mean 'key'"),
        ("people:\n  key: a\n  fields: {postcode: [b, c]}", "under `addresses`"),
        ("people:\n  key: a\n  fields: {name: b}", "Did you mean 'full_name'"),
        ("people:\n  key: a\n  fields: {dob: b", "line 4"),
    ],
)
def test_a_mistake_in_a_mapping_is_told_with_what_may_be_meant(home, wrong, told):
    """The key that is wrong, and the one that people mean by it."""
    (home / "map.yaml").write_text(wrong, encoding="utf-8")
    with pytest.raises(ConfigError, match=told):
        CliRunner().invoke(
            app,
            ["identity", "index", "left.csv", "--mapping", "map.yaml", "--index", "x.db"],
            catch_exceptions=False,
        )


def test_columns_are_understood_whatever_parts_their_words(home):
    """A space is as good as an underscore; of two sheets alike none is taken for the only one."""
    table(home / "own.csv", [["1", "Jago", "Kerslake"]], ["ID", "First Name", "Last-Name"])
    assert "own: 1 records" in run("index", "own.csv", "--index", "o.db").stdout
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("again"), book.create_sheet("notes")):
        sheet.append(["ID", "First Name", "DOB"] if sheet.title != "notes" else ["Read me"])
        sheet.append(["1", "Jago", "03-Apr-09"])
    book.save(home / "two.xlsx")
    words = ["identity", "index", "two.xlsx", "--index", "t.db"]
    with pytest.raises(ConfigError, match="'Sheet', 'again'"):
        RUNNER.invoke(app, words, catch_exceptions=False)
    del book["again"]
    book.move_sheet("notes", -1)
    book.save(home / "two.xlsx")
    assert "two: 1 records" in run("index", "two.xlsx", "--index", "t.db").stdout


def test_an_attribute_of_xml_and_a_list_of_json_are_columns(home):
    """The key is an attribute, and two homes of one child are two addresses."""
    (home / "a.xml").write_text(
        '<all><Child ref="C1"><Name>Jago Kerslake</Name><Home><Pc>CV21 2AB</Pc></Home>'
        "<Home><Pc>B1 1AA</Pc></Home></Child></all>",
        encoding="utf-8",
    )
    (home / "x.yaml").write_text(
        'people:\n  table: Child\n  key: "@ref"\n  fields: {full_name: Name, postcode: Home/Pc}\n',
        encoding="utf-8",
    )
    rows = {
        "run": 1,
        "children": [{"id": "J1", "name": "Jago Kerslake", "phone": ["07700 900125"]}],
    }
    (home / "b.json").write_text(json.dumps(rows), encoding="utf-8")
    table(home / "ask.csv", [["q", "Jago Kerslake", "B1 1AA"]], ["id", "name", "postcode"])
    run("index", "a.xml", "--mapping", "x.yaml", "--index", "a.db")
    assert "q,a,C1" in run("search", "--index", "a.db", "--queries", "ask.csv").stdout
    assert "b: 1 records, 0 without" in run("index", "b.json", "--index", "b.db").stdout
