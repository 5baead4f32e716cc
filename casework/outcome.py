"""How a request ends as a whole: proposed by an officer, decided by a manager or the DPO.

The outcome that the decision states is what the requester is told. What lies behind it (a ground,
the facts, what was held back without a word) stands in the sealed facts.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from casework.letters import people_of
from casework.office import Office
from casework.questions import Given, SignedIn, on_answer
from casework.refusing import facts_of, refusal_letter
from casework.regulator import ask_regulator
from rights.case import Case, Question
from rights.decisions import check_refusal, record, refusal, right_table, rule_of, way
from rights.decisions.record import OUTCOME
from rights.errors import InputError, RefusedError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import DecisionMade, FeeCharged, QuestionAsked
from rights.exemptions import check_use, exemption
from rights.law import Law
from rights.release import CaseRef, DisclosureMode, Right
from rights.road import WITHDRAWN, Stage
from rights.standing import by_power

__all__ = ["ask_regulator", "facts_of", "propose_outcome", "refusal_letter"]

TOPIC = "outcome"
AGREE, NOT_AGREE = "agree", "do not agree"
FEE = "fee"
"""Not an outcome: a fee is charged in place of refusing; the request goes on when it is paid."""
OPEN = "open"
REFUSED, EXEMPT, NEITHER, NOTHING = (
    "refused",
    "exempt entirely",
    "neither confirm nor deny",
    "nothing held",
)
WISHES = (REFUSED, FEE, EXEMPT, NEITHER, NOTHING, WITHDRAWN)
"""What an officer may propose for a request as a whole."""
_ANY_RIGHT = (REFUSED, FEE, WITHDRAWN)
_DECIDER = {NEITHER: "dpo", WITHDRAWN: "officer"}


def wishes_for(right: Right) -> tuple[str, ...]:
    """What may be proposed for a request as a whole; exemptions are for access requests only.

    The law knows no refusal of a complaint: it is looked into, or taken back.
    """
    if right is Right.COMPLAINT:
        return (WITHDRAWN,)
    return WISHES if right is Right.ACCESS else _ANY_RIGHT


def propose_outcome(
    office: Office, ref: CaseRef, wish: str, details: Mapping[str, Any], who: SignedIn
) -> Case:
    """Put an outcome of the request as a whole to whoever may decide it.

    Args:
        office: The office.
        ref: The case.
        wish: One of `WISHES`.
        details: The officer's entries: ``ground``, ``reasons`` (codes), ``facts`` (lines, printed
            in the letter), ``reason`` (why, for the decider), ``code`` and ``mode`` of an
            exemption, ``pence`` and ``basis`` of a fee, ``next_steps`` (lines).
        who: The officer.

    Raises:
        InputError: an entry is missing.
        RefusedError: the law does not allow it, something waits already, or the answer was sent.
    """
    case = office.case(ref)
    if "officer" not in who.roles:
        raise RefusedError(
            "outcome.role",
            "An outcome is proposed by an officer.",
            "Ask a colleague with the role officer to sign in.",
        )
    _still_open(case)
    body = _body(office, case, wish, details)
    number = sum(1 for q in case.questions.values() if q.topic == TOPIC)
    asked = QuestionAsked(
        actor=ENGINE,
        question=f"outcome/{number + 1}",
        topic=TOPIC,
        stage=Stage.SEAL,
        role=_DECIDER.get(wish, "manager"),
        text=json.dumps({**body, "by": who.actor.login}, ensure_ascii=False),
        options=(AGREE, NOT_AGREE),
    )
    return office.record(case, [asked], roles=who.roles)


def _still_open(case: Case) -> None:
    if case.closed is not None or any(p.sending or p.sent_on for p in case.parts):
        raise RefusedError(
            "outcome.sent",
            f"Part of the answer of {case.ref} has gone out, or the case is closed.",
            "What is left is answered with its documents; withhold what must be withheld there.",
        )
    if rule_of(case.right) is None:
        raise RefusedError(
            "outcome.no_right",
            f"A {case.right.value} is not refused as a right is.",
            "Answer it by its own procedure.",
        )
    if any(q.topic == TOPIC for q in case.open_questions):
        raise RefusedError(
            "outcome.waiting",
            f"An outcome of {case.ref} is waiting to be decided already.",
            "Wait for that decision, or ask whoever decides to turn it down.",
        )


def _body(office: Office, case: Case, wish: str, details: Mapping[str, Any]) -> dict[str, Any]:
    """What the decider is asked, checked against the law first."""
    law, today = office.law, office.today()
    reason = _text(details, "reason")
    if wish not in wishes_for(case.right):
        raise InputError(
            "outcome.wish",
            f"That is no outcome of a request for {case.right.value}.",
            f"Choose one of: {', '.join(wishes_for(case.right))}.",
        )
    if not reason:
        raise InputError(
            "outcome.reason",
            "Nothing says why.",
            "Write it for whoever decides; the requester does not see it.",
        )
    body: dict[str, Any] = {"words": _QUESTIONS[wish], "wish": wish, "reason": reason}
    if wish in (REFUSED, FEE):
        body |= _ground(details, law, today, fee=wish == FEE)
    if wish == FEE:
        body |= _fee(details)
    if wish == EXEMPT:
        body |= _exemption(case, details, law, today)
    if wish != FEE:
        way(case.right, wish, law, on=today)
    body["next_steps"] = _lines(details, "next_steps")
    return body


_QUESTIONS = {
    REFUSED: "Shall the request be refused as a whole?",
    FEE: "Shall a fee be charged before the request is dealt with?",
    EXEMPT: "Is everything that is asked for exempt?",
    NEITHER: "Shall the answer say neither that something is held nor that nothing is?",
    NOTHING: "Shall the answer say that nothing is held?",
    WITHDRAWN: "Did the person take the request back?",
}


def _ground(details: Mapping[str, Any], law: Law, today: dt.date, *, fee: bool) -> dict[str, Any]:
    ground, reasons = _text(details, "ground"), _lines(details, "reasons")
    facts = _lines(details, "facts")
    check_refusal(ground, reasons, "\n".join(facts), law, on=today, fee=fee)
    return {"ground": ground, "reasons": reasons, "facts": facts}


def _fee(details: Mapping[str, Any]) -> dict[str, Any]:
    try:
        pence = int(str(details.get("pence", "")).strip())
    except ValueError:
        pence = 0
    basis = _text(details, "basis")
    if pence <= 0 or not basis:
        raise InputError(
            "fee.entries",
            "The fee is missing, or nothing says how it was reckoned.",
            "Enter the fee in pence and what it is made up of. It must be reasonable.",
        )
    return {"pence": pence, "basis": basis}


def _exemption(case: Case, details: Mapping[str, Any], law: Law, today: dt.date) -> dict[str, Any]:
    mode = DisclosureMode(_text(details, "mode") or DisclosureMode.NAMED)
    if mode is DisclosureMode.SILENT:
        raise RefusedError(
            "outcome.silent",
            "An answer that leaves no trace must read like one that found nothing, so everything "
            "is searched and each document is held back by itself.",
            "Let the search run and withhold each document in the silent mode at the desk; the "
            "DPO decides there.",
        )
    own = not by_power(people_of(case), today, law)
    found = check_use(
        _text(details, "code"), case.right, mode, law, on=today, requester_is_subject=own
    )
    return {"code": found.code, "mode": mode.value, "facts": _lines(details, "facts")}


@on_answer(TOPIC)
def _decided(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    body = question.body
    if given.value == NOT_AGREE:
        return _taken_back(office, case, question, given, who)
    if body["wish"] == FEE:
        number = sum(1 for e in case.fees if isinstance(e, FeeCharged)) + 1
        told = {k: body[k] for k in ("ground", "reasons", "facts", "basis")}
        fee = FeeCharged(
            actor=who.actor,
            asked_on=office.today(),
            pence=int(body["pence"]),
            reasons=json.dumps(told, ensure_ascii=False),
            letter=f"fee/{number}/letter",
        )
        return (fee,)
    return (_decision(office, case, body, who),)


def _decision(office: Office, case: Case, body: Mapping[str, Any], who: SignedIn) -> DecisionMade:
    law, today, wish = office.law, office.today(), str(body["wish"])
    rules = [right_table(case.right, law, on=today).rule_id]
    if "ground" in body:
        rules.append(refusal(str(body["ground"]), law, on=today).rule_id)
    if "code" in body:
        rules.append(exemption(str(body["code"]), law, on=today).rule_id)
    facts = {k: v for k, v in body.items() if k not in ("words", "wish")}
    return record(
        case,
        actor=who.actor,
        matter=OUTCOME,
        outcome=wish,
        law=law,
        on=today,
        rules=rules,
        facts=facts,
    )


def _taken_back(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    """A decider who turns an outcome down after having agreed to it opens the request again."""
    if question.body["wish"] == FEE and given.correct:
        raise RefusedError(
            "fee.told",
            "The person was told of the fee; it cannot be undone silently.",
            "Record it as paid on the day you tell them that it is not needed.",
        )
    stands = case.decision(OUTCOME)
    if not given.correct or stands is None or stands.event.outcome != question.body["wish"]:
        return ()
    taken_back = record(
        case,
        actor=who.actor,
        matter=OUTCOME,
        outcome=OPEN,
        law=office.law,
        on=office.today(),
        rules=stands.event.rules,
        facts={"reason": _text(given.details, "reason")},
    )
    return (taken_back,)


def _text(details: Mapping[str, Any], name: str) -> str:
    return str(details.get(name, "") or "").strip()


def _lines(details: Mapping[str, Any], name: str) -> list[str]:
    given = details.get(name, ())
    lines = given.splitlines() if isinstance(given, str) else list(given)
    return [str(line).strip() for line in lines if str(line).strip()]
