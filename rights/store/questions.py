"""Questions and answers as rows beside the journal, so that desk and sweep find them at once.

An answer is written once. A correction is another row that supersedes exactly one earlier answer
of the same question, so two corrections of the same answer cannot both stand.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from sqlmodel import Session, col, select

from rights.errors import ConflictError, InputError
from rights.events import Event
from rights.events.kinds import QuestionAnswered, QuestionAsked, QuestionWithdrawn
from rights.release import CaseRef
from rights.store.tables import AnswerRow, QuestionRow


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that waits for a person. Its text is sealed in the event `asked_seq`."""

    case: CaseRef
    question: str
    topic: str
    stage: str
    role: str
    options: tuple[str, ...]
    asked_seq: int
    due_on: dt.date | None


def project(session: Session, case: CaseRef, seq: int, event: Event) -> None:
    """Writes what an event means for questions; other events mean nothing here.

    Raises:
        ConflictError: asked while open, answered twice, or answered after it was withdrawn.
        InputError: the answer supersedes something that is no answer to this question.
    """
    match event:
        case QuestionAsked():
            _ask(session, case, seq, event)
        case QuestionAnswered():
            _answer(session, case, seq, event)
        case QuestionWithdrawn():
            row = _live(session, case, event.question)
            row.withdrawn_seq = seq
            session.add(row)
            session.flush()
        case _:
            pass


def open_questions(
    session: Session, case: CaseRef | None = None, role: str | None = None
) -> list[OpenQuestion]:
    """Questions neither answered nor withdrawn, of one case or role or of all, oldest first."""
    answered = (
        select(AnswerRow.answered_seq)
        .where(AnswerRow.case_ref == QuestionRow.case_ref)
        .where(AnswerRow.asked_seq == QuestionRow.asked_seq)
        .exists()
    )
    query = select(QuestionRow).where(col(QuestionRow.withdrawn_seq).is_(None), ~answered)
    if case is not None:
        query = query.where(QuestionRow.case_ref == case)
    if role is not None:
        query = query.where(QuestionRow.role == role)
    rows = session.exec(query.order_by(col(QuestionRow.case_ref), col(QuestionRow.asked_seq)))
    return [
        OpenQuestion(
            CaseRef(row.case_ref), row.question, row.topic, row.stage, row.role,
            tuple(json.loads(row.options)), row.asked_seq, row.due_on,
        )
        for row in rows
    ]  # fmt: skip


def _ask(session: Session, case: CaseRef, seq: int, event: QuestionAsked) -> None:
    if _find_live(session, case, event.question) is not None:
        raise ConflictError(
            "store.asked_already",
            f"A question of case {case} is asked already.",
            "Withdraw it before asking it anew.",
        )
    session.add(
        QuestionRow(
            case_ref=case,
            asked_seq=seq,
            question=event.question,
            topic=event.topic,
            stage=event.stage,
            role=event.role,
            options=json.dumps(event.options),
            due_on=event.due_on,
        )
    )
    session.flush()


def _answer(session: Session, case: CaseRef, seq: int, event: QuestionAnswered) -> None:
    question = _live(session, case, event.question)
    given = session.exec(
        select(AnswerRow)
        .where(AnswerRow.case_ref == case)
        .where(AnswerRow.asked_seq == question.asked_seq)
    ).all()
    if event.supersedes and event.supersedes not in {a.answered_seq for a in given}:
        raise InputError(
            "store.no_such_answer",
            f"The answer to be corrected in case {case} is not an answer to this question.",
            "Open the question again and correct the answer that is shown there.",
        )
    if event.supersedes in {a.supersedes for a in given}:
        raise ConflictError(
            "store.answered_already",
            f"A question of case {case} was answered or corrected in the meantime.",
            "Open it again; correct the newest answer if it is wrong.",
        )
    session.add(
        AnswerRow(
            case_ref=case,
            answered_seq=seq,
            asked_seq=question.asked_seq,
            supersedes=event.supersedes,
            answer=event.answer,
            answered_by=event.actor.login,
        )
    )
    session.flush()


def _find_live(session: Session, case: CaseRef, question: str) -> QuestionRow | None:
    return session.exec(
        select(QuestionRow)
        .where(QuestionRow.case_ref == case)
        .where(QuestionRow.question == question)
        .where(col(QuestionRow.withdrawn_seq).is_(None))
    ).first()


def _live(session: Session, case: CaseRef, question: str) -> QuestionRow:
    row = _find_live(session, case, question)
    if row is None:
        raise ConflictError(
            "store.not_asked",
            f"A question of case {case} is not asked, or not any more.",
            "Open the case again; it may have moved on.",
        )
    return row
