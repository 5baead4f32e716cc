from __future__ import annotations

import datetime as dt
import random
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.identity import Index, build_index
from rights.identity.fairness import Outcome, by_group, table
from rights.identity.fit import fit, fit_proportions
from rights.identity.normalise import of_person
from rights.identity.score import score, settle
from rights.identity.weights import load_weights
from rights.release import PersonName
from rights.sources.model import Address, SourcePerson
from tests.rights.identity import world


def index_of(rows):
    connection = sqlite3.connect(":memory:")
    build_index(connection, [world.as_source([(None, row) for row in rows])])
    return Index(connection)


def word(rng, letters="abdefgiklmnoprstu"):
    return "".join(rng.choice(letters) for _ in range(8)).title()


def lonely(rng, number):
    """Somebody without family."""
    return SourcePerson(
        "list",
        str(number),
        (PersonName(word(rng), word(rng)),),
        dt.date(1940, 1, 2) + dt.timedelta(rng.randrange(25000)),
        addresses=(
            Address(f"{rng.randrange(1, 90)} {word(rng)} Street", f"{rng.randrange(9999):04}"),
        ),
    )


@pytest.fixture(scope="module")
def lists():
    """A list of people without families, and the same people with one field keyed anew."""
    rng = random.Random(4)
    rows = [lonely(rng, number) for number in range(1100)]
    other = []
    for row in rows:
        name = row.names[0]
        if rng.random() < 0.1:
            name = PersonName(word(rng), name.surname)
        other.append(SourcePerson("b", row.key, (name,), row.dob, addresses=row.addresses))
    return rows, other


def test_proportions_are_those_of_the_index(lists):
    """Where nobody has relatives none are expected; a small index leaves the table as it is."""
    table_ = load_weights()
    index = index_of(lists[0])
    fitted = fit_proportions(index, table_)
    assert fitted.prior.own_records == pytest.approx(1, abs=0.02)
    assert fitted.prior.relatives < 0.01
    small = index_of(lists[0][:50])
    assert fit_proportions(small, table_) == table_
    assert index.weights == fitted


def test_families_are_expected_where_there_are_families():
    """In a district of families a search meets several records of relatives."""
    _, pairs = world.make(8, 150)
    rows = [row for _, row in pairs]
    for at in range(3):
        rows += [row for _, row in world.make(20 + at, 60)[1]]
    index = index_of(rows)
    assert index.size >= load_weights().prior.measured_from
    assert 3 < index.weights.prior.relatives < 9
    assert 1.5 < index.weights.prior.own_records < 4
    # As many queries as that would be learnt from in a list of voters: here namesakes in the
    # family would pass for the person, and a generation's difference for a slip.
    fitted = fit(index, [of_person(row) for row in rows], load_weights())
    assert fitted.levels == load_weights().levels
    assert fitted.prior.families
    assert 1.5 < fitted.prior.own_records < 5


def test_slips_are_learnt_from_two_lists_and_the_family_is_not(lists):
    """Forenames that often differ cost less; the family's column stays; each person once."""
    rows, other = lists
    index = index_of(rows)
    usual = load_weights()
    fitted = fit(index, [of_person(row) for row in other], usual)
    different = fitted.levels["forename"]["different"]
    assert different.same > 3 * usual.levels["forename"]["different"].same
    for field, levels in fitted.levels.items():
        for name, level in levels.items():
            assert level.family == usual.levels[field][name].family
    assert fitted.prior.unmatched < 0.1
    assert not fitted.prior.families
    right = 0
    for row in other[:150]:
        asked = of_person(row)
        entries = list(index.near(asked))
        scores = settle([score(asked, e.norm, index, fitted) for e in entries], fitted)
        best = max(zip(scores, entries, strict=True), key=lambda pair: pair[0].p_same)
        right += best[1].key == row.key and best[0].p_same >= 0.5
    assert right == 150


@given(st.integers(0, 1099), st.floats(0.001, 1))
def test_settled_scores_still_sum(lists, number, unmatched):
    """The bars sum to the score within 1e-6, and the shares of one query never exceed one."""
    usual = load_weights()
    prior = usual.prior.model_copy(update={"unmatched": unmatched, "own_records": 1.0})
    weights = usual.model_copy(update={"prior": prior})

    class Counts:
        size = 5000

        def frequency(self, kind, value):
            return 1

    rows = [of_person(row) for row in [*lists[0][:3], lists[1][number % 3]]]
    scores = settle([score(rows[3], row, Counts(), weights) for row in rows[:3]], weights)
    if unmatched < 1:
        assert sum(s.p_same for s in scores) <= 1 + 1e-9
    for one in scores:
        assert sum(b.against_family for b in one.bars) == pytest.approx(one.bits_family, abs=1e-6)
        total = sum(b.against_stranger for b in one.bars)
        assert total == pytest.approx(one.bits_stranger, abs=1e-6)


def test_fairness_is_counted_by_group():
    """Recall with its lower bound, and false matches, for each group under each heading."""
    outcomes = [
        Outcome({"age": "under 5", "origin": "polish"}, 3, 3, 0),
        Outcome({"age": "under 5", "origin": "welsh"}, 2, 1, 1),
    ]
    found = {(g.heading, g.name): g for g in by_group(outcomes)}
    assert found["age", "under 5"].recall == pytest.approx(0.8)
    assert found["origin", "welsh"].false_matches == 1
    assert found["origin", "polish"].least_recall < found["origin", "polish"].recall == 1
    assert len(table(outcomes)) == 1 + len(found)
