"""Real-format samples that nobody here wrote, read by mapping alone."""

from __future__ import annotations

import datetime as dt

import yaml

from rights.errors import UnreadableError
from rights.release import PersonName
from rights.sources import Mapping, SearchTerms, make_source
from tests.rights.sources.conftest import REPO

COUNCIL = REPO / "council" / "sources"


def mapped(name, base, **changes):
    data = yaml.safe_load((COUNCIL / f"{name}.yaml").read_text(encoding="utf-8"))
    return make_source(Mapping.model_validate(data | changes), base)


def plain(base, kind, location, **parts):
    data = {"name": "sample", "title": "Sample", "kind": kind, "location": location}
    return make_source(Mapping.model_validate(data | parts), base)


def test_annex_a_by_the_councils_own_mapping(shared):
    """The child's rows are found on every list, and the formulas read as computed dates."""
    source = mapped("annex_a", shared, location="sources/annex_a/Annex_A_2024_Jan.xlsx")
    source.probe()
    rows = list(source.records({"7961370"}))
    assert {row.record_id.split(":")[0] for row in rows} == {"List 9", "List 10"}
    assert source.count({"7961370"}) == len(rows)
    assert not any("formula" in value for row in rows for _, value in row.fields)


def test_mosaic_tables_as_csv(shared):
    """Lower-case exports of the tables fit a mapping with upper-case names."""
    source = plain(
        shared,
        "csv",
        "sources/mosaic_like",
        people={
            "table": "dm_persons.csv",
            "key": "PERSON_ID",
            "fields": {
                "forenames": "FIRST_NAME",
                "surname": "LAST_NAME",
                "dob": "DATE_OF_BIRTH",
                "nhs": "NHS_ID",
            },
            "also": [
                {
                    "table": "dm_addresses.csv",
                    "key": "PERSON_ID",
                    "fields": {"address": "ADDRESS", "postcode": "POST_CODE"},
                }
            ],
        },
    )
    people = {person.key: person for person in source.people()}
    assert len(people) == 9
    assert people["7"].dob == dt.date(1976, 5, 12)
    assert people["7"].addresses


def test_school_census_extract(shared):
    """Nine thousand pupils stream with every name and date."""
    data = yaml.safe_load((COUNCIL / "school_census.yaml").read_text(encoding="utf-8"))
    data["people"]["also"] = []
    for part in (data["people"], data["records"][0]):
        part["table"] = "2024_autumn_pupilonroll.csv"
    source = make_source(
        Mapping.model_validate(data | {"location": "sources/school_census"}), shared
    )
    people = list(source.people())
    assert len(people) == 9088
    assert all(person.dob for person in people)


def test_cin_census(shared):
    """A child in the XML return is found by the case system's id."""
    for name in ("CIN_Census_2021.xml", "BAR_cin_2022.xml", "CIN2rows.xml"):
        source = plain(
            shared,
            "xml",
            f"sources/cin_census/{name}",
            records=[
                {
                    "table": "Child",
                    "key": "ChildIdentifiers/LAchildID",
                    "label": "CIN census",
                    "date": "CINdetails/CINreferralDate",
                }
            ],
        )
        source.probe()
        (row,) = source.records({"DfEX0000001"})
        assert row.date


def test_ssda903(shared):
    """Episodes and reviews of a looked-after child are found by the CHILD id."""
    tables = {"header.csv": None, "episodes.csv": "DECOM", "reviews.csv": "REVIEW"}
    records = [
        {"table": table, "key": "CHILD", "label": table} | ({"date": date} if date else {})
        for table, date in tables.items()
    ]
    source = plain(shared, "csv", "sources/ssda903", records=records)
    source.probe()
    rows = list(source.records({"566910"}))
    assert len(rows) == 6
    assert sum(row.date is not None for row in rows) == 5


def test_family_context(shared):
    """Five hundred people with addresses over several lines in one cell."""
    source = plain(
        shared,
        "csv",
        "sources/family_context/csc.csv",
        people={
            "table": "csc.csv",
            "key": "Cms Id",
            "fields": {
                "forenames": "First Name",
                "surname": "Last Name",
                "dob": "Date of Birth",
                "address": "Address",
            },
        },
    )
    assert len(list(source.people())) == 500


def test_answers_of_prison_and_probation_services(shared):
    """Every answer is read; what cannot be had are attachments that were not delivered."""
    keys = {path.stem for path in (shared / "sar_services").glob("*.json")}
    assert len(keys) == 17
    source = plain(shared, "answers", "sar_services")
    source.probe()
    rows = list(source.records(keys))
    documents = list(source.documents(keys))
    assert {row.key for row in rows} == keys
    assert source.count(keys) == len(rows) + len(documents)
    missing = 0
    for document in documents:
        try:
            document.open()
        except UnreadableError:
            missing += 1
    assert (len(documents), missing) == (10, 9)


def test_mail_samples(shared):
    """All mail but the bare TNEF block is read; that one is put before a person."""
    source = plain(shared, "mailbox", "mail")
    assert source.probe().unread == ("1 messages cannot be read",)
    terms = SearchTerms(names=(PersonName("Matthew", "Robinson"),))
    kinds = [hit.matched for hit in source.find(terms)]
    assert kinds.count(("unreadable",)) == 1
    assert kinds.count(("full name",)) == 3
