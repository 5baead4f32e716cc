"""What is asked about a complaint once it was looked into, and what the finding brings with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from casework.breaches import SEVERITIES
from casework.entries import entry, text_of
from casework.office import Office
from casework.questions import Ask
from casework.rounds import round_of
from letters.complaint import Found
from rights.case import Case
from rights.decisions.complaint import Cause, cause
from rights.gates.guards.complaints import handler_of

UPHELD, PARTLY, NOT = (f.value for f in Found)
NOTE, NOTED, NO_BREACH = (
    "note it as a breach",
    "it was noted already",
    "it is no breach",
)
REOPENED, NOT_REOPENED = "it is taken up again", "it is not taken up again after all"
YES, NO = "yes", "no"


def finding(case: Case, known: tuple[Cause, ...], handler: Mapping[str, Any], role: str) -> Ask:
    """What was found, why it went wrong and what is done about it."""
    right = (UPHELD, PARTLY)
    entries = [
        entry(
            "findings",
            "What you looked at and what you found, one paragraph to a line",
            hint="Printed in the letter.",
        ),
        entry(
            "cause",
            "Why it went wrong",
            "choice",
            goes_with=right,
            choices=[c.code for c in known],
        ),
        entry(
            "also",
            "A second cause, if there is one",
            "choice",
            goes_with=right,
            choices=[c.code for c in known],
        ),
        entry(
            "remedies",
            "What was done or will be done, one sentence to a line",
            hint="Printed in the letter.",
            goes_with=right,
        ),
    ]
    if handler.get("about"):
        entries.append(
            entry(
                "reopen",
                f"Shall {handler['about']} be taken up again?",
                "choice",
                goes_with=right,
                choices=(YES, NO),
            )
        )
    body = {
        "form": "complaint",
        "words": "What did you find?",
        "points": list(handler.get("points", ())),
        "about": handler.get("about", ""),
        "causes": {c.code: c.title for c in known},
        "entries": entries,
    }
    return Ask(question_id(case, "finding"), "assess", role, body, (UPHELD, PARTLY, NOT))


def that_follows(
    case: Case, found: Mapping[str, Any], *, law_cause: tuple[Cause, ...], role: str
) -> list[Ask]:
    """The questions that a finding brings with it."""
    wanted = questions_wanted(case, found, law_cause)
    asks: list[Ask] = []
    if question_id(case, "breach") in wanted:
        body = {
            "form": "complaint",
            "words": "Something reached somebody who should not have had it. Its time runs from "
            "now on. Shall it be noted as a breach?",
            "entries": [
                entry("severity", "How bad it is", "choice", choices=SEVERITIES, goes_with=(NOTE,)),
                entry("what", "What reached whom", goes_with=(NOTE,)),
                entry("reason", "Where it was noted, or why not", goes_with=(NOTED, NO_BREACH)),
            ],
        }
        options = (NOTE, NOTED, NO_BREACH)
        asks.append(Ask(question_id(case, "breach"), "assess", role, body, options))
    if question_id(case, "reopen") in wanted:
        about = str(handler_of(case)["about"])
        body = {
            "form": "complaint",
            "words": f"Open the page of {about}, take it up again there, and say so here.",
            "about": about,
            "reopen": about,
            "by_case": case.ref,
            "entries": [entry("reason", "Why not", goes_with=(NOT_REOPENED,))],
        }
        options = (REOPENED, NOT_REOPENED)
        asks.append(Ask(question_id(case, "reopen"), "assess", role, body, options))
    return asks


def questions_wanted(
    case: Case, found: Mapping[str, Any], why: tuple[Cause, ...]
) -> frozenset[str]:
    """Ids of the questions that must be answered besides the finding."""
    wanted: set[str] = set()
    if any(c.breach for c in why):
        wanted.add(question_id(case, "breach"))
    if text_of(found, "reopen") == YES:
        wanted.add(question_id(case, "reopen"))
    return frozenset(wanted)


def causes_found(office: Office, found: Mapping[str, Any]) -> tuple[Cause, ...]:
    """The causes of a finding; none of a complaint that is not right."""
    if found.get("found") == NOT:
        return ()
    codes = dict.fromkeys(c for n in ("cause", "also") if (c := text_of(found, n)))
    return tuple(cause(code, office.law, office.today()) for code in codes)


def details_of(case: Case, question: str) -> dict[str, Any]:
    """What was entered under a question and the option chosen; empty while it is open."""
    asked = case.questions.get(question)
    if asked is None or asked.answer is None:
        return {}
    entered = json.loads(asked.answer.details) if asked.answer.details else {}
    return {**entered, "found": asked.answer.value}


def question_id(case: Case, what: str) -> str:
    """The id of one of its questions, in this round."""
    return f"complaint/{round_of(case)}/{what}"
