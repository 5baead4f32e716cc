"""Erasure (UK GDPR Art 17): weighed record by record, done in the sources, proved, certified.

Nothing is decided by a lawful basis or by a date: people weigh each place, or each record of it,
and then the whole with a dry run before their eyes. What stands in the way (an access request, a
hold, a court) does not put off the answer: it is told with the day from which it can be done.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from casework.answering import Answering, Ordered, answers
from casework.erasure.after import finish
from casework.erasure.around import open_access_requests
from casework.erasure.letter import reply
from casework.erasure.listed import not_to_come_back
from casework.erasure.scope import Group, groups, place_facts
from casework.erasure.weighing import (
    NOTHING,
    check_elsewhere,
    check_entries,
    check_weighed,
    check_when,
    decided_records,
    is_finish,
    outcome_of,
)
from casework.erasure.words import (
    ASSESS,
    DECIDE,
    EACH,
    ERASE,
    LATER,
    OBSTACLES,
    RESTRICT,
    ask_finish,
    ask_group,
    ask_record,
    later_entries,
    order_of,
)
from casework.office import Office, Work
from casework.questions import Ask, Given, SignedIn, ask, on_answer
from casework.refusing import facts_of
from rights.case import Case, Question
from rights.decisions import record, right_table
from rights.decisions.erasure import MALICIOUS, keepings
from rights.decisions.record import OUTCOME
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import QuestionAsked
from rights.register import services_of
from rights.release import Right
from rights.road import Stage
from rights.sources.actions import Erase

LATER_TOPIC = "later"
NOW, STILL = "nothing is in the way any more: do it", "it still has to wait"
OPEN = "open"


def assess(work: Work) -> None:
    """Ask about each place, each record where a person wants to, and then about the whole."""
    found = groups(work)
    if not found:
        _nothing(work)
        return
    asks = _asks(work, found)
    case = work.case
    waiting = [a for a in asks if (q := case.questions.get(a.id)) is None or not q.answer]
    if not waiting:
        asks.append(_finish(work, [case.questions[a.id] for a in asks]))
    ask(work, tuple(asks), stage=Stage.ASSESS, topics=frozenset({ASSESS}))


def _asks(work: Work, found: tuple[Group, ...]) -> list[Ask]:
    asks: list[Ask] = []
    for group in found:
        item = ask_group(work, group)
        asks.append(item)
        known = work.case.questions.get(item.id)
        if known is not None and known.answer and known.answer.value == EACH:
            asks += [ask_record(work, group, held) for held in group.records]
    return asks


def _finish(work: Work, weighed: list[Question]) -> Ask:
    """The question about the whole; a new one whenever what it rests on has changed."""
    decided = decided_records(work.case, weighed)
    stands = work.case.decision(OUTCOME)
    reopened = stands.seq if stands is not None and stands.event.outcome == OPEN else 0
    basis = max([reopened, *(q.answer.seq for q in weighed if q.answer)])
    acted = {place_facts(str(r["place"])) for r in decided if r["act"] in (ERASE, RESTRICT)}
    services = frozenset(s.id for s in services_of(work.office.council.register, acted))
    return ask_finish(work, basis, decided, open_access_requests(work), services)


def _nothing(work: Work) -> None:
    office, today = work.office, work.office.today()
    work.append(
        record(
            work.case,
            actor=ENGINE,
            matter=OUTCOME,
            outcome=NOTHING,
            law=office.law,
            on=today,
            rules=[right_table(Right.ERASURE, office.law, on=today).rule_id],
            facts={"records": []},
        )
    )


def decide(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    """Check an answer; the one about the whole decides how the request ends."""
    if not is_finish(question):
        check_weighed(office, question, given)
        return ()
    # A fresh look, because another access request may have come since the question was asked.
    open_cases = open_access_requests(office.reading(case.ref))
    weighed = _weighed(case)
    records = decided_records(case, weighed)
    check_entries(records)
    outcome = outcome_of(records)
    erases = any(r["act"] == ERASE for r in records)
    when = check_when(given, open_cases if erases else (), office.today())
    facts = {"records": records, **when, **check_elsewhere(given, erases=erases)}
    decision = record(
        case,
        actor=who.actor,
        matter=OUTCOME,
        outcome=outcome,
        law=office.law,
        on=office.today(),
        rules=_rules(office, records),
        facts=facts,
    )
    if not when["waits_until"]:
        return (decision,)
    number = 1 + sum(1 for q in case.questions.values() if q.topic == LATER_TOPIC)
    return (decision, _later(number, dt.date.fromisoformat(when["waits_until"]), when))


def _weighed(case: Case) -> list[Question]:
    """The questions about places and records that count: those asked now, and answered."""
    found = [
        q
        for q in case.questions.values()
        if q.topic == ASSESS and not q.withdrawn and not is_finish(q) and q.answer
    ]
    # A place whose records changed was asked about anew; the newest question on a record counts.
    newest: dict[str, Question] = {}
    for question in sorted(found, key=lambda q: q.asked_seq):
        for item in question.body["records"]:
            newest[str(item["document"])] = question
    chosen = {q.id for q in newest.values()}
    return [q for q in found if q.id in chosen]


def _rules(office: Office, records: list[dict[str, Any]]) -> list[str]:
    law, today = office.law, office.today()
    rules = [right_table(Right.ERASURE, law, on=today).rule_id]
    if any(r["ground"] for r in records):
        rules.append("erasure.grounds")
    if any(r["ground"] == MALICIOUS for r in records):
        rules.append("erasure.malicious_allegation")
    codes = {r["keep"] for r in records if r["keep"]}
    return [*rules, *(k.rule for k in keepings(law, today) if k.code in codes)]


def _later(number: int, due: dt.date, when: Mapping[str, str]) -> QuestionAsked:
    body = {
        "words": "This erasure was decided and had to wait. Can it be done now? The person was "
        "told of the day: if it has to wait longer, write to them.",
        "reason": when["why_later"],
        "entries": later_entries(),
    }
    return QuestionAsked(
        actor=ENGINE,
        question=f"later/{number}",
        topic=LATER_TOPIC,
        stage=Stage.CLOSE,
        role="manager",
        text=json.dumps(body, ensure_ascii=False),
        options=(NOW, STILL),
        due_on=due,
    )


@on_answer(LATER_TOPIC)
def _day_has_come(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    stands = case.decision(OUTCOME)
    assert stands is not None
    today = office.today()
    if given.value == NOW:
        open_cases = open_access_requests(office.reading(case.ref))
        check_when(Given(question.id, DECIDE), open_cases, today)
        facts = {**facts_of(stands), "waits_until": "", "waited": True}
        return (
            record(
                case,
                actor=who.actor,
                matter=OUTCOME,
                outcome=stands.event.outcome,
                law=office.law,
                on=today,
                rules=stands.event.rules,
                facts=facts,
            ),
        )
    entered = {**given.details, "obstacle": OBSTACLES[-1]}
    entered["why_later"] = str(given.details.get("reason", ""))
    when = check_when(Given(question.id, LATER, entered), (), today)
    number = 1 + sum(1 for q in case.questions.values() if q.topic == LATER_TOPIC)
    return (_later(number, dt.date.fromisoformat(when["waits_until"]), when),)


def orders(work: Work) -> tuple[Ordered, ...]:
    """Erasures and restrictions as decided; none while they have to wait.

    Where a record has changed since, or somebody asked to see it, nothing more is done: the
    request is weighed anew.
    """
    stands = work.case.decision(OUTCOME)
    if stands is None or stands.event.outcome == OPEN:
        return ()
    facts = facts_of(stands)
    if facts.get("waits_until"):
        return ()
    ordered = [
        Ordered(str(r["source"]), order_of(work, r), stands.event.decision)
        for r in sorted(facts.get("records", ()), key=_entries_last)
        if r["act"] in (ERASE, RESTRICT)
    ]
    ordered += not_to_come_back(work, facts, stands.event.decision)
    fresh = [o for o in ordered if o.order.key not in work.case.actions]
    if why := _not_as_decided(work, fresh):
        _reopen(work, why)
        return ()
    return tuple(ordered)


def _entries_last(item: Mapping[str, Any]) -> bool:
    return str(item["place"]).endswith("/entry")


def _not_as_decided(work: Work, fresh: list[Ordered]) -> str:
    """Why these orders cannot be given as decided; empty when they can."""
    erasing = [o for o in fresh if isinstance(o.order, Erase)]
    if erasing and open_access_requests(work):
        return "The person has asked to see what is held since this was decided."
    for item in erasing:
        if not item.order.expected:
            continue
        state = work.office.actions[item.source].state(item.order.record)
        if not state.present or state.digest != item.order.expected:
            return "A record has changed since this was decided."
    return ""


def _reopen(work: Work, why: str) -> None:
    office, today = work.office, work.office.today()
    work.append(
        record(
            work.case,
            actor=ENGINE,
            matter=OUTCOME,
            outcome=OPEN,
            law=office.law,
            on=today,
            facts={"reason": why},
        )
    )


def services(work: Work) -> frozenset[str]:
    """Services whose recipients are told: those in which something was erased or restricted."""
    stands = work.case.decision(OUTCOME)
    facts = facts_of(stands) if stands else {}
    if not facts or facts.get("waits_until"):
        return frozenset()
    places = {
        place_facts(str(r["place"]))
        for r in facts.get("records", ())
        if r["act"] in (ERASE, RESTRICT)
    }
    return frozenset(s.id for s in services_of(work.office.council.register, places))


ANSWERING = answers(Right.ERASURE, Answering(assess, decide, orders, services, reply, finish))
