"""A table of dates to compute, as a lawyer would write it: one row, one date and its working.

Columns: ``kind, relevant_day, excluded_days, unrolled``. Excluded days are intervals, both ends
included, ``2026-03-17..2026-03-24``, several divided by ``;``; an open one ends in ``..``. The
relevant day is the start of the period, whatever moved it there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rights.clock import words
from rights.clock.count import Measured, measure
from rights.clock.facts import Extension, Pause
from rights.clock.other import health_opinion_earliest
from rights.errors import InputError, RightsdeskError
from rights.law import Law
from rights.release import Right
from rights.workdays import calendar_of, english, next_working_day

COLUMNS = ("kind", "relevant_day", "excluded_days", "unrolled")


@dataclass(frozen=True, slots=True)
class Answer:
    """A computed row. `expected` is None when there is no date; `working` then says why."""

    expected: dt.date | None
    working: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as read."""

    day: dt.date
    pauses: tuple[Pause, ...]
    law: Law
    right: Right = Right.ACCESS


@dataclass(frozen=True, slots=True)
class _Result:
    expected: dt.date | None
    unrolled: dt.date | None
    working: tuple[str, ...]


def compute_row(row: Mapping[str, str | None], law: Law, *, number: int = 1) -> Answer:
    """The date of one row, with its working.

    A date past the confirmed holidays, or before the law, leaves `expected` empty and says so. A
    given `unrolled` that differs is reported and never used.

    Args:
        row: The columns by name.
        law: The law data.
        number: The row's number, for errors.

    Raises:
        InputError: ``clock.table``, naming the row and the column.
    """
    kind = (row.get("kind") or "").strip()
    compute = _KINDS.get(kind)
    if compute is None:
        raise _bad(number, "kind", "Use one of: " + ", ".join(_KINDS) + ".")
    day = _day(row.get("relevant_day"), number, "relevant_day")
    pauses = _pauses(row.get("excluded_days"), number)
    given = (row.get("unrolled") or "").strip()
    given_day = _day(given, number, "unrolled") if given else None
    try:
        result = compute(_Row(day, pauses, law))
    except RightsdeskError as error:
        return Answer(None, f"No date: {error.sentence} {error.next_step}")
    working = list(result.working)
    if given_day is not None and given_day != result.unrolled:
        ours = english(result.unrolled) if result.unrolled else "none"
        working.append(
            f"The unrolled day given, {english(given_day)}, differs from ours, {ours}; it was not "
            "used."
        )
    return Answer(result.expected, " ".join(working))


def _response(row: _Row) -> _Result:
    """The last day to answer within the plain period."""
    law = row.law
    allowed = row.right.value in law.words("time.pause_rights", row.day)
    months = law.number("time.period", row.day)
    whole = measure(row.day, months, row.pauses if allowed else (), calendar_of(law))
    told = [words.months_from(whole, months)]
    if not allowed:
        told += [
            words.pause_not_allowed(row.right, pause) + " The date stands." for pause in row.pauses
        ]
    return _Result(whole.due, whole.unrolled, (*told, *_ending(whole, row)))


def _no_pause(row: _Row) -> _Result:
    """The same for erasure, which knows no pause."""
    return _response(_Row(row.day, row.pauses, row.law, Right.ERASURE))


def _notice(row: _Row) -> _Result:
    """The last day to give notice of an extension."""
    result = _response(row)
    citation = row.law.dated("time.extension_notice", row.day).citation
    return _Result(
        result.expected,
        result.unrolled,
        (*result.working, f"Notice of an extension is given by then, with reasons ({citation})."),
    )


def _extended(row: _Row) -> _Result:
    """The last day to answer when notice of an extension was given in time."""
    law = row.law
    allowed = row.right.value in law.words("time.pause_rights", row.day)
    months = law.number("time.period", row.day) + law.number("time.extension", row.day)
    whole = measure(row.day, months, row.pauses if allowed else (), calendar_of(law))
    citation = law.dated("time.extension", row.day).citation
    told = f"{words.months_from(whole, months)} Extended in time, from the same start ({citation})."
    return _Result(whole.due, whole.unrolled, (told, *_ending(whole, row)))


def _late_notice(row: _Row) -> _Result:
    """The date that stands when notice of an extension came too late."""
    result = _response(row)
    if result.expected is None:
        return result
    late = Extension(result.expected + dt.timedelta(days=1), "", reasons_recorded=True)
    return _Result(
        result.expected,
        result.unrolled,
        (*result.working, words.extension_late(late, result.expected)),
    )


def _complaint(row: _Row) -> _Result:
    """The last day to acknowledge a complaint."""
    end, rule_id, told = words.complaint_steps(row.day, row.law)
    calendar = calendar_of(row.law)
    due = next_working_day(end, calendar)
    steps = [f"{told} {row.law.dated(rule_id, row.day).citation}."]
    steps += [words.pause_not_allowed(Right.COMPLAINT, pause) for pause in row.pauses]
    if due != end:
        steps.append(words.rolled(end, due, calendar))
    return _Result(due, end, tuple(steps))


def _opinion(row: _Row) -> _Result:
    """The oldest day of a health opinion relied on on that day."""
    day = health_opinion_earliest(row.day, row.law)
    citation = row.law.dated("health.opinion", row.day).citation
    months = row.law.number("health.opinion", row.day)
    told = (
        f"The period of {months} months ending on {english(row.day)} begins on {english(day)}; an "
        f"older opinion is stale ({citation}). It is not rolled."
    )
    return _Result(day, None, (told,))


_KINDS: dict[str, Callable[[_Row], _Result]] = {
    "response_1m": _response,
    "response_1m_horizon": _response,
    "paused_open": _response,
    "pause_too_late": _response,
    "no_pause_art17": _no_pause,
    "notice_1m": _notice,
    "response_3m": _extended,
    "ext_notice_late": _late_notice,
    "complaint_ack_30d": _complaint,
    "health_opinion_earliest": _opinion,
}


def _ending(whole: Measured, row: _Row) -> tuple[str, ...]:
    """The pauses and the roll."""
    calendar = calendar_of(row.law)
    told = [words.paused(pause, whole.start) for pause in whole.counted]
    told += [words.pause_late(pause, whole.due) for pause in whole.late]
    if whole.unrolled is None or whole.due is None:
        return (*told, "There is no last day while the question is open.")
    if whole.unrolled != whole.plain_end:
        days = (whole.unrolled - whole.plain_end).days
        told.append(words.days_left_out(days, whole.unrolled))
    if whole.due != whole.unrolled:
        told.append(words.rolled(whole.unrolled, whole.due, calendar))
    citation = row.law.dated("time.period", row.day).citation
    return (*told, f"The last day is {english(whole.due)} ({citation}).")


def _pauses(text: str | None, number: int) -> tuple[Pause, ...]:
    pauses: list[Pause] = []
    for part in (text or "").split(";"):
        if not part.strip():
            continue
        first, dots, last = part.strip().partition("..")
        asked = _day(first, number, "excluded_days")
        answered = _day(last, number, "excluded_days") if last.strip() else None
        if not dots:
            answered = asked
        if answered is not None and answered < asked:
            raise _bad(number, "excluded_days", "An interval ends before it begins.")
        pauses.append(Pause(asked, answered))
    return tuple(pauses)


def _day(text: str | None, number: int, column: str) -> dt.date:
    try:
        return dt.date.fromisoformat((text or "").strip())
    except ValueError:
        raise _bad(number, column, "Write dates as 2026-11-22.") from None


def _bad(number: int, column: str, next_step: str) -> InputError:
    return InputError(
        "clock.table", f"Row {number}, column {column}: it cannot be used.", next_step
    )
