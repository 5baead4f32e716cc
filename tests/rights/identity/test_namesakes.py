"""Namesakes: the same name and birthday by chance, and brothers who share a first forename."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import replace

from rights.identity import Band, Index, Query, build_index, search
from rights.release import PersonName
from rights.sources.model import Address, SourcePerson
from tests.rights.identity import world

BORN = dt.date(2007, 5, 20)
HOME = Address("12 Example Road", "TS90 1AB")
ELSEWHERE = Address("61 Sea View", "TS97 7HE")
ASKED = Query(names=(PersonName("Aleksandra", "Kowalska"),), dobs=(BORN,), addresses=(HOME,))


def _found(namesakes: int, *rows: SourcePerson, asked: Query = ASKED):
    """What a search finds in a district with so many others of the name, born on other days."""
    _, pairs = world.make(5, 300)
    others = [
        SourcePerson(
            "care",
            f"other{number}",
            (PersonName("Aleksandra", "Kowalska"),),
            dt.date(1980, 1, 15) + dt.timedelta(211 * number),
            addresses=(Address(f"{number} Mill Brow", "TS99 3DJ"),),
        )
        for number in range(namesakes)
    ]
    connection = sqlite3.connect(":memory:")
    everything = [(None, row) for row in (*rows, *others)] + list(pairs)
    build_index(connection, [world.as_source(everything)])
    return {c.key: c for c in search(Index(connection), asked).candidates}


def _record(key: str, address: Address) -> SourcePerson:
    name = PersonName("Aleksandra", "Kowalska")
    return SourcePerson("care", key, (name,), BORN, addresses=(address,))


def test_a_common_name_and_a_birthday_alone_are_put_before_a_human():
    """Somebody at another address may be a namesake; at the same address it is the person."""
    found = _found(60, _record("home", HOME), _record("moved", ELSEWHERE))
    assert found["home"].band is Band.MATCH
    assert found["moved"].band is Band.REVIEW
    assert [guard.code for guard in found["moved"].guards] == ["namesake"]


def test_a_rare_name_and_a_birthday_are_enough():
    """Where nobody else bears the name, a move raises no question."""
    found = _found(0, _record("home", HOME), _record("moved", ELSEWHERE))
    assert found["moved"].band is Band.MATCH


def test_a_number_settles_a_common_name():
    """With the same NHS number nobody is asked."""
    nhs = (("nhs", "9434765919"),)
    asked = replace(ASKED, nhs=("9434765919",))
    found = _found(60, replace(_record("moved", ELSEWHERE), identifiers=nhs), asked=asked)
    assert found["moved"].band is Band.MATCH


def test_twins_who_share_their_first_forename_are_told_apart():
    """Muhammad Ibrahim and Muhammad Yusuf, born on one day in one house, are two boys."""
    one = SourcePerson("care", "own", (PersonName("Muhammad Ibrahim", "Mossop"),), BORN,
                       addresses=(HOME,))  # fmt: skip
    twin = replace(one, key="twin", names=(PersonName("Muhammad Yusuf", "Mossop"),))
    asked = replace(ASKED, names=(PersonName("Muhammad Ibrahim", "Mossop"),))
    found = _found(0, one, twin, asked=asked)
    assert found["own"].band is Band.MATCH
    assert found["twin"].band is Band.REVIEW
    assert [guard.code for guard in found["twin"].guards] == ["twin"]


def test_a_spelling_of_an_arabic_name_raises_no_question_of_twins():
    """Layla and Leila of one day and one house are one girl; Isabel and Isabella may be two."""
    for name, spelt, band in (
        ("Layla", "Leila", Band.MATCH),
        ("Isabel", "Isabella", Band.REVIEW),
    ):
        row = replace(_record("own", HOME), names=(PersonName(spelt, "Mossop"),))
        asked = replace(ASKED, names=(PersonName(name, "Mossop"),))
        assert _found(0, row, asked=asked)["own"].band is band


def test_a_twin_whose_names_were_swapped_and_sound_alike_is_no_match():
    """Arjan Mossop is found under Mossop Arjan; Mossop Arjun may be his brother."""
    asked = replace(ASKED, names=(PersonName("Arjan", "Mossop"),))
    for forename, band in (("Arjan", Band.MATCH), ("Arjun", Band.REVIEW)):
        row = replace(_record("own", HOME), names=(PersonName("Mossop", forename),))
        assert _found(0, row, asked=asked)["own"].band is band
