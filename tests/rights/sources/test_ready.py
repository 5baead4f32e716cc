"""The ready mappings: each on the sample of its format, or on tables of the catalogued columns."""

from __future__ import annotations

import csv
import datetime as dt
import re
import shutil
import sqlite3

import pytest
import yaml

from rights.sources import Capability, Mapping, load_mapping, make_source
from rights.sources.wanted import wanted_columns
from tests.rights.sources.conftest import REPO

READY = REPO / "council" / "sources" / "ready"
NAMES = sorted(path.stem for path in READY.glob("*.yaml"))
CATALOGUE = {
    "mosaic": "Mosaic (Access/Servelec)",
    "liquidlogic": "Liquidlogic / System C (HDM warehouse)",
    "eclipse": "Eclipse (OLM/Access)",
}
UNCATALOGUED = {"DM_TELEPHONE_NUMBERS": {"person_id", "telephone_number"}}
"""Of a sample table, not in the catalogue."""


def ready(name, base, **changes):
    data = yaml.safe_load((READY / f"{name}.yaml").read_text(encoding="utf-8"))
    return make_source(Mapping.model_validate(data | changes), base)


@pytest.mark.parametrize("name", NAMES)
def test_every_ready_mapping_is_valid_and_listed(name):
    """It loads as it stands, and the list beside it says what it is for."""
    assert load_mapping(READY / f"{name}.yaml").name == name
    assert f"`{name}.yaml`" in (READY / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def catalogue(shared):
    """Table to columns, of each case system that was catalogued."""
    with (shared / "sources" / "columns" / "source_system_columns.csv").open(
        encoding="utf-8"
    ) as stream:
        found = {}
        for row in csv.DictReader(stream):
            table = found.setdefault(row["system"], {}).setdefault(row["table_or_file"], set())
            table.add(row["column"].casefold())
    return found


@pytest.mark.parametrize(("name", "system"), CATALOGUE.items())
def test_case_systems_have_the_columns_that_were_catalogued(catalogue, name, system):
    """Every table and column of a mapping is one that councils' own reports use."""
    for table, columns in wanted_columns(load_mapping(READY / f"{name}.yaml")).items():
        known = UNCATALOGUED.get(table) or catalogue[system][table]
        assert set(columns) <= known, table


VALUES = [
    (re.compile(r"(date|dttm|dob|birth)", re.IGNORECASE), "2012-03-04"),
    (re.compile(r"^(surname|last_name)$", re.IGNORECASE), "Khan"),
    (re.compile(r"^(forename|first_name)$", re.IGNORECASE), "Amy"),
    (re.compile(r"person_?(id|fk)|worker_id$", re.IGNORECASE), "7"),
    (re.compile(r"referencetype", re.IGNORECASE), "Unique Pupil Number"),
    (re.compile(r"referencenumber|upn", re.IGNORECASE), "A123456789012"),
]


def value_for(column):
    return next((value for pattern, value in VALUES if pattern.search(column)), "")


@pytest.mark.parametrize("name", CATALOGUE)
def test_case_systems_on_tables_of_their_shape(tmp_path, name):
    """A person with number, address and records is found in tables of the catalogued columns."""
    mapping = load_mapping(READY / f"{name}.yaml")
    with sqlite3.connect(tmp_path / "x.sqlite") as db:
        for table, columns in wanted_columns(mapping).items():
            names = [f'"{column.upper()}"' for column in columns]
            db.execute(f"CREATE TABLE {table} ({', '.join(f'{n} TEXT' for n in names)})")
            row = [value_for(column) for column in columns]
            db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    db.close()
    source = ready(name, tmp_path, location="x.sqlite")
    source.probe()
    (person,) = source.people()
    assert (person.names[0].full, person.dob) == ("Amy Khan", dt.date(2012, 3, 4))
    assert ("upn", "A123456789012") in person.identifiers
    rows = list(source.records({"7"}))
    assert len(rows) == len(mapping.records) == source.count({"7"})
    assert all(row.date for row in rows)
    assert list(source.relations({"7"}))


def test_mosaic_on_the_sample(shared):
    """The seed rows of a council's Mosaic replacement, people and addresses only."""
    data = yaml.safe_load((READY / "mosaic.yaml").read_text(encoding="utf-8"))
    data |= {"kind": "csv", "location": "sources/mosaic_like", "records": [], "relations": []}
    for part in (data["people"], *data["people"]["also"]):
        part["table"] = part["table"].lower() + ".csv"
    people = list(make_source(Mapping.model_validate(data), shared).people())
    assert len(people) == 9
    assert sum(bool(p.addresses) for p in people) > 3
    assert sum(bool(p.phones) for p in people) > 3


def test_annex_a_on_the_sample(shared):
    """Eleven lists; the child of lists 9 and 10 is found there."""
    source = ready("annex_a", shared, location="sources/annex_a/Annex_A_2024_Jan.xlsx")
    source.probe()
    rows = list(source.records({"7961370"}))
    assert {row.record_id.split(":")[0] for row in rows} == {"List 9", "List 10"}
    assert source.faults() == ()


def test_ssda903_on_the_samples(shared, tmp_path):
    """2,675 children; in the deliberately dirty files too every row is told apart."""
    source = ready("ssda903", shared, location="sources/ssda903")
    source.probe()
    rows = list(source.records({"566910"}))
    assert len(rows) == source.count({"566910"}) == 6
    for part in ("header", "episodes"):
        shutil.copy(
            shared / "sources" / "ssda903" / f"SSDA903_2020_{part}.csv", tmp_path / f"{part}.csv"
        )
    (tmp_path / "reviews.csv").write_text("CHILD,DOB,REVIEW,REVIEW_CODE\n")
    dirty = ready("ssda903", tmp_path, location=".")
    dirty.probe()
    assert len(list(dirty.records({"689661"}))) == 6


def test_cin_census_on_the_samples(shared):
    """A row for the child and one for each time in need, found by the authority's number."""
    for name in ("CIN_Census_2021.xml", "BAR_cin_2022.xml", "CIN2rows.xml"):
        source = ready("cin_census", shared, location=f"sources/cin_census/{name}")
        source.probe()
        child, need = source.records({"DfEX0000001"})
        assert dict(child.fields)["ChildIdentifiers/PersonBirthDate"]
        assert need.date
        assert dict(need.fields)["Referred on"] == need.date.isoformat()


@pytest.mark.parametrize(("which", "people", "exclusions"), [("on", 9088, 0), ("off", 297, 1)])
def test_school_census_on_the_samples(shared, tmp_path, which, people, exclusions):
    """Every pupil streams with a date of birth; those who left have exclusions."""
    for path in (shared / "sources" / "school_census").glob("*.csv"):
        (tmp_path / path.name.removeprefix("2024_autumn_")).symlink_to(path)
    source = ready(f"school_census_{which}_roll", tmp_path, location=".")
    source.probe()
    found = list(source.people())
    assert all(p.dob and p.names for p in found)
    assert len(found) == people
    if exclusions:
        assert any(p.addresses for p in found)
        assert sum(r.title.endswith("exclusion") for r in source.records({p.key for p in found}))


def test_supporting_families_on_the_sample(shared):
    """Five hundred people with a date of birth, an address, an involvement and a named worker."""
    source = ready("supporting_families", shared, location="sources/family_context/csc.csv")
    source.probe()
    people = {p.key: p for p in source.people()}
    assert len(people) == 500
    assert all(p.dob and p.addresses for p in people.values())
    (row,) = source.records({"7190247"})
    assert row.date == dt.date(2022, 7, 7)
    (worker,) = source.relations({"7190247"})
    assert worker.worker


def test_a_table_of_unseen_columns_in_ten_lines(tmp_path):
    """Nothing but these ten lines is needed for a table that nobody here has seen."""
    lines = """name: youth_boat
title: Youth boat club
kind: csv
location: boat.csv
people:
  table: boat.csv
  key: Skipper No.
  fields: {full_name: Wer, dob: Launched, postcode: Moored at}
records:
  - {table: boat.csv, key: Skipper No., label: Trip, date: Sailed, text: Log}
"""
    assert len(lines.splitlines()) == 10
    (tmp_path / "one.yaml").write_text(lines)
    (tmp_path / "boat.csv").write_text(
        "\ufeffBoat club list;;;;;\n;;;;;\nSkipper No.;Wer;Launched;Moored at;Sailed;Log\n"
        '7;"Khan,\u00a0Amy";2010-Mar-04 00:00:00;TS90 1AB;#N/A;\n'
        "7;Amy Khan;04/03/2010;TS90 1AB;13 March 2021;Round the buoy\n",
        encoding="utf-8",
    )
    source = make_source(load_mapping(tmp_path / "one.yaml"), tmp_path)
    assert source.capabilities == {Capability.PEOPLE, Capability.RECORDS}
    source.probe()
    (person,) = source.people()
    assert {n.full for n in person.names} == {"Amy Khan"}
    assert person.dob == dt.date(2010, 3, 4)
    assert [r.text for r in source.records({"7"})] == ["", "Round the buoy"]
