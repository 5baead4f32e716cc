"""Every day: did what was handed to a carrier arrive? What did not is a task for a person.

Only carriers that tell are asked, and for the council's days after the sending. Nothing is sent
again by itself: the address may be wrong, or the person may not be safe there any more.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

from casework.delivery import delivery_for, letter_delivery_for
from casework.office import Office
from casework.questions import Given, SignedIn, on_answer
from letters.delivery.parcel import DeliveryStatus
from rights.case import Case, Question
from rights.errors import ConflictError, InputError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import QuestionAsked

TOPIC = "undelivered"
REACHED, SENT_ANEW = "they have it", "it was sent another way"


def watch_arrivals(office: Office, today: dt.date, *, dry_run: bool) -> tuple[str, ...]:
    """Ask an officer about each sending that its carrier could not deliver, once.

    A day that is not today only says what would be asked.

    Returns:
        One line for each such sending; references only.
    """
    lines: list[str] = []
    for case in office.cases():
        for key in _lost(office, case, today):
            lines.append(f"{case.ref}: something sent did not arrive")
            if dry_run or today != office.today():
                continue
            try:
                office.record(office.case(case.ref), [_asked(key)])
            except ConflictError:
                continue  # somebody is at work on it; the next watch looks again
    return tuple(lines)


def _lost(office: Office, case: Case, today: dt.date) -> Iterator[str]:
    """Keys of confirmed sendings of late that their carrier gave up, not asked about yet."""
    if case.people is None:
        return
    channel = case.people.recipient.channel
    if office.council.ways.of(channel).letter != "notify":
        return
    late = today - dt.timedelta(days=office.council.outbox_days)
    recent = {f"{case.ref}-part-{p.number}-" for p in case.parts if p.sent_on and p.sent_on >= late}
    for key, confirmed in case.dispatches.items():
        if not confirmed or _id(key) in case.questions:
            continue
        if not any(key.startswith(start) for start in recent):
            continue
        if delivery_for(office, channel).status(key) is DeliveryStatus.FAILED:
            yield key
    for sending in case.sendings.values():
        sent = sending.confirmed
        if sent is None or sent.sent_on < late or _id(sent.key) in case.questions:
            continue
        if not sending.started.channel.startswith("notify"):
            continue
        if letter_delivery_for(office, channel).status(sent.key) is DeliveryStatus.FAILED:
            yield sent.key


def _id(key: str) -> str:
    return f"{TOPIC}/{key}"


def _asked(key: str) -> QuestionAsked:
    body = {
        "words": "The carrier says that this did not arrive. Find out where the person can safely "
        "be reached, and send it there.",
        "key": key,
    }
    return QuestionAsked(
        actor=ENGINE,
        question=_id(key),
        topic=TOPIC,
        stage=TOPIC,
        role="officer",
        text=json.dumps(body),
        options=(REACHED, SENT_ANEW),
    )


@on_answer(TOPIC)
def _settled(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    if not str(given.details.get("reason", "")).strip():
        raise InputError(
            "undelivered.reason",
            "Nothing says how they were reached.",
            "Write how and when it reached them, and how you know.",
        )
    return ()
