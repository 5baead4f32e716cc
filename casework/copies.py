"""Another copy of an answer that was sent: the fee decided, the letter, and the same bytes again.

An officer records that another copy was asked for. Free of charge it goes at once; for a fee a
letter says what it costs, and the copy goes when the fee is paid. It is made of the files that were
locked for the first copy, so it is the same to the byte, under the same passphrase.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256

from casework.clock import clock_of
from casework.delivery import delivery_for, letter_of
from casework.letters import base, makes, people_of, routes
from casework.office import Office, Work
from casework.parcels import made_of
from casework.post import ask_about, send_once
from casework.questions import SignedIn
from casework.refusing import facts_of
from letters.delivery.parcel import Item, Parcel
from letters.further_copy import FurtherCopy
from letters.render import LetterPdf, render_letter
from rights.case import Case, Decision
from rights.clock.validate import check_not_future
from rights.copies import COPY, FEE_RULE, FOR_A_FEE, FREE, LETTER, PAID, as_request, copies, may_go
from rights.decisions import record
from rights.errors import ConfigError, ConflictError, InputError
from rights.release import CaseRef


@dataclass(frozen=True, slots=True)
class Wanted:
    """Another copy that somebody asked for.

    Attributes:
        asked_on: The day on which it was asked for; the time runs from it.
        pence: The fee; 0 for none.
        basis: How the fee was reckoned, as a sentence for the letter.
    """

    asked_on: dt.date
    pence: int = 0
    basis: str = ""


def ask_copy(office: Office, ref: CaseRef, wanted: Wanted, who: SignedIn) -> Case:
    """Record that another copy was asked for, and whether it costs something.

    Raises:
        InputError: the day lies ahead or before the answer, or a fee has no reckoning.
        RefusedError: nothing was sent yet, or the fee is not this person's to decide.
    """
    case = office.case(ref)
    check_not_future("the request for a copy", wanted.asked_on, office.today())
    if case.sent_on is not None and wanted.asked_on < case.sent_on:
        raise InputError(
            "copy.before_answer",
            "The copy was asked for before the answer was sent.",
            "Enter the day on which they asked for another one.",
        )
    if wanted.pence < 0 or bool(wanted.pence) != bool(wanted.basis.strip()):
        raise InputError(
            "copy.basis",
            "A fee and how it was reckoned go together; one of them is missing.",
            "Enter both, or neither for a copy without a fee.",
        )
    number = 1 + len(copies(case))
    made = record(
        case,
        actor=who.actor,
        matter=f"{COPY}/{number}",
        outcome=FOR_A_FEE if wanted.pence else FREE,
        law=office.law,
        on=office.today(),
        rules=(FEE_RULE,),
        facts={
            "asked_on": wanted.asked_on.isoformat(),
            "pence": wanted.pence,
            "basis": wanted.basis.strip(),
        },
    )
    return office.record(case, [made], roles=who.roles)


def paid(office: Office, ref: CaseRef, copy: str, paid_on: dt.date, who: SignedIn) -> Case:
    """Record that the fee for a copy reached us.

    Raises:
        InputError: the day lies ahead or before the copy was asked for.
        RefusedError: no fee waits to be paid for it.
    """
    case = office.case(ref)
    check_not_future("the payment", paid_on, office.today())
    before = case.decision(copy)
    facts = dict(facts_of(before)) if before is not None else {}
    if facts and paid_on < dt.date.fromisoformat(str(facts["asked_on"])):
        raise InputError(
            "copy.paid_before",
            "The fee was paid before the copy was asked for.",
            "Enter the day on which it reached us.",
        )
    made = record(
        case,
        actor=who.actor,
        matter=copy,
        outcome=PAID,
        law=office.law,
        on=office.today(),
        facts={**facts, "paid_on": paid_on.isoformat()},
    )
    return office.record(case, [made], roles=who.roles)


def due_of(office: Office, case: Case, decided: Decision) -> dt.date | None:
    """By when the law wants the copy sent; a fee does not move it."""
    asked_on = dt.date.fromisoformat(str(facts_of(decided)["asked_on"]))
    return clock_of(office, as_request(case, asked_on)).due


@makes(LETTER)
def further_copy(office: Office, case: Case, letter: str) -> LetterPdf:
    """The letter of one decision: what the copy costs, or that here it is."""
    decided = next(d for d in case.decisions if d.event.decision == letter)
    facts, day = facts_of(decided), decided.event.decided_on
    pence = int(facts["pence"]) if decided.event.outcome == FOR_A_FEE else 0
    assert case.sent_on is not None
    return render_letter(
        FurtherCopy(
            **base(office, case, day),  # pyright: ignore[reportArgumentType]
            received=dt.date.fromisoformat(str(facts["asked_on"])),
            sent_before=case.sent_on,
            pence=pence,
            basis=str(facts["basis"]) if pence else "",
            citation=office.law.dated(FEE_RULE, day).citation if pence else "",
            due=due_of(office, case, decided) if pence else None,
            how_sent="" if pence else office.council.how_sent,
            routes=routes(office, day) if pence else (),
        )
    )


def send_copies(office: Office) -> tuple[str, ...]:
    """Send every further copy that may go and has not gone; run by the sweep."""
    lines: list[str] = []
    for case in office.cases():
        if case.frozen is not None or case.people is None:
            continue
        for copy in copies(case):
            if case.was_sent(copy) or not may_go(case, copy) or _is_asked(case, copy):
                continue
            try:
                with office.working(case.ref, "copy") as work:
                    _send(work, copy)
            except ConflictError:
                continue  # somebody is at work on it; the next sweep looks again
            lines.append(f"{case.ref}: a further copy is sent or asked about")
    return tuple(lines)


def _is_asked(case: Case, copy: str) -> bool:
    return any(q.is_open and q.id.startswith(f"post/{copy}/") for q in case.questions.values())


def _send(work: Work, copy: str) -> None:
    """The letter and everything that was locked for the first copy, in one parcel."""
    decided = work.case.decision(copy)
    assert decided is not None
    made = work.case.letters.get(decided.event.decision)
    if made is None:
        return  # its letter is made first
    parts = [(p, p.seal) for p in work.case.parts if p.sent_on and p.seal is not None]
    locked = tuple(item for part, seal in parts for item in made_of(work, part, seal).locked)
    letter = letter_of(work.get(made.file), made.template, work.ref)
    to = people_of(work.case).recipient
    name = copy.rpartition("/")[2]
    parcel = Parcel(
        work.ref,
        (Item(f"{work.ref}-copy-{name}-letter.pdf", letter), *locked),
        to.email if to.channel == "email" else "",
    )
    digest = sha256("\n".join(item.content.sha256 for item in locked).encode()).hexdigest()
    try:
        delivery = delivery_for(work.office, to.channel)
    except ConfigError as error:
        ask_about(work, copy, error)
        return
    send_once(work, copy, f"{work.ref}-copy-{name}", digest, parcel, delivery)


def as_pence(pounds: str) -> int:
    """The fee as entered, in pence; 0 for nothing.

    Raises:
        InputError: it is no sum in pounds.
    """
    text = pounds.strip().removeprefix("£")
    whole, _, rest = text.partition(".")
    if not text:
        return 0
    if not whole.isdigit() or (rest and (not rest.isdigit() or len(rest) > 2)):
        raise InputError(
            "copy.sum", "The fee is no sum in pounds and pence.", "Write it as 12.50, or leave it."
        )
    return int(whole) * 100 + int(rest.ljust(2, "0") or 0)
