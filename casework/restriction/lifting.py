"""Ending a limit on the use of records: the person is told first, and it ends on a later day.

Law: UK GDPR Art 18(3). Somebody proposes it, a manager decides, the letter is made, an officer says
when it was sent, and the daily watch gives the order once the notice has run out. Where the reply
to an objection says that the limit ends, the reply is the letter.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from casework.acting import give
from casework.answering import Ordered
from casework.letters import base, routes
from casework.office import Office, Work
from casework.questions import Given, SignedIn, on_answer
from casework.refusing import facts_of
from casework.restriction.records import entry
from casework.restriction.standing import Standing, lifting, standing
from letters.render import LetterPdf, render_letter
from letters.restriction import LiftingNotice
from rights.case import Case, Decision, Question
from rights.decisions import record
from rights.decisions.restriction import NOTICE, lifting_not_before
from rights.errors import InputError, RefusedError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import LetterMade, QuestionAsked
from rights.failpoints import failpoint, register
from rights.release import CaseRef
from rights.road import Stage

TOPIC = "lift"
MATTER = "lifting"
LIFTED, KEPT = "lifted after notice", "kept"
END, KEEP = "end the limit after notice", "keep the limit"
SENT = "the letter was sent"
REPLY = "reply"
"""Stands for the letter where the reply to the request told of it."""
_RULES = ("right.restriction", NOTICE)

register("lifting.letter-kept")


def propose_lifting(
    office: Office, ref: CaseRef, details: Mapping[str, Any], who: SignedIn
) -> Case:
    """Put to a manager that restrictions end.

    Args:
        office: The office.
        ref: The case, open or closed.
        details: ``keys`` of the restrictions; ``named``, how the letter names the records, and
            ``why``, both printed in it, a line each.
        who: The officer.

    Raises:
        InputError: nothing is chosen, or no reason is given.
        RefusedError: the request is not answered yet, one is waiting to be decided, or it is not
            for this person to propose.
    """
    case = office.case(ref)
    if not {"officer", "manager"} & who.roles:
        raise RefusedError(
            "lift.role",
            "That a limit ends is proposed by an officer.",
            "Ask a colleague with the role officer to sign in.",
        )
    if case.closed is None and case.sent_on is None:
        raise RefusedError(
            "lift.not_answered",
            f"{case.ref} is not answered yet.",
            "Answer the request first; the reply says how long the limit lasts.",
        )
    if any(q.topic == TOPIC for q in case.open_questions):
        raise RefusedError(
            "lift.waiting",
            f"The end of a limit in {case.ref} is waiting already.",
            "Answer the open question first.",
        )
    stands = {one.order.key: one for one in standing(case)}
    keys = [str(key) for key in details.get("keys", ()) if str(key) in stands]
    why, named = _lines(details, "why"), _lines(details, "named")
    if not keys or not why or not named:
        raise InputError(
            "lift.entries",
            "No restriction is chosen, or nothing says why it ends or how the letter names the "
            "records.",
            "Choose at least one and write both as the person will read them.",
        )
    body = {
        "form": "lists",
        "words": "Shall the limit on the use of these records end, after a letter to the person?",
        "keys": keys,
        "why": why,
        "named": named,
        "notes": [
            f"The letter would name: {'; '.join(named)}",
            f"It would say: {' '.join(why)}",
            f"Proposed by {who.actor.login}.",
        ],
        "shown": [{"title": "Records", "rows": [[stands[key].line] for key in keys]}],
        "entries": [entry("reason", "Reason", "Kept in the journal.")],
    }
    asked = _asked(case, "manager", body, (END, KEEP))
    return office.record(case, (asked,), roles=who.roles)


def lifted_with_reply(case: Case, office: Office, who: SignedIn, keys: tuple[str, ...]) -> Event:
    """The decision that restrictions end some days after a reply that says so."""
    return record(
        case,
        actor=who.actor,
        matter=MATTER,
        outcome=LIFTED,
        law=office.law,
        on=office.today(),
        rules=_RULES,
        facts={"keys": list(keys), "letter": REPLY},
    )


@on_answer(TOPIC)
def _answered(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    if question.body.get("sent"):
        _sent_on(office, case, question, given)
        return ()
    facts = {name: question.body[name] for name in ("keys", "why", "named")}
    facts["letter"] = "notice"
    facts["reason"] = str(given.details.get("reason", "")).strip()
    made = record(
        case,
        actor=who.actor,
        matter=MATTER,
        outcome=LIFTED if given.value == END else KEPT,
        law=office.law,
        on=office.today(),
        rules=_RULES,
        facts=facts,
    )
    return (made,)


def _lines(details: Mapping[str, Any], name: str) -> list[str]:
    return [line.strip() for line in str(details.get(name, "")).splitlines() if line.strip()]


def _sent_on(office: Office, case: Case, question: Question, given: Given) -> dt.date:
    decided = next(d for d in case.decisions if question.id == _sending(d))
    try:
        day = dt.date.fromisoformat(str(given.details.get("on", "")).strip())
    except ValueError:
        day = dt.date.min
    if not decided.event.decided_on <= day <= office.today():
        raise InputError(
            "lift.day",
            "The day on which the letter was sent is missing, or cannot be.",
            "Write the day on which it left: not before it was decided, and not in the future.",
        )
    if not str(given.details.get("proof", "")).strip():
        raise InputError(
            "lift.proof",
            "Nothing says how it is known that the letter was sent.",
            "Write how it went, such as the post book or the email's time.",
        )
    return day


def carry_on(office: Office, ref: CaseRef, today: dt.date, *, dry_run: bool) -> tuple[str, ...]:
    """Make the letter that is due, or end what may end on this day; safe to repeat.

    Returns:
        One line for each thing done, or that would be done.
    """
    lines: list[str] = []
    for decision in dict.fromkeys(d.event.decision for d in _latest(office.case(ref)).values()):
        case = office.case(ref)
        decided = next(d for d in case.decisions if d.event.decision == decision)
        lines += _carry_on(office, case, decided, today, dry_run=dry_run)
    return tuple(lines)


def _latest(case: Case) -> dict[str, Decision]:
    """The last decision about each restriction that stands and of which one was made."""
    stands = {one.order.key for one in standing(case)}
    return {
        key: decided
        for decided in case.decisions
        if decided.event.matter == MATTER
        for key in facts_of(decided).get("keys", ())
        if key in stands
    }


def _carry_on(
    office: Office, case: Case, decided: Decision, today: dt.date, *, dry_run: bool
) -> tuple[str, ...]:
    ref = case.ref
    if decided.event.outcome != LIFTED:
        return ()
    facts = facts_of(decided)
    about = _latest(case)
    ending = tuple(one for one in standing(case) if about.get(one.order.key) == decided)
    if facts["letter"] != REPLY and not _asked_about_sending(case, decided):
        if not dry_run:
            with office.working(ref, "lifting") as work:
                _write(work, decided)
        return (f"{ref}: a letter that a limit ends is due",)
    told = _told_on(case, decided)
    if told is None or case.closed is None:
        return ()
    dated, sent = told
    if today <= sent or today < lifting_not_before(office.law, dated):
        return ()
    if not dry_run:
        with office.working(ref, "lifting") as work:
            give(work, _orders(ending, decided), stage=Stage.APPLY)
    return (f"{ref}: {len(ending)} restriction(s) end",)


def _orders(ending: tuple[Standing, ...], decided: Decision) -> tuple[Ordered, ...]:
    return tuple(Ordered(one.source, lifting(one), decided.event.decision) for one in ending)


def _told_on(case: Case, decided: Decision) -> tuple[dt.date, dt.date] | None:
    """The day on the letter and the day it was sent; None while nobody has said that it was."""
    if facts_of(decided)["letter"] == REPLY:
        sent, seal = case.sent_on, case.seal
        return (seal.event.dated or sent, sent) if sent and seal else None
    asked = case.questions.get(_sending(decided))
    if asked is None or asked.answer is None:
        return None
    sent = dt.date.fromisoformat(str(json.loads(asked.answer.details)["on"]).strip())
    return decided.event.decided_on, sent


def _sending(decided: Decision) -> str:
    return f"lift/sent/{decided.event.decision}"


def _asked_about_sending(case: Case, decided: Decision) -> bool:
    return _sending(decided) in case.questions


def _write(work: Work, decided: Decision) -> None:
    letter = decided.event.decision
    events: list[Event] = []
    if letter not in work.case.letters:
        pdf = _notice(work.office, work.case, letter)
        file = work.put(f"letters/{letter}.pdf", pdf.data)
        failpoint("lifting.letter-kept")
        events.append(
            LetterMade(actor=ENGINE, letter=letter, template=pdf.kind, sha256=pdf.sha256, file=file)
        )
    body = {
        "form": "lists",
        "sent": True,
        "words": "Send the letter that the limit ends. When was it sent?",
        "notes": ["The limit ends by itself on the day that the letter names, never before."],
        "entries": [
            entry("on", "Day it was sent", "", "date"),
            entry("proof", "How you know", "The post book, the email, a call."),
        ],
    }
    asked = _asked(work.case, "officer", body, (SENT,), _sending(decided))
    work.append(*events, asked)


def _asked(
    case: Case, role: str, body: Mapping[str, Any], options: tuple[str, ...], name: str = ""
) -> QuestionAsked:
    number = 1 + sum(1 for q in case.questions.values() if q.id.startswith("lift/end/"))
    return QuestionAsked(
        actor=ENGINE,
        question=name or f"lift/end/{number}",
        topic=TOPIC,
        stage=TOPIC,
        role=role,
        text=json.dumps(body, ensure_ascii=False),
        options=options,
    )


def _notice(office: Office, case: Case, letter: str) -> LetterPdf:
    """The letter of a decision that restrictions end; its id is that of the decision."""
    decided = next(d for d in case.decisions if d.event.decision == letter)
    facts, day = facts_of(decided), decided.event.decided_on
    ending = [one for one in standing(case) if one.order.key in facts["keys"]]
    return render_letter(
        LiftingNotice(
            **base(office, case, day),  # pyright: ignore[reportArgumentType]
            since=min(one.since for one in ending),
            not_before=lifting_not_before(office.law, day),
            records=tuple(facts["named"]),
            why=tuple(facts["why"]),
            routes=routes(office, day),
        )
    )
