"""The demo council: every person of the story is found, and nobody else's record matches."""

from __future__ import annotations

import datetime as dt
import sqlite3

import pytest

from demo.generate import generate
from rights.identity import Band, Index, Query, build_index, search
from rights.release import PersonName
from rights.sources import Address, load_sources
from tests.rights.sources.conftest import REPO


@pytest.mark.parametrize("seed", [1, 2, 3, 7])
def test_the_demos_people_are_told_apart(tmp_path, seed):
    """0 relatives in the match band; all own records in match or review, first and second pass."""
    truth = generate(tmp_path, seed)
    connection = sqlite3.connect(":memory:")
    report = build_index(connection, load_sources(REPO / "council" / "sources", tmp_path))
    assert not report.failed
    index = Index(connection)
    rows = connection.execute("SELECT source, key FROM person").fetchall()
    owned: dict[str, set[tuple[str, str]]] = {}
    for record in truth.records:
        if (record.source, record.key) in rows:
            owned.setdefault(record.person, set()).add((record.source, record.key))
    for person in truth.people:
        mine = owned.get(person.key, set())
        # The health visiting export is keyed by NHS number, not by the rows the truth counts.
        mine |= {
            (s, k) for s, k in rows if s == "health_visiting" and ("nhs", k) in person.identifiers
        }
        if not mine:
            continue
        name = person.names[0]
        query = Query(
            names=(PersonName(name.forenames, name.surname),),
            dobs=(dt.date.fromisoformat(person.date_of_birth),) if person.date_of_birth else (),
            addresses=tuple(Address(text) for text in person.addresses[-1:]),
        )
        confirmed: list[tuple[str, str]] = []
        for _ in range(2):
            found = search(index, query, confirmed).candidates
            confirmed = [(c.source, c.key) for c in found if c.band is Band.MATCH]
            assert set(confirmed) <= mine
            assert mine <= {(c.source, c.key) for c in found}
