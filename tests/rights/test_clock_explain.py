"""A clock as a page: the date or why there is none, the dates, the working and its rules."""

import datetime as dt
from dataclasses import replace

from hypothesis import given

from rights.clock import ClockFacts, Pause, Trigger, explain_page, read_clock
from rights.law import load
from rights.release import Right
from rights.workdays import english
from tests.rights.test_clock_properties import cases

D = dt.date
LAW = load()
PLAIN = ClockFacts(Right.ACCESS, D(2026, 8, 31))


def test_the_first_sentence_says_where_the_time_stands():
    """Running, overdue, paused and not started each have their own first sentence."""
    running = explain_page(read_clock(PLAIN, D(2026, 9, 29), LAW))
    assert running.answer == "The last day is Wed 30 Sep 2026; 1 day left."
    overdue = explain_page(read_clock(PLAIN, D(2026, 10, 2), LAW))
    assert overdue.answer == "The last day was Wed 30 Sep 2026; it is overdue by 2 days."
    asked = replace(PLAIN, pauses=(Pause(D(2026, 9, 10)),))
    paused = explain_page(read_clock(asked, D(2026, 9, 12), LAW))
    assert "no last day while a question is open. Plan with Wed 30 Sep 2026" in paused.answer
    doubted = replace(PLAIN, identity=(Trigger(D(2026, 9, 1), grounds_recorded=True),))
    waiting = explain_page(read_clock(doubted, D(2026, 9, 12), LAW))
    assert "has not started (awaiting identity)" in waiting.answer


def test_both_cautious_targets_stand_among_the_dates():
    """The flat target and the older reading of a pause are shown beside the legal date."""
    answered = replace(PLAIN, pauses=(Pause(D(2026, 9, 7), D(2026, 9, 11)),))
    dates = dict(explain_page(read_clock(answered, D(2026, 9, 12), LAW)).dates)
    assert dates["Last day"] == "Mon 5 Oct 2026"
    assert dates["Last day if the day of an answer counted"] == "Mon 5 Oct 2026"
    assert dates["Internal target, lawful pauses added"] == "Sat 3 Oct 2026"
    assert dates["Left out"] == "5 days"


def test_a_reference_stands_in_the_title_and_nothing_else_is_added():
    """The page of a case names it; the page of a date does not."""
    clock = read_clock(PLAIN, D(2026, 9, 12), LAW)
    assert "SAR-2026-0041-K" in explain_page(clock, "SAR-2026-0041-K").title
    assert replace(explain_page(clock, "SAR-2026-0041-K"), title="") == replace(
        explain_page(clock), title=""
    )


@given(cases())
def test_the_page_leaves_nothing_out(facts: ClockFacts):
    """Every step, rejection and caution of the clock is on its page, with a rule that exists."""
    clock = read_clock(facts, facts.received_on + dt.timedelta(days=20), LAW)
    page = explain_page(clock)
    text = "\n".join(page.lines())
    for item in (*clock.steps, *clock.rejected):
        assert item.text in text
        assert LAW.rule(item.rule_id)
    for caution in clock.warnings:
        assert caution.text in text
    if clock.due is not None:
        assert english(clock.due) in page.answer
    assert page.law_version == LAW.version
