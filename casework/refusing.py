"""The letters that refuse a request as a whole, and that ask for a fee in place of refusing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from casework.letters import base, makes, routes
from casework.office import Office, Work
from letters.refusal import FeeNotice, RefusalLetter, RefusedFor
from letters.render import LetterPdf, render_letter
from rights.case import Case, Decision
from rights.decisions import refusal
from rights.decisions.record import OUTCOME
from rights.errors import RefusedError
from rights.events import DESTROYED
from rights.events.kinds import FeeCharged
from rights.exemptions import exemption
from rights.release import DisclosureMode
from rights.road import REFUSALS

_NEITHER = "neither confirm nor deny"


def refusal_letter(work: Work, day: dt.date) -> RefusalLetter:
    """The letter of a request that is refused as a whole, with the ways to complain of the day.

    Raises:
        RefusedError: ``outcome.none``: it is not refused.
    """
    office, case = work.office, work.case
    decided = case.decision(OUTCOME)
    if decided is None or decided.event.outcome not in REFUSALS or case.received_on is None:
        raise RefusedError(
            "outcome.none",
            f"{case.ref} is not refused as a whole.",
            "Decide its outcome on the case page first.",
        )
    facts = facts_of(decided)
    told, reason, citation = _told(office, decided, facts, day)
    points = facts.get("facts", ()) if told is RefusedFor.REASON else ()
    return RefusalLetter(
        **base(office, case, day),  # pyright: ignore[reportArgumentType]
        received=case.received_on,
        told=told,
        reason=reason,
        facts=tuple(str(p) for p in points),
        citation=citation,
        routes=routes(office, day),
        next_steps=tuple(str(s) for s in facts.get("next_steps", ())),
    )


def _told(
    office: Office, decided: Decision, facts: Mapping[str, Any], day: dt.date
) -> tuple[RefusedFor, str, str]:
    """How much may be told, the reason as a sentence, and its rule."""
    law, event = office.law, decided.event
    if event.outcome == _NEITHER:
        return RefusedFor.NEITHER, "", ""
    if "code" in facts:
        found = exemption(str(facts["code"]), law, on=event.decided_on)
        if facts.get("mode") != DisclosureMode.NAMED.value:
            return RefusedFor.GENERAL, "", ""
        reason = f"We have not sent this because {found.plain}."
        return RefusedFor.REASON, reason, found.citation
    if "ground" in facts:
        ground = refusal(str(facts["ground"]), law, on=event.decided_on)
        reason = str(facts.get("words") or f"The law lets us refuse this because {ground.plain}.")
        return RefusedFor.REASON, reason, ground.citation
    cited = [law.dated(rule, day).citation for rule in event.rules if rule in law.rules]
    if facts.get("words") and cited:
        return RefusedFor.REASON, str(facts["words"]), cited[0]
    return RefusedFor.GENERAL, "", ""


@makes("fee")
def _fee_letter(office: Office, case: Case, letter: str) -> LetterPdf:
    charged = next(e for e in case.fees if isinstance(e, FeeCharged) and e.letter == letter)
    told: dict[str, Any] = json.loads(charged.reasons)
    ground = refusal(str(told["ground"]), office.law, on=charged.asked_on)
    assert case.received_on is not None
    return render_letter(
        FeeNotice(
            **base(office, case, charged.asked_on),  # pyright: ignore[reportArgumentType]
            received=case.received_on,
            pence=charged.pence,
            reason=f"The law lets us ask for a fee first, because {ground.plain}.",
            facts=tuple(str(f) for f in told["facts"]),
            basis=str(told["basis"]),
            citation=ground.citation,
            routes=routes(office, charged.asked_on),
        )
    )


def facts_of(decided: Decision) -> Mapping[str, Any]:
    """The sealed facts of a decision; personal data, and empty once the key is destroyed."""
    text = decided.event.facts
    return json.loads(text) if text and text != DESTROYED else {}
