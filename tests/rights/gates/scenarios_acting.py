"""What must be refused when something is done in the sources, or a stopped case goes on."""

from __future__ import annotations

import datetime as dt

from rights.events import kinds as k
from rights.events.base import ENGINE
from tests.rights.gates.build import APPROVERS, DPO, OFFICER, OTHER, Refused, opened, people

STARTED = k.ActionStarted(
    actor=ENGINE, key="SAR/1", source="case_system", act="erase", order='{"record": "T:1"}'
)
DONE = k.ActionDone(
    actor=ENGINE, key="SAR/1", proved=True, done_on=dt.date(2026, 11, 23), receipt="{}"
)
ALLOW = k.QuestionAsked(
    actor=ENGINE,
    question="apply/outcome/1",
    topic="apply",
    stage="apply",
    role="approver",
    text="{}",
    options=("do it", "not yet: look at the decision again"),
)

SCENARIOS = (
    Refused("action_was_started", "action.not_started", (opened(), people()), DONE, frozenset()),
    Refused(
        "action_was_started",
        "action.not_started",
        (opened(), people(), STARTED, DONE),
        DONE,
        frozenset(),
    ),
    Refused(
        "every_action_done",
        "action.left",
        (opened(), people(), STARTED),
        k.ActionsFinished(actor=ENGINE, actions=1),
        frozenset(),
    ),
    Refused(
        "four_eyes_on_actions",
        "action.same_person",
        (
            opened(),
            people(),
            k.QuestionAsked(
                actor=ENGINE,
                question="assess/1",
                topic="assess",
                stage="assess",
                role="officer",
                text="{}",
                options=("yes",),
            ),
            k.QuestionAnswered(actor=OTHER, question="assess/1", answer="yes"),
            ALLOW,
        ),
        k.QuestionAnswered(actor=OTHER, question="apply/outcome/1", answer="do it"),
        APPROVERS,
    ),
    Refused(
        "something_is_frozen",
        "freeze.nothing",
        (opened(), people()),
        k.DispatchReleased(actor=OFFICER, why="looked at"),
        DPO,
    ),
)
