"""Single letters: each goes out by itself once it is made, by the channel of the case, once.

Recorded before and confirmed after, under a key of its own, with the hash of the very bytes. What
must not go now, what could not go, and what may or may not have gone is a question to an officer;
it never holds up the search or the answer. Letters to somebody else than whoever asked go through
the outbox, where a person looks at the address.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from casework.clock import clock_of
from casework.delivery import letter_delivery_for, letter_of
from casework.entries import proof_of
from casework.letters import people_of, reader_kind, write_letters
from casework.office import Office, Work
from casework.outward_contact import settled_contact
from casework.questions import Ask, Given, SignedIn, ask, on_answer
from letters.delivery.parcel import Delivery, Item, Parcel, UncertainDeliveryError
from letters.parts import ReaderKind
from rights.case import POST, Case, Question
from rights.contact import Addressee, Purpose, is_settled
from rights.copies import LETTER
from rights.errors import ConfigError, ConflictError, InputError, RightsdeskError, VerificationError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import LetterMade, QuestionWithdrawn, SendingConfirmed, SendingStarted
from rights.failpoints import failpoint, register
from rights.people import RequestPeople
from rights.release import CaseRef
from rights.road import Stage

TO_OTHERS = frozenset({"opinion_request", "consent_request", "source_chase", "recipient_notice"})
"""Templates of letters to somebody else than the person or whoever asks for them."""
AFTER = frozenset({"erasure_certificate", "further_copy"})
"""Templates of letters that are made once the case is closed."""
SEND = "send it all the same"
SENT, NOT_SENT = "it was sent", "it was not sent: send it"
AGENT = Addressee("agent")
_WAIT = "Leave this open to wait: it is sent by itself on the day after."

register("letters.sending", "letters.delivered")


def letters(work: Work) -> None:
    """Make the letters that are due, and send what is made."""
    write_letters(work)
    post_letters(work)


def post_letters(work: Work) -> None:
    """Send every letter that is made and not sent, or ask about it."""
    for letter in work.case.letters_to_send:
        _post(work, letter)


def post_late(office: Office) -> tuple[str, ...]:
    """What no stage sends any more: letters of cases that are closed, and days that are over."""
    lines: list[str] = []
    for case in office.cases():
        over = _over(case, office.today())
        late, due = _late(case), _due_late(case)
        if not over and not late and not due:
            continue
        try:
            with office.working(case.ref, "post") as work:
                work.append(*over)
                if due:
                    write_letters(work)
                for letter in _late(work.case):
                    _post(work, letter)
        except ConflictError:
            continue  # somebody is at work on it; the next sweep looks again
        lines.append(f"{case.ref}: letters that waited are sent or asked about")
    return tuple(lines)


def outlives(question: Question) -> bool:
    """Whether a question about a letter stays open once the case is closed: it began to go out.

    A letter that was held back until then has nothing more to say.
    """
    return question.topic == POST and NOT_SENT in question.options


def _late(case: Case) -> tuple[str, ...]:
    """The letters of a closed case that are still to go: those begun, and those made after it."""
    if case.closed is None or case.frozen is not None or case.people is None:
        return ()
    return tuple(
        letter
        for letter in case.letters_to_send
        if case.letters[letter].template in AFTER
        or letter in case.sendings
        or any(outlives(q) for q in _asked(case, letter))
    )


def _due_late(case: Case) -> bool:
    """Whether a letter about a further copy is due, which no stage of a closed case makes."""
    if case.closed is None or case.frozen is not None or case.people is None:
        return False
    return any(letter.partition("/")[0] == LETTER for letter in case.letters_due)


def key_of(ref: CaseRef, made: LetterMade) -> str:
    """Names the sending of one letter: the same letter with the same bytes, the same key."""
    name = sha256(made.letter.encode()).hexdigest()[:6]
    return f"{ref}-letter-{name}-{made.sha256[:12]}"


def _post(work: Work, letter: str) -> None:
    case, made = work.case, work.case.letters[letter]
    key = key_of(work.ref, made)
    if letter not in case.sendings and (reason := _held_back(work, made)) is not None:
        _ask(work, letter, reason)
        return
    data = work.get(made.file)
    if sha256(data).hexdigest() != made.sha256:
        raise VerificationError(
            "post.changed",
            "The letter in the vault is not the one that was made.",
            "Nothing has left. Tell the administrator and the DPO.",
        )
    to = people_of(case).recipient
    mine = made.template not in TO_OTHERS
    parcel = Parcel(
        work.ref,
        (Item(f"{work.ref}-{made.template}.pdf", letter_of(data, made.template, work.ref)),),
        to.email if mine and to.channel == "email" else "",
    )
    try:
        delivery = letter_delivery_for(work.office, to.channel if mine else "collect")
    except ConfigError as error:
        ask_about(work, letter, error)
        return
    send_once(work, letter, key, made.sha256, parcel, delivery)


def send_once(
    work: Work, what: str, key: str, digest: str, parcel: Parcel, delivery: Delivery
) -> None:
    """Send a letter or a further copy: recorded before, confirmed after, or asked about.

    Args:
        work: The case.
        what: Id of the letter, or matter of the copy.
        key: Names the sending.
        digest: Hash of what leaves, as the case keeps it.
        parcel: What leaves.
        delivery: By which way.
    """
    if what not in work.case.sendings:
        begun = SendingStarted(
            actor=ENGINE, what=what, key=key, sha256=digest, channel=delivery.channel
        )
        work.append(begun)
    failpoint("letters.sending")
    tries = sum(1 for q in _asked(work.case, what) if q.answer and q.answer.value == NOT_SENT)
    try:
        receipt = delivery.send(parcel, key, work.office.clock(), tries)
    except UncertainDeliveryError as error:
        words = f"It is not certain whether this was sent. {error.sentence} Find out."
        _ask(work, what, _Reason(words, (SENT, NOT_SENT)))
        return
    except RightsdeskError as error:
        ask_about(work, what, error)
        return
    failpoint("letters.delivered")
    work.append(
        SendingConfirmed(
            actor=ENGINE,
            what=what,
            key=key,
            sent_on=receipt.sent_at.astimezone(work.office.zone).date(),
            receipt=receipt.proof,
        )
    )


def ask_about(work: Work, what: str, error: RightsdeskError) -> None:
    """Ask an officer about something that did not go out."""
    words = f"It did not go out. {error.sentence} {error.next_step}"
    _ask(work, what, _Reason(words, (NOT_SENT, SENT)))


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why a letter is not simply sent."""

    words: str
    options: tuple[str, ...] = (SEND, SENT)
    until: dt.date | None = None
    contact: bool = False


def _held_back(work: Work, made: LetterMade) -> _Reason | None:
    """Why a letter must not go without a person: the day, the way to reach them, who reads it."""
    office, people = work.office, people_of(work.case)
    if made.template in TO_OTHERS or _allowed(work.case, made.letter):
        return None
    today = office.today()
    if days := people.support.avoided(today):
        due = clock_of(office, work.case).due
        by = f" The law wants the answer by {due.isoformat()}." if due else ""
        words = f"They asked that nothing reaches them until {days.last.isoformat()}. {_WAIT}{by}"
        return _Reason(words, (SEND,), until=days.last)
    if words := _unsafe(people):
        return _Reason(words)
    agent = reader_kind(people, office.law, today) is ReaderKind.REPRESENTATIVE
    if agent and not is_settled(work.case, Purpose.AGENT, AGENT.id):
        return _Reason("This goes to somebody who acts for the person.", contact=True)
    return None


def _unsafe(people: RequestPeople) -> str:
    """What was said about safe contact that speaks against sending by itself; '' for nothing."""
    support, channel = people.support, people.recipient.channel
    if support.never:
        return f"They told us what must never be done: {support.never}"
    if support.by and channel != "collect" and support.by != channel:
        return f"It is safe to reach them by {support.by}, and this would go by {channel}."
    return ""


def _allowed(case: Case, letter: str) -> bool:
    """Whether an officer said that it may go, since the people of the case were last recorded."""
    return any(
        q.answer is not None and q.answer.value == SEND and q.answer.seq > case.people_seq
        for q in _asked(case, letter)
    )


def _asked(case: Case, letter: str) -> tuple[Question, ...]:
    """The questions about one letter; their ids end in a number."""
    about = f"{POST}/{letter}"
    return tuple(
        q for q in case.questions.values() if q.topic == POST and q.id.rpartition("/")[0] == about
    )


def _ask(work: Work, letter: str, reason: _Reason) -> None:
    body: dict[str, object] = {
        "title": "A letter that waits for you",
        "words": reason.words,
        "letter": letter,
        "contact": reason.contact,
    }
    if reason.until is not None:
        body["until"] = reason.until.isoformat()
    number = len(_asked(work.case, letter))
    item = Ask(f"{POST}/{letter}/{number}", POST, "officer", body, reason.options)
    ask(work, (item,), stage=Stage.LETTERS, topics=frozenset())


def _over(case: Case, today: dt.date) -> Iterable[Event]:
    """Take back the questions about days that are over, so that the letters go."""
    return tuple(
        QuestionWithdrawn(actor=ENGINE, question=q.id, why="the days are over")
        for q in case.open_questions
        if q.topic == POST
        and "until" in q.body
        and dt.date.fromisoformat(str(q.body["until"])) < today
    )


@on_answer(POST)
def _answered(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    letter = str(question.body["letter"])
    if given.value == SENT:
        return _proved(case, letter, given, who)
    if given.value == SEND and question.body.get("contact"):
        return (settled_contact(office, case, AGENT, Purpose.AGENT, given.details, who),)
    if given.value == SEND and not str(given.details.get("reason", "")).strip():
        raise InputError(
            "post.reason",
            "Nothing says why it may go.",
            "They said so, or the law's day comes.",
        )
    return ()


def _proved(case: Case, letter: str, given: Given, who: SignedIn) -> tuple[Event, ...]:
    proof, sent_on = proof_of(given.details, POST, "letter")
    begun, made = case.sendings.get(letter), case.letters.get(letter)
    key = begun.started.key if begun else key_of(case.ref, made) if made else f"{case.ref}-copy"
    by_hand = SendingStarted(
        actor=who.actor,
        what=letter,
        key=key,
        sha256=made.sha256 if made else "",
        channel="by hand",
    )
    confirmed = SendingConfirmed(
        actor=who.actor, what=letter, key=key, sent_on=sent_on, receipt=proof
    )
    return (confirmed,) if begun else (by_hand, confirmed)
