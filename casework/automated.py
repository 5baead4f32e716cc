"""A decision by machine alone (UK GDPR Arts 22A to 22D): was it one, was it allowed, who looks.

An officer says how the decision came about; where a person took a meaningful part a manager says
so and the request ends. Otherwise the DPO says whether special category data barred it, and a
person with the power to change it, named in the letter, looks at it with what the subject says.
A decision that is changed becomes a task of the service, with proof.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from casework.acting import ACT, CANNOT, DONE, could_not
from casework.answering import Answering, answers, nobody_to_tell, nothing_to_do
from casework.entries import entry, lines_of, needed, text_of
from casework.letters import base, routes
from casework.office import Office, Work
from casework.questions import Ask, Given, SignedIn, ask
from casework.rounds import round_of
from letters.automated import AutomatedOutcome, Decided
from rights.case import Case, Question
from rights.decisions import record, right_table
from rights.decisions.record import OUTCOME
from rights.errors import InputError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import ActionStarted, QuestionAsked
from rights.register.ask import automated_of
from rights.release import Right
from rights.road import Stage

NONE, PERSON, MACHINE = (
    "no important decision was made",
    "a person took a meaningful part",
    "a machine alone made it",
)
NO_SPECIAL, CONSENT, LAW, BARRED = (
    "no special category data was used",
    "special category data, with explicit consent",
    "special category data, by contract or law and in the substantial public interest",
    "special category data, and nothing that allows it",
)
AGREE, NOT_AGREE = "agree", "do not agree: a machine alone made it"
YES, NO = "yes", "no"
ONLY_EXPLAIN, LOOK = "only to have it explained", "to have a person look at it"
_RECONSIDERED, _CHANGED, _UPHELD = (
    Decided.RECONSIDERED.value,
    Decided.CHANGED.value,
    Decided.UPHELD.value,
)
_DECIDED_ANEW = frozenset({_RECONSIDERED, _CHANGED})


def assess(work: Work) -> None:
    """Ask the next of the four things: how it came about, allowed or not, who looks, what then."""
    asks = _asks(work.office, work.case)
    ask(work, tuple(asks), stage=Stage.ASSESS, topics=frozenset({"assess"}))


def _asks(office: Office, case: Case) -> list[Ask]:
    asks = [_how_made(office, case)]
    made = _answer(case, "made")
    if not made:
        return asks
    if made["answer"] != MACHINE:
        asks.append(_agreed(case, made))
        if _answer(case, "agreed").get("answer") != NOT_AGREE:
            return asks
    elif text_of(made, "wants") == ONLY_EXPLAIN:
        return asks
    asks.append(_allowed(case, made))
    if not _answer(case, "allowed"):
        return asks
    asks.append(_safeguards(case))
    told = _answer(case, "safeguards")
    if told:
        asks.append(_review(case, made, told))
    return asks


def _how_made(office: Office, case: Case) -> Ask:
    register = office.council.register
    known = {s.name: automated_of(register, s).text.strip() for s in register.services}
    body = {
        "form": "automated",
        "words": "Which decision is it about, and how did it come about?",
        "asked_for": case.people.asked_for if case.people else "",
        "known": known,
        "traps": list(right_table(case.right, office.law, on=office.today()).traps),
        "entries": [
            entry(
                "decision",
                "The decision, to follow “You wrote to us about”",
                "line",
                hint="Such as: the banding of your application for a home.",
            ),
            entry("service", "The service", "choice", choices=[s.name for s in register.services]),
            entry(
                "effect",
                "Its effect in law, or what it means for the person",
                hint="A decision counts when it has a legal effect or one that is as important.",
            ),
            entry("profiling", "Did a score or a profile bear on it?", "choice", choices=(YES, NO)),
            entry(
                "part",
                "What a person did, and could have decided otherwise",
                hint="Signing off what a machine proposes is no meaningful part.",
                goes_with=(PERSON,),
            ),
            entry(
                "explanation",
                "How it came about, one paragraph to a line",
                hint="Printed in the letter: what went in, what counted, what came out.",
            ),
            entry(
                "wants",
                "What the person asks for",
                "choice",
                choices=(ONLY_EXPLAIN, LOOK),
                goes_with=(MACHINE,),
            ),
        ],
    }
    return Ask(_id(case, "made"), "assess", "officer", body, (NONE, PERSON, MACHINE))


def _agreed(case: Case, made: Mapping[str, Any]) -> Ask:
    body = {
        "form": "automated",
        "words": "Was it no decision by a machine alone? A person must have been able to decide "
        "otherwise, and a score or a profile counts against it.",
        "said": _said(made),
        "entries": [entry("reason", "Reason")],
    }
    return Ask(_id(case, "agreed"), "assess", "manager", body, (AGREE, NOT_AGREE))


def _allowed(case: Case, made: Mapping[str, Any]) -> Ask:
    body = {
        "form": "automated",
        "words": "Did the decision use special category data, and was it allowed?",
        "said": _said(made),
        "entries": [entry("reason", "What allows it: the consent, or the provision")],
    }
    options = (NO_SPECIAL, CONSENT, LAW, BARRED)
    return Ask(_id(case, "allowed"), "assess", "dpo", body, options)


def _safeguards(case: Case) -> Ask:
    body = {
        "form": "automated",
        "words": "What did the person say about it, and who looks at it?",
        "entries": [
            entry("informed", "Were they told of it at the time?", "choice", choices=(YES, NO)),
            entry(
                "views",
                "What the person says about it, or that they were asked and said nothing",
                hint="Printed in the letter.",
            ),
            entry("reviewer", "Name and job of whoever looks at it", "line"),
            entry("power", "Can that person change it?", "choice", choices=(YES, NO)),
        ],
    }
    return Ask(_id(case, "safeguards"), "assess", "officer", body, ("given",))


def _review(case: Case, made: Mapping[str, Any], told: Mapping[str, Any]) -> Ask:
    barred = _is_barred(case)
    options = (_RECONSIDERED, _CHANGED) if barred else (_UPHELD, _CHANGED, _RECONSIDERED)
    body = {
        "form": "automated",
        "words": f"What did {text_of(told, 'reviewer')} decide?"
        + (" The decision was barred, so it cannot stand as it is." if barred else ""),
        "said": _said(made) | {"What the person says": text_of(told, "views")},
        "entries": [
            entry(
                "findings",
                "What was decided and why, one paragraph to a line",
                hint="Printed in the letter.",
            ),
            entry(
                "instruction",
                "What the service has to do",
                hint="In exact words. It becomes a task, with proof.",
                goes_with=(_CHANGED, _RECONSIDERED),
            ),
        ],
    }
    return Ask(_id(case, "review"), "assess", "manager", body, options)


def _said(made: Mapping[str, Any]) -> dict[str, str]:
    labels = {
        "decision": "The decision",
        "effect": "Its effect",
        "profiling": "A score or profile bore on it",
        "part": "What a person did",
        "explanation": "How it came about",
    }
    return {label: found for name, label in labels.items() if (found := text_of(made, name))}


def _decide(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
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
    told = _answer(case, "safeguards")
    facts = {
        "reviewer": text_of(told, "reviewer"),
        "power": text_of(told, "power"),
        "informed": text_of(told, "informed"),
        "views": text_of(told, "views"),
        "allowed": _answer(case, "allowed").get("answer", ""),
        "barred": _is_barred(case),
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
    service = text_of(_answer(case, "made"), "service") or "the service"
    key = _key(case)
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


def _is_barred(case: Case) -> bool:
    return _answer(case, "allowed").get("answer") == BARRED


def _answer(case: Case, what: str) -> dict[str, Any]:
    """What was entered under a question of this round, with the option; empty while open."""
    asked = case.questions.get(_id(case, what))
    if asked is None or asked.answer is None or asked.withdrawn:
        return {}
    entered = json.loads(asked.answer.details) if asked.answer.details else {}
    return {**entered, "answer": asked.answer.value}


def _id(case: Case, what: str) -> str:
    return f"automated/{round_of(case)}/{what}"


def _key(case: Case) -> str:
    return f"{case.ref}/automated/{round_of(case)}"


def _reply(work: Work, day: dt.date) -> AutomatedOutcome:
    office, case = work.office, work.case
    decided = case.decision(OUTCOME)
    assert decided is not None and case.received_on is not None
    facts: dict[str, Any] = json.loads(decided.event.facts) if decided.event.facts else {}
    made, table = _answer(case, "made"), right_table(case.right, office.law, on=day)
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
        is_late=bool(could_not(case, _key(case))),
        citation=table.citation,
        routes=routes(office, day),
    )


answers(
    Right.AUTOMATED_DECISION,
    Answering(
        assess=assess,
        decide=_decide,
        orders=nothing_to_do,
        services=nobody_to_tell,
        letter=_reply,
    ),
)
