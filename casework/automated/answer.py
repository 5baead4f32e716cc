"""How a request to have a person look at a decision is answered."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from casework.acting import could_not
from casework.answering import Answering, answers, nobody_to_tell, nothing_to_do
from casework.automated.asks import action_key, answer_to, asks_for
from casework.automated.deciding import decide
from casework.entries import lines_of, text_of
from casework.letters import base, routes
from casework.office import Work
from casework.questions import ask
from letters.automated import AutomatedOutcome, Decided
from rights.decisions import right_table
from rights.decisions.record import OUTCOME
from rights.release import Right
from rights.road import Stage


def assess(work: Work) -> None:
    """Ask the next of the four things: how it came about, allowed or not, who looks, what then."""
    asks = asks_for(work.office, work.case)
    ask(work, tuple(asks), stage=Stage.ASSESS, topics=frozenset({"assess"}))


def _reply(work: Work, day: dt.date) -> AutomatedOutcome:
    office, case = work.office, work.case
    decided = case.decision(OUTCOME)
    assert decided is not None and case.received_on is not None
    facts: dict[str, Any] = json.loads(decided.event.facts) if decided.event.facts else {}
    made, table = answer_to(case, "made"), right_table(case.right, office.law, on=day)
    explanation = lines_of(made, "explanation")
    if decided.event.outcome == Decided.NOT_AUTOMATED:
        explanation += lines_of(made, "part")
    return AutomatedOutcome(
        **base(office, case, day),  # pyright: ignore[reportArgumentType]
        received=case.received_on,
        decision=text_of(made, "decision"),
        decided=Decided(decided.event.outcome),
        explanation=tuple(explanation),
        views=str(facts.get("views", "")),
        reviewer=str(facts.get("reviewer", "")),
        findings=tuple(facts.get("findings", ())),
        barred=bool(facts.get("barred", False)),
        is_late=bool(could_not(case, action_key(case))),
        citation=table.citation,
        routes=routes(office, day),
    )


answers(
    Right.AUTOMATED_DECISION,
    Answering(
        assess=assess,
        decide=decide,
        orders=nothing_to_do,
        services=nobody_to_tell,
        letter=_reply,
    ),
)
