"""Limiting the use of data: on which ground, for which records, and what may still be done.

Law: UK GDPR Art 18. An officer may limit; that something is not limited is a manager's to decide.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from casework.acting import only_what_was_done
from casework.answering import Answering, Ordered, answers
from casework.letters import base, routes
from casework.office import Office, Work
from casework.questions import Ask, Given, SignedIn, ask
from casework.recipients import told_as_read
from casework.refusing import facts_of
from casework.restriction.records import (
    Held,
    chosen,
    entry,
    held,
    records_of,
    restricting,
    round_of,
    services_holding,
    shown,
    titles_of,
)
from casework.restriction.watch import tell_staff
from letters.context import LetterBase
from letters.restriction import Restricted, RestrictionLetter
from rights.case import Case, Decision, Question
from rights.decisions import record
from rights.decisions.record import OUTCOME
from rights.decisions.restriction import GROUNDS, USES, limit, limits, still_allowed
from rights.errors import InputError
from rights.events import Event
from rights.release import Right
from rights.road import Stage

TOPIC = "assess"
MATTER = "assess/restriction"
LIMIT, PART, NOT = "limit the use", "limit the use of some", "do not limit the use"
"""All that the person means, fewer than they mean, or none."""
AGREE, LIMIT_ALL = "agree", "limit the use of all of them"
RESTRICTED, IN_PART, NOT_RESTRICTED = "restricted", "restricted in part", "not restricted"
_RULES = ("right.restriction", GROUNDS, USES)
_PROPOSED = {PART: IN_PART, NOT: NOT_RESTRICTED}
# Titles of records were decided by nobody: one can tell of a referrer or of the police.
_NAMED = entry(
    "named",
    "How the letter names the records",
    "One on each line, as the person knows them. Not the titles above, which may tell of others.",
    goes_with=[LIMIT, PART],
)


def assess(work: Work) -> None:
    """Ask which ground holds for which records; and a manager, where less is done than asked."""
    now = round_of(work.case)
    proposed = work.case.decision(MATTER)
    if proposed is not None and facts_of(proposed).get("round") == now:
        ask_one = _to_decide(work, proposed, now)
    else:
        ask_one = _to_weigh(work, now)
    ask(work, (ask_one,), stage=Stage.ASSESS, topics=frozenset({TOPIC}))


def _to_weigh(work: Work, now: str) -> Ask:
    office, people = work.office, work.case.people
    found = held(work)
    grounds = limits(office.law, on=office.today())
    body = {
        "form": "lists",
        "words": "On which ground is the use of which records limited?",
        "asked_for": people.asked_for if people else "",
        "round": now,
        "documents_listed": [one.document for one in found],
        "shown": [
            shown(found, titles_of(office)),
            {"title": "Grounds", "rows": [[g.code, g.plain] for g in grounds]},
        ],
        "notes": [
            "While the use is limited, these uses go on: "
            + " ".join(still_allowed(office.law, on=office.today()))
        ],
        "entries": [
            entry(
                "ground",
                "Ground",
                "As the person put it, and as you found.",
                "choice",
                choices=[g.code for g in grounds],
                goes_with=[LIMIT, PART],
            ),
            entry(
                "records",
                "Records whose use is limited",
                "Numbers of the list, such as 1, 3-5, or 'all'. If these are all that the person "
                "means, it is no part.",
                "line",
                goes_with=[LIMIT, PART],
            ),
            _NAMED,
            entry("facts", "What it rests on", "Kept in the journal; the letter does not say it."),
            entry(
                "uses",
                "Uses that must go on",
                "Such as the protection of another child. The teams are told in these words.",
                goes_with=[LIMIT, PART],
            ),
            entry(
                "why_not",
                "Why not, for the person",
                "Printed in the letter, one sentence on each line.",
                goes_with=[PART, NOT],
            ),
        ],
    }
    return Ask(f"assess/restriction/{now}", TOPIC, "officer", body, (LIMIT, PART, NOT))


def _to_decide(work: Work, proposed: Decision, now: str) -> Ask:
    facts = facts_of(proposed)
    listed = records_of(work.case, facts["documents_listed"])
    body = {
        "form": "lists",
        "words": "An officer proposes to limit less than was asked for. Do you agree?",
        "proposed": proposed.event.outcome,
        "round": now,
        "facts": dict(facts),
        "documents_listed": facts["documents_listed"],
        "shown": [
            shown(listed, titles_of(work.office)),
            {
                "title": "Proposed",
                "rows": [
                    ["By", proposed.event.actor.login],
                    ["Outcome", proposed.event.outcome],
                    ["Ground", str(facts["ground"] or "none")],
                    ["Records", str(facts["records_entered"] or "none")],
                    ["It rests on", str(facts["facts"])],
                    ["The letter would say", " ".join(facts["why_not"])],
                ],
            },
        ],
        "entries": [
            entry(
                "ground",
                "Ground",
                "If you limit the use of all.",
                "choice",
                choices=[g.code for g in limits(work.office.law, on=work.office.today())],
                goes_with=[LIMIT_ALL],
            ),
            entry(
                "records",
                "Records whose use is limited",
                "Those the person means: numbers of the list, or 'all'.",
                "line",
                goes_with=[LIMIT_ALL],
            ),
            {**_NAMED, "goes_with": [LIMIT_ALL]},
            entry("reason", "Reason", "Kept in the journal."),
        ],
    }
    name = f"assess/restriction/{now}/decide"
    return Ask(name, TOPIC, "manager", body, (AGREE, LIMIT_ALL))


def decide(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    """Limit, or put to a manager that it is not limited, or decide as the manager."""
    if question.id.endswith("/decide"):
        facts = dict(question.body["facts"])
        if given.value == AGREE:
            outcome = str(question.body["proposed"])
        else:
            ground = limit(_text(given, "ground"), office.law, on=office.today())
            outcome = RESTRICTED
            listed = records_of(case, facts["documents_listed"])
            picked = chosen(listed, _text(given, "records"), "records")
            if not picked:
                raise _no_records()
            facts |= {"ground": ground.code, "documents": [one.document for one in picked]}
            facts |= {"why_not": [], "named": _named(given)}
        facts["reason"] = _text(given, "reason")
        return _decided(office, case, who, outcome, facts)
    facts = _entered(office, case, question, given)
    if given.value == LIMIT:
        return _decided(office, case, who, RESTRICTED, facts)
    proposed = record(
        case,
        actor=who.actor,
        matter=MATTER,
        outcome=_PROPOSED[given.value],
        law=office.law,
        on=office.today(),
        rules=_RULES,
        facts=facts,
    )
    return (proposed,)


def _decided(
    office: Office, case: Case, who: SignedIn, outcome: str, facts: Mapping[str, Any]
) -> tuple[Event, ...]:
    made = record(
        case,
        actor=who.actor,
        matter=OUTCOME,
        outcome=outcome,
        law=office.law,
        on=office.today(),
        rules=_RULES,
        facts=facts,
    )
    records = records_of(case, facts["documents"])
    if not records:
        return (made,)
    return (made, tell_staff(office, case, records, str(facts["uses"])))


def _entered(office: Office, case: Case, question: Question, given: Given) -> dict[str, Any]:
    """What the officer entered, checked."""
    listed = records_of(case, question.body["documents_listed"])
    some = given.value != NOT
    picked = chosen(listed, _text(given, "records"), "records") if some else ()
    ground = limit(_text(given, "ground"), office.law, on=office.today()).code if some else ""
    why_not = [line.strip() for line in _text(given, "why_not").splitlines() if line.strip()]
    if not _text(given, "facts"):
        raise InputError(
            "restriction.facts", "Nothing says what it rests on.", "Write what was found, and how."
        )
    if given.value != LIMIT and not why_not:
        raise InputError(
            "restriction.why_not",
            "Nothing says why the use is not limited.",
            "Write the reason as the person will read it.",
        )
    if some and (not picked or (given.value == PART and len(picked) == len(listed))):
        raise _no_records()
    return {
        "round": question.body["round"],
        "ground": ground,
        "records_entered": _text(given, "records") if some else "",
        "documents": [one.document for one in picked],
        "named": _named(given) if some else [],
        "documents_listed": list(question.body["documents_listed"]),
        "facts": _text(given, "facts"),
        "uses": _text(given, "uses"),
        "why_not": why_not,
    }


def orders(work: Work) -> tuple[Ordered, ...]:
    """Stop the use of each record that the decision names."""
    decided = work.case.decision(OUTCOME)
    assert decided is not None
    return restricting(work.office, work.case, _limited(work.case), decided.event.decision)


def services(work: Work) -> frozenset[str]:
    """The services that hold those records: whoever received them is told (Art 19)."""
    return services_holding(work.office, _limited(work.case))


def _limited(case: Case) -> tuple[Held, ...]:
    decided = case.decision(OUTCOME)
    documents = facts_of(decided).get("documents", ()) if decided else ()
    return records_of(case, documents)


def letter(work: Work, day: dt.date) -> LetterBase:
    """What was decided, what may still be done, and when it ends."""
    only_what_was_done(work)
    office, case = work.office, work.case
    decided = case.decision(OUTCOME)
    assert decided is not None and case.received_on is not None
    law, facts, on = office.law, facts_of(decided), decided.event.decided_on
    picked = _limited(case)
    outcome = {RESTRICTED: Restricted.ALL, IN_PART: Restricted.PART}.get(
        decided.event.outcome, Restricted.NOT
    )
    less = outcome is not Restricted.ALL
    ground = limit(str(facts["ground"]), law, on=on) if picked else None
    return RestrictionLetter(
        **base(office, case, day),  # pyright: ignore[reportArgumentType]
        received=case.received_on,
        outcome=outcome,
        because=(ground.letter,) if ground else (),
        records=tuple(facts["named"]) if ground else (),
        why_not=tuple(facts["why_not"]) if less else (),
        citation=law.dated(GROUNDS, on).citation if less else "",
        still=still_allowed(law, on=on) if ground else (),
        ends=(ground.ends,) if ground else (),
        told=told_as_read(office, case),
        routes=routes(office, day) if less else (),
    )


def _no_records() -> InputError:
    return InputError(
        "restriction.records",
        "The records chosen do not fit the answer.",
        f"Write the numbers of those the person means; for '{PART}' of fewer than they mean.",
    )


def _named(given: Given) -> list[str]:
    lines = [line.strip() for line in _text(given, "named").splitlines() if line.strip()]
    if not lines:
        raise InputError(
            "restriction.named",
            "Nothing says how the letter names the records.",
            "Write it as the person knows them, one on each line.",
        )
    return lines


def _text(given: Given, name: str) -> str:
    return str(given.details.get(name, "")).strip()


answers(Right.RESTRICTION, Answering(assess, decide, orders, services, letter))
