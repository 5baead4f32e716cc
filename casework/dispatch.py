"""Sending: recorded before, confirmed after, with a key; what is uncertain is a human task."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from hashlib import sha256

from casework.delivery import delivery_for, letter_of
from casework.ending import closing, reached
from casework.letters import people_of
from casework.office import Office, Work
from casework.opinions import ask_health, blocked, items_of, proposals_of
from casework.questions import Ask, Given, SignedIn, ask, on_answer
from casework.reading import ask_day, call_after
from casework.regulator import ask_regulator
from casework.seal import VOLUMES
from letters.codes import passphrase
from letters.delivery.parcel import Item, Parcel, UncertainDeliveryError
from letters.pack import EncryptedPdf, encrypt
from letters.volumes import part_pack
from rights.case import Case, Question, Seal
from rights.errors import InputError, RefusedError, VerificationError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import (
    CaseClosed,
    DispatchConfirmed,
    DispatchStarted,
    PartPlanned,
    QuestionWithdrawn,
)
from rights.failpoints import failpoint, register
from rights.release import CaseRef, ReleasablePdf
from rights.road import Stage

TOPIC = "dispatch"
SENT, NOT_SENT = "it was sent", "it was not sent"

KEPT_OPEN = frozenset({"emergency", "safeguarding", "call"})
"""Topics of tasks that outlive the case: somebody is in danger, or is to be called."""
_LOCK_FILE = "pack/passphrase"
"""One for all parts of a case: the requester is told it once."""

register("dispatch.locked", "dispatch.started", "dispatch.delivered")


def dispatch(work: Work) -> None:
    """Send the approved pack and its letter, once.

    Nothing leaves when a health opinion has run out since the pack was sealed: it is asked about.

    Raises:
        VerificationError: the bytes in the vault are not those that were approved.
    """
    part, sealed = work.case.part, work.case.seal
    assert part is not None and sealed is not None
    if not part.sending and _is_out_of_date(work, sealed):
        return
    # An opinion is relied on on the day the pack leaves (DPA 2018 Sch 3), not when it was sealed.
    if not part.sending and blocked(work, part.documents):
        ask_health(work)
        return
    if not part.sending and (ask_regulator(work) or ask_day(work)):
        return
    pack = work.get(sealed.event.file)
    if sha256(pack).hexdigest() != sealed.event.sha256:
        raise VerificationError(
            "dispatch.changed",
            "The pack in the vault is not the one that was approved.",
            "Nothing has left. Tell the administrator and the DPO.",
        )
    releasable = ReleasablePdf(pack, sealed.event.sha256, sealed.event.pages, sealed.event.verifier)
    locked = _locked(work, releasable)
    letter = work.get(sealed.event.letter_file)
    letter_pdf = letter_of(letter, "cover_letter", work.ref)
    key = f"{work.ref}-part-{sealed.event.part}-{sealed.event.sha256[:12]}"
    alone = part.number == 1 and part.last
    name = work.ref if alone else f"{work.ref}-part-{part.number}"
    to = people_of(work.case).recipient
    packs = tuple(
        Item(f"{name}-pack{f'-{n}-of-{len(locked)}' * (len(locked) > 1)}.pdf", volume)
        for n, volume in enumerate(locked, start=1)
    )
    parcel = Parcel(
        work.ref,
        (Item(f"{name}-letter.pdf", letter_pdf), *packs),
        to.email if to.channel == "email" else "",
    )
    failpoint("dispatch.locked")
    delivery = delivery_for(work.office, to.channel)
    if key not in work.case.dispatches:
        work.append(
            DispatchStarted(
                actor=ENGINE,
                key=key,
                sha256=_digest(locked),
                channel=delivery.channel,
                part=sealed.event.part,
            ),
            details={"health": items_of(work.case, proposals_of(work))},
        )
    failpoint("dispatch.started")
    tries = _found_not_sent(work.case, key)
    try:
        receipt = delivery.send(parcel, key, work.office.clock(), tries)
    except UncertainDeliveryError as error:
        body = {
            "words": f"It is not certain whether the pack was sent. {error.sentence} Find out.",
            "key": key,
            "part": sealed.event.part,
        }
        again = f"/again-{tries}" if tries else ""
        item = Ask(f"dispatch/{key}{again}", TOPIC, "officer", body, (SENT, NOT_SENT))
        ask(work, (item,), stage=Stage.DISPATCH, topics=frozenset({TOPIC}))
        return
    failpoint("dispatch.delivered")
    sent_on = receipt.sent_at.astimezone(work.office.zone).date()
    work.append(
        DispatchConfirmed(
            actor=ENGINE,
            key=key,
            sent_on=sent_on,
            receipt=receipt.proof,
            part=sealed.event.part,
        )
    )


def _found_not_sent(case: Case, key: str) -> int:
    """How often a person found out that a sending under this key did not go out."""
    answered = (q for q in case.answered(TOPIC) if q.body["key"] == key)
    return sum(1 for q in answered if q.answer is not None and q.answer.value == NOT_SENT)


def _is_out_of_date(work: Work, sealed: Seal) -> bool:
    """Whether the sealed letter names other ways to complain than a letter of today must.

    Then the part is planned again as it was, which voids its seal and its approval.
    """
    law, today, part = work.office.law, work.office.today(), work.case.part
    dated = sealed.event.dated or today
    if part is None or law.complaint_routes(dated) == law.complaint_routes(today):
        return False
    work.append(
        PartPlanned(actor=ENGINE, part=part.number, documents=part.documents, last=part.last)
    )
    return True


def close(work: Work) -> None:
    """Close the case once its last part was sent; nothing is asked about it any more."""
    case = work.case
    closed_on = case.sent_on or work.office.today()
    unanswered = [
        QuestionWithdrawn(actor=ENGINE, question=q.id, why="the case is closed")
        for q in case.open_questions
        if q.topic not in KEPT_OPEN
    ]
    decided = reached(work)
    closed = CaseClosed(actor=ENGINE, outcome=closing(case, decided), closed_on=closed_on)
    work.append(*decided, *unanswered, *call_after(work.office, case), closed)


def passphrase_for(office: Office, ref: CaseRef, who: SignedIn) -> str:
    """The passphrase of a sent pack, to be told to the requester another way; journaled.

    Raises:
        RefusedError: nothing was sent yet, or the person is no officer.
    """
    case = office.case(ref)
    if "officer" not in who.roles:
        raise RefusedError(
            "passphrase.role",
            "Only an officer may see a pack's passphrase.",
            "Ask the officer of the case.",
        )
    if not any(part.sent_on for part in case.parts):
        raise RefusedError(
            "passphrase.not_sent",
            f"No pack of {ref} was sent yet.",
            "The passphrase is made when the approved pack is sent.",
        )
    office.store.journal_access(who.actor.login, "passphrase of the pack", ref)
    return office.store.get_file(ref, _LOCK_FILE).decode()


def _locked(work: Work, pack: ReleasablePdf) -> tuple[EncryptedPdf, ...]:
    """The volumes under the case's passphrase; made once, because the locking is random."""
    store, folder = work.office.store, f"pack/{pack.sha256}"
    if not store.has_file(work.ref, _LOCK_FILE):
        work.put(_LOCK_FILE, passphrase(secrets.randbelow).encode())
    firsts = (1,)
    if store.has_file(work.ref, f"{folder}/{VOLUMES}"):
        firsts = tuple(int(n) for n in json.loads(work.get(f"{folder}/{VOLUMES}")))
    locked: list[EncryptedPdf] = []
    for number, volume in enumerate(part_pack(pack, firsts), start=1):
        file = f"{folder}/locked{f'-{number}' * (len(firsts) > 1)}.pdf"
        if not store.has_file(work.ref, file):
            work.put(file, encrypt(volume, work.get(_LOCK_FILE).decode()).data)
        data = work.get(file)
        locked.append(EncryptedPdf(data, sha256(data).hexdigest(), volume.sha256))
    return tuple(locked)


def _digest(locked: tuple[EncryptedPdf, ...]) -> str:
    """Hash of what is sent: of the one file, or of the hashes of several in their order."""
    if len(locked) == 1:
        return locked[0].sha256
    return sha256("\n".join(volume.sha256 for volume in locked).encode()).hexdigest()


@on_answer(TOPIC)
def _found_out(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    if given.value == NOT_SENT:
        return ()
    proof = str(given.details.get("proof", "")).strip()
    if not proof:
        raise InputError(
            "dispatch.proof",
            "Nothing says how it is known that the pack was sent.",
            "Write what you saw: a receipt, a call, a tracking number.",
        )
    try:
        sent_on = dt.date.fromisoformat(str(given.details.get("sent_on", "")))
    except ValueError:
        raise InputError(
            "dispatch.day",
            "The day it was sent is missing or not written as yyyy-MM-dd.",
            "Write it as 2026-11-22.",
        ) from None
    key = str(question.body["key"])
    part = int(question.body["part"])
    return (DispatchConfirmed(actor=who.actor, key=key, sent_on=sent_on, receipt=proof, part=part),)
