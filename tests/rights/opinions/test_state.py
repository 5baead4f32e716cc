"""Where an item of health data stands on a day: worked cases, and what holds on every day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rights.clock import health_opinion_earliest
from rights.events import Event
from rights.law import DatedValue, Law
from rights.opinions import (
    Lock,
    Why,
    last_day_of_reliance,
    may_be_relied_on,
    opinion_words,
)
from tests.rights.opinions.worked import (
    FRESH,
    ITEM,
    KNOWN,
    LAW,
    OTHER,
    SECOND,
    STALE,
    TODAY,
    UNKNOWN,
    D,
    aside,
    asked,
    said,
    state,
)

BLOCKED = Lock.BLOCKED
TABLE: list[tuple[str, tuple[Event, ...], Lock, Why | None]] = [
    ("nobody asked", (), BLOCKED, Why.NOBODY_ASKED),
    ("asked about another passage", (asked("opinion/1", OTHER),), BLOCKED, Why.NOBODY_ASKED),
    ("asked, nothing came", (asked(),), BLOCKED, Why.AWAITED),
    ("came for another passage", (asked(), said(False, FRESH, item=OTHER)), BLOCKED, Why.AWAITED),
    ("the subject knows it", (KNOWN,), Lock.KNOWN, None),
    ("recorded as known by mistake", (KNOWN, UNKNOWN), BLOCKED, Why.NOBODY_ASKED),
    ("known while an opinion is awaited", (asked(), KNOWN), Lock.KNOWN, None),
    ("fresh, no harm", (asked(), said(False, FRESH)), Lock.NO_HARM, None),
    ("fresh, harm", (asked(), said(True, FRESH)), Lock.HARM, None),
    ("stale, no harm", (asked(), said(False, STALE)), BLOCKED, Why.STALE),
    ("stale, harm", (asked(), said(True, STALE)), BLOCKED, Why.STALE),
    ("stale, and known", (asked(), said(True, STALE), KNOWN), Lock.KNOWN, None),
    ("fresh harm, and known", (asked(), said(True, FRESH), KNOWN), Lock.HARM, None),
    ("fresh, then set aside", (asked(), said(False, FRESH), aside()), BLOCKED, Why.SPOILED),
    ("set aside before it came", (asked(), aside()), BLOCKED, Why.NOBODY_ASKED),
    ("of a day that lies ahead", (asked(), said(False, D(2026, 12, 1))), BLOCKED, Why.STALE),
    (
        "changed by the same professional",
        (asked(), said(True, D(2026, 10, 1)), said(False, FRESH)),
        Lock.NO_HARM,
        None,
    ),
    ("stale, asked anew", (asked(), said(False, STALE), SECOND), BLOCKED, Why.AWAITED),
    (
        "stale, then a new one",
        (asked(), said(False, STALE), SECOND, said(True, FRESH, "opinion/2")),
        Lock.HARM,
        None,
    ),
    (
        "two that differ",
        (asked(), said(False, FRESH), SECOND, said(True, FRESH, "opinion/2")),
        BLOCKED,
        Why.DIVIDED,
    ),
    (
        "two that differ, one set aside",
        (asked(), said(False, FRESH), SECOND, said(True, FRESH, "opinion/2"), aside()),
        Lock.HARM,
        None,
    ),
    (
        "two that differ, one stale",
        (asked(), said(True, STALE), SECOND, said(False, FRESH, "opinion/2")),
        Lock.NO_HARM,
        None,
    ),
]


@pytest.mark.parametrize(
    ("events", "lock", "why"), [r[1:] for r in TABLE], ids=[r[0] for r in TABLE]
)
def test_worked_cases(events: tuple[Event, ...], lock: Lock, why: Why | None) -> None:
    """Each situation has its one state, and only what is blocked says why."""
    found = state(*events)
    assert (found.lock, found.why) == (lock, why)
    assert found.is_blocked == (why is not None)
    assert set(found.rules) <= set(LAW.rules)


@pytest.mark.parametrize(
    ("dated", "last"),
    [
        (D(2026, 5, 22), D(2026, 11, 21)),
        (D(2026, 5, 23), D(2026, 11, 22)),
        (D(2026, 8, 31), D(2027, 2, 27)),
        (D(2025, 8, 31), D(2026, 2, 27)),
        (D(2026, 2, 28), D(2026, 8, 27)),
        (D(2027, 8, 29), D(2028, 2, 28)),
    ],
)
def test_last_day_of_reliance(dated: dt.date, last: dt.date) -> None:
    """The period ends with the day relied on; at the end of a month the stricter day is taken."""
    assert last_day_of_reliance(dated, LAW) == last
    assert state(asked(), said(False, dated), on=last).lock is Lock.NO_HARM
    assert state(asked(), said(False, dated), on=last + dt.timedelta(days=1)).why is Why.STALE


DAYS = st.dates(D(2020, 1, 1), D(2030, 12, 31))


@settings(max_examples=200, deadline=None)
@given(dated=DAYS, step=st.integers(-400, 400), harm=st.booleans())
def test_an_opinion_counts_on_the_days_of_its_window_and_no_others(
    dated: dt.date, step: int, harm: bool
) -> None:
    """Open or withheld exactly while it may be relied on; before and after it is blocked."""
    on = dated + dt.timedelta(days=step)
    found = state(asked(), said(harm, dated), on=on)
    fresh = health_opinion_earliest(on, LAW) <= dated <= on
    assert fresh == (dated <= on <= last_day_of_reliance(dated, LAW))
    assert found.lock is ((Lock.HARM if harm else Lock.NO_HARM) if fresh else Lock.BLOCKED)


@settings(max_examples=150, deadline=None)
@given(
    opinions=st.lists(st.tuples(DAYS, st.booleans(), st.booleans()), max_size=4),
    known=st.booleans(),
    on=DAYS,
)
def test_nothing_opens_without_knowledge_or_a_fresh_opinion(
    opinions: list[tuple[dt.date, bool, bool]], known: bool, on: dt.date
) -> None:
    """Shown only if known or fresh, withheld only on fresh harm, whatever else was recorded."""
    events: list[Event] = [KNOWN] if known else []
    for number, (dated, harm, spoiled) in enumerate(opinions, 1):
        name = f"opinion/{number}"
        events += [asked(name, ITEM), said(harm, dated, name)]
        events += [aside(name)] if spoiled else []
    found = state(*events, on=on)
    counts = [h for d, h, s in opinions if not s and may_be_relied_on(d, on, LAW)]
    match found.lock:
        case Lock.KNOWN:
            assert known and True not in counts
        case Lock.NO_HARM:
            assert not known and counts and True not in counts
        case Lock.HARM:
            assert (True in counts and (known or False not in counts)) or False not in counts
        case Lock.BLOCKED:
            assert not counts or {True, False} <= set(counts)


def with_value(rule: str, value: object) -> Law:
    """The law with one rule's value changed from its first day."""
    old = LAW.rules[rule]
    first = old.values[0]
    new = DatedValue(first.start, None, value, first.citation, first.href)  # pyright: ignore[reportArgumentType]
    return Law({**LAW.rules, rule: replace(old, values=(new,))}, "changed")


def test_another_value_gives_another_result() -> None:
    """The length of the window, the exception for what is known, and which comes first."""
    longer = with_value("health.opinion", 7)
    events = (asked(), said(False, STALE))
    assert state(*events, law=longer).lock is Lock.NO_HARM
    assert state(KNOWN, law=with_value("health.known", False)).lock is Lock.BLOCKED
    both = (asked(), said(True, FRESH), KNOWN)
    assert state(*both, law=with_value("health.harm_before_known", False)).lock is Lock.KNOWN
    assert opinion_words(longer, TODAY).months == 7
    for rule in ("health.test", "health.lock", "health.professional"):
        assert opinion_words(with_value(rule, ("other",)), TODAY) != opinion_words(LAW, TODAY)
