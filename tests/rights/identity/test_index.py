"""The index: brought up to date, on SQLite and PostgreSQL, and honest about what it leaves out."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rights.errors import ConfigError, SourceError
from rights.identity import (
    Band,
    Index,
    Query,
    Settings,
    build_index,
    open_index,
    search,
    search_norm,
    update_index,
    update_people,
)
from rights.identity import index as index_module
from rights.identity.keys import query_keys, record_keys
from rights.identity.normalise import of_person
from rights.identity.proof import prove, sampled
from rights.identity.screen import Screen
from rights.identity.stored import decode, encode
from rights.release import PersonName
from rights.sources.model import Address, Capability, SourcePerson
from tests.rights.identity import world


@dataclass
class Feed:
    """A source that lists people."""

    name: str
    rows: list[SourcePerson]
    capabilities = frozenset([Capability.PEOPLE])

    def people(self):
        return iter(self.rows)


class Counted:
    """A backend that counts what it is asked."""

    def __init__(self, backend):
        self.backend = backend
        self.asked = 0

    def __getattr__(self, name):
        found = getattr(self.backend, name)
        self.asked += callable(found)
        return found


def content(index):
    """Everything in an index but the numbering of its rows."""
    held = {
        entry.id: (entry.source, entry.key, entry.norm, entry.person) for entry in index.every()
    }
    backend = index.backend
    rows = sorted(map(repr, held.values()))
    keys = sorted(
        (key, repr(held[number]))
        for entry in index.every()
        for key in record_keys(entry.norm)
        for number in backend.blocks([key], 10_000).get(key, [])
        if number == entry.id
    )
    counts = backend.frequencies({(kind, value) for kind in KINDS for value in VALUES})
    return rows, keys, counts, index.size


KINDS = ("forename", "surname", "postcode", "place", "word")
NAMES = ["Ottilie", "Saffron", "Jago", "Wren"]
CLANS = ["Mossop", "Kerslake", "Inchbald"]
CODES = ["TS90 1AB", "TS91 2CD"]
VALUES = [
    *(name.lower() for name in NAMES + CLANS),
    *(code.replace(" ", "") for code in CODES),
    *(f"{code.replace(' ', '')} {number}" for code in CODES for number in (1, 2)),
]

people = st.builds(
    lambda key, name, clan, day, code, house: SourcePerson(
        "care",
        key,
        (PersonName(name, clan),),
        day,
        addresses=(Address(f"{house} Example Road", code),),
    ),
    st.sampled_from("abcde"),
    st.sampled_from(NAMES),
    st.sampled_from(CLANS),
    st.dates(dt.date(2010, 1, 1), dt.date(2011, 12, 31)),
    st.sampled_from(CODES),
    st.sampled_from([1, 2]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(people, max_size=6), min_size=1, max_size=4))
def test_an_index_built_in_steps_is_the_index_built_at_once(states):
    """Whatever rows came, changed and went, the last state of the source is what is held."""
    other = Feed("schools", [SourcePerson("schools", "x", (PersonName("Wren", "Mossop"),))])
    steps = sqlite3.connect(":memory:")
    build_index(steps, [Feed("care", states[0]), other])
    for state in states[1:]:
        report = update_index(steps, [Feed("care", state)])
        assert report.records == {"care": len(state)}
    at_once = sqlite3.connect(":memory:")
    build_index(at_once, [Feed("care", states[-1]), other])
    assert content(Index(steps)) == content(Index(at_once))


def test_unchanged_rows_are_not_written_again():
    """A second reading of the same source writes and removes nothing."""
    rows = [record for _, record in world.make(4, 8)[1]]
    connection = sqlite3.connect(":memory:")
    build_index(connection, [Feed("world", rows)])
    again = update_index(connection, [Feed("world", rows)])
    assert (again.added, again.removed) == (0, 0)
    changed = [*rows[1:], SourcePerson("care", "new", (PersonName("Jago", "Inchbald"),))]
    report = update_index(connection, [Feed("world", changed)])
    assert (report.added, report.removed) == (1, 1)
    assert Index(connection).entry("care", "new")
    update_index(connection, [], gone=["world"])
    assert Index(connection).size == 0


def test_a_few_changed_records_are_brought_up_to_date():
    """Only the rows under the keys given are replaced or taken out."""
    rows = [SourcePerson("care", key, (PersonName("Jago", "Mossop"),)) for key in "abc"]
    connection = sqlite3.connect(":memory:")
    build_index(connection, [Feed("care", rows)])
    renamed = SourcePerson("care", "a", (PersonName("Wren", "Kerslake"),))
    update_people(connection, "care", [renamed], gone=["b"])
    index = Index(connection)
    assert {entry.key: entry.norm.forenames for entry in index.every()} == {
        "a": (("wren",),),
        "c": (("jago",),),
    }
    assert index.frequency("surname", "mossop") == 1


def test_a_source_that_fails_keeps_what_it_held_before():
    """An update that breaks off takes everything back and names the source."""
    connection = sqlite3.connect(":memory:")
    build_index(connection, [Feed("care", [SourcePerson("care", "a", (PersonName("A", "B"),))])])

    def broken():
        yield SourcePerson("care", "z", (PersonName("Z", "Z"),))
        raise SourceError("sources.query_failed", "It stopped.", "Try again.")

    failing = SimpleNamespace(name="care", capabilities=Feed.capabilities, people=broken)
    report = update_index(connection, [failing])
    assert report.failed == (("care", "sources.query_failed"),)
    assert [entry.key for entry in Index(connection).every()] == ["a"]


def test_postgres_answers_as_sqlite_does(postgres_url, tmp_path):
    """Same rows, same candidates, same probabilities; brought up to date alike."""
    pairs = world.make(7, 15)[1]
    rows = [record for _, record in pairs]
    targets = [tmp_path / "i.sqlite", postgres_url]
    for target in targets:
        build_index(target, [Feed("world", rows[:-5])])
        update_index(target, [Feed("world", rows[3:])])
    here, there = map(open_index, targets)
    assert content(here) == content(there)
    for record in rows[::9]:
        asked = of_person(record)
        assert search_norm(here, asked) == search_norm(there, asked)
    there.backend = Counted(there.backend)
    for record in rows[1::9]:
        there.backend.asked = 0
        search_norm(there, of_person(record))
        # Each is a journey: it must not grow with what is found.
        assert there.backend.asked <= 8
    assert there.entry(rows[5].source, rows[5].key).person == rows[5]
    update_people(postgres_url, "world", [], gone=[rows[5].key])
    there.close()
    again = open_index(postgres_url)
    assert again.entry(rows[5].source, rows[5].key) is None
    again.close()


def test_an_index_is_private_and_an_old_one_is_refused(tmp_path):
    """The file is its owner's alone; what another version made is not searched."""
    path = tmp_path / "i.sqlite"
    build_index(path, [Feed("care", [])])
    assert path.stat().st_mode & 0o077 == 0
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE note SET value = 'other' WHERE name = 'layout'")
    for attempt in (lambda: open_index(path), lambda: update_index(path, [])):
        with pytest.raises(ConfigError, match="Build it"):
            attempt()
    with pytest.raises(ConfigError):
        open_index(tmp_path / "none.sqlite")


def test_a_crowded_key_is_a_limit_that_is_told(monkeypatch):
    """Rows that share only a key of too many are left out aloud."""
    monkeypatch.setattr(index_module, "CROWDED", 5)
    rows = [
        SourcePerson("care", str(n), (PersonName("Jago", "Mossop"),), dt.date(1950 + n, 5, 5))
        for n in range(30)
    ]
    connection = sqlite3.connect(":memory:")
    build_index(connection, [Feed("care", rows)])
    index = Index(connection)
    query = Query(names=rows[7].names, dobs=(rows[7].dob,))
    found = search(index, query)
    assert [c.key for c in found.candidates if c.p_same > 0.5] == ["7"]
    assert found.limits and all("Jago" not in limit for limit in found.limits)


def test_rejected_records_are_counted_and_kept_for_the_audit():
    """Asked for, every rejected record is listed, scored or ruled out; the count is theirs."""
    pairs = world.make(3, 40)[1]
    connection = sqlite3.connect(":memory:")
    build_index(connection, [world.as_source(pairs)])
    index = Index(connection)
    asked = of_person(pairs[10][1])
    result = search_norm(index, asked, settings=Settings(keep_rejected=True))
    assert result.rejected == len(result.rejects) > 0
    shown = {(c.source, c.key) for c in result.candidates}
    assert shown.isdisjoint((r.source, r.key) for r in result.rejects)
    shared = index.candidates(query_keys(asked))
    assert len(shown) + result.rejected == len(shared.ids) + len(shared.screened)


def test_the_quick_bound_never_rules_out_what_would_be_shown():
    """Over a world, no record that scores into the review band is ruled out unscored."""
    from rights.identity.score import Scorer, score

    pairs = world.make(11, 25)[1]
    connection = sqlite3.connect(":memory:")
    build_index(connection, [world.as_source(pairs)])
    index = Index(connection)
    norms = [of_person(record) for _, record in pairs]
    for asked in norms[::7]:
        screen = Screen(Scorer(asked, index, index.weights))
        for held in norms:
            if screen.hopeless(held):
                p = score(asked, held, index, index.weights).p_same
                assert p < index.weights.bands.review


def test_the_audit_lists_what_no_key_brings_up():
    """Every record is weighed: one without a key in common is named with its cause."""
    nhs = (("nhs", "9434765919"),)
    rows = [record for _, record in world.make(3, 10)[1]]
    connection = sqlite3.connect(":memory:")
    build_index(connection, [Feed("world", rows)])
    index = Index(connection)
    whole = prove(index, sampled(index, 20))
    assert whole.queries and whole.shown and whole.recall_of_sure >= 0.998
    lost = SourcePerson("care", "lost", (PersonName("Ottilie", "Mossop"),), identifiers=nhs)
    update_people(connection, "world", [lost])
    entry = Index(connection).entry("care", "lost")
    connection.execute("DELETE FROM k WHERE id = ?", (entry.id,))
    from rights.identity.proof import NO_KEY, Asked

    proof = prove(Index(connection), [Asked("q", entry.norm)])
    assert [(m.key, m.cause) for m in proof.missed if m.key == "lost"] == [("lost", NO_KEY)]
    assert proof.recall < 1


@settings(max_examples=60, deadline=None)
@given(
    st.builds(
        SourcePerson,
        st.just("s"),
        st.text(),
        st.lists(st.builds(PersonName, st.text(), st.text()), max_size=3).map(tuple),
        st.none() | st.dates(),
        st.none() | st.dates(),
        addresses=st.lists(st.builds(Address, st.text(), st.text()), max_size=2).map(tuple),
        phones=st.lists(st.text()).map(tuple),
        emails=st.lists(st.emails() | st.text()).map(tuple),
        identifiers=st.lists(st.tuples(st.sampled_from(["nhs", "ssda903"]), st.text())).map(tuple),
        restricted=st.booleans(),
    )
)
def test_the_stored_form_is_the_normal_form(person):
    """What is written is what is read, whatever stands in the record."""
    norm = of_person(person)
    assert decode(encode(norm)) == norm


def test_workers_prepare_the_same_index(tmp_path):
    """Processes change nothing but the time."""
    rows = [record for _, record in world.make(2, 10)[1]]
    build_index(tmp_path / "1", [Feed("world", rows)])
    build_index(tmp_path / "2", [Feed("world", rows)], workers=2)
    assert content(open_index(tmp_path / "1")) == content(open_index(tmp_path / "2"))


def test_without_guards_the_probability_alone_decides():
    """The decision rule for measuring: no guard sends a sure match to review."""
    home = (Address("12 Example Road", "TS90 1AB"),)
    names = (PersonName("Ottilie", "Mossop"),)
    born = dt.date(2010, 3, 4)
    rows = [SourcePerson("care", "own", names, born, addresses=home, restricted=True)]
    pairs = world.make(5, 40)[1]
    connection = sqlite3.connect(":memory:")
    build_index(connection, [Feed("care", rows), world.as_source(pairs)])
    asked = of_person(rows[0])
    index = Index(connection)
    guarded = {c.key: c.band for c in search_norm(index, asked).candidates}
    free = {c.key: c.band for c in search_norm(index, asked, settings=Settings(False)).candidates}
    assert (guarded["own"], free["own"]) == (Band.REVIEW, Band.MATCH)
