from __future__ import annotations

import datetime as dt
import sqlite3

import pytest
import sqlalchemy as sa

from rights.errors import SourceError
from rights.sources import Capability, Mapping, SearchTerms, Status, compare_shapes, make_source
from rights.sources.search import search_source
from tests.rights.sources.conftest import MAPPING, TABLES


def sql_source(folder, **changes):
    return make_source(Mapping.model_validate(MAPPING | changes), folder)


@pytest.fixture(params=["sql", "csv"])
def source(request, case_system):
    """The same system as a database and as an export."""
    location = {"sql": "case.sqlite", "csv": "csv"}[request.param]
    return sql_source(case_system, kind=request.param, location=location)


def test_a_person_is_put_together_from_all_its_tables(source):
    """Names, addresses and warnings of the child tables hang on the right person."""
    people = {person.key: person for person in source.people()}
    amy = people["1"]
    assert [name.full for name in amy.names] == ["Amy Khan", "Amy Shah"]
    assert amy.names[1].kind == "former"
    assert amy.dob == dt.date(2010, 3, 4)
    assert [a.postcode for a in amy.addresses] == ["TS90 1AB", "TS90 2CD"]
    assert amy.identifiers == (("nhs", "943 476 5919"),)
    assert not amy.restricted
    assert people["2"].restricted
    assert people["2"].warnings == ("adoption",)


def test_records_carry_author_copy_and_retraction(source):
    """A note says who wrote it, whether it was copied from a sibling, and that it is withdrawn."""
    first, second = source.records({"1"})
    assert (first.record_id, first.author, first.date) == (
        "NOTES:10",
        "Jo Field",
        dt.date(2020, 5, 6),
    )
    assert not first.retracted
    assert second.retracted
    assert second.copy_of == "12"
    assert source.count({"1"}) == 2


def test_relations_name_family_and_whoever_wrote_a_note(source):
    """Relatives come with their own facts; an author is around the person without allocation."""
    around = {r.relationship: r for r in source.relations({"1"})}
    assert set(around) == {"twin", "mother", "social worker"}
    assert around["twin"].other.warnings == ("adoption",)
    assert around["mother"].other.names[0].full == "Sara Khan"
    assert around["social worker"].worker
    assert around["social worker"].team == "Duty"


def test_asking_for_nobody_gives_nothing(source):
    """An empty set of keys never means "everybody"."""
    assert list(source.records(set())) == []
    assert source.count(set()) == 0


@pytest.mark.parametrize("table", ["PEOPLE", "NOTES"])
@pytest.mark.parametrize("change", ["removed", "renamed"])
def test_a_column_that_is_gone_stops_the_source(case_system, table, change):
    """Probe, people and records name the source and the missing column."""
    column = {"PEOPLE": "DOB", "NOTES": "DAY"}[table]
    with sqlite3.connect(case_system / "case.sqlite") as db:
        if change == "removed":
            db.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        else:
            db.execute(f"ALTER TABLE {table} RENAME COLUMN {column} TO SOMETHING")
    db.close()
    source = sql_source(case_system)
    with pytest.raises(SourceError, match=rf"'system' has no column '{column.lower()}'"):
        source.probe()
    line = search_source(source, {"system": frozenset({"1"})}, SearchTerms()).line
    assert (line.status, line.code) == (Status.FAILED, "sources.column_missing")


def test_a_date_column_that_holds_something_else_stops_the_source(case_system):
    """Dates that became numbers are caught before they read as "no date"."""
    with sqlite3.connect(case_system / "case.sqlite") as db:
        db.execute("UPDATE PEOPLE SET DOB = 40241")
    db.close()
    with pytest.raises(SourceError, match="no longer holds dates"):
        sql_source(case_system).probe()


def test_a_declared_type_that_changed_is_caught_by_the_accepted_shape(case_system):
    """The shape once accepted is compared column by column."""
    accepted = sql_source(case_system).shape()
    with sqlite3.connect(case_system / "case.sqlite") as db:
        db.execute("CREATE TABLE N2 AS SELECT CAST(PID AS TEXT) AS PID, OTHER, REL FROM REL")
        db.execute("DROP TABLE REL")
        db.execute("ALTER TABLE N2 RENAME TO REL")
    db.close()
    with pytest.raises(SourceError, match=r"'pid' of table 'REL'"):
        compare_shapes(accepted, sql_source(case_system).shape())


def test_a_key_column_that_was_refilled_is_caught_by_its_shape(case_system):
    """A mapping may say what a key looks like."""
    source = sql_source(case_system, shapes={"PID": "[A-Z][0-9]+"})
    with pytest.raises(SourceError, match="no longer holds the shape"):
        source.probe()


def test_a_database_that_is_not_there_is_not_created(tmp_path):
    """A wrong location fails; it does not leave an empty database behind."""
    with pytest.raises(SourceError, match="cannot be opened"):
        sql_source(tmp_path).probe()
    assert list(tmp_path.iterdir()) == []


def test_rows_without_a_key_are_people_of_their_own(tmp_path):
    """Two keyless rows are never merged into one person."""
    (tmp_path / "t.csv").write_text("id,first,last\n,Amy,Khan\n,Ben,Shah\n", encoding="utf-8")
    mapping = Mapping.model_validate(
        {
            "name": "t",
            "title": "T",
            "kind": "csv",
            "location": "t.csv",
            "people": {
                "table": "t.csv",
                "key": "id",
                "fields": {"forenames": "first", "surname": "last"},
            },
        }
    )
    assert [p.names[0].forenames for p in make_source(mapping, tmp_path).people()] == ["Amy", "Ben"]


def test_capabilities_are_what_the_mapping_names(source):
    """A source without a documents table does not claim documents."""
    assert source.capabilities == {
        Capability.PEOPLE,
        Capability.RECORDS,
        Capability.RELATIONS,
    }


def test_postgresql_gives_the_same_answers(case_system, postgres_url):
    """Keys that are numbers there, read-only transactions and streaming make no difference."""
    engine = sa.create_engine(postgres_url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        for name, (columns, rows) in TABLES.items():
            quoted = ", ".join(f'"{c.split()[0]}" {c.split()[1]}' for c in columns.split(","))
            connection.execute(sa.text(f'CREATE TABLE "{name}" ({quoted})'))
            table = sa.Table(name, sa.MetaData(), autoload_with=connection)
            names = [column.name for column in table.columns]
            connection.execute(table.insert(), [dict(zip(names, row, strict=True)) for row in rows])
    here = sql_source(case_system)
    there = make_source(Mapping.model_validate(MAPPING), case_system, {"system": postgres_url})
    there.probe()
    keys = {"1", "2"}
    assert list(there.people()) == list(here.people())
    assert list(there.records(keys)) == list(here.records(keys))
    assert list(there.relations(keys)) == list(here.relations(keys))
    assert there.count(keys) == here.count(keys) == 3


def test_text_in_a_column_called_a_date_stops_no_search(case_system):
    """SQLite keeps any text in such a column: the row is given with what it holds."""
    with sqlite3.connect(case_system / "case.sqlite") as db:
        db.execute("ALTER TABLE NOTES ADD COLUMN REVIEWED DATE")
        db.execute("UPDATE NOTES SET REVIEWED = 'early May'")
    db.close()
    (record, *_) = sql_source(case_system).records({"1"})
    assert ("reviewed", "early May") in [(name.casefold(), v) for name, v in record.fields]
