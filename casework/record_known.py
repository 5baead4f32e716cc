"""An officer records that the person knows something of others already, or that they do not."""

from __future__ import annotations

import json
from collections.abc import Iterable

from casework.knowing import with_knowledge_of_passages, with_knowledge_of_person
from casework.office import Office
from casework.questions import SignedIn
from casework.review.shelf import Review
from casework.topics import CAST, PASSAGE
from rights.case import Case
from rights.decisions import record
from rights.errors import InputError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import QuestionAsked, QuestionWithdrawn
from rights.knowledge import NOT_KNOWN, RULE, Scope, knowledge_of, matter_of, ways


def record_known(
    review: Review, scope: Scope, of: str, how: str, reason: str, who: SignedIn
) -> Case:
    """Record how the person knows somebody, a document or a passage; open questions follow.

    Answers already given stay; they can be corrected.

    Args:
        review: The case under review.
        scope: What they know.
        of: Its id: reference of a person, id of a document or of a proposal.
        how: One of the ways of the law data, or that they do not know it after all.
        reason: What shows it, in words; kept sealed.
        who: Who records it.

    Raises:
        InputError: there is no such thing in the case, or nothing says how they know it.
        RefusedError: the person is no officer, or the case is past this.
    """
    office, case = review.work.office, review.case
    on = office.today()
    if of not in _ids(review, scope):
        raise InputError(
            "known.of", "There is no such thing in this case.", "Open the page again and choose."
        )
    known = knowledge_of(case)
    held = {
        Scope.PERSON: known.people,
        Scope.DOCUMENT: known.documents,
        Scope.PASSAGE: known.passages,
    }
    if how not in ways(office.law, on) and not (how == NOT_KNOWN and of in held[scope]):
        raise InputError(
            "known.how", "Nothing says how the person knows it.", "Choose one of the ways."
        )
    if not reason.strip():
        raise InputError(
            "known.reason",
            "Nothing says what shows it.",
            "Write where it stands: the signature, the list of those present, the letter.",
        )
    made = record(
        case,
        actor=who.actor,
        matter=matter_of(scope, of),
        outcome=how,
        law=office.law,
        on=on,
        rules=(RULE,),
        facts={"reason": reason.strip()},
    )
    draft = office.draft(case, who.roles)
    after = draft.admit([made])
    draft.admit(list(_anew(office, after)))
    return office.write(draft)


def _ids(review: Review, scope: Scope) -> set[str]:
    if scope is Scope.PERSON:
        return {str(p.ref) for p in review.bundle.people[1:]}
    if scope is Scope.DOCUMENT:
        return {d.id for d in review.bundle.documents}
    return {p.id for p in review.bundle.proposals}


def _anew(office: Office, case: Case) -> Iterable[Event]:
    """The open questions that are asked otherwise now."""
    for question in case.open_questions:
        if question.topic not in (CAST, PASSAGE):
            continue
        lay = with_knowledge_of_person if question.topic == CAST else with_knowledge_of_passages
        body = lay(office, case, question.body)
        if body == question.body:
            continue
        yield QuestionWithdrawn(actor=ENGINE, question=question.id, why="more is known by now")
        yield QuestionAsked(
            actor=ENGINE,
            question=question.id,
            topic=question.topic,
            stage=question.stage,
            role=question.role,
            text=json.dumps(body, ensure_ascii=False),
            options=question.options,
            due_on=question.due_on,
        )
