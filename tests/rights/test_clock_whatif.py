"""What would become of the time: both clocks, the difference, and what would not count."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.clock import (
    ClockFacts,
    ClockState,
    Extension,
    Pause,
    Supposed,
    Supposing,
    Trigger,
    read_clock,
    suppose,
    what_if,
    what_if_lines,
)
from rights.errors import InputError, RefusedError
from rights.law import load
from rights.release import Right
from tests.rights.test_clock_properties import cases

D = dt.date
LAW = load()
TODAY = D(2026, 9, 12)
PLAIN = ClockFacts(Right.ACCESS, D(2026, 8, 31))


@pytest.mark.parametrize(
    ("supposed", "due", "moved"),
    [
        (Supposed(Supposing.RECEIPT, D(2026, 9, 1)), D(2026, 10, 1), 1),
        (Supposed(Supposing.RECEIPT, D(2026, 8, 28)), D(2026, 9, 28), -2),
        (Supposed(Supposing.IDENTITY, D(2026, 9, 2), D(2026, 9, 4)), D(2026, 10, 5), 5),
        (Supposed(Supposing.AUTHORITY, D(2026, 9, 2), D(2026, 9, 4)), D(2026, 10, 5), 5),
        (Supposed(Supposing.FEE, D(2026, 9, 2), D(2026, 9, 7)), D(2026, 10, 7), 7),
        (Supposed(Supposing.QUESTION, D(2026, 9, 14), D(2026, 9, 18)), D(2026, 10, 5), 5),
        (Supposed(Supposing.QUESTION, D(2026, 9, 14)), None, None),
        (Supposed(Supposing.EXTENSION, D(2026, 9, 30)), D(2026, 11, 30), 61),
    ],
    ids=lambda value: str(getattr(value, "what", value)),
)
def test_the_difference_of_each_event(supposed: Supposed, due: D | None, moved: int | None):
    """Each kind of event moves the last day as the law says, and the new steps are told."""
    told = what_if(PLAIN, supposed, TODAY, LAW)
    assert told.before == read_clock(PLAIN, TODAY, LAW)
    assert (told.after.due, told.days_moved) == (due, moved)
    assert told.new_steps
    assert not told.not_counted
    changed = {d.name: (d.before, d.after) for d in told.differences}
    assert changed["due"] == (D(2026, 9, 30), due)
    assert all(before != after for before, after in changed.values())


@pytest.mark.parametrize(
    ("facts", "supposed", "code"),
    [
        (PLAIN, Supposed(Supposing.QUESTION, D(2026, 10, 1)), "clock.pause_late"),
        (PLAIN, Supposed(Supposing.EXTENSION, D(2026, 10, 1)), "clock.extension_late"),
        (
            PLAIN,
            Supposed(Supposing.EXTENSION, D(2026, 9, 9), ground="holidays"),
            "clock.extension_ground",
        ),
        (
            replace(PLAIN, right=Right.ERASURE),
            Supposed(Supposing.QUESTION, D(2026, 9, 9)),
            "clock.no_pause",
        ),
        (PLAIN, Supposed(Supposing.IDENTITY, D(2026, 10, 1)), "clock.asked_too_late"),
    ],
)
def test_what_the_law_would_not_count_is_told(facts: ClockFacts, supposed: Supposed, code: str):
    """An event that would not count leaves the date and says why."""
    told = what_if(facts, supposed, TODAY, LAW)
    assert [item.code for item in told.not_counted] == [code]
    assert told.days_moved == 0
    lines = what_if_lines(told)
    assert lines[0] == "The last day would stay Wed 30 Sep 2026."
    assert lines[-1].startswith("Would not count: ")


def test_an_answer_closes_whatever_is_open():
    """Supposing an answer gives a paused or waiting case its last day."""
    paused = replace(PLAIN, pauses=(Pause(D(2026, 9, 10)),))
    told = what_if(paused, Supposed(Supposing.ANSWER, D(2026, 9, 15)), TODAY, LAW)
    assert told.before.state is ClockState.PAUSED
    assert told.after.due == D(2026, 10, 6)
    assert what_if_lines(told)[0] == "The last day would be Tue 6 Oct 2026."
    waiting = replace(PLAIN, identity=(Trigger(D(2026, 9, 1), None, grounds_recorded=True),))
    told = what_if(waiting, Supposed(Supposing.ANSWER, D(2026, 9, 15)), TODAY, LAW)
    assert told.after.due == D(2026, 10, 15)


def test_what_cannot_be_supposed_is_refused():
    """An answer to nothing, a second extension and impossible dates are errors."""
    with pytest.raises(InputError) as caught:
        what_if(PLAIN, Supposed(Supposing.ANSWER, D(2026, 9, 15)), TODAY, LAW)
    assert caught.value.code == "clock.nothing_open"
    extended = replace(PLAIN, extension=Extension(D(2026, 9, 3), "complexity", True))
    with pytest.raises(RefusedError) as refused:
        what_if(extended, Supposed(Supposing.EXTENSION, D(2026, 9, 15)), TODAY, LAW)
    assert refused.value.code == "clock.second_extension"
    with pytest.raises(InputError):
        what_if(PLAIN, Supposed(Supposing.QUESTION, D(2026, 8, 1)), TODAY, LAW)


def test_nothing_otherwise_is_said_so():
    """A supposition that changes nothing is told in one sentence."""
    told = what_if(PLAIN, Supposed(Supposing.RECEIPT, PLAIN.received_on), TODAY, LAW)
    assert what_if_lines(told) == ("Nothing about the time would be otherwise.",)


@given(cases(), st.sampled_from(Supposing), st.integers(0, 60), st.integers(0, 20))
def test_supposing_is_the_same_as_recording(
    facts: ClockFacts, what: Supposing, days: int, lasting: int
):
    """The supposed time is what the clock says once the event is recorded; nothing is kept."""
    on = facts.received_on + dt.timedelta(days=days)
    supposed = Supposed(what, on, on + dt.timedelta(days=lasting))
    before = repr(facts)
    try:
        told = what_if(facts, supposed, on, LAW)
    except (InputError, RefusedError):
        return
    assert told.after == read_clock(suppose(facts, supposed), on, LAW)
    assert told.before == read_clock(facts, on, LAW)
    assert repr(facts) == before
    assert what_if_lines(told)
