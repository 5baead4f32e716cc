"""What must be refused of any answer."""

from __future__ import annotations

from rights.events import kinds as k
from rights.events.base import ENGINE
from tests.rights.gates.build import (
    FIRST_PART_SENT,
    OFFICERS,
    PLANNED,
    READ_CASE,
    Refused,
    answered,
    asked,
)

HOLD = asked("hold/x", "hold", "on hold", "no")
WITHDRAWN = k.QuestionWithdrawn(actor=ENGINE, question="hold/x", why="no longer needed")
FOR_MANAGER = asked("passage/1", "passage", "disclose", role="manager", document="D1")

SCENARIOS = (
    Refused(
        "question_stands",
        "question.unknown",
        (*READ_CASE, HOLD, WITHDRAWN),
        answered("hold/x", "on hold", by="a"),
    ),
    Refused(
        "one_of_the_options",
        "question.option",
        (*READ_CASE, HOLD),
        answered("hold/x", "perhaps", by="a"),
    ),
    Refused(
        "answered_once",
        "question.answered",
        (*READ_CASE, HOLD, answered("hold/x", "on hold", by="a")),
        answered("hold/x", "no", by="a"),
    ),
    Refused(
        "answered_once",
        "question.answered",
        (
            *READ_CASE,
            HOLD,
            answered("hold/x", "on hold", by="a"),
            answered("hold/x", "no", supersedes=len(READ_CASE) + 2, by="a"),
        ),
        answered("hold/x", "on hold", supersedes=len(READ_CASE) + 2, by="a"),
    ),
    Refused(
        "role_of_question",
        "question.role",
        (*READ_CASE, FOR_MANAGER),
        answered("passage/1", "disclose"),
        OFFICERS,
    ),
    Refused(
        "not_sent_already",
        "question.sent",
        (
            *READ_CASE,
            asked("page/D1/1", "page", "read", document="D1", page=1),
            answered("page/D1/1", "read"),
            asked("page/D2/1", "page", "read", document="D2", page=1),
            k.PartPlanned(actor=ENGINE, part=1, documents=("D1",), last=False),
            *FIRST_PART_SENT[PLANNED:],
        ),
        answered("page/D1/1", "read", supersedes=len(READ_CASE) + 2),
    ),
    Refused(
        "asked_once",
        "question.asked",
        (*READ_CASE, HOLD),
        HOLD,
    ),
)
