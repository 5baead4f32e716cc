"""Working days in England and Wales, and where knowledge of them ends."""

import datetime as dt
from dataclasses import replace

import pytest

from rights.errors import ConfigError
from rights.law import load
from rights.workdays import (
    add_working_days,
    calendar_of,
    english,
    is_working_day,
    next_working_day,
)

D = dt.date
LAW = load()
CALENDAR = calendar_of(LAW)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (D(2026, 12, 24), D(2026, 12, 24)),
        (D(2026, 12, 25), D(2026, 12, 29)),
        (D(2027, 12, 25), D(2027, 12, 29)),
        (D(2028, 1, 1), D(2028, 1, 4)),
        (D(2026, 4, 3), D(2026, 4, 7)),
        (D(2026, 11, 30), D(2026, 11, 30)),
    ],
    ids=english,
)
def test_next_working_day(day: dt.date, expected: dt.date):
    """A working day is itself; weekends and substitute holidays are passed over."""
    assert next_working_day(day, CALENDAR) == expected
    assert is_working_day(expected, CALENDAR)


def test_nothing_is_known_past_the_horizon():
    """The last confirmed day is answered and the next is an error, even on a weekend."""
    assert is_working_day(D(2028, 12, 29), CALENDAR)
    for day, code in ((D(2029, 1, 1), "past_horizon"), (D(2011, 12, 31), "before_calendar")):
        with pytest.raises(ConfigError) as caught:
            is_working_day(day, CALENDAR)
        assert caught.value.code == f"clock.{code}"
    with pytest.raises(ConfigError):
        next_working_day(D(2028, 12, 30), CALENDAR)


def test_a_one_off_holiday_is_added_by_hand():
    """A day proclaimed later is passed over, and only where it was added."""
    calendar = calendar_of(LAW.with_holidays({D(2026, 12, 21): "A royal occasion"}))
    assert next_working_day(D(2026, 12, 21), calendar) == D(2026, 12, 22)
    assert next_working_day(D(2026, 12, 21), CALENDAR) == D(2026, 12, 21)
    assert "royal" in calendar.why_not_working(D(2026, 12, 21))


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (D(2026, 12, 24), 1, D(2026, 12, 29)),
        (D(2026, 12, 29), -1, D(2026, 12, 24)),
        (D(2026, 12, 27), 0, D(2026, 12, 27)),
        (D(2026, 12, 21), -10, D(2026, 12, 7)),
    ],
)
def test_working_days_are_counted_both_ways(day: dt.date, count: int, expected: dt.date):
    """Reminders count working days forward and back, the day itself left out."""
    assert add_working_days(day, count, CALENDAR) == expected


def test_a_missing_year_between_two_is_an_error():
    """A year that was left out is refused: it would look like one without holidays."""
    rule = LAW.rule("holidays.england_wales")
    without = replace(rule, values=tuple(v for v in rule.values if v.start.year != 2027))
    with pytest.raises(ConfigError) as caught:
        calendar_of(replace(LAW, rules={**LAW.rules, rule.id: without}))
    assert caught.value.code == "law.calendar_gap"
    assert "1 Jan 2028" in caught.value.sentence
