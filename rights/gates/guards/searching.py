"""The search: no limit without a reason, and no end of it while a place has not answered."""

from __future__ import annotations

import json

from rights.errors import RefusedError
from rights.events import kinds as k
from rights.gates.attempt import Attempt, guard
from rights.sources.sheet import TOPIC


@guard
def limit_has_reason(attempt: Attempt) -> None:
    """What is not searched has a reason why that is reasonable and proportionate."""
    event = attempt.event
    if not isinstance(event, k.DecisionMade) or json.loads(event.facts or "{}").get("reason"):
        return
    raise RefusedError(
        "search.reason",
        "Nothing says why it is reasonable and proportionate to go on without this place.",
        "Write what was tried, and why more is out of proportion.",
    )


@guard
def every_place_answered(attempt: Attempt) -> None:
    """The last part does not go while a place that was asked to search has not answered."""
    event = attempt.event
    if not isinstance(event, k.PartPlanned) or not event.last:
        return
    if any(q.topic == TOPIC for q in attempt.case.open_questions):
        raise RefusedError(
            "search.places",
            f"A place that was asked to search for {attempt.case.ref} has not answered.",
            "Send what is ready as an earlier part, chase the place, or go on without it and "
            "say why.",
        )
