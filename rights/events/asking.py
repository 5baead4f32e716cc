"""Questions to people of the council, their answers, and what went wrong without one."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from rights.events.base import EventBase, Personal


class QuestionAsked(EventBase):
    """A stage needs a person. The row can be answered once; a correction supersedes."""

    kind: Literal["question_asked"] = "question_asked"
    question: str
    """Stable id within the case, such as ``cast/P03/name``; free of personal data."""
    topic: str
    """What kind of question: 'people', 'match', 'cast', 'passage', 'page', 'approve' ..."""
    stage: str
    """The stage that waits for the answer."""
    role: str
    """Who may answer: 'officer', 'approver', 'manager', 'dpo'."""
    text: Personal[str]
    """The question and its details, as JSON."""
    options: tuple[str, ...] = ()
    due_on: dt.date | None = None


class QuestionAnswered(EventBase):
    """The answer to an open question, or a correction of an earlier answer."""

    kind: Literal["question_answered"] = "question_answered"
    question: str
    answer: str
    """One of the question's options, or 'given' where the answer is in `details`."""
    details: Personal[str] = ""
    supersedes: int = 0
    """Sequence number of the answer it corrects; 0 for a first answer."""
    law_version: str = ""
    """SHA-256 of the law data in force when it was given; empty for answers of earlier versions."""


class QuestionWithdrawn(EventBase):
    """The case moved on; the question no longer needs an answer."""

    kind: Literal["question_withdrawn"] = "question_withdrawn"
    question: str
    why: str


class ReminderSent(EventBase):
    """A reminder left; its key makes it unique."""

    kind: Literal["reminder_sent"] = "reminder_sent"
    key: str
    rule: str
    sent_on: dt.date
    to_role: str


class StageFailed(EventBase):
    """A stage crashed; after three a person is asked instead of another retry."""

    kind: Literal["stage_failed"] = "stage_failed"
    stage: str
    code: str
