"""What must hold of every time, against an independent walk day by day."""

import calendar as months
import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rights.clock import ClockFacts, Extension, Pause, Trigger, read_clock
from rights.law import load
from rights.release import Right
from rights.workdays import calendar_of, is_working_day

LAW = load()
CALENDAR = calendar_of(LAW)
ONE = dt.timedelta(days=1)
RECEIPTS = st.dates(dt.date(2026, 2, 5), dt.date(2027, 12, 31))
OFFSETS = st.integers(0, 70)


@st.composite
def cases(draw: st.DrawFn) -> ClockFacts:
    received = draw(RECEIPTS)

    def on() -> dt.date:
        return received + draw(OFFSETS) * ONE

    pauses = tuple(
        Pause(asked, asked + draw(st.integers(0, 25)) * ONE)
        for asked in (on() for _ in range(draw(st.integers(0, 4))))
    )
    identity = tuple(
        Trigger(asked, asked + draw(st.integers(0, 20)) * ONE, draw(st.booleans()))
        for asked in (on() for _ in range(draw(st.integers(0, 2))))
    )
    extension = Extension(on(), "complexity", True) if draw(st.booleans()) else None
    return ClockFacts(Right.ACCESS, received, identity=identity, pauses=pauses, extension=extension)


def walked(start: dt.date, span: int, pauses: tuple[Pause, ...]) -> dt.date:
    """The end by walking one day at a time, pauses accepted in the order they were asked."""
    month = start.month - 1 + span
    year, month = start.year + month // 12, month % 12 + 1
    end = dt.date(year, month, min(start.day, months.monthrange(year, month)[1]))
    length = (end - start).days
    excluded: set[dt.date] = set()

    def due() -> dt.date:
        day, left = start, length
        while left:
            day += ONE
            left -= day not in excluded
        while day in excluded or not is_working_day(day, CALENDAR):
            day += ONE
        return day

    for pause in sorted(pauses, key=lambda p: (p.asked_on, p.answered_on)):
        if pause.asked_on <= due():
            assert pause.answered_on is not None
            span_days = (pause.answered_on - pause.asked_on).days + 1
            excluded |= {pause.asked_on + n * ONE for n in range(span_days)}
    return due()


@given(cases())
def test_agrees_with_a_walk_day_by_day(facts: ClockFacts):
    """The counted end is the one that walking one day at a time gives."""
    clock = read_clock(facts, facts.received_on, LAW)
    assert clock.relevant_day is not None
    assert clock.due == walked(clock.relevant_day, 3 if clock.extended else 1, facts.pauses)
    assert clock.notice_by == walked(clock.relevant_day, 1, facts.pauses)
    noticed = facts.extension.noticed_on if facts.extension else None
    assert clock.extended == (noticed is not None and noticed <= clock.notice_by)


@given(cases())
def test_never_ends_on_a_day_off_nor_before_its_unrolled_end(facts: ClockFacts):
    """The end is a working day on or after the unrolled end; the targets are never after it."""
    clock = read_clock(facts, facts.received_on, LAW)
    assert clock.due and clock.unrolled and clock.internal_target
    assert is_working_day(clock.due, CALENDAR)
    assert clock.unrolled <= clock.due
    assert clock.internal_target <= clock.due
    assert clock.reply_day_target is None or clock.reply_day_target <= clock.due
    assert clock.standing_due == clock.due


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_lawful_events_does_not_matter(facts: ClockFacts, random):
    """Shuffled pauses and evidence give the same clock."""
    pauses, identity = list(facts.pauses), list(facts.identity)
    random.shuffle(pauses)
    random.shuffle(identity)
    shuffled = replace(facts, pauses=tuple(pauses), identity=tuple(identity))
    today = facts.received_on + 10 * ONE
    assert read_clock(shuffled, today, LAW) == read_clock(facts, today, LAW)


@given(cases(), OFFSETS, st.integers(0, 25))
def test_another_pause_never_brings_the_end_forward(facts: ClockFacts, asked: int, length: int):
    """The end is monotone in pauses."""
    begun = facts.received_on + asked * ONE
    more = replace(facts, pauses=(*facts.pauses, Pause(begun, begun + length * ONE)))
    before = read_clock(facts, facts.received_on, LAW).due
    after = read_clock(more, facts.received_on, LAW).due
    assert before and after
    assert before <= after


@given(RECEIPTS, st.integers(0, 40))
def test_a_later_receipt_never_ends_earlier(received: dt.date, later: int):
    """The end is monotone in receipt, with and without an extension."""
    for extension in (None, Extension(received + later * ONE, "complexity", True)):
        first = ClockFacts(Right.ACCESS, received, extension=extension)
        second = replace(first, received_on=received + later * ONE)
        one, two = read_clock(first, received, LAW).due, read_clock(second, received, LAW).due
        assert one and two
        assert one <= two


@given(cases())
def test_a_day_later_with_pauses_costs_at_most_the_clamped_day(facts: ClockFacts):
    """With pauses the end is monotone too, but where a clamped month meets an excluded first day.

    Received 28 January with a pause from the 29th, three days are given back on a month of 31;
    received on the 29th, two are given back on a month of 30. The walk is the statute's.
    """
    first = replace(facts, identity=(), extension=None)
    if any(p.asked_on == first.received_on for p in first.pauses):
        first = replace(first, pauses=())
    second = replace(first, received_on=first.received_on + ONE)
    one, two = (read_clock(f, facts.received_on, LAW) for f in (first, second))
    assert one.unrolled and two.unrolled
    clamped = second.received_on.day > two.unrolled.day or second.received_on.day > 28
    excluded = any(p.asked_on <= second.received_on for p in first.pauses)
    if not (clamped and excluded):
        assert one.unrolled <= two.unrolled


@given(cases())
def test_explains_every_result(facts: ClockFacts):
    """Each result carries its working, every sentence with its rule and citation."""
    clock = read_clock(facts, facts.received_on, LAW)
    assert clock.steps
    assert all(s.text and s.citation and s.rule_id in LAW.rules for s in clock.steps)
    counted = {r.code for r in clock.rejected}
    assert len(clock.explain_lines()) == len(clock.steps) + len(clock.rejected)
    assert counted <= {
        "clock.no_grounds",
        "clock.asked_too_late",
        "clock.pause_late",
        "clock.extension_late",
    }
