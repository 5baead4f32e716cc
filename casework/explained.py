"""The answer to "why?" about one decision, date or letter of a case.

Each is traced to its rule, the citation, the dates of force and how sure we are of the reading.
Facts are personal data: they are given only on request, and the looking is journaled.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from casework.clock import clock_of
from casework.office import Office
from casework.why import DecisionLine, RuleLine, decision_line, rule_lines
from rights.case import Case, Question
from rights.clock import Clock, health_opinion_earliest
from rights.decisions import letter_needs
from rights.errors import InputError
from rights.events import DESTROYED
from rights.law import Law

DATES = ("due", "notice", "target", "reply day", "opinion")
"""The dates of a case that can be asked about."""
_BESIDES = {
    "target": ("target.internal",),
    "notice": ("time.extension_notice",),
    "reply day": ("time.pause_reply_day",),
}
"""Rules that a date rests on besides the steps of the working."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is as it is.

    Attributes:
        what: What is explained.
        lines: In plain sentences.
        rules: The rules, as they stood on the day that counts.
        decision: The decision, when one is explained.
        facts: What the rules were applied to; only when asked for.
    """

    what: str
    lines: tuple[str, ...]
    rules: tuple[RuleLine, ...]
    decision: DecisionLine | None = None
    facts: dict[str, Any] | None = None


def why_decision(office: Office, ref: str, name: str, login: str, *, facts: bool) -> Reason:
    """Why something was decided as it was.

    Args:
        office: The office.
        ref: The case.
        name: Id of a decision (``outcome/1``), or of a question with an answer.
        login: Who asks; journaled with the looking at facts.
        facts: Whether to give the facts too.

    Raises:
        InputError: there is no such case or decision.
    """
    case = office.case(ref)
    decided = next((d for d in case.decisions if d.event.decision == name), None)
    if decided is not None:
        line = decision_line(decided, case, office.law)
        told = _opened(office, case, name, decided.event.facts, login) if facts else None
        return Reason(name, tuple(_of_decision(line)), line.rules, line, told)
    question = case.questions.get(name)
    if question is None or question.answer is None:
        raise InputError(
            "why.decision",
            f"{case.ref} has no decision and no answer of that name.",
            "List them with: rights case why " + case.ref,
        )
    return _answer(office, case, question, login, facts=facts)


def why_date(office: Office, ref: str, name: str) -> Reason:
    """Why a date of a case is what it is.

    Args:
        office: The office.
        ref: The case.
        name: One of `DATES`.

    Raises:
        InputError: there is no such case, or no such date.
    """
    if name not in DATES:
        raise InputError(
            "why.date", "There is no date of that name.", f"Use one of: {', '.join(DATES)}."
        )
    case = office.case(ref)
    clock = clock_of(office, case)
    if name == "opinion":
        return _opinion(office)
    found = _date(clock, name)
    head = f"{name}: {found.isoformat() if found else 'none at present'}"
    besides = _BESIDES.get(name, ())
    used = dict.fromkeys((*(s.rule_id for s in clock.steps), *besides))
    return Reason(
        head,
        (*clock.explain_lines(), *(_said(r, office.law, clock.received_on) for r in besides)),
        tuple(rule_lines(used, office.law, clock.received_on)),
    )


def why_letter(office: Office, ref: str, name: str) -> Reason:
    """What a letter had to say and by what law, on the day it was made.

    Args:
        office: The office.
        ref: The case.
        name: Id of a letter of the case, or ``reply`` for the answer.

    Raises:
        InputError: there is no such case or letter.
    """
    case = office.case(ref)
    kind, day = _letter(office, case, name)
    needs = letter_needs(kind, office.law, on=day)
    lines = [f"{name} ({kind}), as the law stood on {day.isoformat()}."]
    rules: list[str] = []
    if needs is None:
        lines.append("The law data asks for nothing in particular in a letter of this kind.")
    else:
        lines.append(f"{needs.title} ({needs.citation}):")
        lines += [f"  {words}" for _, words in needs.contains]
        rules.append(needs.rule_id)
        if any(code == "routes" for code, _ in needs.contains):
            lines.append("The ways to complain in force on that day:")
            lines += [f"  {r.name} ({r.citation})" for r in office.law.complaint_routes(day)]
            rules += ["complaint.routes", "regulator.contact"]
    return Reason(name, tuple(lines), tuple(rule_lines(rules, office.law, day)))


def _letter(office: Office, case: Case, name: str) -> tuple[str, dt.date]:
    made = case.letters.get(name)
    if made is not None:
        day = next(
            row.recorded_at.astimezone(office.zone).date()
            for row in office.store.read(case.ref)
            if row.event.kind == "letter_made" and row.event.letter == name
        )
        return made.template, day
    if name == "reply" and case.seal is not None:
        sealed = case.seal.event
        refused = case.decision("outcome")
        as_refusal = refused is not None and not case.read and refused.event.outcome != "open"
        return ("refusal_letter" if as_refusal else "cover_letter"), sealed.dated or office.today()
    known = [*case.letters, *(["reply"] if case.seal else [])]
    raise InputError(
        "why.letter",
        f"{case.ref} has no letter of that name.",
        f"Use one of: {', '.join(known) or 'none was made yet'}.",
    )


def _date(clock: Clock, name: str) -> dt.date | None:
    return {
        "due": clock.due,
        "notice": clock.notice_by,
        "target": clock.internal_target,
        "reply day": clock.reply_day_target,
    }[name]


def _said(rule_id: str, law: Law, on: dt.date) -> str:
    """What a rule comes to: 'Flat internal target for each month of the period: 28 days ...'."""
    rule, dated = law.rule(rule_id), law.dated(rule_id, on)
    value = "" if isinstance(dated.value, bool) else f": {dated.value} {rule.unit}"
    return f"{rule.title}{value}. {dated.citation}."


def _opinion(office: Office) -> Reason:
    day = office.today()
    earliest = health_opinion_earliest(day, office.law)
    line = (
        f"To be relied on on {day.isoformat()}, a health opinion must be of "
        f"{earliest.isoformat()} or later."
    )
    rules = tuple(rule_lines(("health.opinion",), office.law, day))
    return Reason(f"opinion: {earliest.isoformat()}", (line,), rules)


def _of_decision(line: DecisionLine) -> Iterable[str]:
    yield f"{line.matter}: {line.outcome}, decided on {line.decided_on.isoformat()} by {line.by}."
    if line.supersedes:
        yield f"It took the place of {line.supersedes}."
    if not line.in_force:
        yield "A later decision has taken its place."
    yield law_words(line.law, line.decided_on, changed=line.law_changed)


def law_words(short: str, on: dt.date, *, changed: bool) -> str:
    """Under which law data something was decided, and whether that has changed."""
    since = ", which has since changed" if changed else ""
    return f"Decided under law data {short} in force on {on.isoformat()}{since}."


def _answer(office: Office, case: Case, question: Question, login: str, *, facts: bool) -> Reason:
    """An answer to a question, with the rule that its body or its topic names."""
    answer = question.answer
    assert answer is not None
    law, day = office.law, answer.at.astimezone(office.zone).date()
    version = _version(office, case, answer.seq)
    lines = [
        f"{question.id} ({question.topic}): {answer.value}, answered on {day.isoformat()} by "
        f"{answer.login}."
    ]
    if version:
        lines.append(law_words(version[:8], day, changed=version != law.version))
    rules = _rules_of(question, law)
    told = _opened(office, case, question.id, answer.details, login) if facts else None
    return Reason(question.id, tuple(lines), tuple(rule_lines(rules, law, day)), None, told)


def _rules_of(question: Question, law: Law) -> tuple[str, ...]:
    body = question.body
    named = [f"exemption.{body['code']}"] if body.get("code") else []
    named += [str(r) for r in body.get("rules", ())]
    named += {
        "cast": ["exemption.3P"],
        "who": ["exemption.3P"],
        "health": ["health.opinion", "exemption.HEALTH-LOCK"],
        "regulator": ["regulator.contact", "regulator.verified_within"],
        "hold": ["deletion.hold"],
    }.get(question.topic, [])
    return tuple(r for r in dict.fromkeys(named) if r in law.rules)


def _version(office: Office, case: Case, seq: int) -> str:
    return next(
        (
            row.event.law_version
            for row in office.store.read(case.ref)
            if row.seq == seq and row.event.kind == "question_answered"
        ),
        "",
    )


def _opened(office: Office, case: Case, name: str, text: str, login: str) -> dict[str, Any]:
    """The sealed facts of a decision; that somebody looked is journaled first."""
    office.store.journal_access(login, f"facts of {name}", case.ref)
    if text == DESTROYED:
        return {"destroyed": "The key of the case was destroyed."}
    return json.loads(text) if text else {}
