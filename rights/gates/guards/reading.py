"""Nothing is sent, without asking first, on a day on which the person wanted to be left alone."""

from __future__ import annotations

import datetime as dt

from rights.case import Case
from rights.errors import RefusedError
from rights.gates.attempt import Attempt, guard


def day_question(case: Case, today: dt.date) -> str | None:
    """Id of the question that must be answered to send on a day; None where nobody need ask."""
    days = case.people.support.avoided(today) if case.people is not None else None
    if days is None or case.part is None:
        return None
    return f"day/{case.part.number}/{days.first.isoformat()}"


@guard
def day_allowed(attempt: Attempt) -> None:
    """The day is none that the person wanted to be left alone on, or an officer said why."""
    wanted = day_question(attempt.case, attempt.today)
    if wanted is None:
        return
    asked = attempt.case.questions.get(wanted)
    if asked is None or asked.answer is None:
        raise RefusedError(
            "dispatch.day",
            f"Whoever {attempt.case.ref} is for asked that nothing reaches them today.",
            "Wait until these days are over, or say why it may go all the same.",
        )
