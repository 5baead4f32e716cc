"""What is asked: how it came about, whether it was allowed, who looks, and what then."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from casework.entries import entry, text_of
from casework.office import Office
from casework.questions import Ask
from casework.rounds import round_of
from letters.automated import Decided
from rights.case import Case
from rights.decisions import right_table
from rights.register.ask import automated_of

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
RECONSIDERED, CHANGED, UPHELD = (
    Decided.RECONSIDERED.value,
    Decided.CHANGED.value,
    Decided.UPHELD.value,
)


def asks_for(office: Office, case: Case) -> list[Ask]:
    """The questions that are to be asked by now."""
    asks = [_how_made(office, case)]
    made = answer_to(case, "made")
    if not made:
        return asks
    if made["answer"] != MACHINE:
        asks.append(_agreed(case, made))
        if answer_to(case, "agreed").get("answer") != NOT_AGREE:
            return asks
    elif text_of(made, "wants") == ONLY_EXPLAIN:
        return asks
    asks.append(_allowed(case, made))
    if not answer_to(case, "allowed"):
        return asks
    asks.append(_safeguards(case))
    told = answer_to(case, "safeguards")
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
    return Ask(question_id(case, "made"), "assess", "officer", body, (NONE, PERSON, MACHINE))


def _agreed(case: Case, made: Mapping[str, Any]) -> Ask:
    body = {
        "form": "automated",
        "words": "Was it no decision by a machine alone? A person must have been able to decide "
        "otherwise, and a score or a profile counts against it.",
        "said": _said(made),
        "entries": [entry("reason", "Reason")],
    }
    return Ask(question_id(case, "agreed"), "assess", "manager", body, (AGREE, NOT_AGREE))


def _allowed(case: Case, made: Mapping[str, Any]) -> Ask:
    body = {
        "form": "automated",
        "words": "Did the decision use special category data, and was it allowed?",
        "said": _said(made),
        "entries": [entry("reason", "What allows it: the consent, or the provision")],
    }
    options = (NO_SPECIAL, CONSENT, LAW, BARRED)
    return Ask(question_id(case, "allowed"), "assess", "dpo", body, options)


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
    return Ask(question_id(case, "safeguards"), "assess", "officer", body, ("given",))


def _review(case: Case, made: Mapping[str, Any], told: Mapping[str, Any]) -> Ask:
    barred = is_barred(case)
    options = (RECONSIDERED, CHANGED) if barred else (UPHELD, CHANGED, RECONSIDERED)
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
                goes_with=(CHANGED, RECONSIDERED),
            ),
        ],
    }
    return Ask(question_id(case, "review"), "assess", "manager", body, options)


def _said(made: Mapping[str, Any]) -> dict[str, str]:
    labels = {
        "decision": "The decision",
        "effect": "Its effect",
        "profiling": "A score or profile bore on it",
        "part": "What a person did",
        "explanation": "How it came about",
    }
    return {label: found for name, label in labels.items() if (found := text_of(made, name))}


def is_barred(case: Case) -> bool:
    """Whether special category data were used and nothing allowed it."""
    return answer_to(case, "allowed").get("answer") == BARRED


def answer_to(case: Case, what: str) -> dict[str, Any]:
    """What was entered under a question of this round, with the option; empty while open."""
    asked = case.questions.get(question_id(case, what))
    if asked is None or asked.answer is None or asked.withdrawn:
        return {}
    entered = json.loads(asked.answer.details) if asked.answer.details else {}
    return {**entered, "answer": asked.answer.value}


def question_id(case: Case, what: str) -> str:
    """The id of one of the questions, in this round."""
    return f"automated/{round_of(case)}/{what}"


def action_key(case: Case) -> str:
    """The key of the task that a changed decision becomes, in this round."""
    return f"{case.ref}/automated/{round_of(case)}"
