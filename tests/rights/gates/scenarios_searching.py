"""What must be refused of a search: limits without a reason, and an end while a place is silent."""

from __future__ import annotations

from rights.events import kinds as k
from rights.events.base import ENGINE
from rights.sources.sheet import LIMIT, PROPORTIONATE, TOPIC
from tests.rights.gates.build import OFFICER, OFFICERS, SHA, TODAY, Refused
from tests.rights.gates.scenarios_sealing import LAWFUL

_WAITS = k.QuestionAsked(
    actor=ENGINE,
    question=f"{TOPIC}/paper/return",
    topic=TOPIC,
    stage="search",
    role="officer",
    text="{}",
    options=("nothing held",),
)
_LAST = k.PartPlanned(actor=ENGINE, part=1, documents=(), last=True)
_LIMIT = k.DecisionMade(
    actor=OFFICER,
    decision="search-limit/paper/1",
    matter=f"{LIMIT}paper",
    outcome=PROPORTIONATE,
    decided_on=TODAY,
    law_version=SHA,
    facts='{"reason": ""}',
)

SCENARIOS = (
    Refused("limit_has_reason", "search.reason", LAWFUL[:1], _LIMIT, OFFICERS),
    Refused("every_place_answered", "search.places", (LAWFUL[0], _WAITS), _LAST, frozenset()),
)
