"""Counting a period in months with days left out, from its start, rolled once at the end.

* Regulation 1182/71 Art 3(1): the day of the event is not counted.
* Art 3(2)(c): a period in months ends on the day with the same number; where the last month has no
  such day, on its last day. 31 January and one month is 28 or 29 February.
* Art 3(3): weekends and holidays inside the period count.
* UK GDPR Art 12A(5): the days from a question to its answer, both included, do not count. They are
  skipped while walking from the start, never added to a date that has already been rolled.
* Art 3(4): the end alone moves off weekends and holidays, and off a day that does not count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from dateutil.relativedelta import relativedelta

from rights.clock.facts import Pause
from rights.workdays import Calendar, is_working_day

Gap: TypeAlias = tuple[dt.date, dt.date | None]
"""Days that do not count, both ends included; an open end is None."""

_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Measured:
    """A period measured from its start.

    Attributes:
        start: The day it is counted from, itself not counted.
        plain_end: Where it would end with nothing left out and nothing rolled.
        unrolled: Its last day, left-out days skipped; None while a question is open.
        due: The same, moved to a working day that counts; None as above.
        counted: The pauses that count.
        late: The pauses asked after the period had ended.
        gaps: The days left out, apart and in order.
    """

    start: dt.date
    plain_end: dt.date
    unrolled: dt.date | None
    due: dt.date | None
    counted: tuple[Pause, ...]
    late: tuple[Pause, ...]
    gaps: tuple[Gap, ...]

    @property
    def excluded_days(self) -> int:
        """How many days after the start are left out up to the end (open gaps not counted)."""
        return left_out(self.gaps, self.start, self.due or dt.date.max)


@lru_cache(maxsize=4096)
def add_months(day: dt.date, months: int) -> dt.date:
    """The day of the same number so many months on, or the last day of a shorter month.

    Law: Regulation 1182/71 Art 3(2)(c).

    >>> add_months(dt.date(2028, 1, 31), 1)
    datetime.date(2028, 2, 29)
    """
    return day + relativedelta(months=months)


def measure(
    start: dt.date,
    months: int,
    pauses: Iterable[Pause],
    calendar: Calendar,
    *,
    reply_day_counts: bool = False,
) -> Measured:
    """Count a period of months from its start.

    A pause counts when it was asked on or before the day the period would otherwise end: an
    expired period cannot be paused.

    Args:
        start: The relevant day (Art 12A(2)).
        months: Length of the period.
        pauses: Questions that may lawfully pause it, in any order.
        calendar: Working days.
        reply_day_counts: The older reading, in which time runs again on the day of the answer.

    Raises:
        ConfigError: ``clock.past_horizon``.
    """
    plain_end = add_months(start, months)
    length = plain_end - start
    counted: list[Pause] = []
    late: list[Pause] = []
    gaps: tuple[Gap, ...] = ()
    unrolled: dt.date | None = plain_end
    due = _roll(plain_end, gaps, calendar)
    for pause in sorted(pauses, key=_in_order):
        if due is not None and pause.asked_on > due:
            late.append(pause)
            continue
        counted.append(pause)
        gaps = _apart(counted, reply_day_counts)
        unrolled = _walk(start, length, gaps)
        due = None if unrolled is None else _roll(unrolled, gaps, calendar)
    return Measured(start, plain_end, unrolled, due, tuple(counted), tuple(late), gaps)


def count_days(start: dt.date, days: int, gaps: Sequence[Gap]) -> dt.date | None:
    """The day on which so many counting days have gone by; None when an open gap is in the way."""
    return _walk(start, dt.timedelta(days=days), gaps)


def left_out(gaps: Iterable[Gap], after: dt.date, until: dt.date) -> int:
    """How many days of the gaps lie after one day and on or before another."""
    total = 0
    for first, last in gaps:
        if last is None and until == dt.date.max:
            continue
        begin = max(first, after + _ONE_DAY)
        end = min(last or until, until)
        total += max(0, (end - begin).days + 1)
    return total


def _in_order(pause: Pause) -> tuple[dt.date, dt.date]:
    return pause.asked_on, pause.answered_on or dt.date.max


def _apart(pauses: Sequence[Pause], reply_day_counts: bool) -> tuple[Gap, ...]:
    """Pauses in order of asking, joined where they touch, so that no day is counted twice."""
    gaps: list[Gap] = []
    for pause in pauses:
        last = pause.answered_on
        if last is not None and reply_day_counts:
            last -= _ONE_DAY
            if last < pause.asked_on:
                continue
        if gaps:
            before = gaps[-1][1]
            if before is None:
                break
            if pause.asked_on <= before + _ONE_DAY:
                gaps[-1] = (gaps[-1][0], None if last is None else max(before, last))
                continue
        gaps.append((pause.asked_on, last))
    return tuple(gaps)


def _walk(start: dt.date, length: dt.timedelta, gaps: Sequence[Gap]) -> dt.date | None:
    """The end of a walk from the day after the start that skips the gaps."""
    end = start + length
    for first, last in gaps:
        first = max(first, start + _ONE_DAY)
        if first > end:
            break
        if last is None:
            return None
        if last >= first:
            end += last - first + _ONE_DAY
    return end


def _roll(day: dt.date, gaps: Sequence[Gap], calendar: Calendar) -> dt.date | None:
    """The first day from this one on that is a working day and is not left out."""
    while True:
        gap = next((g for g in gaps if g[0] <= day and (g[1] is None or day <= g[1])), None)
        if gap is not None:
            if gap[1] is None:
                return None
            day = gap[1] + _ONE_DAY
        elif is_working_day(day, calendar):
            return day
        else:
            day += _ONE_DAY
