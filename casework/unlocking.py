"""What an officer does about locked health data: each act is one draft past its gates.

The questions about locked items close and open with what is recorded, in the same transaction.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from casework.bundle import Bundle
from casework.grounds import check_ground
from casework.office import Office
from casework.opinions import alignment, item_of, locked, proposals_of
from casework.outward_contact import settled_contact
from casework.questions import SignedIn
from casework.schedules import keep_schedule, make_schedule, schedule_of
from casework.topics import HEALTH_HARM
from rights.case import Case
from rights.contact import Addressee, Purpose
from rights.errors import InputError
from rights.events import Event
from rights.events.kinds import (
    DecisionMade,
    KnowledgeRetracted,
    KnownToSubject,
    OpinionAsked,
    OpinionGiven,
    OpinionSpoiled,
)
from rights.opinions import Giver, Professional, state_of
from rights.release import CaseRef


def mark_known(
    office: Office,
    ref: CaseRef,
    items: Iterable[str],
    *,
    whose: str,
    how: str,
    known_on: dt.date,
    who: SignedIn,
) -> Case:
    """Record at once of many items that the data subject has seen or knows them.

    Args:
        office: The office.
        ref: The case.
        items: Their ids.
        whose: Whose knowledge it is, in the words of `rights.gates.guards.health.SUBJECT`.
        how: How that person came to know.
        known_on: When, or the nearest one can tell.
        who: Who records it.

    Raises:
        InputError: nothing is chosen, or nothing says how and when.
        RefusedError: it is somebody else's knowledge, a professional says serious harm, or the
            document was sent.
    """
    chosen = _unique(items)
    event = KnownToSubject(actor=who.actor, items=chosen, known_on=known_on, how=how.strip())
    return _record(office, ref, event, who, "health/known", chosen, {"whose": whose})


def retract_known(
    office: Office, ref: CaseRef, items: Iterable[str], why: str, who: SignedIn
) -> Case:
    """Lock items again that were recorded as known by mistake.

    Raises:
        InputError: nothing says why, or nothing is chosen.
    """
    chosen = _unique(items)
    event = KnowledgeRetracted(actor=who.actor, items=chosen, why=why.strip())
    return _record(office, ref, event, who, "health/known", chosen)


def ask_professional(
    office: Office,
    ref: CaseRef,
    items: Iterable[str],
    professional: Professional,
    bundle: Bundle,
    who: SignedIn,
    *,
    contact: Mapping[str, str] | None = None,
    asked_before: dt.date | None = None,
) -> Case:
    """Ask one professional about a numbered schedule of items; a letter to them becomes due.

    Args:
        office: The office.
        ref: The case.
        items: The items, which are numbered in the order of the documents and pages.
        professional: Who is asked and why this one.
        bundle: The file under review, for the words of the schedule.
        who: Who asks.
        contact: What is settled about writing to them (`rights.contact`); needed for a letter.
        asked_before: The day they were asked already in some other way; then no letter is made.

    Raises:
        InputError: nothing is chosen, or the reason is none of the law's.
        RefusedError: a document was sent already, or they may not be written to.
    """
    work = office.reading(ref)
    day = asked_before or office.today()
    if professional.why not in office.law.words("health.professional", office.today()):
        raise InputError(
            "opinion.why",
            "Nothing says why this health professional is the right one.",
            "Choose one of the reasons that the law gives.",
        )
    name = f"opinion/{len(work.case.opinions) + 1}"
    schedule = make_schedule(work, name, set(items), bundle)
    event = OpinionAsked(
        actor=who.actor,
        opinion=name,
        items=tuple(line.item for line in schedule.lines),
        asked_on=day,
        professional=professional.model_dump_json(),
        letter="" if asked_before else f"{name}/letter",
    )
    draft = office.draft(work.case, who.roles)
    if event.letter:
        addressee = Addressee(name)
        draft.admit(
            [settled_contact(office, work.case, addressee, Purpose.OPINION, contact or {}, who)]
        )
    draft.admit([event])
    keep_schedule(work, event, schedule)
    return office.write(draft)


def record_opinion(
    office: Office,
    ref: CaseRef,
    opinion: str,
    *,
    harm: Iterable[int],
    no_harm: Iterable[int],
    by: Giver,
    dated: dt.date,
    received_on: dt.date,
    who: SignedIn,
) -> Case:
    """Record what came back, by the numbers of the schedule; what it leaves out stays open.

    Raises:
        InputError: the numbers do not fit the schedule, or the days cannot be.
        RefusedError: it is too old, was set aside, or the ground may not be used here.
    """
    work = office.reading(ref)
    schedule = schedule_of(work, opinion)
    met, not_met = schedule.items(harm), schedule.items(no_harm)
    proposals = proposals_of(work)
    modes = {p.mode for p in locked(proposals) if item_of(p) in met}
    check_ground(office, work.case, HEALTH_HARM, modes)
    event = OpinionGiven(
        actor=who.actor,
        opinion=opinion,
        dated=dated,
        received_on=received_on,
        harm=met,
        no_harm=not_met,
        by=by.model_dump_json(),
    )
    return _record(office, ref, event, who, f"health/{opinion}", (*met, *not_met))


def set_aside(office: Office, ref: CaseRef, opinion: str, why: str, who: SignedIn) -> Case:
    """Set an opinion aside because something new makes it reasonable to ask again.

    Law: DPA 2018 Sch 3 paras 5(3)(b) and 6(3)(b).

    Raises:
        InputError: there is no such opinion, or nothing says what is new.
        RefusedError: it was set aside already.
    """
    asked = office.case(ref).opinions.get(opinion)
    event = OpinionSpoiled(actor=who.actor, opinion=opinion, why=why.strip())
    items = asked.asked.items if asked else ()
    return _record(office, ref, event, who, f"health/{opinion}", items)


def _record(
    office: Office,
    ref: CaseRef,
    event: Event,
    who: SignedIn,
    matter: str,
    items: Collection[str],
    details: Mapping[str, Any] | None = None,
) -> Case:
    """The event, the decision that it amounts to, and the questions as they stand then."""
    work = office.reading(ref)
    draft = office.draft(work.case, who.roles)
    after = draft.admit([event], details)
    draft.admit([_decision(office, after, matter, items, who)])
    draft.admit(alignment(office, draft.case, proposals_of(work)))
    return office.write(draft)


def _decision(
    office: Office, case: Case, matter: str, items: Collection[str], who: SignedIn
) -> DecisionMade:
    states = [state_of(case, item, office.today(), office.law) for item in items]
    rules = tuple(sorted({rule for s in states for rule in s.rules}))
    before = case.decision(matter)
    return DecisionMade(
        actor=who.actor,
        decision=f"{matter}/{case.seq + 1}",
        matter=matter,
        outcome=", ".join(sorted({s.lock.value for s in states})),
        decided_on=office.today(),
        rules=rules,
        law_version=office.law.version_of(rules) if rules else office.law.version,
        facts=json.dumps({s.item: s.lock.value for s in states}),
        supersedes=before.event.decision if before else "",
    )


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
