"""Dates of birth of which only the year, the month, or about when is known."""

from __future__ import annotations

import datetime as dt
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.identity import Band, Index, Query, as_text, build_index, search
from rights.identity.birth import read_rough, read_year
from rights.identity.compare import compare
from rights.identity.keys import query_keys, record_keys
from rights.identity.normalise import of_query
from rights.release import PersonName
from rights.sources.model import Address, SourcePerson
from tests.rights.identity.world import as_source


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("1985", "1985"),
        ("05/1985", "1985-05"),
        ("May 1985", "1985-05"),
        ("1985-05-00", "1985-05"),
        ("??/05/1985", "1985-05"),
        ("XX/XX/1985", "1985"),
        ("born 1985", "1985"),
        ("circa 1985", "~1985"),
        ("c1985", "~1985"),
        ("1985?", "~1985"),
        ("31/02/1985", ""),
        ("1985/86", ""),
        ("85", ""),
        ("not known", ""),
        ("1066", ""),
        ("1900", ""),
    ],
)
def test_what_is_known_of_a_date_is_read(text, known):
    """A year, a month and year, or about when; anything else is nothing."""
    assert read_rough(text) == known


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1836-21-01", "1836"), ("31/02/1985", "1985"), ("19850231", "1985"), ("1985", ""),
        ("00/00/0000", ""), ("31/02/1066", ""), ("31/02/1900", ""), ("telephone 1985", ""),
    ],
)  # fmt: skip
def test_the_year_of_an_impossible_date_is_kept(text, year):
    """A slip in day or month leaves the year; a year that systems fill in is none."""
    assert read_year(text) == year
    assert of_query(Query(born=(text,))).rough == ((year or read_rough(text)),) * bool(
        year or read_rough(text)
    )


@given(st.text(max_size=20))
def test_any_text_is_read_or_left(text):
    """No cell stops the reading, and what was read reads the same again."""
    found = read_rough(text)
    assert not found or read_rough(found) == found


DAY = dt.date(1985, 5, 20)


@pytest.mark.parametrize(
    ("born", "level"),
    [
        ("1985", "year"),
        ("05/1985", "month"),
        ("06/1985", "other_month"),
        ("about 1987", "about"),
        ("1986", "near_year"),
        ("1990", "different"),
        ("1960", "generation"),
    ],
)
def test_part_of_a_date_is_compared_with_a_whole_one(born, level):
    """Each way in which a part fits a whole date has its level, whichever side holds the part."""
    part, whole = of_query(Query(born=(born,))), of_query(Query(dobs=(DAY,)))
    for one, other in ((part, whole), (whole, part)):
        assert [(c.field, c.level) for c in compare(one, other)] == [("birth_year", level)]


def test_of_the_first_of_january_only_the_year_is_meant():
    """1 January, keyed where only the year is known, agrees with any month of that year."""
    day, part = Query(dobs=(dt.date(1985, 1, 1),)), Query(born=("05/1985",))
    (found,) = compare(of_query(day), of_query(part))
    assert (found.level, found.asked, found.held) == ("year", "01/01/1985", "05/1985")


def test_a_whole_date_on_both_sides_is_compared_whole():
    """What is known in part says nothing beside whole dates."""
    one, other = Query(dobs=(DAY,), born=("1984",)), Query(dobs=(DAY,))
    (found,) = compare(of_query(one), of_query(other))
    assert (found.field, found.level) == ("date_of_birth", "exact")


@pytest.mark.parametrize("born", ["1985", "05/1985", "about 1986"])
def test_a_record_with_part_of_a_date_shares_keys_of_its_year(born):
    """It is brought up by name and year though its forename is misspelt and it has no address."""
    held = of_query(Query(names=(PersonName("Jonh", "Quartermain"),), born=(born,)))
    asked = of_query(Query(names=(PersonName("John", "Quartermain"),), dobs=(DAY,)))
    assert {8, 9} & {kind for key, kind in query_keys(asked).items() if key in record_keys(held)}


HOME = Address("4 Example Road", "TS91 1AB")


def _found(*rows):
    people = [
        SourcePerson("care", key, (PersonName("Jago", "Mossop"),), dob_text=born, addresses=(home,))
        for key, born, home in rows
    ]
    connection = sqlite3.connect(":memory:")
    build_index(connection, [as_source([(None, person) for person in people])])
    query = Query(names=(PersonName("Jago", "Mossop"),), dobs=(DAY,), addresses=(HOME,))
    return {c.key: c for c in search(Index(connection), query).candidates}


def test_a_year_alone_goes_to_a_human_unless_the_house_is_the_same():
    """Month and year may match; a father of that name is kept out; and plain words say why."""
    next_door = Address("5 Example Road", "TS91 1AB")
    found = _found(
        ("home", "1985", HOME),
        ("about", "about 1985", HOME),
        ("year", "1985", next_door),
        ("month", "05/1985", next_door),
        ("father", "1955", HOME),
    )
    assert found["home"].band is Band.MATCH
    assert found["month"].band is Band.MATCH
    for key in ("about", "year"):
        assert found[key].band is Band.REVIEW
        assert [guard.code for guard in found[key].guards] == ["birth_year_only"]
    assert found.get("father") is None or found["father"].band is Band.REVIEW
    text = as_text(found["year"])
    assert "year of birth: the same, the day and month not known" in text
    assert "asked 20/05/1985; held 1985" in text
