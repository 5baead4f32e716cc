"""Asking somebody in the file whether what is said of them may be shown.

The contact is settled first (`rights.contact`); then a letter is made, and a question waits for
what comes. It holds nothing up: who does not reply is weighed without an answer, and the time of
the request runs on. What they say stands ready in the five factors, and an officer still weighs.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casework.collect import around
from casework.letters import base_to_other, makes
from casework.office import Office, Work
from casework.outward_contact import settled_contact
from casework.questions import Given, SignedIn, on_answer
from letters.consent_request import ConsentRequest
from letters.parts import Reader, Subject
from letters.render import LetterPdf, render_letter
from rights.case import Case, Question
from rights.cast.roles import plain
from rights.clock.validate import check_not_future
from rights.contact import NOT_SHOWN, REVEALS, Addressee, Purpose
from rights.decisions import record
from rights.errors import InputError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import DecisionMade, QuestionAsked, QuestionWithdrawn
from rights.release import CaseRef, Living, Person, Role
from rights.thirdparty import ANSWERS, ASKED, NO_REPLY, facts_of, matter_of
from rights.warnings import cares

TOPIC = "agreement"
_STAGE = "third party"


@dataclass(frozen=True, slots=True)
class Wish:
    """What an officer wants to ask one person.

    Attributes:
        name: As the envelope has it.
        address: Line by line; empty where the letter is handed over.
        about: What would be shown of them, in general words, one point each.
        contact: What is settled about writing to them (`rights.contact`).
    """

    name: str
    address: tuple[str, ...]
    about: tuple[str, ...]
    contact: Mapping[str, str]


def addressee_of(work: Work, person: Person) -> Addressee:
    """A person of the cast as somebody to be written to, with why that calls for care."""
    flags: list[str] = []
    if person.protected:
        flags.append("a safety warning stands on their record")
    if person.role is Role.REFERRER:
        flags.append("they raised a concern, perhaps in confidence")
    if _is_feared(work, person):
        flags.append("the records warn of them")
    return Addressee(person.ref, tuple(flags))


def ask_consent(office: Office, ref: CaseRef, person: Person, wish: Wish, who: SignedIn) -> Case:
    """Ask one person, by a letter; asking again is a reminder and takes the place of the first.

    Raises:
        InputError: they have died, or nothing says what it is about.
        RefusedError: they may not be written to.
    """
    work = office.reading(ref)
    case, addressee = work.case, addressee_of(work, person)
    if person.living is Living.DIED:
        raise InputError(
            "thirdparty.died",
            "This person has died and cannot be asked.",
            "Decide without it; a duty of confidence may outlast them.",
        )
    about = tuple(line.strip() for line in wish.about if line.strip())
    if not about or not wish.name.strip():
        raise InputError(
            "thirdparty.about",
            "The name is missing, or nothing says what would be shown.",
            "Say it in general words, one point a line; no passage of the records.",
        )
    today = office.today()
    answer_by = today + dt.timedelta(days=office.council.chase_days)
    contact = settled_contact(office, case, addressee, Purpose.CONSENT, wish.contact, who)
    asked = record(
        case,
        actor=who.actor,
        matter=matter_of(person.ref),
        outcome=ASKED,
        law=office.law,
        on=today,
        rules=("weighing.factors",),
        facts={
            "name": wish.name.strip(),
            "address": [line.strip() for line in wish.address if line.strip()],
            "about": about,
            "named": wish.contact.get(REVEALS.name) != NOT_SHOWN,
            "answer_by": answer_by.isoformat(),
        },
    )
    draft = office.draft(case, who.roles)
    draft.admit([contact, asked, *_waits(case, person, asked, answer_by)])
    return office.write(draft)


def _is_feared(work: Work, person: Person) -> bool:
    """Whether the sources warn of this person: an alleged perpetrator, bail, violence."""
    names = {plain(name.full) for name in person.names}
    words = [plain(w) for w in cares(work.office.law, work.office.today())["danger"]]
    return any(
        f" {word} " in f" {plain(flag)} "
        for entry in around(work).relations
        if names & {plain(name.full) for name in entry.names}
        for flag in entry.flags
        for word in words
    )


def _waits(case: Case, person: Person, asked: DecisionMade, answer_by: dt.date) -> Sequence[Event]:
    """The question that waits for the answer; an earlier one about the same person goes."""
    body = {
        "title": person.display,
        "words": "Did they answer whether what the file says of them may be shown? Nothing waits "
        "for it; no reply is not a refusal.",
        "person": person.ref,
        "asked": asked.decision,
    }
    gone = (
        QuestionWithdrawn(actor=ENGINE, question=q.id, why="asked again")
        for q in case.open_questions
        if q.topic == TOPIC and q.body.get("person") == person.ref
    )
    question = QuestionAsked(
        actor=ENGINE,
        question=f"{TOPIC}/{asked.decision.partition('/')[2]}",
        topic=TOPIC,
        stage=_STAGE,
        role="officer",
        text=json.dumps(body, ensure_ascii=False),
        options=ANSWERS,
        due_on=answer_by,
    )
    return (*gone, question)


@on_answer(TOPIC)
def _came(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    reason = str(given.details.get("reason", "")).strip()
    if not reason:
        raise InputError(
            "thirdparty.how",
            "Nothing says how they answered, or that you looked whether they did.",
            "Write it: by letter or on the telephone, all of it or some.",
        )
    came_on = ""
    if given.value != NO_REPLY:
        try:
            day = dt.date.fromisoformat(str(given.details.get("came_on", "")))
        except ValueError:
            raise InputError(
                "thirdparty.day", "The day their answer came is missing.", "Choose the day."
            ) from None
        check_not_future("the answer", day, office.today())
        came_on = day.isoformat()
    return (
        record(
            case,
            actor=who.actor,
            matter=matter_of(str(question.body["person"])),
            outcome=given.value,
            law=office.law,
            on=office.today(),
            rules=("weighing.factors",),
            facts={"how": reason, "came_on": came_on, "asked": question.body["asked"]},
        ),
    )


@makes("third-party")
def consent_request(office: Office, case: Case, letter: str) -> LetterPdf:
    """The letter of one asking; whoever asks is named only where they agreed to it."""
    asked = next(d for d in case.decisions if d.event.decision == letter)
    facts = facts_of(asked)
    day = asked.event.decided_on
    address = tuple(facts["address"])
    to = Reader(facts["name"], facts["name"], address)
    shared = base_to_other(office, case, day, to)
    if not facts["named"]:
        shared |= {"subject": Subject("", is_reader=False)}
    context = ConsentRequest(
        **shared,  # pyright: ignore[reportArgumentType]
        names_requester=bool(facts["named"]),
        about=tuple(facts["about"]),
        answer_by=dt.date.fromisoformat(facts["answer_by"]),
    )
    return render_letter(context)
