"""Places that people search: the sheet out, the signed return in, and tapes to listen to.

A place inside the council is asked at once; one outside only when an officer has settled the
contact. Nothing but the last part of the answer waits for them.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from casework.entries import text_of
from casework.letters import base_to_other, makes, people_of
from casework.office import Office, Work
from casework.outward_contact import settled_contact
from casework.questions import Given, SignedIn, on_answer
from casework.signed_return import (
    GO_ON,
    HEARD,
    NOT_PLAYED,
    RETURNS,
    check_folder,
    place_question,
    returned,
)
from letters.chase import SourceChase
from letters.parts import Reader
from letters.render import LetterPdf, render_letter
from rights.case import Case, Question
from rights.contact import Addressee, Purpose
from rights.decisions import record
from rights.errors import InputError
from rights.events import Actor, Event
from rights.events.base import ENGINE
from rights.events.kinds import DecisionMade, QuestionAsked, SourceAnswered
from rights.sources import Source
from rights.sources.chase import answer_by, ladder
from rights.sources.limits import limited
from rights.sources.search import adapter_of
from rights.sources.sheet import INSIDE, OUTSIDE, SENT, TOPIC, Step
from rights.sources.team import TeamSource
from rights.workdays import calendar_of

SEND_IT = "send the sheet"


def teams(office: Office) -> Iterator[TeamSource]:
    """The places that people search, in the order of the council's list."""
    yield from (s for s in office.sources if isinstance(s, TeamSource))


def team_of(office: Office, name: str) -> TeamSource:
    """One of them by its name.

    Raises:
        InputError: ``sheet.unknown``: the council's list no longer has it.
    """
    found = next((team for team in teams(office) if team.name == name), None)
    if found is None:
        raise InputError(
            "sheet.unknown",
            "This place is no longer on the council's list of sources.",
            "Put its mapping back, or go on without it and say so.",
        )
    return found


def ask_places(work: Work) -> None:
    """Ask every place once: by a sheet, or first whether the sheet may go."""
    for team in teams(work.office):
        if team.mapping.suspended or _asked(work.case, team.name):
            continue
        if team.team.inside:
            work.append(*sheet_out(work.office, work.case, team, ENGINE))
        else:
            work.append(_may_it_go(team))


def matter_of(team: TeamSource) -> str:
    """The matter of letters to a place."""
    return f"{INSIDE if team.team.inside else OUTSIDE}{team.name}"


def sheet_out(office: Office, case: Case, team: TeamSource, actor: Actor) -> tuple[Event, ...]:
    """The sheet as a decision that makes its letter, and the question that waits for the return."""
    today = office.today()
    steps = ladder(today, team.team.chase, calendar_of(office.law))
    due = steps[-1].on
    body = {
        "title": team.title,
        "words": "What did they find? Enter it from the signed form. Copies go into the folder of "
        "this place, below the reference of the case.",
        "source": team.name,
        "step": Step.RETURN,
        "asked_on": today.isoformat(),
    }
    return (
        letter_out(office, case, team, "sheet", today, answer_by(steps, today), actor),
        place_question(f"{TOPIC}/{team.name}/return", body, RETURNS, due),
    )


def letter_out(
    office: Office,
    case: Case,
    team: TeamSource,
    rung: str,
    asked_on: dt.date,
    by: dt.date,
    actor: Actor,
) -> DecisionMade:
    """A letter to a place, as a decision: what it was asked, under which names and dates."""
    escalates = rung == "escalation" and team.team.manager
    facts = {
        "source": team.name,
        "rung": rung,
        "to": team.team.manager if escalates else team.team.to,
        "address": team.team.address,
        "look_through": team.team.ask,
        "search_by": list(_search_by(case, inside=team.team.inside)),
        "asked_on": asked_on.isoformat(),
        "answer_by": by.isoformat(),
    }
    return record(
        case,
        actor=actor,
        matter=matter_of(team),
        outcome=SENT,
        law=office.law,
        on=office.today(),
        facts=facts,
    )


def _search_by(case: Case, *, inside: bool) -> Iterator[str]:
    """Names and dates; addresses, which old paper is filed by, only within the council."""
    subject = people_of(case).subject
    for name in subject.names:
        full = f"{name.forenames} {name.surname}".strip()
        yield f"{'Name' if name.kind == 'current' else 'Other name'}: {full}"
    if subject.date_of_birth:
        born = subject.date_of_birth
        yield f"Date of birth: {born.day} {born:%B %Y}"
    if inside:
        yield from (f"Address: {line}" for line in subject.addresses)


def _asked(case: Case, name: str) -> bool:
    return any(
        q.topic == TOPIC and q.body.get("source") == name and not q.withdrawn
        for q in case.questions.values()
    )


def _may_it_go(team: TeamSource) -> QuestionAsked:
    body = {
        "title": team.title,
        "words": "This place is outside the council. Settle what the sheet may give away, and then "
        "it goes out.",
        "source": team.name,
        "step": Step.SEND,
    }
    return place_question(f"{TOPIC}/{team.name}/send", body, (SEND_IT, GO_ON), None)


@on_answer(TOPIC)
def _answered(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    team = team_of(office, str(question.body["source"]))
    if given.value == GO_ON:
        return (limit(office, case, team.name, given, who), _silent(team))
    match question.body["step"]:
        case Step.SEND:
            contact = settled_contact(
                office, case, Addressee(team.name), Purpose.CHASE, given.details, who
            )
            return (contact, *sheet_out(office, case, team, who.actor))
        case Step.RETURN:
            return returned(office, case, team, given, who.actor)
        case _:
            if given.value == HEARD:
                check_folder(case, team)
            if given.value == NOT_PLAYED:
                tape = question.id.rpartition("/")[2]
                return (limit(office, case, f"{team.name}/recording/{tape}", given, who),)
            return ()


def _silent(team: TeamSource) -> SourceAnswered:
    """A place that was not searched; the certificate says so."""
    return SourceAnswered(
        actor=ENGINE,
        source=team.name,
        status="failed",
        code="sources.no_return",
        adapter=adapter_of(team),
        terms=json.dumps({"note": "Nobody sent a return.", "limits": list(team.limits)}),
    )


def limit(office: Office, case: Case, source: str, given: Given, who: SignedIn) -> DecisionMade:
    """The decision to go on without a source, with the reason why that is proportionate."""
    return limited(
        case,
        source,
        reason=text_of(given.details, "reason"),
        actor=who.actor,
        law=office.law,
        on=office.today(),
    )


@makes("chase")
def place_letter(office: Office, case: Case, letter: str) -> LetterPdf:
    """The sheet, or a chase letter, to one place."""
    made = next(d for d in case.decisions if d.event.decision == letter)
    facts: dict[str, Any] = json.loads(made.event.facts)
    to = Reader(facts["to"], facts["to"], tuple(facts["address"]))
    shared = base_to_other(office, case, made.event.decided_on, to)
    source: Source | None = next((s for s in office.sources if s.name == facts["source"]), None)
    context = SourceChase(
        **shared,  # pyright: ignore[reportArgumentType]
        place=source.title if source else facts["source"],
        asked_on=dt.date.fromisoformat(facts["asked_on"]),
        search_by=tuple(facts["search_by"]),
        answer_by=dt.date.fromisoformat(facts["answer_by"]),
        look_through=tuple(facts["look_through"]),
        first=facts["rung"] == "sheet",
    )
    return render_letter(context)
