from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.law import load
from rights.sources.chase import Rung, answer_by, ladder, standing
from rights.sources.mapping import Chase
from rights.workdays import calendar_of, is_working_day

CALENDAR = calendar_of(load())
ASKED = dt.date(2026, 12, 17)  # a Thursday; Christmas and Boxing Day (as the 28th) follow


def test_the_ladder_counts_working_days():
    """Weekends and bank holidays are no days of waiting."""
    steps = ladder(ASKED, Chase(), CALENDAR)
    assert [(s.rung, s.on) for s in steps] == [
        (Rung.REMINDER, dt.date(2026, 12, 24)),
        (Rung.ESCALATION, dt.date(2027, 1, 5)),
        (Rung.OVERDUE, dt.date(2027, 1, 12)),
    ]


@pytest.mark.parametrize(
    ("today", "rung"),
    [
        (dt.date(2026, 12, 23), None),
        (dt.date(2026, 12, 24), Rung.REMINDER),
        (dt.date(2027, 1, 5), Rung.ESCALATION),
        (dt.date(2027, 6, 1), Rung.OVERDUE),
    ],
)
def test_the_highest_rung_reached_speaks(today, rung):
    """Days on which nobody looked are not made up for one by one."""
    found = standing(ladder(ASKED, Chase(), CALENDAR), today)
    assert (found.rung if found else None) is rung


@given(
    day=st.dates(dt.date(2025, 1, 1), dt.date(2027, 6, 1)),
    counts=st.tuples(*[st.integers(1, 30)] * 3),
)
def test_every_rung_is_a_working_day_after_the_asking(day, counts):
    """Whatever a place's own days are, rungs are in order, and a letter asks for a day to come."""
    remind, escalate, overdue = counts
    steps = ladder(day, Chase(remind=remind, escalate=escalate, overdue=overdue), CALENDAR)
    assert all(s.on > day and is_working_day(s.on, CALENDAR) for s in steps)
    assert [s.on for s in steps] == sorted(s.on for s in steps)
    assert answer_by(steps, steps[0].on) >= steps[0].on
