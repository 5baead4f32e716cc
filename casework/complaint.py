"""A complaint about data (DPA 2018 s.164A): who looks into it, what is found, what is done.

A manager names somebody who had no part in what it is about; the acknowledgement gives that name.
Whoever was named says what was found. What was sent and should not have been is offered as a
breach; an answer that was wrong is taken up again by a person before the complaint ends.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from casework.answering import Answering, answers, nobody_to_tell, nothing_to_do
from casework.breaches import SEVERITIES, as_severity
from casework.entries import entry, lines_of, needed, text_of
from casework.letters import base, makes, routes
from casework.office import Office, Work
from casework.questions import Ask, Given, SignedIn, ask, on_answer
from casework.rounds import round_of
from letters.complaint import ComplaintAcknowledgement, ComplaintOutcome, Found, Handler
from letters.render import LetterPdf, render_letter
from rights.case import Case, Question
from rights.decisions import record, right_table
from rights.decisions.complaint import HANDLER, Cause, cause, causes, involved_in
from rights.decisions.record import OUTCOME
from rights.errors import InputError, RefusedError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import BreachNoted, CaseLinked
from rights.failpoints import failpoint, register
from rights.gates.guards.complaints import handler_of
from rights.release import CaseRef, Right
from rights.road import Stage

ABOUT = "a complaint about it"
ROLES = ("officer", "manager", "dpo")
"""What somebody who looks into a complaint may be; the finding is asked of that role."""
UPHELD, PARTLY, NOT = (f.value for f in Found)
NOTE, NOTED, NO_BREACH = (
    "note it as a breach",
    "it was noted already",
    "it is no breach",
)
REOPENED, NOT_REOPENED = "it is taken up again", "it is not taken up again after all"
YES, NO = "yes", "no"

register("complaint.linked")


def ask_handler(work: Work) -> None:
    """Ask a manager who looks into the complaint; the acknowledgement waits for the name."""
    people = work.case.people
    asked_for = people.asked_for if people is not None else ""
    body = {
        "words": "Who looks into this complaint? Nobody who decided or approved anything in what "
        "it is about. The acknowledgement gives the name.",
        "points": asked_for,
        "entries": [
            entry("login", "Their sign-in", "line"),
            entry("name", "Their name, as the letter gives it", "line"),
            entry("job", "Their job, as the letter gives it", "line"),
            entry("role", "Their role at the desk", "choice", choices=ROLES),
            entry(
                "about",
                "The case that it is about",
                "line",
                hint="A reference of ours; empty when it is about something else.",
            ),
            entry(
                "points",
                "What the person complains of, one point to a line",
                hint="Printed in the letters. Left empty: what was entered as asked for.",
            ),
        ],
    }
    item = Ask(HANDLER, HANDLER, "manager", body, ("given",))
    ask(work, (item,), stage=Stage.HANDLE, topics=frozenset({HANDLER}))


@on_answer(HANDLER)
def _named(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    facts: dict[str, Any] = {
        name: needed(
            given,
            name,
            "complaint.handler",
            f"Nothing says the {name} of whoever looks into it.",
            "Enter sign-in, name, job and role; the letter names the person.",
        )
        for name in ("login", "name", "job", "role")
    }
    if facts["role"] not in ROLES:
        raise InputError(
            "complaint.role",
            "That is no role of somebody who looks into a complaint.",
            f"Choose one of: {', '.join(ROLES)}.",
        )
    about = _complained_of(office, case, text_of(given.details, "about"))
    points = lines_of(given.details, "points") or str(question.body.get("points", "")).splitlines()
    if not any(p.strip() for p in points):
        raise InputError(
            "complaint.points",
            "Nothing says what the person complains of.",
            "Write it in their words, one point to a line.",
        )
    facts |= {
        "about": about.ref if about else "",
        "points": [p.strip() for p in points if p.strip()],
        "involved": sorted(involved_in(about)) if about else [],
    }
    made = record(
        case,
        actor=who.actor,
        matter=HANDLER,
        outcome="named",
        law=office.law,
        on=office.today(),
        rules=(right_table(case.right, office.law, on=office.today()).rule_id,),
        facts=facts,
    )
    if about is None or any(link.other == about.ref for link in case.linked):
        return (made,)
    return (made, CaseLinked(actor=who.actor, other=about.ref, why=ABOUT))


def _complained_of(office: Office, case: Case, ref: str) -> Case | None:
    """The case that a complaint is about, if it is one of ours."""
    if not ref:
        return None
    if ref == case.ref:
        raise InputError(
            "complaint.itself",
            "A complaint is not about itself.",
            "Give the reference of the request that it is about, or leave it empty.",
        )
    return office.case(ref)


def note_enquiry(
    office: Office, ref: CaseRef, whom: str, words: str, answer: str, who: SignedIn
) -> Case:
    """Record that somebody was asked about a complaint, or what they said (s.164A).

    Raises:
        InputError: nothing says who was asked, or what.
        RefusedError: it is no complaint, or it is over.
    """
    case = office.case(ref)
    if case.right is not Right.COMPLAINT:
        raise RefusedError(
            "complaint.no_complaint",
            f"{ref} is no complaint.",
            "Enquiries are kept where a complaint is looked into.",
        )
    if not whom.strip() or not words.strip():
        raise InputError(
            "complaint.enquiry",
            "Nothing says who was asked, or what.",
            "Write the name or the team, and the question.",
        )
    number = 1 + sum(1 for d in case.decisions if d.event.matter.startswith("enquiry/"))
    made = record(
        case,
        actor=who.actor,
        matter=f"enquiry/{number}",
        outcome="answered" if answer.strip() else "asked",
        law=office.law,
        on=office.today(),
        facts={"whom": whom.strip(), "words": words.strip(), "answer": answer.strip()},
    )
    return office.record(case, [made], roles=who.roles)


def assess(work: Work) -> None:
    """Link the case that it is about both ways, then ask what was found and what follows."""
    _link_back(work)
    case, law, today = work.case, work.office.law, work.office.today()
    handler = handler_of(case)
    role = str(handler.get("role", "manager"))
    asks = [_finding(case, causes(law, today), handler, role)]
    found = _details(case, asks[0].id)
    if found:
        asks += _that_follows(case, found, law_cause=_cause(work.office, found), role=role)
    ask(work, tuple(asks), stage=Stage.ASSESS, topics=frozenset({"assess"}))


def _link_back(work: Work) -> None:
    """The case complained of says so as well; written once, whoever runs this again."""
    for link in work.case.linked:
        if link.why != ABOUT:
            continue
        other = work.office.case(link.other)
        if all(back.other != work.ref for back in other.linked):
            linked = CaseLinked(actor=ENGINE, other=work.ref, why=ABOUT)
            work.office.record(other, [linked])
        failpoint("complaint.linked")


def _finding(case: Case, known: tuple[Cause, ...], handler: Mapping[str, Any], role: str) -> Ask:
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
    return Ask(_id(case, "finding"), "assess", role, body, (UPHELD, PARTLY, NOT))


def _that_follows(
    case: Case, found: Mapping[str, Any], *, law_cause: tuple[Cause, ...], role: str
) -> list[Ask]:
    """The questions that a finding brings with it."""
    wanted = _wanted(case, found, law_cause)
    asks: list[Ask] = []
    if _id(case, "breach") in wanted:
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
        asks.append(Ask(_id(case, "breach"), "assess", role, body, options))
    if _id(case, "reopen") in wanted:
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
        asks.append(Ask(_id(case, "reopen"), "assess", role, body, options))
    return asks


def _wanted(case: Case, found: Mapping[str, Any], why: tuple[Cause, ...]) -> frozenset[str]:
    """Ids of the questions that must be answered besides the finding."""
    wanted: set[str] = set()
    if any(c.breach for c in why):
        wanted.add(_id(case, "breach"))
    if text_of(found, "reopen") == YES:
        wanted.add(_id(case, "reopen"))
    return frozenset(wanted)


def _decide(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    what = question.id.rpartition("/")[2]
    events: tuple[Event, ...] = ()
    if what == "finding":
        _check_finding(office, given)
        found: Mapping[str, Any] = {**given.details, "found": given.value}
    else:
        found = _details(case, _id(case, "finding"))
    if what == "breach":
        events = _breach(office, case, given, who)
    if what == "reopen":
        _check_reopened(office, case, given)
    why = _cause(office, found)
    answered = {q.id for q in case.answered("assess")} | {question.id}
    if not _wanted(case, found, why) <= answered:
        return events
    return (*events, _outcome(office, case, question, given, found, why, who))


def _check_finding(office: Office, given: Given) -> None:
    needed(
        given,
        "findings",
        "complaint.findings",
        "Nothing says what was found.",
        "Write what you looked at and what you found; the letter prints it.",
    )
    if given.value == NOT:
        return
    code = needed(
        given,
        "cause",
        "complaint.cause",
        "Nothing says why it went wrong.",
        "Choose the cause that fits best.",
    )
    cause(code, office.law, office.today())
    needed(
        given,
        "remedies",
        "complaint.remedy",
        "Nothing says what is done about it.",
        "Write what was done or will be done, one sentence to a line.",
    )


def _breach(office: Office, case: Case, given: Given, who: SignedIn) -> tuple[Event, ...]:
    if given.value != NOTE:
        needed(
            given,
            "reason",
            "complaint.breach",
            "Nothing says where it was noted, or why it is no breach.",
            "Write it for the DPO.",
        )
        return ()
    what = needed(
        given,
        "what",
        "breach.what",
        "Nothing says what happened.",
        "Write what reached whom, or what was lost.",
    )
    noted = BreachNoted(
        actor=who.actor,
        breach=f"breach/{len(case.breaches) + 1}",
        found_at=office.clock(),
        severity=as_severity(text_of(given.details, "severity")),
        what=what,
    )
    return (noted,)


def _check_reopened(office: Office, case: Case, given: Given) -> None:
    if given.value == NOT_REOPENED:
        needed(
            given,
            "reason",
            "complaint.reopen_reason",
            "Nothing says why it is not taken up again.",
            "Write the reason.",
        )
        return
    if office.case(str(handler_of(case)["about"])).closed is not None:
        raise RefusedError(
            "complaint.still_closed",
            "The case that the complaint is about is still closed.",
            "Open its page, choose 'Reopen or merge', and come back.",
        )


def _outcome(
    office: Office,
    case: Case,
    question: Question,
    given: Given,
    found: Mapping[str, Any],
    why: tuple[Cause, ...],
    who: SignedIn,
) -> Event:
    today = office.today()
    values = {q.id: q.answer.value for q in case.answered("assess") if q.answer}
    values[question.id] = given.value
    facts: dict[str, Any] = {
        "findings": lines_of(found, "findings"),
        "causes": [c.code for c in why],
        "remedies": lines_of(found, "remedies") if why else [],
        "reopened": handler_of(case).get("about", "")
        if values.get(_id(case, "reopen")) == REOPENED
        else "",
        "breach": values.get(_id(case, "breach")) in (NOTE, NOTED),
    }
    rule = right_table(case.right, office.law, on=today).rule_id
    return record(
        case,
        actor=who.actor,
        matter=OUTCOME,
        outcome=str(found["found"]),
        law=office.law,
        on=today,
        rules=(rule, *(c.rule for c in why)),
        facts=facts,
    )


def _cause(office: Office, found: Mapping[str, Any]) -> tuple[Cause, ...]:
    """The causes of a finding; none of a complaint that is not right."""
    if found.get("found") == NOT:
        return ()
    codes = dict.fromkeys(c for n in ("cause", "also") if (c := text_of(found, n)))
    return tuple(cause(code, office.law, office.today()) for code in codes)


def _details(case: Case, question: str) -> dict[str, Any]:
    """What was entered under a question and the option chosen; empty while it is open."""
    asked = case.questions.get(question)
    if asked is None or asked.answer is None:
        return {}
    entered = json.loads(asked.answer.details) if asked.answer.details else {}
    return {**entered, "found": asked.answer.value}


def _id(case: Case, what: str) -> str:
    return f"complaint/{round_of(case)}/{what}"


@makes("complaint acknowledgement")
def _acknowledges(office: Office, case: Case, letter: str) -> LetterPdf:
    day, handler = office.today(), handler_of(case)
    assert case.received_on is not None and case.people is not None
    points = handler.get("points") or case.people.asked_for.splitlines()
    return render_letter(
        ComplaintAcknowledgement(
            **base(office, case, day),  # pyright: ignore[reportArgumentType]
            received=case.received_on,
            points=tuple(str(p) for p in points),
            handler=_handler(handler) if handler else None,
            about=str(handler.get("about", "")),
            routes=routes(office, day),
        )
    )


def _reply(work: Work, day: dt.date) -> ComplaintOutcome:
    office, case = work.office, work.case
    handler, decided = handler_of(case), case.decision(OUTCOME)
    assert decided is not None and case.received_on is not None
    facts: dict[str, Any] = json.loads(decided.event.facts)
    law, on = office.law, decided.event.decided_on
    return ComplaintOutcome(
        **base(office, case, day),  # pyright: ignore[reportArgumentType]
        received=case.received_on,
        points=tuple(handler["points"]),
        found=Found(decided.event.outcome),
        findings=tuple(facts["findings"]),
        causes=tuple(f"{cause(code, law, on).plain}." for code in facts["causes"]),
        remedies=tuple(facts["remedies"]),
        reopened=str(facts["reopened"]),
        breach=bool(facts["breach"]),
        handler=_handler(handler),
        routes=routes(office, day),
    )


def _handler(named: Mapping[str, Any]) -> Handler:
    return Handler(name=str(named["name"]), job=str(named["job"]))


answers(
    Right.COMPLAINT,
    Answering(
        assess=assess,
        decide=_decide,
        orders=nothing_to_do,
        services=nobody_to_tell,
        letter=_reply,
    ),
)
