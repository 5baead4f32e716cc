"""From a plan to a pack that left: sealed, approved by a second person, sent once."""

from __future__ import annotations

from rights.case import Case, Part
from rights.errors import RefusedError
from rights.events import Attested
from rights.events import kinds as k
from rights.gates.attempt import Attempt, guard
from rights.road import (
    BEFORE_SEAL,
    Stage,
    basis_of,
    ready_documents,
    road_of,
    seal_stands,
    waits_in,
)


def _part(attempt: Attempt) -> Part | None:
    """The part that an event is about."""
    number = getattr(attempt.event, "part", None)
    return next((p for p in attempt.case.parts if p.number == number), None)


@guard
def one_part_at_a_time(attempt: Attempt) -> None:
    """An officer's part waits until the one in hand has gone out; only the engine plans it anew."""
    event, part = attempt.event, attempt.case.part
    if not isinstance(event, k.PartPlanned):
        return
    in_hand = part is not None and part.sent_on is None
    engine = event.actor.attested is Attested.ENGINE
    replaceable = engine or (part is not None and _waits(attempt.case, part))
    number = 1 if part is None else part.number + (not in_hand)
    if part is not None and (event.part != number or (in_hand and not replaceable)):
        raise RefusedError(
            "part.in_hand",
            f"Part {part.number} of {attempt.case.ref} is not sent yet.",
            "Let it go out first, or take it back on its approval page.",
        )


def _waits(case: Case, part: Part) -> bool:
    """Whether the last part can make way: nothing of it is sealed, or a question holds it up."""
    return part.last and not part.sending and (part.seal is None or bool(waits_in(case, part)))


@guard
def part_is_ready(attempt: Attempt) -> None:
    """A part holds only documents that are read, not sent, and about which nothing is open."""
    event, case = attempt.event, attempt.case
    if not isinstance(event, k.PartPlanned):
        return
    by_hand = event.actor.attested is Attested.DESK
    empty = not any(case.read[d].pages for d in event.documents if d in case.read)
    if not set(event.documents) <= set(ready_documents(case)) or (by_hand and empty):
        raise RefusedError(
            "part.nothing_ready",
            f"No document of {case.ref} is settled yet, or one of the part is not.",
            "Answer the questions about at least one document, and those about the whole file.",
        )


@guard
def part_can_be_dropped(attempt: Attempt) -> None:
    """Only a part that was planned early and is not being sent is taken back."""
    part = attempt.case.part
    this = _part(attempt)
    if part is None or this is not part or part.last or part.sending or part.sent_on is not None:
        raise RefusedError(
            "part.cannot_drop",
            f"There is no part of {attempt.case.ref} that can be taken back.",
            "Only a part that was planned early and is not being sent can be.",
        )


@guard
def part_is_in_hand(attempt: Attempt) -> None:
    """Only the part in hand is sealed."""
    part = attempt.case.part
    if part is None or part.sent_on is not None or _part(attempt) is not part:
        raise RefusedError(
            "seal.no_part",
            f"That part of {attempt.case.ref} is not planned, or was sent.",
            "Look at the case page for what comes next.",
        )


@guard
def nothing_open_in_part(attempt: Attempt) -> None:
    """No question about what the part shows is open: unknown means withheld, and a human task."""
    case, part = attempt.case, _part(attempt) or attempt.case.part
    waiting = [q for q in case.open_questions if q.topic in BEFORE_SEAL]
    waiting += waits_in(case, part) if part is not None else ()
    if waiting:
        raise RefusedError(
            "seal.open",
            f"{len({q.id for q in waiting})} question(s) about this part of {case.ref} are open.",
            "Answer them first, or send the documents that are ready as a part of their own.",
        )


@guard
def rests_on_now(attempt: Attempt) -> None:
    """A pack is sealed on the decisions in force, not on earlier ones."""
    event, case, part = attempt.event, attempt.case, _part(attempt)
    if not isinstance(event, k.PackSealed) or part is None:
        return
    if not basis_of(case, part) <= event.basis <= case.seq:
        raise RefusedError(
            "seal.basis",
            "Something in this pack was decided anew while it was built.",
            "It is built again by itself; there is nothing to do.",
        )


@guard
def current_seal(attempt: Attempt) -> None:
    """An approval is about the pack as it is sealed now, with nothing decided anew since."""
    event, question, sealed = attempt.event, attempt.question, attempt.case.seal
    stale = sealed is None or not seal_stands(attempt.case)
    if not stale and sealed is not None:
        if isinstance(event, k.PackApproved):
            stale = (event.part, event.sha256) != (sealed.event.part, sealed.event.sha256)
        elif question is not None:
            stale = question.asked_seq < sealed.seq
    if stale:
        raise RefusedError(
            "approve.stale",
            "Something in this pack was decided anew, so it is not the one that will be sent.",
            "Wait for the newer pack, open it and approve that one.",
        )


@guard
def four_eyes(attempt: Attempt) -> None:
    """Whoever decided what the pack shows does not approve it."""
    if attempt.event.actor.login in attempt.case.deciders:
        raise RefusedError(
            "approve.same_person",
            "The person who decided what the pack shows cannot approve it.",
            "Ask a colleague with the role approver to sign in and approve.",
        )


@guard
def four_words(attempt: Attempt) -> None:
    """The approver quotes the words at the end of that very pack, so it was opened to the end."""
    sealed = attempt.case.seal
    quoted = " ".join(attempt.text("code").lower().replace("-", " ").split())
    if sealed is None or not quoted or quoted != sealed.event.code:
        raise RefusedError(
            "approve.code",
            "These are not the four words printed at the end of this pack.",
            "Open the pack again and copy the words from its last page.",
        )


@guard
def approved_as_it_stands(attempt: Attempt) -> None:
    """Nothing leaves without a second person's approval of the pack as it stands."""
    case, part = attempt.case, _part(attempt)
    sealed = part.seal if part is not None else None
    if sealed is None or part is not case.part or not sealed.approved_by or not seal_stands(case):
        raise RefusedError(
            "dispatch.not_approved",
            f"This pack of {case.ref} is not approved as it stands.",
            "A second person must open it and approve it first.",
        )


@guard
def approved_by_another(attempt: Attempt) -> None:
    """Two different people: whoever decided since approving has made the approval void."""
    sealed = attempt.case.seal
    if sealed is not None and sealed.approved_by in attempt.case.deciders:
        raise RefusedError(
            "dispatch.same_person",
            "The person who approved the pack decided what it shows.",
            "Ask a colleague with the role approver to approve it.",
        )


@guard
def sent_once(attempt: Attempt) -> None:
    """A dispatch begins once; what is uncertain is found out by a person, never sent again."""
    event, part = attempt.event, _part(attempt)
    begun = part is not None and (part.sending or part.sent_on is not None)
    if isinstance(event, k.DispatchStarted) and (begun or event.key in attempt.case.dispatches):
        raise RefusedError(
            "dispatch.twice",
            f"Sending this pack of {attempt.case.ref} has begun already.",
            "Find out whether it was sent, and answer the question about it.",
        )


@guard
def dispatch_was_started(attempt: Attempt) -> None:
    """Only what was about to be sent was sent."""
    event = attempt.event
    if (
        isinstance(event, k.DispatchConfirmed)
        and attempt.case.dispatches.get(event.key) is not False
    ):
        raise RefusedError(
            "dispatch.not_started",
            f"No dispatch of {attempt.case.ref} under this key waits to be confirmed.",
            "Look at the case page; it may be confirmed already.",
        )


@guard
def answered_or_not_ours(attempt: Attempt) -> None:
    """A case closes when its last part was sent, or where its road sends none."""
    case = attempt.case
    stages = {step.stage for step in road_of(case)}
    if case.sent_on is None and (Stage.DISPATCH in stages or Stage.CLOSE not in stages):
        raise RefusedError(
            "close.not_answered",
            f"The last part of {case.ref} was not sent.",
            "Look at the case page for what it waits for.",
        )
