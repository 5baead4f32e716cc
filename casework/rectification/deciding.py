"""What an answer about a point, or about the whole, checks and records.

What a decision changes is kept with it: the digest that an order must meet, and the old words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from casework.office import Office
from casework.questions import Given, SignedIn
from casework.rectification.entries import own_entries, with_copies
from casework.rectification.points import Point, points_of, table_of, text_of
from casework.rectification.state import (
    CORRECTED,
    LOOK_AGAIN,
    OPEN,
    begun,
    decided_on,
    is_done,
    round_of,
    whole,
)
from casework.rectification.targets import target_of
from casework.restriction.lifting import lifted_with_reply
from casework.restriction.standing import standing
from rights.case import Case, Question
from rights.decisions import record, right_table, way
from rights.decisions.record import OUTCOME
from rights.errors import InputError, RefusedError
from rights.events import Event
from rights.events.kinds import ActionDone, DecisionMade
from rights.release import Right


def answered(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    """What an answer about a point, or about the whole, checks and records.

    Raises:
        InputError: an entry is missing, or the wrong words stand in none of the entries.
        RefusedError: it is done in the sources already.
    """
    words = question.id.split("/")
    if words[-1] == "author":
        _needs(given, "reason", "what the author says, or why nobody can be asked")
        return ()
    if words[-2] == "decide":
        name = "/".join(words[2:4])
        made = _point_decided(office, case, name, given, who)
        return (*_given_up(office, case, name, who), made)
    if words[-2] == "opinion":
        _needs(given, "reason", "what the author says")
        facts = {"reason": text_of(given, "reason")}
        matter = f"assess/{'/'.join(words[1:3])}/opinion"
        return (_record(office, case, matter, given.value, facts, who),)
    return _settle(office, case, given, who, last=words[-2] == "whole")


def _given_up(office: Office, case: Case, name: str, who: SignedIn) -> tuple[Event, ...]:
    """Orders of an earlier decision that could not be carried out, or not yet: closed undone."""
    receipt = json.dumps({"cannot": "Decided anew before it was done."})
    return tuple(
        ActionDone(
            actor=who.actor,
            key=action.started.key,
            proved=False,
            by_hand=True,
            done_on=office.today(),
            receipt=receipt,
        )
        for action in begun(case, name)
        if action.done is None
    )


def _settle(
    office: Office, case: Case, given: Given, who: SignedIn, *, last: bool
) -> tuple[Event, ...]:
    law, today = office.law, office.today()
    if given.value == LOOK_AGAIN:
        _needs(given, "reason", "which point it is, and why")
        facts = {"reason": text_of(given, "reason")}
        return (_record(office, case, OUTCOME, OPEN, facts, who),)
    outcome = whole(law, case, today)
    if not last and "officer" not in way(Right.RECTIFICATION, outcome, law, on=today).by:
        return ()  # where something is refused the manager signs the whole
    facts = {"points": {p.id: _decision_id(case, p.id) for p in points_of(case)}}
    rules = [right_table(Right.RECTIFICATION, law, on=today).rule_id]
    made = _record(office, case, OUTCOME, outcome, facts, who, rules)
    stopped = tuple(one.order.key for one in standing(case))
    # The reply is the notice before what was stopped while we checked may be used again.
    return (made, lifted_with_reply(case, office, who, stopped)) if stopped else (made,)


def _point_decided(
    office: Office, case: Case, name: str, given: Given, who: SignedIn
) -> DecisionMade:
    if is_done(case, name):
        raise RefusedError(
            "rectify.done",
            "What was decided on this point is done in the sources already.",
            "Enter what is wrong now as a point of its own.",
        )
    point = next(p for p in points_of(case) if p.id == name)
    work = office.reading(case.ref)
    entries = {e.document: e for e in own_entries(work)}
    every = with_copies(work, [entries[d] for d in point.documents if d in entries])
    facts: dict[str, Any] = {"round": round_of(case), "kind": point.kind}
    facts |= _texts(point, given)
    facts["targets"] = [target_of(office, e, given.value, facts) for e in every]
    if given.value == CORRECTED and not any(t["found"] for t in facts["targets"]):
        raise InputError(
            "rectify.not_there",
            "The words that are wrong stand in none of these entries.",
            "Copy them from the entry, letter by letter.",
        )
    rule = table_of(point.kind, office.law, office.today()).rule_id
    return _record(office, case, f"assess/{name}", given.value, facts, who, [rule])


def _texts(point: Point, given: Given) -> dict[str, str]:
    match given.value:
        case "corrected":
            _needs(given, "wrong", "which words are wrong")
            _needs(given, "right", "what it shall say instead")
            names = ("wrong", "right", "opinion")
        case "completed":
            return {"statement": text_of(given, "statement") or point.words}
        case "labelled":
            _needs(given, "became", "what became of the allegation")
            _needs(given, "reason", "why it stays")
            names = ("became", "reason")
        case "noted":
            _needs(given, "reason", "why it stays")
            statement = text_of(given, "statement") or point.words
            return {"statement": statement, "reason": text_of(given, "reason")}
        case _:
            _needs(given, "reason", "why it stays")
            names = ("reason",)
    return {name: text_of(given, name) for name in names if text_of(given, name)}


def _record(
    office: Office,
    case: Case,
    matter: str,
    outcome: str,
    facts: Mapping[str, Any],
    who: SignedIn,
    rules: Sequence[str] = (),
) -> DecisionMade:
    return record(
        case,
        actor=who.actor,
        matter=matter,
        outcome=outcome,
        law=office.law,
        on=office.today(),
        rules=rules,
        facts=facts,
    )


def _needs(given: Given, name: str, what: str) -> None:
    if not text_of(given, name):
        raise InputError("rectify.missing", f"Nothing says {what}.", "Write it and answer again.")


def _decision_id(case: Case, point: str) -> str:
    decided = decided_on(case, point)
    return decided.event.decision if decided else ""
