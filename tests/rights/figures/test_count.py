"""What is counted equals a count by hand over the same made-up cases."""

import datetime as dt
import statistics
import weakref
from collections import Counter
from dataclasses import replace

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from rights.breaches import BreachState
from rights.clock import ClockFacts, ClockState, OpinionAge, health_opinion_age, read_clock
from rights.errors import InputError
from rights.figures import CaseFacts, Period, Use, figures
from rights.figures import model as m
from rights.figures.count import band, band_names
from rights.law import load
from rights.release import Right
from tests.rights.figures.stories import DAYS, START, STORIES, Story

LAW = load()
PLAIN = Story(
    right=Right.ACCESS,
    channel="email",
    requester="self",
    received=dt.date(2026, 5, 5),
    lag=0,
    identity=None,
    pause=None,
    extended=None,
    closed=None,
    acknowledged=None,
    uses=(),
    sends_pages=True,
    opinion=None,
    reminders=(),
)
MAY = Period(dt.date(2026, 5, 1), dt.date(2026, 5, 31))
QUARTER = Period(dt.date(2026, 4, 1), dt.date(2026, 6, 30))
LATER = dt.date(2027, 1, 4)
PERIODS = st.tuples(st.integers(0, DAYS), st.integers(0, 200)).map(
    lambda p: Period(START + dt.timedelta(days=p[0]), START + dt.timedelta(days=p[0] + p[1]))
)


def counted(*stories: Story, period: Period = QUARTER, today: dt.date = LATER) -> m.Figures:
    return figures((s.facts(n) for n, s in enumerate(stories, 1)), period, today, LAW)


def due_of(story: Story, day: dt.date) -> dt.date | None:
    return read_clock(story.clock_until(day), day, LAW).due


def first_due(story: Story) -> dt.date:
    return read_clock(ClockFacts(story.right, story.received), story.received, LAW).standing_due


@settings(max_examples=60, deadline=None)
@given(st.lists(STORIES, max_size=25), PERIODS, st.integers(0, 100))
def test_figures_equal_a_count_by_hand(stories, period, since):
    """Every measure, over any cases and period, is what lists and filters give."""
    today = period.first + dt.timedelta(days=since)
    end = min(period.last, today)
    f = counted(*stories, period=period, today=today)

    def within(day):
        return day is not None and period.first <= day <= end

    known = [s for s in stories if s.received <= end]
    received = [s for s in known if within(s.received)]
    assert f.received_by_right == Counter(s.right.value for s in received)
    assert f.received_by_channel == Counter(s.channel for s in received)
    assert f.received_by_requester == Counter(
        m.CHILD
        if s.requester == "self" and s.age is not None and s.age < 18
        else s.requester or m.NOT_RECORDED
        for s in received
    )
    sent = [s for s in received if s.closed and s.closed[1] == "answered" and s.closed_on <= end]
    for name in ("One", "Two"):
        assert f.received_by_service.get(name, 0) == sum(
            name in s.services for s in sent if s.right is Right.ACCESS
        )
    assert f.received == len(received)
    assert f.lag.total == sum(s.lag for s in received)
    requests = [s for s in known if s.right is not Right.COMPLAINT]
    assert f.logged_late == sum(
        s.day(s.lag) > first_due(s) for s in received if s.right is not Right.COMPLAINT
    )

    still_open = [s for s in requests if s.closed is None or s.closed_on > end]
    clocks = [(s, read_clock(s.clock_until(end), end, LAW)) for s in still_open]
    assert f.open_states == Counter(c.state.value for _, c in clocks)
    late = [(s, c) for s, c in clocks if c.state is ClockState.OVERDUE]
    assert f.overdue == len(late)
    months = [relativedelta(end - dt.timedelta(days=1), c.due) for _, c in late]
    whole = [d.years * 12 + d.months for d in months]
    names = band_names()
    assert f.overdue_bands == Counter(
        names[sum(n >= edge for edge in (1, 3, 6, 12, 24))] for n in whole
    )
    longest = max(((end - c.due).days for _, c in late), default=None)
    assert (f.oldest.days_late if f.oldest else None) == longest

    closed = [s for s in requests if s.closed and within(s.closed_on)]
    ended = [s for s in closed if s.is_triaged or s.closed[1] in ("withdrawn", "lapsed")]
    triaged = [s.closed[1].replace("_", " ") for s in closed if s.is_triaged]
    assert f.triaged == Counter(triaged)
    assert f.ended.get(m.TRIAGED, 0) == len(triaged)
    undated = [s for s in closed if s not in ended and due_of(s, s.closed_on) is None]
    answered = [s for s in closed if s not in ended and s not in undated]
    assert sum(f.ended.values()) == len(ended) + len(undated)
    assert f.closed_with_due == len(answered)
    assert f.closed_in_time == sum(s.closed_on <= due_of(s, s.closed_on) for s in answered)
    assert f.strict.get(m.IN_TIME, 0) == sum(s.closed_on <= first_due(s) for s in answered)
    assert {right: sum(row.values()) for right, row in f.answered.items()} == Counter(
        s.right.value for s in answered
    )
    told = [s for s in answered if s.closed[1] == "answered"]
    decided = sum(s.closed[1] == "provided in part" for s in answered)
    assert f.outcomes.get(m.PART, 0) == sum(bool(s.uses) for s in told) + decided
    parts = [s.closed[0] - s.first_part for s in answered if s.in_parts]
    assert (f.in_parts.count, f.in_parts.total) == (len(parts), sum(parts))
    assert f.outcomes.get(m.FULL, 0) == sum(not s.uses and s.sends_pages is True for s in told)
    excluded = [read_clock(s.clock_until(s.closed_on), s.closed_on, LAW).excluded_days
                for s in answered]  # fmt: skip
    paused = [days for days in excluded if days]
    assert f.paused.total == sum(paused)
    assert f.paused.median == (statistics.median(paused) if paused else None)
    assert f.questions == sum(within(s.day(s.pause[0])) for s in requests if s.pause)
    assert f.unanswered == sum(
        s.pause is not None and (s.pause[1] is None or s.day(s.pause[1]) > s.closed_on)
        for s in closed
    )
    for code in ("3P", "ABUSE", "SW-HARM"):
        uses = [u for s in answered for u in s.uses if u.code == code]
        got = f.uses.get(code, m.CodeUse())
        assert (got.cases, got.pages, got.passages) == (
            len(uses),
            sum(u.pages for u in uses),
            sum(u.passages for u in uses),
        )

    noticed = [s for s in requests if s.extended and within(s.day(s.extended[0]))]
    assert sum(f.notices.values()) == len(noticed)
    assert f.notice_grounds == Counter(s.extended[1] for s in noticed)
    assert f.reminders == sum(within(s.day(n)) for s in known for n in s.reminders)
    opinions = [(s.day(s.opinion[0]), s.maybe(s.opinion[1])) for s in known if s.opinion]
    assert f.opinions_asked == sum(within(asked) for asked, _ in opinions)
    assert f.opinion_wait.total == sum((b - a).days for a, b in opinions if within(b))

    expired = 0
    for s in known:
        for opinion in s.opinions():
            if opinion.dated is not None:
                # Day by day, the first on which it is too old.
                day = opinion.dated
                while health_opinion_age(opinion.dated, day, LAW) is not OpinionAge.STALE:
                    day += dt.timedelta(days=1)
                went = s.closed_on if s.closed and s.closed[1] == "answered" else None
                expired += within(day) and (went is None or went >= day)
    assert f.opinions_expired == expired

    found = [
        (severity, None if told is None else s.day(told), s.day(after))
        for s in known
        for after, severity, told in s.breaches
        if within(s.day(after))
    ]
    assert f.breaches == Counter(severity for severity, *_ in found)
    stands = Counter(
        BreachState.TO_ASSESS
        if told is None or told > end
        else BreachState.TOLD
        if (told - day).days <= 3
        else BreachState.TOLD_LATE
        for _, told, day in found
    )
    assert f.breaches_told == stands
    wrote = Counter(what for s in known for after, what in s.letters if within(s.day(after)))
    assert Counter(f.commissioner) == wrote

    complaints = [s for s in known if s.right is Right.COMPLAINT]
    assert f.complaints_open == sum(s.closed is None or s.closed_on > end for s in complaints)
    new = [s for s in complaints if within(s.received)]
    acknowledged = [
        s for s in new if s.acknowledged is not None and s.day(s.acknowledged) <= first_due(s)
        and s.day(s.acknowledged) <= end
    ]  # fmt: skip
    assert f.acknowledgements.get(m.IN_TIME, 0) == len(acknowledged)
    assert sum(f.acknowledgements.values()) == len(new)
    done = [s for s in complaints if s.closed and within(s.closed_on)]
    assert f.complaint_outcomes.get("upheld", 0) == sum(s.closed[1] == "upheld" for s in done)
    assert f.complaint_days.total == sum(s.closed[0] for s in done)


@settings(max_examples=20, deadline=None)
@given(st.lists(STORIES, max_size=12).flatmap(lambda s: st.tuples(st.just(s), st.permutations(s))))
def test_the_order_of_cases_does_not_matter(pair):
    """Any order of the same cases gives the same figures."""
    stories, mixed = pair
    facts = {id(s): s.facts(n) for n, s in enumerate(stories, 1)}
    one, other = (
        figures((facts[id(s)] for s in order), QUARTER, LATER, LAW) for order in (stories, mixed)
    )
    assert one == other


@settings(max_examples=20, deadline=None)
@given(st.lists(STORIES, max_size=15))
def test_what_is_counted_by_event_adds_up_over_periods(stories):
    """A quarter's receipts, answers and notices are those of its months together."""
    months = [
        Period(dt.date(2026, 4, 1), dt.date(2026, 4, 30)),
        MAY,
        Period(dt.date(2026, 6, 1), dt.date(2026, 6, 30)),
    ]
    parts = [counted(*stories, period=p) for p in months]
    whole = counted(*stories)
    assert whole.received_by_right == sum((Counter(p.received_by_right) for p in parts), Counter())
    assert whole.outcomes == sum((Counter(p.outcomes) for p in parts), Counter())
    assert whole.questions == sum(p.questions for p in parts)
    assert whole.open_states == parts[-1].open_states


def test_a_past_period_is_told_as_it_stood_on_its_last_day():
    """What came after the period is not known in it: a case answered in June was open in May."""
    story = replace(PLAIN, closed=(40, "answered"), identity=(1, 35))
    may = counted(story, period=MAY)
    assert may.open_states == {ClockState.AWAITING_ID.value: 1}
    assert may.closed_with_due == 0
    assert counted(story).closed_with_due == 1


def test_a_lawful_move_of_the_date_counts_in_one_measure_only():
    """Answered in the third month of an extended case: lawfully in time, strictly late."""
    f = counted(replace(PLAIN, received=dt.date(2026, 4, 1), extended=(20, "complexity"),
                        closed=(80, "answered")))  # fmt: skip
    assert f.closed_in_time == 1
    assert f.strict == {m.LATE: 1}
    assert f.notices == {m.VALID: 1}


def test_an_answer_in_parts_is_in_time_by_its_last_part():
    """The first part went in time and the last did not: the answer is late."""
    story = replace(PLAIN, received=dt.date(2026, 4, 1), closed=(45, "answered"), first_part=9)
    f = counted(story)
    assert f.answered == {"access": {m.LATE: 1}}
    assert f.in_parts.days == {36: 1}


def test_triage_is_neither_in_time_nor_late():
    """What was no request under this law is told by what it was, and has no date to be late by."""
    f = counted(replace(PLAIN, received=dt.date(2026, 4, 1), closed=(60, "school_record")))
    assert f.ended == {m.TRIAGED: 1}
    assert f.triaged == {"school record": 1}
    assert f.closed_with_due == 0


def test_a_child_who_asks_is_told_apart():
    """Somebody who asks for their own data before they are of age; on the birthday they are."""
    born = dt.date(2008, 1, 1)
    for received, name in ((dt.date(2025, 12, 31), m.CHILD), (dt.date(2026, 1, 1), m.SELF)):
        story = replace(PLAIN, received=received, age=received.year - born.year)
        period = Period(received, received)
        assert counted(story, period=period).received_by_requester == {name: 1}


def test_a_breach_after_the_end_counts_when_it_was_found():
    """A case closed in April, a breach of it found in June, told a day too late."""
    story = replace(
        PLAIN, received=dt.date(2026, 4, 1), closed=(9, "answered"), breaches=((80, "high", 84),)
    )
    june = Period(dt.date(2026, 6, 1), dt.date(2026, 6, 30))
    f = counted(story, period=june)
    assert f.breaches == {"high": 1}
    assert f.breaches_told == {BreachState.TOLD_LATE: 1}
    assert counted(story, period=MAY).breaches == {}


def test_a_late_notice_is_void_and_the_answer_late():
    """Notice after the first period extends nothing."""
    f = counted(replace(PLAIN, received=dt.date(2026, 4, 1), extended=(45, "complexity"),
                        closed=(80, "answered")))  # fmt: skip
    assert f.notices == {m.TOO_LATE: 1}
    assert f.answered == {"access": {m.LATE: 1}}


def test_withdrawn_requests_are_neither_in_time_nor_late():
    """A request that was withdrawn long after its date stands apart."""
    f = counted(replace(PLAIN, received=dt.date(2026, 4, 1), closed=(85, "withdrawn")))
    assert f.ended == {"withdrawn": 1}
    assert f.closed_with_due == 0


def test_silent_withholding_leaves_no_trace():
    """An answer with silent withholding alone counts like one in full: its uses are not told."""
    full = counted(replace(PLAIN, closed=(9, "answered")))
    part = counted(replace(PLAIN, closed=(9, "answered"), uses=(Use("3P", 1, 1),)))
    assert full.outcomes == {m.FULL: 1}
    assert part.outcomes == {m.PART: 1}


def test_bands_end_on_the_day_of_the_month():
    """A month late to the day is in the first band; a day more is not."""
    due = dt.date(2026, 1, 31)
    assert band(due, dt.date(2026, 2, 1)) == "up to 1 month"
    assert band(due, dt.date(2026, 2, 28)) == "up to 1 month"
    assert band(due, dt.date(2026, 3, 1)) == "over 1 to 3 months"
    assert band(due, dt.date(2028, 1, 31)) == "over 12 to 24 months"
    assert band(due, dt.date(2028, 2, 1)) == "over 24 months"
    assert band_names()[0] == "up to 1 month"
    assert len(band_names()) == 6


def test_a_period_must_be_one():
    """A period that ends before it begins, or has not begun, is refused."""
    with pytest.raises(InputError, match=r"figures\.period"):
        Period(LATER, START)
    with pytest.raises(InputError, match=r"figures\.future"):
        counted(period=Period(LATER, LATER), today=START)


def test_a_case_that_cannot_be_counted_is_named_by_its_reference():
    """One impossible date stops the count, and says where to look."""
    story = replace(PLAIN, pause=(9, 3))
    with pytest.raises(InputError, match=r"SAR-2026-0001-\w cannot be counted"):
        counted(story)


def test_memory_does_not_grow_with_the_cases():
    """Cases are let go of one by one: nothing counted refers to a case."""
    made: list[weakref.ref] = []

    def cases():
        for n in range(1, 200):
            facts = PLAIN.facts(n)
            made.append(weakref.ref(facts.case))
            yield CaseFacts(case=facts.case, clock=facts.clock)
            del facts
            assert sum(case() is not None for case in made) <= 2

    assert figures(cases(), MAY, LATER, LAW).received == len(made) == 199
