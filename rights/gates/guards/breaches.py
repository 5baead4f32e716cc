"""Guards of breaches: what was not noted cannot be assessed, and nothing is assessed unreasoned."""

from __future__ import annotations

from rights.errors import RefusedError
from rights.events.kinds import BreachAssessed, BreachNoted, RecipientTold
from rights.gates.attempt import Attempt, guard


@guard
def breach_is_new(attempt: Attempt) -> None:
    """A breach is noted once; what is learned later belongs in its assessment."""
    event = attempt.event
    assert isinstance(event, BreachNoted)
    if event.breach in attempt.case.breaches:
        raise RefusedError(
            "breach.noted",
            f"{event.breach} of {attempt.case.ref} is noted already.",
            "Open the case again; somebody else may have noted it just now.",
        )


@guard
def breach_is_known(attempt: Attempt) -> None:
    """Only what was noted can be assessed."""
    event = attempt.event
    assert isinstance(event, BreachAssessed)
    if event.breach not in attempt.case.breaches:
        raise RefusedError(
            "breach.unknown",
            f"No such breach is noted in {attempt.case.ref}.",
            "Note it first: when it was found, how severe it is, and what happened.",
        )


@guard
def breach_reason_given(attempt: Attempt) -> None:
    """Whether a breach is told or not, the reason is kept (UK GDPR Art 33(5))."""
    event = attempt.event
    assert isinstance(event, BreachAssessed)
    if not event.reason.strip():
        raise RefusedError(
            "breach.reason",
            "The assessment gives no reason.",
            "Write what the risk to people is, or why there is none.",
        )


@guard
def told_is_reportable(attempt: Attempt) -> None:
    """An assessment cannot say both that nobody need be told and that somebody was."""
    event = attempt.event
    assert isinstance(event, BreachAssessed)
    told = event.commissioner_told_at is not None or event.people_told_on is not None
    if told and not event.reportable:
        raise RefusedError(
            "breach.told",
            "By this the breach need not be told, and yet was.",
            "Say that it is to be told, or leave out when it was.",
        )


@guard
def not_frozen(attempt: Attempt) -> None:
    """Nothing of a case leaves while what has gone wrong is not looked at.

    That a recipient is not told, or that a contact was decided against, may still be recorded.
    """
    event = attempt.event
    if isinstance(event, RecipientTold) and event.told_on is None:
        return
    if attempt.case.frozen is not None:
        raise RefusedError(
            "freeze.stopped",
            f"Something has gone wrong in {attempt.case.ref}: nothing of it leaves.",
            "The data protection officer looks at it and lets the case go on.",
        )


@guard
def breaches_assessed(attempt: Attempt) -> None:
    """A stopped case goes on once it is decided of each breach whether it is told (Arts 33, 34)."""
    case = attempt.case
    left = [name for name, (_, assessed) in case.breaches.items() if assessed is None]
    if left:
        raise RefusedError(
            "freeze.not_assessed",
            f"{len(left)} breach(es) of {case.ref} are not assessed.",
            "Decide on the page After the reply whether the Commissioner and the people are told.",
        )
