"""A breach: how long there is to tell of it, and where that stands."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.breaches import BreachState, check_assessed, check_noted, read_breach
from rights.errors import InputError
from rights.events import Actor, Attested
from rights.events.kinds import BreachAssessed, BreachNoted
from rights.law import load

LAW = load()
LONDON = ZoneInfo("Europe/London")
DPO = Actor(login="dpo", attested=Attested.DESK)
FOUND = dt.datetime(2026, 12, 24, 16, 0, tzinfo=LONDON)
HOUR = dt.timedelta(hours=1)


def noted(severity="medium", found_at=FOUND):
    return BreachNoted(
        actor=DPO, breach="breach/1", found_at=found_at, severity=severity, what="sent astray"
    )


def assessed(*, reportable=True, told=None, people=None):
    return BreachAssessed(
        actor=DPO,
        breach="breach/1",
        reportable=reportable,
        reason="an address went to the wrong parent",
        commissioner_told_at=told,
        people_told_on=people,
    )


@pytest.mark.parametrize(
    ("found_at", "by"),
    [
        # Over Christmas: nights, weekend and holidays count.
        (FOUND, dt.datetime(2026, 12, 27, 16, 0, tzinfo=LONDON)),
        # Over the night when clocks go back: 72 hours by the sun, an hour less on the wall.
        (
            dt.datetime(2026, 10, 24, 9, 30, tzinfo=LONDON),
            dt.datetime(2026, 10, 27, 8, 30, tzinfo=LONDON),
        ),
        (
            dt.datetime(2027, 3, 27, 9, 30, tzinfo=LONDON),
            dt.datetime(2027, 3, 30, 10, 30, tzinfo=LONDON),
        ),
    ],
)
def test_the_time_runs_straight_through(found_at, by):
    """72 hours from becoming aware, whatever days and changes of the clock lie between."""
    reading = read_breach(noted(found_at=found_at), None, found_at + HOUR, LAW)
    assert reading.notify_by == by
    assert reading.hours_left == 71
    assert by.strftime("%H:%M") in reading.steps[1].text


@pytest.mark.parametrize(
    ("severity", "assessment", "hours", "state", "is_open", "people"),
    [
        ("low", None, 1, BreachState.TO_ASSESS, True, False),
        ("high", None, 1, BreachState.TO_ASSESS, True, True),
        ("low", assessed(reportable=False), 1, BreachState.NOT_TOLD, False, False),
        ("high", assessed(reportable=False), 1, BreachState.NOT_TOLD, False, False),
        ("medium", assessed(), 1, BreachState.TO_TELL, True, False),
        ("medium", assessed(told=FOUND + 72 * HOUR), 80, BreachState.TOLD, False, False),
        ("medium", assessed(told=FOUND + 73 * HOUR), 80, BreachState.TOLD_LATE, False, False),
        ("high", assessed(told=FOUND + HOUR), 2, BreachState.TOLD, True, True),
        (
            "high",
            assessed(told=FOUND + HOUR, people=dt.date(2026, 12, 28)),
            99,
            BreachState.TOLD,
            False,
            False,
        ),
    ],
)
def test_where_a_breach_stands(severity, assessment, hours, state, is_open, people):
    """Assessed, told in time or late, or not to be told: and whether people still wait."""
    reading = read_breach(noted(severity), assessment, FOUND + hours * HOUR, LAW)
    assert (reading.state, reading.is_open, reading.people_waiting) == (state, is_open, people)


def test_lateness_is_said():
    """Once the time is over the notice must say why; a missed assessment is said earlier."""
    early = read_breach(noted(), None, FOUND + 30 * HOUR, LAW)
    assert [c.code for c in early.cautions] == ["breach.not_assessed"]
    late = read_breach(noted(), assessed(), FOUND + 73 * HOUR, LAW)
    assert late.is_late
    assert "say why it is late" in late.cautions[0].text
    told = read_breach(noted(), assessed(told=FOUND + HOUR), FOUND + 99 * HOUR, LAW)
    assert not told.is_late
    assert told.cautions == ()


@given(st.integers(0, 400), st.integers(0, 60 * 24 * 366))
def test_hours_only_run_down(since, minute):
    """Whenever it was found, an hour later there is an hour less, and never more than there is."""
    found = dt.datetime(2026, 1, 1, tzinfo=LONDON).astimezone(dt.UTC) + dt.timedelta(minutes=minute)
    at = (found + since * HOUR).astimezone(LONDON)
    reading = read_breach(noted(found_at=found.astimezone(LONDON)), None, at, LAW)
    assert reading.hours_left == LAW.number("breach.notify", found.date()) - since


@pytest.mark.parametrize(
    ("found_at", "code"),
    [
        (FOUND + HOUR, "breach.future"),
        (FOUND.replace(tzinfo=None), "clock.no_time_zone"),
    ],
)
def test_times_that_cannot_be_are_refused(found_at, code):
    """A breach is found before now, at a time with a zone."""
    with pytest.raises(InputError) as caught:
        check_noted(found_at, FOUND)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "assessment",
    [
        assessed(told=FOUND - HOUR),
        assessed(told=FOUND + 9 * HOUR),
        assessed(people=dt.date(2026, 12, 23)),
        assessed(people=dt.date(2026, 12, 26)),
    ],
)
def test_nobody_is_told_before_it_is_found_or_after_now(assessment):
    """Times of telling lie between the finding and now."""
    with pytest.raises(InputError) as caught:
        check_assessed(noted(), assessment, FOUND + 2 * HOUR)
    assert caught.value.code == "breach.told_when"
