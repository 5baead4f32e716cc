"""What a decision on another person, or on a passage, must say before it is recorded.

Law: DPA 2018 Sch 2 paras 16 and 17 (other people), Schs 2 to 4 (the grounds).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from rights.case import Question
from rights.errors import InputError, RefusedError
from rights.events import kinds as k
from rights.exemptions import THIRD_PARTIES, check_data, check_use, exemption
from rights.gates.attempt import Attempt, guard
from rights.release import DisclosureMode, FactKind, Living, Treatment
from rights.standing import by_power
from rights.weighing import check_together, check_weighed, weighed
from rights.withholding import check_decider, check_record, entries

DISCLOSE, WITHHOLD, AS_MARKED = "disclose", "withhold", "as marked"


@guard
def reason_to_disclose_held(attempt: Attempt) -> None:
    """What the law's default holds back is shown only for a reason."""
    body = attempt.question.body if attempt.question else {}
    held = body.get("treatment") == Treatment.HOLD
    if held and _answer(attempt) == DISCLOSE and not attempt.text("reason"):
        raise RefusedError(
            "cast.reason",
            f"The law's default here is to hold back: {body.get('citation', '')}.",
            "To disclose it, say why that is reasonable (consent, or what the law asks to weigh).",
        )


@guard
def protected_whereabouts(attempt: Attempt) -> None:
    """Where somebody is who is protected is never shown, whatever the reason."""
    body = attempt.question.body if attempt.question else {}
    whereabouts = body.get("protected") and body.get("kind") == FactKind.CONTACT
    if whereabouts and _answer(attempt) == DISCLOSE:
        raise RefusedError(
            "cast.protected",
            "These are the whereabouts of somebody who is protected.",
            "They cannot be disclosed while the safety flag stands in the source.",
        )


@guard
def facts_written(attempt: Attempt) -> None:
    """Whoever withholds a passage writes the facts on which the test of the law is met."""
    question = attempt.question
    if question is not None and _withheld(attempt, question) and not attempt.text("reason"):
        raise InputError(
            "passage.reason",
            "Nothing says why these passages are withheld.",
            "Write the reason: which test of the law is met, and on what facts.",
        )


@guard
def weighed_by_five_factors(attempt: Attempt) -> None:
    """Whoever the law does not deem it reasonable to show is weighed, with all five factors."""
    question = attempt.question
    if question is None:
        return
    given = weighed(attempt.details)
    if given or _needs_weighing(attempt, question):
        check_weighed(given, attempt.law, on=attempt.today)


@guard
def weighing_holds_together(attempt: Attempt) -> None:
    """The five answers can all be true, and bear what was decided."""
    given = weighed(attempt.details)
    question = attempt.question
    if not given or question is None:
        return
    check_together(
        given,
        disclose=bool(_disclosed(attempt, question)),
        reason=attempt.text("reason"),
        law=attempt.law,
        on=attempt.today,
    )


@guard
def deemed_reasonable(attempt: Attempt) -> None:
    """Somebody whom the law deems it reasonable to show is held back only for a reason."""
    body = attempt.question.body if attempt.question else {}
    clear = body.get("treatment") == Treatment.CLEAR
    if clear and _answer(attempt) == WITHHOLD and not attempt.text("reason"):
        raise RefusedError(
            "cast.deemed",
            f"Disclosing this is deemed reasonable: {body.get('citation', '')}.",
            "Disclose it, or write what serious harm naming this person would do, and to whom.",
        )


@guard
def the_dead(attempt: Attempt) -> None:
    """Of somebody who has died nothing is held back for their own sake."""
    body = attempt.question.body if attempt.question else {}
    died = body.get("living") == Living.DIED
    if died and _answer(attempt) == WITHHOLD and not attempt.text("reason"):
        raise RefusedError(
            "cast.died",
            "Personal data are data of the living, and this person has died.",
            "Disclose it, or write which duty of confidence or which living relative speaks "
            "against it.",
        )


@guard
def decided_against_the_cast(attempt: Attempt) -> None:
    """A passage is decided otherwise than the person it is about only for a reason of its own."""
    question = attempt.question
    if question is None or attempt.text("reason"):
        return
    for passage in _disclosed(attempt, question):
        decision = _decision_on(attempt, passage)
        if decision is not None and decision.answer and decision.answer.value == WITHHOLD:
            raise RefusedError(
                "passage.against_cast",
                f"{decision.id} was decided the other way, and a passage here would be disclosed.",
                "Write why this passage is weighed otherwise, or withhold it.",
            )


@guard
def ground_reaches_request(attempt: Attempt) -> None:
    """A ground is used only where the law gives it: in this right, mode and request."""
    question, case = attempt.question, attempt.case
    if question is None:
        return
    people = case.people
    own = people is None or not by_power(people, attempt.today, attempt.law)
    for mode in sorted({str(p["mode"]) for p in _withheld(attempt, question)}):
        check_use(
            _ground(question),
            case.right,
            DisclosureMode(attempt.text("mode") or mode),
            attempt.law,
            on=attempt.today,
            requester_is_subject=own,
        )


@guard
def right_decider_of_ground(attempt: Attempt) -> None:
    """A ground is used only by somebody who may decide on it."""
    question = attempt.question
    if question is not None and _withheld(attempt, question):
        check_decider(_ground(question), attempt.roles, attempt.law, on=attempt.today)


@guard
def ground_recorded(attempt: Attempt) -> None:
    """What is withheld has its record: the extent, and the test of the ground, met."""
    question = attempt.question
    if question is not None and _withheld(attempt, question):
        check_record(_ground(question), attempt.details, attempt.law, on=attempt.today)


@guard
def ground_fits_data(attempt: Attempt) -> None:
    """Health, education and social work data have each their own grounds."""
    question = attempt.question
    if question is None:
        return
    for passage in _withheld(attempt, question):
        found = str(passage.get("class", ""))
        check_data(_ground(question), found, attempt.law, on=attempt.today)


@guard
def mark_under_its_question(attempt: Attempt) -> None:
    """By hand nothing is withheld under a ground that needs a record: its question asks for it."""
    event = attempt.event
    decision = json.loads(event.decision) if isinstance(event, k.PassageDecided) else {}
    code = decision.get("code") or THIRD_PARTIES
    if decision.get("outcome") != "redact" or code == THIRD_PARTIES:
        return
    ground = exemption(code, attempt.law, on=attempt.today)
    if any(not attempt.text(e.name) for e in entries(ground, attempt.law, on=attempt.today)):
        raise RefusedError(
            "review.ground",
            f"What is withheld under {code} needs its own record: the extent, and the test met.",
            "Answer the question about these passages; it asks for the record.",
        )


@guard
def how_known(attempt: Attempt) -> None:
    """That somebody is alive or has died is noted with how the council knows."""
    event = attempt.event
    if isinstance(event, k.PersonNoted) and not event.how_known.strip():
        raise RefusedError(
            "person.how_known",
            "Nothing says how it is known whether this person is alive.",
            "Write where it comes from: a record, a certificate, a relative.",
        )


def _needs_weighing(attempt: Attempt, question: Question) -> bool:
    body = question.body
    if "passages" not in body:
        return body.get("weigh") is True
    if _ground(question) != THIRD_PARTIES:
        return False
    disclosed = {p["id"] for p in _disclosed(attempt, question)}
    return any(
        not _inherits(attempt, passage)
        for passage in body["passages"]
        if passage["id"] in disclosed or passage.get("person")
    )


def _inherits(attempt: Attempt, passage: Mapping[str, Any]) -> bool:
    """Whether the person was weighed already, once for this kind of fact."""
    decision = _decision_on(attempt, passage)
    return decision is not None and decision.answer is not None


def _decision_on(attempt: Attempt, passage: Mapping[str, Any]) -> Question | None:
    found = attempt.case.questions.get(f"cast/{passage.get('person')}/{passage.get('kind')}")
    return found if found is not None and not found.withdrawn else None


def _ground(question: Question) -> str:
    return str(question.body.get("code") or THIRD_PARTIES)


def _answer(attempt: Attempt) -> str:
    event = attempt.event
    return event.answer if isinstance(event, k.QuestionAnswered) else ""


def _disclosed(attempt: Attempt, question: Question) -> list[Mapping[str, Any]]:
    """The passages that an answer opens; for a question on a person, its one fact."""
    return _decided(attempt, question, DISCLOSE)


def _withheld(attempt: Attempt, question: Question) -> list[Mapping[str, Any]]:
    return _decided(attempt, question, WITHHOLD)


def _decided(attempt: Attempt, question: Question, value: str) -> list[Mapping[str, Any]]:
    passages: Iterable[Mapping[str, Any]] = question.body.get("passages", ({"id": ""},))
    said = _answer(attempt)
    if said != AS_MARKED:
        return list(passages) if said == value else []
    marks = attempt.details.get("marks", {})
    return [p for p in passages if isinstance(marks, Mapping) and marks.get(p["id"]) == value]
