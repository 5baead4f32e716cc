"""What must be settled on the very day on which something is sealed, and again when it leaves.

The proposals of a file are no part of the case's events, so the stage says what it found in them:
`undecided`, how many passages and pages nobody decided, and `health`, the locked items.
"""

from __future__ import annotations

from rights.errors import RefusedError
from rights.events import kinds as k
from rights.gates.attempt import Attempt, guard
from rights.opinions import document_of, states_of
from rights.withheld import held_back


@guard
def everything_decided(attempt: Attempt) -> None:
    """No passage without its class, no other person without a decision, no page unread."""
    undecided = attempt.details.get("undecided")
    if undecided != 0:
        raise RefusedError(
            "seal.undecided",
            f"{'Some' if undecided is None else undecided} passage(s) or page(s) of "
            f"{attempt.case.ref} are not decided.",
            "Open the pages at the desk and decide what is still marked.",
        )


@guard
def health_unlocked(attempt: Attempt) -> None:
    """Each item of the subject's health rests on a fresh opinion, or on what the subject knows.

    Law: health.opinion, health.known; reckoned anew on the day of sending.
    """
    items, part = attempt.details.get("health"), attempt.case.part
    shown = set(part.documents if part is not None else ()) - held_back(attempt.case).keys()
    here = {i for i in items or () if document_of(i) in shown}
    states = states_of(attempt.case, sorted(here), attempt.today, attempt.law)
    blocked = sum(state.is_blocked for state in states)
    if items is None or blocked:
        raise RefusedError(
            "health.blocked",
            f"{blocked or 'Some'} item(s) of health data in this part of {attempt.case.ref} may "
            "be neither shown nor withheld today.",
            "Ask the health professional; send the other documents as a part of their own.",
        )


@guard
def letter_of_today(attempt: Attempt) -> None:
    """The letter names every way to complain that a letter sent today must name."""
    case, part = attempt.case, attempt.case.part
    sealed = part.seal if part is not None else None
    if not isinstance(attempt.event, k.DispatchStarted) or sealed is None:
        return
    dated = sealed.event.dated or attempt.today
    if attempt.law.complaint_routes(dated) != attempt.law.complaint_routes(attempt.today):
        raise RefusedError(
            "dispatch.routes",
            f"The letter of {case.ref} does not name the ways to complain that stand today.",
            "It is made again by itself, and must be approved again.",
        )
