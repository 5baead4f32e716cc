"""From when on a record need no longer be kept, and why."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.law import load
from rights.register import RecordDates, load_register, retention_of, rule_for

REPO = Path(__file__).parents[3]
REGISTER = load_register(REPO / "council" / "register", load())
D = dt.date
Dates = RecordDates
CARE, CHILD = "looked_after_child", "child_health"
DAYS = st.dates(D(1930, 1, 1), D(2026, 11, 22))


@pytest.mark.parametrize(
    ("rule", "dates", "until", "said"),
    [
        (CARE, Dates(born=D(2010, 3, 4), lived=True), D(2085, 3, 4), "75 years"),
        (CARE, Dates(born=D(2010, 3, 4), died=D(2020, 5, 6)), D(2035, 5, 6), "15"),
        (CARE, Dates(born=D(1990, 3, 4), died=D(2020, 5, 6)), D(2065, 3, 4), "75"),
        (CARE, Dates(born=D(2010, 3, 4)), None, "death is not known"),
        (CARE, Dates(lived=True), None, "birth is not known"),
        (CARE, Dates(born=D(2008, 2, 29), lived=True), D(2083, 3, 1), "75"),
        ("adoption", Dates(adoption_order=D(2012, 6, 1)), D(2112, 6, 1), "adoption order"),
        ("adoption", Dates(born=D(2012, 6, 1)), None, "not known"),
        (CHILD, Dates(born=D(2000, 1, 2), last_entry=D(2017, 5, 1)), D(2026, 1, 2), "26"),
        (CHILD, Dates(born=D(2000, 1, 2), last_entry=D(2016, 5, 1)), D(2025, 1, 2), "25"),
        (CHILD, Dates(born=D(2000, 1, 2)), D(2026, 1, 2), "26"),
        ("finance", Dates(last_entry=D(2020, 3, 31)), D(2026, 3, 31), "financial year"),
        ("finance", Dates(last_entry=D(2020, 4, 1)), D(2027, 3, 31), "31 March 2021"),
    ],
)  # fmt: skip
def test_terms_are_counted_from_their_event(
    rule: str, dates: RecordDates, until: dt.date | None, said: str
):
    """The condition picks the term, the event starts it, and what is not known keeps the record."""
    kept = retention_of(REGISTER, rule, dates)
    assert kept.until == until
    assert said in kept.working
    assert kept.reviewed_by


@given(
    born=st.none() | DAYS,
    died=st.none() | DAYS,
    last=st.none() | DAYS,
    lived=st.booleans(),
    rule=st.sampled_from([rule.id for rule in REGISTER.retention]),
)
def test_knowing_less_never_lets_go_earlier(
    born: dt.date | None, died: dt.date | None, last: dt.date | None, lived: bool, rule: str
):
    """Forgetting any fact gives the same day, a later one, or none at all."""
    whole = Dates(born=born, died=died, last_entry=last, lived=lived and died is None)
    known = retention_of(REGISTER, rule, whole).until
    for name, nothing in (("born", None), ("died", None), ("last_entry", None), ("lived", False)):
        facts = {n: getattr(whole, n) for n in ("born", "died", "last_entry", "lived")}
        less = retention_of(REGISTER, rule, RecordDates(**{**facts, name: nothing})).until
        if known is None:
            assert less is None or name in ("died", "lived")
        else:
            assert less is None or less >= known


@pytest.mark.parametrize(
    ("place", "rule"),
    [
        ("case_system/CASE_NOTES", "looked_after_child"),
        ("annex_a/List 10", "adoption"),
        ("annex_a/List 2", "early_help"),
        ("annex_a/List 9", "looked_after_child"),
        ("school_census", "education"),
        ("attic", None),
    ],
)
def test_the_most_exact_rule_of_keeping_is_found(place: str, rule: str | None):
    """A table's own rule comes before its source's, and that before its service's."""
    found = rule_for(REGISTER, place)
    assert (found.id if found else None) == rule
