"""The two letters of a complaint."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from casework.letters import base, makes, routes
from casework.office import Office, Work
from letters.complaint import ComplaintAcknowledgement, ComplaintOutcome, Found, Handler
from letters.render import LetterPdf, render_letter
from rights.case import Case
from rights.decisions.complaint import cause
from rights.decisions.record import OUTCOME
from rights.gates.guards.complaints import handler_of


@makes("complaint acknowledgement")
def _acknowledges(office: Office, case: Case, letter: str) -> LetterPdf:
    day, handler = office.today(), handler_of(case)
    assert case.received_on is not None and case.people is not None
    points = handler.get("points") or case.people.asked_for.splitlines()
    return render_letter(
        ComplaintAcknowledgement(
            **base(office, case, day),  # pyright: ignore[reportArgumentType]
            received=case.received_on,
            points=tuple(str(p) for p in points),
            handler=_handler(handler) if handler else None,
            about=str(handler.get("about", "")),
            routes=routes(office, day),
        )
    )


def reply(work: Work, day: dt.date) -> ComplaintOutcome:
    """What was found and what is done about it, for whoever complained."""
    office, case = work.office, work.case
    handler, decided = handler_of(case), case.decision(OUTCOME)
    assert decided is not None and case.received_on is not None
    facts: dict[str, Any] = json.loads(decided.event.facts)
    law, on = office.law, decided.event.decided_on
    return ComplaintOutcome(
        **base(office, case, day),  # pyright: ignore[reportArgumentType]
        received=case.received_on,
        points=tuple(handler["points"]),
        found=Found(decided.event.outcome),
        findings=tuple(facts["findings"]),
        causes=tuple(f"{cause(code, law, on).plain}." for code in facts["causes"]),
        remedies=tuple(facts["remedies"]),
        reopened=str(facts["reopened"]),
        breach=bool(facts["breach"]),
        handler=_handler(handler),
        routes=routes(office, day),
    )


def _handler(named: Mapping[str, Any]) -> Handler:
    return Handler(name=str(named["name"]), job=str(named["job"]))
