"""Who looks into a complaint, and whom they ask (DPA 2018 s.164A)."""

from __future__ import annotations

from typing import Any

from casework.entries import entry, lines_of, needed, text_of
from casework.office import Office, Work
from casework.questions import Ask, Given, SignedIn, ask, on_answer
from rights.case import Case, Question
from rights.decisions import record, right_table
from rights.decisions.complaint import HANDLER, involved_in
from rights.errors import InputError, RefusedError
from rights.events import Event
from rights.events.kinds import CaseLinked
from rights.release import CaseRef, Right
from rights.road import Stage

ABOUT = "a complaint about it"
"""Why the two cases are linked."""
ROLES = ("officer", "manager", "dpo")
"""What somebody who looks into a complaint may be; the finding is asked of that role."""


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
