"""What must be true before the lock on the subject's own health data is touched.

Law: DPA 2018 Sch 3 paras 5 and 6.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from rights.case import Case, HealthOpinion
from rights.errors import InputError, RefusedError
from rights.events import kinds as k
from rights.gates.attempt import Attempt, guard
from rights.opinions import Lock, document_of, may_be_relied_on, states_of

SUBJECT = "the person whose records these are"
"""Whose knowledge opens the lock; asked for in so many words."""
_TOPIC = "health"


@guard
def knowledge_of_the_subject(attempt: Attempt) -> None:
    """What a parent or another requester knows opens nothing."""
    if isinstance(attempt.event, k.KnownToSubject) and attempt.text("whose") != SUBJECT:
        raise RefusedError(
            "health.whose_knowledge",
            "What counts is what the person whose records these are has seen or knows. What a "
            "parent, a carer or a solicitor knows does not open health data.",
            "Say so only if that person knows it; otherwise ask the health professional.",
        )


@guard
def knowledge_explained(attempt: Attempt) -> None:
    """How the subject knows it is written down, and when lies behind us."""
    event = attempt.event
    if not isinstance(event, k.KnownToSubject):
        return
    if not event.how.strip():
        raise InputError(
            "health.how",
            "Nothing says how the subject knows this already.",
            "Write how: supplied it, was present, signed it, was sent it.",
        )
    if event.known_on > attempt.today:
        raise InputError(
            "health.when",
            "The day on which the subject came to know it lies ahead.",
            "Give the day, or the nearest you can tell.",
        )


@guard
def items_are_locked(attempt: Attempt) -> None:
    """Only items that the case has asked about, in documents that have not left."""
    event, case = attempt.event, attempt.case
    if not isinstance(event, k.KnownToSubject | k.OpinionAsked):
        return
    asked = {i for q in case.questions.values() if q.topic == _TOPIC for i in q.body["items"]}
    if not event.items or not set(event.items) <= asked:
        raise InputError(
            "health.items",
            "No locked passage was chosen, or one that is not locked any more.",
            "Open the health data of the case again and choose.",
        )
    _here(case, event.items)


@guard
def no_fresh_harm(attempt: Attempt) -> None:
    """Where a professional says serious harm, knowing it opens nothing until they are asked again.

    Law: health.harm_before_known.
    """
    event = attempt.event
    if not isinstance(event, k.KnownToSubject):
        return
    states = states_of(attempt.case, event.items, attempt.today, attempt.law)
    if any(s.lock is Lock.HARM for s in states):
        raise RefusedError(
            "health.harm_said",
            "A health professional says that giving one of these passages is likely to cause "
            "serious harm.",
            "Ask the professional again and tell them what the person knows, or leave that "
            "passage out.",
        )


@guard
def knowledge_was_recorded(attempt: Attempt) -> None:
    """Only what was recorded as known can be taken back, and nothing that was sent."""
    event, case = attempt.event, attempt.case
    if not isinstance(event, k.KnowledgeRetracted):
        return
    if not event.items or not set(event.items) <= set(case.known):
        raise InputError(
            "health.not_known",
            "No passage was chosen, or one that nobody recorded as known.",
            "Open the health data of the case again and choose.",
        )
    _here(case, event.items)


@guard
def opinion_was_asked(attempt: Attempt) -> None:
    """An opinion that comes, or is set aside, was asked for and is not set aside already."""
    event = attempt.event
    if not isinstance(event, k.OpinionGiven | k.OpinionSpoiled):
        return
    opinion = _asked(attempt.case, event.opinion)
    if opinion is None:
        raise InputError(
            "opinion.unknown",
            "No opinion was asked for under this number.",
            "Open the health data of the case again.",
        )
    if opinion.spoiled:
        raise RefusedError(
            "opinion.set_aside",
            "This opinion was set aside.",
            "Ask anew: the letter of the new question says which passages it is about.",
        )


@guard
def opinion_keeps_to_schedule(attempt: Attempt) -> None:
    """It says of items of its own schedule either the one or the other."""
    event = attempt.event
    if not isinstance(event, k.OpinionGiven):
        return
    opinion = _asked(attempt.case, event.opinion)
    said = (*event.harm, *event.no_harm)
    if not said or len(set(said)) < len(said) or not _within(opinion, said):
        raise InputError(
            "opinion.schedule",
            "The opinion does not fit its schedule: it says nothing, both of one passage, or "
            "something of a passage that it was not asked about.",
            "Copy the numbers from the return sheet; each stands on one side only.",
        )


@guard
def opinion_is_fresh(attempt: Attempt) -> None:
    """It can be relied on today, and follows its question.

    Law: health.opinion.
    """
    event = attempt.event
    if not isinstance(event, k.OpinionGiven):
        return
    opinion = _asked(attempt.case, event.opinion)
    asked_on = opinion.asked.asked_on if opinion else event.dated
    if not asked_on <= event.dated <= event.received_on <= attempt.today:
        raise InputError(
            "opinion.days",
            "These days cannot be right: asked, then given, then received, none of them ahead.",
            "Give the day that stands on the opinion and the day it came.",
        )
    if not may_be_relied_on(event.dated, attempt.today, attempt.law):
        raise RefusedError(
            "opinion.stale",
            f"The opinion of {event.dated.isoformat()} is too old to be relied on today.",
            "Ask the health professional for a new opinion; send the rest meanwhile.",
        )


@guard
def spoiling_has_reason(attempt: Attempt) -> None:
    """Setting an opinion aside, or taking knowledge back, says what is new."""
    event = attempt.event
    if isinstance(event, k.OpinionSpoiled | k.KnowledgeRetracted) and not event.why.strip():
        raise InputError(
            "health.why",
            "Nothing says what is new.",
            "Write what happened since, or what was recorded wrongly.",
        )


def _here(case: Case, items: Iterable[str]) -> None:
    if {document_of(i) for i in items} & case.on_their_way:
        raise RefusedError(
            "health.sent",
            f"A document of {case.ref} that was chosen has been sent already.",
            "What went out cannot be changed; choose only passages that are still here.",
        )


def _asked(case: Case, opinion: str) -> HealthOpinion | None:
    return case.opinions.get(opinion)


def _within(opinion: HealthOpinion | None, items: Iterable[str]) -> bool:
    asked: Collection[str] = opinion.asked.items if opinion else ()
    return set(items) <= set(asked)
