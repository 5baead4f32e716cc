"""What must be refused before anybody outside is written to."""

from __future__ import annotations

from rights.events import kinds as k
from rights.events.base import ENGINE
from tests.rights.gates.build import (
    APPROVED_CASE,
    OFFICER,
    TODAY,
    Refused,
    answered,
    decided,
    opened,
    people,
    started,
)
from tests.rights.gates.scenarios_health import LOCKED, ask

CASE = (opened(), people())
TOLD = k.RecipientTold(actor=OFFICER, recipient="police", told_on=TODAY, letter="recipient/police")
WAITS = k.QuestionAsked(
    actor=ENGINE,
    question="agreement/p03/1",
    topic="agreement",
    stage="third party",
    role="officer",
    text='{"person": "P03"}',
    options=("agreed", "refused", "no reply"),
    due_on=TODAY,
)

AVOIDS = people(support={"avoid": [{"first": TODAY.isoformat(), "last": TODAY.isoformat()}]})

SCENARIOS = (
    Refused("day_allowed", "dispatch.day", (*APPROVED_CASE, AVOIDS), started(), frozenset[str]()),
    Refused("contact_settled", "contact.not_settled", CASE, TOLD),
    Refused(
        "contact_settled",
        "contact.not_settled",
        CASE,
        decided("third party/P03", "asked", OFFICER),
    ),
    Refused(
        "contact_settled",
        "contact.not_settled",
        LOCKED,
        ask("D1/a", letter="opinion/1/letter"),
    ),
    Refused(
        "contact_outcome",
        "contact.outcome",
        CASE,
        decided("contact/consent request/P03", "perhaps", OFFICER),
    ),
    Refused(
        "wait_is_over", "contact.too_early", (*CASE, WAITS), answered(WAITS.question, "no reply")
    ),
)
