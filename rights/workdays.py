"""Working days in England and Wales, as far as the public holidays are confirmed.

* Regulation 1182/71 Art 3(4), through UK GDPR Art 4A: a period whose last day is a public holiday,
  a Saturday or a Sunday ends with the next working day. It says nothing of where a period starts.
* Days on which the council shuts are not public holidays.

Past the last year confirmed in the law data there is no answer, only an error: a guess there would
be a wrong date in a letter.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from rights.errors import ConfigError
from rights.law import Law

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_ONE_DAY = dt.timedelta(days=1)
_HOLIDAYS = "holidays.england_wales"
_NON_WORKING = "time.non_working_end"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days that are not working days, and the span for which they are known.

    Attributes:
        first: First day covered.
        last: Last day covered: the horizon.
        holidays: Each public holiday with its name.
        weekend: Weekdays off, Monday being 0.
    """

    first: dt.date
    last: dt.date
    holidays: Mapping[dt.date, str] = field(repr=False)
    weekend: frozenset[int]

    def check(self, day: dt.date) -> None:
        """Refuse a day outside the confirmed years.

        Raises:
            ConfigError: ``clock.past_horizon`` or ``clock.before_calendar``.
        """
        if day > self.last:
            raise ConfigError(
                "clock.past_horizon",
                f"{english(day)} is after {english(self.last)}, the last day for which public "
                "holidays are confirmed.",
                "Add the next year from GOV.UK (bank holidays, England and Wales) to "
                "rights/law/holidays/england_wales.yaml, then ask again.",
            )
        if day < self.first:
            raise ConfigError(
                "clock.before_calendar",
                f"{english(day)} is before {english(self.first)}, the first day for which public "
                "holidays are held.",
                "Check the year of the date; a mistyped year is the usual cause.",
            )

    def why_not_working(self, day: dt.date) -> str:
        """Why a day is not a working day ("a weekend", the holiday's name); else empty."""
        self.check(day)
        name = self.holidays.get(day)
        if name is not None:
            return f"a public holiday ({name})"
        return "a weekend" if day.weekday() in self.weekend else ""


@lru_cache(maxsize=8)
def calendar_of(law: Law) -> Calendar:
    """The calendar that the law data confirm, with any one-off holidays added by hand.

    Raises:
        ConfigError: ``law.calendar_gap`` when a year between two confirmed ones is missing: it
            would look like a year without holidays.
    """
    rule = law.rule(_HOLIDAYS)
    for earlier, later in itertools.pairwise(rule.values):
        if earlier.until is None or earlier.until + _ONE_DAY != later.start:
            raise ConfigError(
                "law.calendar_gap",
                f"The public holidays before {english(later.start)} are missing from the law data.",
                "Add the missing year from GOV.UK (bank holidays, England and Wales) to "
                "rights/law/holidays/england_wales.yaml, with both its dates.",
            )
    holidays = {
        dt.date.fromisoformat(day): str(name)
        for dated in rule.values
        for day, name in law.table(_HOLIDAYS, dated.start).items()
    }
    ends = [dated.until for dated in rule.values if dated.until is not None]
    words = law.words(_NON_WORKING, rule.values[-1].start)
    return Calendar(
        first=rule.values[0].start,
        last=max(ends),
        holidays={**holidays, **law.one_off_holidays},
        weekend=frozenset(n for n, name in enumerate(_LONG_DAYS) if name.lower() in words),
    )


def is_working_day(day: dt.date, calendar: Calendar) -> bool:
    """Whether a day is neither a weekend day nor a public holiday.

    Raises:
        ConfigError: ``clock.past_horizon`` or ``clock.before_calendar``.
    """
    if not calendar.first <= day <= calendar.last:
        calendar.check(day)
    return day.weekday() not in calendar.weekend and day not in calendar.holidays


def next_working_day(day: dt.date, calendar: Calendar) -> dt.date:
    """The day itself if it is a working day, otherwise the first one after it.

    Law: Regulation 1182/71 Art 3(4).

    Raises:
        ConfigError: ``clock.past_horizon`` when that day is not known.
    """
    while not is_working_day(day, calendar):
        day += _ONE_DAY
    return day


def add_working_days(day: dt.date, count: int, calendar: Calendar) -> dt.date:
    """The day that lies `count` working days after a day, or before it when negative.

    The day itself is never counted; zero gives the day unchanged. For reminders, not for law.

    Raises:
        ConfigError: ``clock.past_horizon`` or ``clock.before_calendar``.
    """
    step = _ONE_DAY if count > 0 else -_ONE_DAY
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day, calendar)
    return day


@lru_cache(maxsize=4096)
def english(day: dt.date) -> str:
    """A date as officers and letters write it, whatever the machine's language.

    >>> english(dt.date(2026, 1, 31))
    'Sat 31 Jan 2026'
    """
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def month_name(day: dt.date) -> str:
    """The English name of the day's month."""
    return _MONTHS[day.month - 1]
