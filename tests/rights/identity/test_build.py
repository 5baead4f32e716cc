from __future__ import annotations

import datetime as dt
import random
import sqlite3

import psycopg
import pytest

from rights.errors import ConfigError
from rights.identity import build_index, fit, open_index, update_index
from rights.identity.keys import query_keys
from rights.identity.normalise import of_person
from rights.identity.score import Scorer
from rights.identity.weights import load_weights
from rights.release import PersonName
from rights.sources.model import Address, Capability, SourcePerson
from tests.rights.identity import world


class Feed:
    """A source of people that does something half-way."""

    capabilities = frozenset([Capability.PEOPLE])

    def __init__(self, count=1, between=lambda: None):
        self.name = "care"
        self.count = count
        self.between = between

    def people(self):
        for number in range(self.count):
            if number == self.count // 2:
                self.between()
            yield SourcePerson(
                "care", str(number), (PersonName("Ottilie", "Mossop"),), dt.date(2010, 3, 4)
            )


@pytest.fixture(params=["file", "postgresql"])
def target(request, tmp_path):
    """Where an index may lie."""
    if request.param == "file":
        return tmp_path / "people.db"
    return request.getfixturevalue("postgres_url")


def keys(target):
    index = open_index(target)
    try:
        return sorted(entry.key for entry in index.every())
    finally:
        index.close()


def test_of_two_builds_at_once_the_second_is_refused(target):
    """Whoever comes second, to build or to bring up to date, is told; the first ends well."""
    build_index(target, [Feed(1)])
    seen = []

    def second():
        for fill in (build_index, update_index):
            with pytest.raises(ConfigError) as caught:
                fill(target, [Feed(5)])
            assert caught.value.code == "identity.index_busy"
        seen.append(keys(target))

    build_index(target, [Feed(3, second)])
    # Meanwhile the old index was searched, and afterwards anybody may build again.
    assert seen == [["0"]] and keys(target) == ["0", "1", "2"]
    update_index(target, [Feed(2)])
    assert keys(target) == ["0", "1"]


def test_a_build_that_breaks_off_leaves_the_old_index_in_use(target):
    """What was half written is gone, and the index answers as before."""

    def breaks():
        raise RuntimeError

    build_index(target, [Feed(2)])
    with pytest.raises(RuntimeError):
        build_index(target, [Feed(5_000, breaks)])
    assert keys(target) == ["0", "1"]
    if isinstance(target, str):
        with psycopg.connect(target.replace("+psycopg", "")) as server:
            found = server.execute("SELECT to_regnamespace('identity_index_new')").fetchone()
        assert found == (None,)
    else:
        assert [*target.parent.iterdir()] == [target]
    build_index(target, [Feed(1)])
    assert keys(target) == ["0"]


def test_what_a_crash_left_behind_is_written_over(tmp_path):
    """A file half written by a process that was killed is in nobody's way."""
    (tmp_path / "people.db.new").write_bytes(b"half of an index")
    (tmp_path / "people.db.new-journal").write_bytes(b"and of its journal")
    build_index(tmp_path / "people.db", [Feed(2)])
    assert keys(tmp_path / "people.db") == ["0", "1"]
    assert [path.name for path in tmp_path.iterdir()] == ["people.db"]


def namesakes(rng, count):
    """Strangers who share a few names and birthdays, each at an address of their own."""
    for number in range(count):
        day = rng.randrange(30)
        yield SourcePerson(
            "health",
            f"n{number}",
            (PersonName(rng.choice(world.BOYS[:4]), rng.choice(world.CLANS[:3])),),
            dt.date(rng.randrange(1950, 2015), 1 + day % 12, 1 + day),
            addresses=(Address("", f"TS{rng.randrange(10, 99)} {rng.randrange(10)}XA"),),
        )


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """A district in which a few names are shared by many."""
    path = tmp_path_factory.mktemp("crowd") / "people.db"
    rows = [record for _, record in world.make(41, 110)[1]]
    rows += namesakes(random.Random(5), 2_500)
    build_index(path, [world.as_source([(None, row) for row in rows])])
    index = open_index(path)
    yield index, rows
    index.close()


def test_no_record_is_passed_over_that_would_be_shown(crowd):
    """What shares one common key and nothing else stays below the review band when scored."""
    index, rows = crowd
    passed = 0
    for record in rows[::60]:
        asked = of_person(record)
        scorer = Scorer(asked, index, index.weights)
        for entry in index.entries(index.candidates(query_keys(asked)).screened):
            passed += 1
            result = scorer.score(entry.norm)
            assert result.p_same < index.weights.bands.review
            assert not result.agrees(frozenset(["nhs", "upn", "nino", "other_number"]))
    assert passed > 1_000


def test_measuring_an_index_may_stop_early(crowd, monkeypatch):
    """Enough pairs of a part that is spread over the whole say what all of the sample says."""
    index, _ = crowd
    whole = fit.fit_proportions(index, load_weights()).prior
    looked_at = []
    near = type(index).near
    monkeypatch.setattr(type(index), "near", lambda *a: looked_at.append(a) or near(*a))
    monkeypatch.setattr(fit, "_ENOUGH", 1_000)
    part = fit.fit_proportions(index, load_weights()).prior
    assert len(looked_at) < load_weights().prior.sample / 2
    assert part.own_records == pytest.approx(whole.own_records, rel=0.2)
    assert part.relatives == pytest.approx(whole.relatives, rel=0.35)


def test_an_index_with_another_table_of_weights_is_refused(tmp_path):
    """Weights that this version does not know are an earlier version's, not a crash."""
    path = tmp_path / "people.db"
    build_index(path, [Feed(1)])
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE note SET value = '{\"version\": 1}' WHERE name = 'weights'")
    with pytest.raises(ConfigError) as caught:
        open_index(path)
    assert caught.value.code == "identity.no_index"
