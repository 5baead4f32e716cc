"""What holds for every answer, whatever it is about."""

from __future__ import annotations

from rights.case import DECIDING_TOPICS, documents_of
from rights.errors import InputError, RefusedError
from rights.events import kinds as k
from rights.gates.attempt import Attempt, guard


@guard
def question_stands(attempt: Attempt) -> None:
    """The question was asked and not withdrawn."""
    question = attempt.question
    if question is None or question.withdrawn:
        raise InputError(
            "question.unknown",
            "This question is not asked any more.",
            "Open the case again; it may have moved on.",
        )


@guard
def one_of_the_options(attempt: Attempt) -> None:
    """Only what was offered is an answer; it is not repeated, for it may hold anything."""
    event, question = attempt.event, attempt.question
    if not isinstance(event, k.QuestionAnswered) or question is None:
        return
    if question.options and event.answer not in question.options:
        raise InputError(
            "question.option",
            f"That is not one of the answers to {question.id}.",
            f"Choose one of: {', '.join(question.options)}.",
        )


@guard
def answered_once(attempt: Attempt) -> None:
    """A second answer says which one it corrects: the one in force."""
    event, question = attempt.event, attempt.question
    if not isinstance(event, k.QuestionAnswered) or question is None:
        return
    if event.supersedes != (question.answer.seq if question.answer else 0):
        raise RefusedError(
            "question.answered",
            f"{question.id} was answered already.",
            "Open the answer and choose 'Correct this answer' if it is wrong.",
        )


@guard
def role_of_question(attempt: Attempt) -> None:
    """A question is answered by somebody with the role it was asked of."""
    question = attempt.question
    if question is not None and question.role not in attempt.roles:
        raise RefusedError(
            "question.role",
            f"{question.id} can be answered only by somebody with the role {question.role}.",
            "Ask a colleague with that role to sign in.",
        )


@guard
def asked_once(attempt: Attempt) -> None:
    """A question that stands is not asked again: its answer would be lost."""
    event = attempt.event
    if not isinstance(event, k.QuestionAsked):
        return
    known = attempt.case.questions.get(event.question)
    if known is not None and not known.withdrawn:
        raise RefusedError(
            "question.asked",
            f"{event.question} is asked already.",
            "Open the case again; it may have moved on.",
        )


@guard
def not_sent_already(attempt: Attempt) -> None:
    """What an earlier part showed cannot be decided anew."""
    question = attempt.question
    if question is None or question.topic not in DECIDING_TOPICS:
        return
    about = documents_of(question)
    if about and about <= attempt.case.on_their_way:
        raise RefusedError(
            "question.sent",
            f"What this asks about was sent already in a part of {attempt.case.ref}.",
            "What went out cannot be changed; tell the DPO if something went wrong.",
        )
