"""Objecting to a use: whether it can be objected to, what is weighed, and what stops.

Law: UK GDPR Art 21(1)-(3) and 18(1)(d). The use of the records is limited as soon as it is clear
what is objected to, before anything is weighed. Direct marketing stops at once, and nothing is
weighed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from casework.acting import only_what_was_done
from casework.answering import Answering, Ordered, answers
from casework.at_once import STOPPED, UNDERSTOOD, AtOnce
from casework.letters import base, routes
from casework.objection.form import (
    CONTINUE,
    PART,
    REFUSE,
    STOP,
    Use,
    ask_weighing,
    ask_what,
    uses_of,
    what_was_entered,
)
from casework.office import Office, Work
from casework.questions import Ask, Given, SignedIn
from casework.recipients import told_as_read
from casework.refusing import facts_of
from casework.restriction.lifting import lifted_with_reply
from casework.restriction.records import (
    chosen,
    records_of,
    restricting,
    services_holding,
)
from casework.suppressing import suppressing
from letters.context import LetterBase
from letters.objection import MarketingStopped, Objected, ObjectionLetter, UseDecided
from rights.case import Case, Decision, Question
from rights.decisions import record
from rights.decisions.record import OUTCOME
from rights.decisions.restriction import GROUNDS, lifting_not_before
from rights.errors import InputError
from rights.events import Event
from rights.release import Right

MATTER = "assess/objection"
IN_PART, GOES_ON, NO_RIGHT = (
    "stopped in part",
    "continues on compelling grounds",
    "refused",
)
MARKETING, NOT_MARKETING = "marketing", "not marketing"
_RULES = ("right.objection", GROUNDS)
_MARKETING_RULES = ("right.marketing",)
_TOLD = {
    STOPPED: Objected.STOPPED,
    IN_PART: Objected.PART,
    GOES_ON: Objected.CONTINUES,
    NO_RIGHT: Objected.NO_RIGHT,
}


def _at_once(office: Office, case: Case, understood: Decision) -> tuple[Ordered, ...]:
    """What is done before anything is weighed: marketing stops, the use of records is limited."""
    facts, decision = facts_of(understood), understood.event.decision
    limited: tuple[Ordered, ...] = ()
    if any(use.objection for use in uses_of(office, case, facts)):
        limited = restricting(office, case, records_of(case, facts["documents"]), decision)
    return (*suppressing(office, case, facts, decision), *limited)


def _ask_rest(work: Work, facts: Mapping[str, Any], now: str) -> Ask | None:
    return ask_weighing(work, facts, now) if facts["uses"] else None


OBJECTING = AtOnce(MATTER, ask_what, _at_once, _ask_rest, _MARKETING_RULES)


def decide(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    """Record what is objected to, or how it was weighed and what stops."""
    if not question.id.endswith("/weigh"):
        facts = what_was_entered(office, case, question, given)
        return (_made(office, case, who, MATTER, UNDERSTOOD, facts, _RULES),)
    understood = case.decision(MATTER)
    assert understood is not None
    facts = facts_of(understood)
    uses = uses_of(office, case, facts)
    stops = _stopping(uses, given)
    outcome = _outcome(uses, stops, given)
    told = _lines(given, "compelling")
    weighed = str(given.details.get("weighed", "")).strip()
    if not weighed:
        raise InputError(
            "objection.weighed",
            "Nothing says how it was weighed.",
            "Write what speaks for each side; the burden of proof is the council's.",
        )
    able = [use for use in uses if use.objection]
    if not told and any(use not in stops for use in able):
        raise InputError(
            "objection.compelling",
            "Nothing says which compelling grounds override those of the person.",
            "Write them as the person will read them, or let the use stop.",
        )
    decided = {
        "round": question.body["round"],
        "uses": [
            {
                "service": use.service,
                "purpose": use.purpose,
                "stops": use in stops,
                "reason": "" if use in stops else " ".join(told) if use.objection else _NO_CHOICE,
            }
            for use in uses
        ],
        "weighed": weighed,
    }
    made = [_made(office, case, who, OUTCOME, outcome, decided, _RULES)]
    if named := str(facts.get("not_marketing", "")):
        told = {"named": named}
        made.append(_made(office, case, who, MARKETING, NOT_MARKETING, told, _MARKETING_RULES))
    keys = _limits(office, case, understood)
    if keys and not stops:
        made.append(lifted_with_reply(case, office, who, keys))
    return tuple(made)


_NO_CHOICE = "The law does not leave us a choice here."


def _stopping(uses: Sequence[Use], given: Given) -> tuple[Use, ...]:
    able = tuple(use for use in uses if use.objection)
    if given.value == STOP:
        return able
    if given.value != PART:
        return ()
    entered = chosen(uses, str(given.details.get("stops", "")), "uses")
    stops = tuple(use for use in entered if use.objection)
    if not stops or len(stops) == len(able) or len(stops) != len(entered):
        raise InputError(
            "objection.part",
            "The uses that stop do not fit the answer.",
            "Write the numbers of some of the uses that can be objected to.",
        )
    return stops


def _outcome(uses: Sequence[Use], stops: Sequence[Use], given: Given) -> str:
    if given.value == REFUSE:
        return NO_RIGHT
    if given.value == CONTINUE:
        return GOES_ON
    return STOPPED if len(stops) == len(uses) else IN_PART


def _limits(office: Office, case: Case, understood: Decision) -> tuple[str, ...]:
    """Keys of the restrictions set for this objection."""
    return tuple(
        item.order.key
        for item in _at_once(office, case, understood)
        if item.order.act.value == "restrict"
    )


def _made(
    office: Office,
    case: Case,
    who: SignedIn,
    matter: str,
    outcome: str,
    facts: Mapping[str, Any],
    rules: Sequence[str],
) -> Event:
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


def services(work: Work) -> frozenset[str]:
    """Those that hold records whose use stops; a limit that ends soon is not passed on."""
    understood, decided = OBJECTING.understood(work.case), work.case.decision(OUTCOME)
    if understood is None or decided is None:
        return frozenset()
    if not any(use["stops"] for use in facts_of(decided).get("uses", ())):
        return frozenset()
    return services_holding(work.office, records_of(work.case, facts_of(understood)["documents"]))


def letter(work: Work, day: dt.date) -> LetterBase:
    """What stops, what goes on and why; or that marketing has stopped."""
    only_what_was_done(work)
    office, case = work.office, work.case
    understood, decided = OBJECTING.understood(case), case.decision(OUTCOME)
    assert understood is not None and decided is not None and case.received_on is not None
    facts = facts_of(understood)
    if not facts["uses"]:
        return MarketingStopped(
            **base(office, case, day),  # pyright: ignore[reportArgumentType]
            received=case.received_on,
            what=tuple(facts["marketing_text"]),
            stopped_on=understood.event.decided_on,
            kept=tuple(f"your {kind}" for kind in facts["kept"]),
        )
    found = {(u.service, u.purpose): u for u in uses_of(office, case, facts)}
    rows: Sequence[Mapping[str, Any]] = facts_of(decided)["uses"]
    uses = tuple(_told(found[str(r["service"]), str(r["purpose"])], r) for r in rows)
    keys = _limits(office, case, understood)
    stays = any(use.stops for use in uses)
    not_marketing = str(facts.get("not_marketing", ""))
    return ObjectionLetter(
        **base(office, case, day),  # pyright: ignore[reportArgumentType]
        received=case.received_on,
        outcome=_TOLD[decided.event.outcome],
        situation=str(facts["situation"]),
        uses=uses,
        marketing=tuple(facts["marketing_text"]),
        limited=bool(keys),
        limit_ends=lifting_not_before(office.law, day) if keys and not stays else None,
        told=told_as_read(office, case),
        not_marketing=not_marketing,
        routes=routes(office, day) if not_marketing or not all(u.stops for u in uses) else (),
    )


def _told(use: Use, decided: Mapping[str, Any]) -> UseDecided:
    return UseDecided(
        use=use.text,
        stops=bool(decided["stops"]),
        reason=str(decided["reason"]),
        basis=use.basis,
        citation=use.citation,
    )


def _lines(given: Given, name: str) -> list[str]:
    return [li.strip() for li in str(given.details.get(name, "")).splitlines() if li.strip()]


answers(Right.OBJECTION, Answering(OBJECTING.assess, decide, OBJECTING.ordered, services, letter))
