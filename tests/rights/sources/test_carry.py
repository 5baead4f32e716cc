"""What the confirmed records lead to: numbers for other sources, and duplicates merged away."""

from __future__ import annotations

import pytest

from rights.sources import Mapping, SearchTerms, Status, make_source, search_source
from rights.sources.carry import carry

PEOPLE = """id,first,last,born,upn,child_no,restricted,into
1,Amy,Khan,2010-03-04,A123 456,77,N,
2,Amy,Kahn,2010-03-04,,78,N,1
3,Ami,Khan,2010-03-04,,,N,2
4,Zoe,Other,2010-03-04,,79,Y,1
5,Amy,Khan,1999-01-01,B1,80,N,
"""


def source(folder, **more):
    return make_source(Mapping.model_validate({"title": "T", "kind": "csv"} | more), folder)


@pytest.fixture
def places(tmp_path):
    """A case system with merged duplicates, a return by child number and one by UPN."""
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "episodes.csv").write_text(
        "CHILD,DECOM\n77,2015-01-01\n78,2016-01-01\n80,2017-01-01\n"
    )
    (tmp_path / "pupils.csv").write_text("upn,note\nA123456,theirs\nB1,another's\n")
    fields = {"forenames": "first", "surname": "last", "dob": "born", "upn": "upn"}
    fields |= {"identifiers": {"ssda903": "child_no"}, "restricted": "restricted"}
    people = {"table": "people.csv", "key": "id", "merged_into": "into", "fields": fields}
    episodes = {"table": "episodes.csv", "key": "CHILD", "label": "Episode", "date": "DECOM"}
    pupils = {"table": "pupils.csv", "key": "upn", "label": "Pupil"}
    base = {"location": "."}
    return [
        source(tmp_path, name="cases", people=people, **base),
        source(
            tmp_path, name="lac", keyed_by="cases", keyed_as="ssda903", records=[episodes], **base
        ),
        source(tmp_path, name="census", keyed_by="cases", keyed_as="upn", records=[pupils], **base),
    ]


def test_numbers_are_learnt_and_carried_on(places):
    """Returns without names are searched by the child's number and UPN of the confirmed records."""
    keys = carry(places, {"cases": frozenset({"1"})}).keys
    _, lac, census = places
    rows = search_source(lac, keys, SearchTerms()).records
    assert {row.key for row in rows} == {"77", "78"}
    (pupil,) = search_source(census, keys, SearchTerms()).records
    assert dict(pupil.fields)["note"] == "theirs"


def test_merged_duplicates_are_followed_but_not_into_a_restricted_record(places):
    """What was merged step by step comes along; a restricted record is left to a person."""
    carried = carry(places, {"cases": frozenset({"3"})})
    assert carried.keys["cases"] == {"1", "2", "3"}
    assert carried.apart == (("cases", "4"),)


def test_without_a_number_the_source_cannot_be_searched(places):
    """That no number is known is not the same as that nothing is held."""
    keys = carry(places, {}).keys
    line = search_source(places[1], keys, SearchTerms()).line
    assert line.status is Status.CANNOT_SEARCH
    assert not line.settled


def test_a_source_out_of_use_is_suspended_with_its_reason(tmp_path):
    """A system that is being moved is not asked, and does not read as empty."""
    moved = source(
        tmp_path, name="old", location=".", suspended="it is being moved until 4 January 2027."
    )
    line = search_source(moved, {"old": frozenset({"1"})}, SearchTerms()).line
    assert line.status is Status.SUSPENDED
    assert "4 January 2027" in line.note


def test_numbers_of_a_table_with_one_number_a_row(tmp_path):
    """The kind of number stands in a column of its own, as in Eclipse."""
    (tmp_path / "p.csv").write_text("id,name\n1,Amy Khan\n")
    (tmp_path / "n.csv").write_text(
        "id,no,kind\n1,9434765919,NHS NUMBER\n1,X9,Library Card\n1,,UPN\n"
    )
    number = {"number": "no", "number_kind": "kind", "number_kinds": {"NHS Number": "nhs"}}
    people = {
        "table": "p.csv",
        "key": "id",
        "fields": {"full_name": "name"},
        "also": [{"table": "n.csv", "key": "id", "fields": number}],
    }
    (person,) = source(tmp_path, name="e", location=".", people=people).people()
    assert person.identifiers == (("nhs", "9434765919"), ("library card", "X9"))
