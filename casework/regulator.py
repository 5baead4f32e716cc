"""The Commissioner's contact details: confirmed lately, or the DPO decides for this case."""

from __future__ import annotations

import json
from hashlib import sha256

from casework.office import Office, Work
from casework.questions import Ask, Given, SignedIn, ask, on_answer
from rights.case import Case, Question
from rights.decisions import CONTACT, contact_expired, record
from rights.errors import InputError
from rights.events import Event
from rights.law import Regulator
from rights.road import Stage

TOPIC = "regulator"
RULES = ("regulator.contact", "regulator.verified_within")


def ask_regulator(work: Work) -> bool:
    """Ask the DPO about contact details that nobody has confirmed; True while it waits.

    The question is asked once for the same details; other details are asked about anew.
    """
    office, today = work.office, work.office.today()
    contact = office.law.regulator(today)
    item = Ask(
        f"regulator/{_mark(contact)}",
        TOPIC,
        "dpo",
        {
            "words": "Nobody has confirmed lately that these are the Commissioner's contact "
            "details, and the answer names them. Look them up on the Commissioner's own website. "
            "If they are wrong, leave this open and have the law data put right.",
            "contact": [contact.name, *contact.address, contact.phone, contact.website],
            "verified": contact.last_verified,
        },
        office.law.words("regulator.override", today),
    )
    asks = (item,) if contact_expired(office.law, on=today) else ()
    ask(work, asks, stage=Stage.SEAL, topics=frozenset({TOPIC}))
    return any(q.topic == TOPIC for q in work.case.open_questions)


@on_answer(TOPIC)
def _decided(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    reason = str(given.details.get("reason", "")).strip()
    if not reason:
        raise InputError(
            "regulator.reason",
            "Nothing says how the details were checked, or why they may be used all the same.",
            "Write where you looked and when.",
        )
    return (
        record(
            case,
            actor=who.actor,
            matter=CONTACT,
            outcome=given.value,
            law=office.law,
            on=office.today(),
            rules=RULES,
            facts={"contact": question.body.get("contact", []), "reason": reason},
        ),
    )


def _mark(contact: Regulator) -> str:
    text = json.dumps([contact.name, contact.address, contact.phone, contact.website])
    return sha256(text.encode()).hexdigest()[:8]
