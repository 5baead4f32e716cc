"""A request lapses only after a question, a long wait, a letter and another wait."""

from __future__ import annotations

from rights.errors import RefusedError
from rights.events.kinds import DecisionMade
from rights.gates.attempt import Attempt, guard
from rights.lapse import LAPSED, WARNED, LapseStep, read_lapse
from rights.workdays import english

_NEEDS = {WARNED: LapseStep.WRITE, LAPSED: LapseStep.CLOSE}


@guard
def nothing_came(attempt: Attempt) -> None:
    """The person was asked, the wait is over and nothing came."""
    event = attempt.event
    assert isinstance(event, DecisionMade)
    needed = _NEEDS.get(event.outcome)
    lapse = read_lapse(attempt.case, attempt.today, attempt.law)
    if needed is None or lapse.step is needed:
        return
    if lapse.until is None:
        raise RefusedError(
            "lapse.answered",
            f"No question is open in {attempt.case.ref}, so nothing can lapse.",
            "Go on with the request.",
        )
    raise RefusedError(
        "lapse.too_early",
        f"The wait of {attempt.case.ref} is not over: it runs until {english(lapse.until)}.",
        "Wait for the answer. A request is closed only after a letter that says so.",
    )
