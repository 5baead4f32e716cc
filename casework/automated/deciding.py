"""What each answer decides, up to the outcome."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from casework.acting import ACT, CANNOT, DONE
from casework.automated.asks import (
    CHANGED,
    LOOK,
    MACHINE,
    NO,
    NONE,
    NOT_AGREE,
    ONLY_EXPLAIN,
    PERSON,
    RECONSIDERED,
    YES,
    action_key,
    answer_to,
    is_barred,
)
from casework.entries import lines_of, needed, text_of
from casework.office import Office
from casework.questions import Given, SignedIn
from letters.automated import Decided
from rights.case import Case, Question
from rights.decisions import record, right_table
from rights.decisions.record import OUTCOME
from rights.errors import InputError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import ActionStarted, QuestionAsked
from rights.road import Stage

_DECIDED_ANEW = frozenset({RECONSIDERED, CHANGED})


def decide(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    """Takes down one answer, with what it decides."""
    match question.id.rpartition("/")[2]:
        case "made":
            return _made(office, case, given, who)
        case "agreed":
            needed(given, "reason", *_REASON)
            if given.value == NOT_AGREE:
                return ()
            return (_outcome(office, case, Decided.NOT_AUTOMATED, {}, who),)
        case "allowed":
            needed(given, "reason", *_REASON)
            return ()
        case "safeguards":
            return _looked_after(given)
        case _:
            return _reviewed(office, case, given, who)


_REASON = ("automated.reason", "Nothing says why.", "Write the reason; the file keeps it.")


def _made(office: Office, case: Case, given: Given, who: SignedIn) -> tuple[Event, ...]:
    for name in ("decision", "explanation"):
        needed(
            given,
            name,
            "automated.decision",
            "Nothing says which decision it is, or how it came about.",
            "Ask the service; the letter prints both.",
        )
    if given.value != NONE and text_of(given.details, "profiling") not in (YES, NO):
        raise InputError(
            "automated.profiling",
            "Nothing says whether a score or a profile bore on it.",
            "Ask the service; it counts towards whether a person took a meaningful part.",
        )
    if given.value == PERSON:
        needed(
            given,
            "part",
            "automated.part",
            "Nothing says what a person did and could have decided otherwise.",
            "Without that the decision counts as made by a machine alone.",
        )
    if given.value != MACHINE:
        return ()
    if text_of(given.details, "wants") == ONLY_EXPLAIN:
        return (_outcome(office, case, Decided.EXPLAINED, {}, who),)
    if text_of(given.details, "wants") != LOOK:
        raise InputError(
            "automated.wants",
            "Nothing says what the person asks for.",
            "Choose whether only an explanation is wanted or a person shall look at it.",
        )
    return ()


def _looked_after(given: Given) -> tuple[Event, ...]:
    if text_of(given.details, "informed") not in (YES, NO):
        raise InputError(
            "automated.informed",
            "Nothing says whether the person was told of the decision at the time.",
            "Choose one of the two.",
        )
    needed(
        given,
        "views",
        "automated.views",
        "Nothing says what the person thinks of it.",
        "Ask them; write what they said, or that they were asked and said nothing.",
    )
    needed(
        given,
        "reviewer",
        "automated.reviewer",
        "Nobody is named who looks at the decision.",
        "Write the name and the job; the letter prints them.",
    )
    if text_of(given.details, "power") != YES:
        raise InputError(
            "automated.power",
            "The person named cannot change the decision.",
            "Name somebody who can; without that power it is no human intervention.",
        )
    return ()


def _reviewed(office: Office, case: Case, given: Given, who: SignedIn) -> tuple[Event, ...]:
    needed(
        given,
        "findings",
        "automated.findings",
        "Nothing says what was decided and why.",
        "Write it as it shall stand in the letter.",
    )
    told = answer_to(case, "safeguards")
    facts = {
        "reviewer": text_of(told, "reviewer"),
        "power": text_of(told, "power"),
        "informed": text_of(told, "informed"),
        "views": text_of(told, "views"),
        "allowed": answer_to(case, "allowed").get("answer", ""),
        "barred": is_barred(case),
        "findings": lines_of(given.details, "findings"),
    }
    made = _outcome(office, case, Decided(given.value), facts, who)
    if given.value not in _DECIDED_ANEW:
        return (made,)
    instruction = needed(
        given,
        "instruction",
        "automated.instruction",
        "Nothing says what the service has to do.",
        "Write it in exact words; it becomes a task of the service.",
    )
    return (made, *_told_to_do(case, instruction))


def _told_to_do(case: Case, instruction: str) -> tuple[Event, ...]:
    """The new decision as a task: begun now, done when somebody proves it."""
    service = text_of(answer_to(case, "made"), "service") or "the service"
    key = action_key(case)
    if key in case.actions:
        return ()
    order = {"service": service, "instruction": instruction}
    body = {
        "words": f"To be done by {service}: the decision was made anew.",
        "why": "No system of ours can change a decision; the service puts it into effect.",
        "steps": instruction.splitlines(),
        "proof": "Who did it, on which day, and what the record shows now.",
        "key": key,
        "source": service,
    }
    return (
        ActionStarted(
            actor=ENGINE,
            key=key,
            source=service,
            act="decide anew",
            order=json.dumps(order, ensure_ascii=False),
        ),
        QuestionAsked(
            actor=ENGINE,
            question=f"act/{key}",
            topic=ACT,
            stage=Stage.ASSESS,
            role="officer",
            text=json.dumps(body, ensure_ascii=False),
            options=(DONE, CANNOT),
        ),
    )


def _outcome(
    office: Office, case: Case, decided: Decided, facts: Mapping[str, Any], who: SignedIn
) -> Event:
    today = office.today()
    return record(
        case,
        actor=who.actor,
        matter=OUTCOME,
        outcome=decided.value,
        law=office.law,
        on=today,
        rules=(right_table(case.right, office.law, on=today).rule_id,),
        facts=facts,
    )
