"""Nobody outside is asked or told before it is settled what that can give away, and to whom."""

from __future__ import annotations

from rights.contact import MAY, Purpose, is_settled
from rights.errors import RefusedError
from rights.events import kinds as k
from rights.gates.attempt import Attempt, guard
from rights.sources.sheet import OUTSIDE
from rights.thirdparty import ASKED, NO_REPLY, person_of


@guard
def contact_settled(attempt: Attempt) -> None:
    """The contact was looked at before the letter: who it shows, the agreement, the safety."""
    contact = _contact(attempt.event)
    if contact is None or is_settled(attempt.case, *contact):
        return
    raise RefusedError(
        "contact.not_settled",
        f"It is not settled whether this may be sent to somebody outside ({contact[0]}).",
        "Say whether it shows who asked, whether they agree, and whether it is safe.",
    )


@guard
def contact_outcome(attempt: Attempt) -> None:
    """A contact is decided in the one way there is; what may not be done is simply not done."""
    event = attempt.event
    if not isinstance(event, k.DecisionMade):
        return
    purpose = event.matter.split("/")[1] if "/" in event.matter else ""
    if event.outcome != MAY or purpose not in set(Purpose):
        raise RefusedError(
            "contact.outcome",
            "That is no decision about writing to somebody outside.",
            "Open the page Contact with others and decide it there.",
        )


@guard
def wait_is_over(attempt: Attempt) -> None:
    """That nobody replied is said only once the time to reply is over."""
    question = attempt.question
    if not isinstance(attempt.event, k.QuestionAnswered) or attempt.event.answer != NO_REPLY:
        return
    if question is not None and question.due_on is not None and attempt.today <= question.due_on:
        raise RefusedError(
            "contact.too_early",
            "The time in which they may reply is not over.",
            "Go on with the rest meanwhile; the time of the request does not stop.",
        )


def _contact(event: object) -> tuple[Purpose, str] | None:
    """The contact that an event makes; None for one that writes to nobody."""
    match event:
        case k.OpinionAsked() if event.letter:
            return Purpose.OPINION, event.opinion
        case k.RecipientTold() if event.told_on is not None:
            return Purpose.RECIPIENT, event.recipient
        case k.DecisionMade() if event.outcome == ASKED and person_of(event.matter):
            return Purpose.CONSENT, person_of(event.matter)
        case k.DecisionMade() if event.matter.startswith(OUTSIDE):
            return Purpose.CHASE, event.matter.removeprefix(OUTSIDE)
        case _:
            return None
