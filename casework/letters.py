"""Making letters: the case and the council mapped to what each letter may say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

from casework.clock import clock_of
from casework.delivery import window_for
from casework.hold import ask_holds
from casework.office import Office, Work
from casework.reading import arranged_of
from letters import context as c
from letters.languages import EASY, LANGUAGE
from letters.parts import ComplaintRoute, Reader, ReaderKind, Subject
from letters.render import LetterPdf, render_letter
from letters.triage import TriageNotice
from rights import copies
from rights.case import Case
from rights.clock import Clock
from rights.decisions import right_table
from rights.errors import RefusedError
from rights.events.base import ENGINE
from rights.events.kinds import EvidenceAsked, LetterMade
from rights.failpoints import failpoint, register
from rights.law import Law
from rights.people import RequestPeople
from rights.release import Right
from rights.standing import triage_outcome
from rights.standing.ages import Band, bands_of

register("letters.kept")

_GROUNDS = {
    "complexity": c.ExtensionGround.COMPLEXITY,
    "number of requests": c.ExtensionGround.NUMBER,
}


def write_letters(work: Work) -> None:
    """Make every letter that is due, once, and ask for the hold that the first one promises."""
    if work.case.triage is None:
        ask_holds(work)
    for letter in work.case.letters_due:
        if work.case.closed is not None and letter.partition("/")[0] != copies.LETTER:
            continue  # what was due before the end has nothing more to say
        pdf = _make(work.office, work.case, letter)
        file = work.put(f"letters/{letter}.pdf", pdf.data)
        failpoint("letters.kept")
        work.append(
            LetterMade(
                actor=ENGINE,
                letter=letter,
                template=pdf.kind,
                sha256=pdf.sha256,
                file=file,
                to_send=_goes_alone(work.case, letter),
            )
        )


def _goes_alone(case: Case, letter: str) -> bool:
    """Whether a letter goes out by itself; the one about a copy goes with it once it is free."""
    if letter.partition("/")[0] != copies.LETTER:
        return True
    decided = next(d for d in case.decisions if d.event.decision == letter)
    return decided.event.outcome == copies.FOR_A_FEE


def base(office: Office, case: Case, day: dt.date) -> dict[str, object]:
    """What every letter of a case has."""
    people = people_of(case)
    council = office.council
    kind = reader_kind(people, office.law, day)
    subject = subject_of(people)
    return {
        "letterhead": council.letterhead,
        "contact": council.contact,
        "reader": replace(reader_of(people), kind=kind),
        "subject": subject,
        "reference": case.ref,
        "date": day,
        "asked": asked_of(office, case, subject, day),
        "window": window_for(office, people.recipient.channel),
        "support": council.support,
        "language": language_for(people, office.law, day),
        "large_type": people.recipient.format == "large print",
        "arranged": arranged_of(people),
    }


def base_to_other(office: Office, case: Case, day: dt.date, reader: Reader) -> dict[str, object]:
    """What every letter has that goes neither to the person nor to whoever asked.

    How the requester reads, and what they asked for, is nobody else's to know.
    """
    return base(office, case, day) | {
        "reader": reader,
        "subject": replace(subject_of(people_of(case)), is_reader=False),
        "asked": "",
        "window": window_for(office, "post" if reader.address_lines else "email"),
        "support": (),
        "language": LANGUAGE,
        "large_type": False,
        "arranged": (),
    }


def language_for(people: RequestPeople, law: Law, day: dt.date) -> str:
    """The set of templates for the recipient: easy English for a child, or on the wish for it."""
    is_child = reader_kind(people, law, day) is ReaderKind.CHILD
    return EASY if is_child or people.recipient.format == "easy read" else LANGUAGE


def reader_kind(people: RequestPeople, law: Law, day: dt.date) -> ReaderKind:
    """As what the recipient reads our letters."""
    if people.goes_to_subject:
        bands = bands_of(law, day)
        born = people.subject.date_of_birth
        if born is not None and bands.of(born, day) is Band.CHILD:
            return ReaderKind.CHILD
        return ReaderKind.PERSON
    if people.answer_to != "requester":
        return ReaderKind.PERSON
    match people.requester:
        case "parent":
            return ReaderKind.PARENT
        case "agent" | "deputy" | "body":
            return ReaderKind.REPRESENTATIVE
        case _:
            return ReaderKind.PERSON


def asked_of(office: Office, case: Case, subject: Subject, day: dt.date) -> str:
    """What was asked for, in words to the reader; empty for a copy, which letters mean anyway.

    The law data speaks to the person; to somebody who asks for them it is said with their name.
    """
    if case.right in (Right.ACCESS, Right.COMPLAINT):
        return ""
    plain = right_table(case.right, office.law, on=day).plain
    words = {"your": subject.whose, "you": subject.whom}
    return re.sub(r"\b(your|you)\b", lambda found: words[found[0]], plain)


def people_of(case: Case) -> RequestPeople:
    """The people of the case.

    Raises:
        RefusedError: they are not recorded yet, or destroyed.
    """
    if case.people is None:
        raise RefusedError(
            "letters.no_people",
            f"Who is who in {case.ref} is not recorded.",
            "Enter it at the desk first.",
        )
    return case.people


def reader_of(people: RequestPeople) -> Reader:
    """To whom the letter speaks."""
    to = people.recipient
    return Reader(name=to.name, greeting=to.known_as or to.name, address_lines=to.address)


def subject_of(people: RequestPeople) -> Subject:
    """Whom the records are about, as the letter calls them."""
    name = people.subject.names[0]
    full = f"{name.forenames} {name.surname}".strip()
    return Subject(name=full, is_reader=people.goes_to_subject)


_PROOF = {
    # The smallest set that settles the doubt; what the service knows already comes first.
    "identity": (
        "a call to us from the telephone number that a service of ours already has for you",
        "a worker of ours who knows you and can say that it is you",
        "a letter or card with your name and address, such as a bill or a bank card",
    ),
    "authority": (
        "a short letter signed by the person whose records they are",
        "the order, power of attorney or certificate that lets you act",
    ),
}
_ROUTE_WORDS = {
    "council": "complain to the council",
    "regulator": "complain to {name}",
    "court": "ask a court to decide",
}


def _route_words(to: str, name: str) -> str:
    """What the way is called; the regulator by the name that the law of the day gives it."""
    return _ROUTE_WORDS[to].format(name=name.replace("The ", "the ", 1))


def routes(office: Office, day: dt.date) -> tuple[ComplaintRoute, ...]:
    """The ways to complain in force on the day of a letter, with the contact details."""
    regulator = office.law.regulator(day)
    return tuple(
        ComplaintRoute(
            _route_words(r.to, r.name), office.council.how_to_complain(r, regulator), r.citation
        )
        for r in office.law.complaint_routes(day)
    )


Maker = Callable[[Office, Case, str], LetterPdf]
"""Makes the letter of this id for a case."""

_MAKERS: dict[str, Maker] = {}
_MAKER_MODULES: tuple[str, ...] = (
    "refusing",
    "opinion_letter",
    "lapse",
    "complaint.reply",
    "thirdparty",
    "recipient_notice",
    "progress",
    "copies",
    "sheets",
)
"""Modules of this package that make letters of their own kind."""


def makes(kind: str) -> Callable[[Maker], Maker]:
    """Registers what makes the letters whose id is this, or begins with it and a stroke.

    A letter that is another for one right is registered under the right and the id:
    "complaint acknowledgement".
    """

    def register_maker(maker: Maker) -> Maker:
        _MAKERS[kind] = maker
        return maker

    return register_maker


def _make(office: Office, case: Case, letter: str) -> LetterPdf:
    for name in _MAKER_MODULES:
        import_module(f"casework.{name}")  # each imports this module, so not at the top
    kind = letter.partition("/")[0]
    maker = _MAKERS.get(f"{case.right.value} {kind}") or _MAKERS[kind]
    return maker(office, case, letter)


@makes("time")
def _letter_on_time(office: Office, case: Case, letter: str) -> LetterPdf:
    """What the desk asked for under 'time': a pause, an extension, or proof."""
    if case.extension is not None and letter == case.extension.letter:
        return render_letter(_extension(office, case))
    for asked in case.evidence:
        if isinstance(asked, EvidenceAsked) and asked.letter == letter:
            return render_letter(_proof(office, case, asked))
    return render_letter(_clarification(office, case, letter))


@makes("acknowledgement")
def _acknowledges(office: Office, case: Case, letter: str) -> LetterPdf:
    return render_letter(_acknowledgement(office, case))


@makes("triage")
def _says_where_it_goes(office: Office, case: Case, letter: str) -> LetterPdf:
    triage = case.triage
    assert triage is not None and case.received_on is not None
    day = office.today()
    outcome = triage_outcome(triage.outcome, office.law, day)
    notice = TriageNotice(
        **base(office, case, day),  # pyright: ignore[reportArgumentType]
        received=case.received_on,
        what=outcome.plain,
        paragraphs=(*outcome.letter, *_goes_on_in(case)),
        routes=routes(office, day),
    )
    return render_letter(notice)


def _goes_on_in(case: Case) -> tuple[str, ...]:
    """The reference under which a request that came twice is answered."""
    other = next((x.other for x in case.linked if x.why == "the same request twice"), None)
    return (f"The reference of the request that goes on is {other}.",) if other else ()


def _acknowledgement(office: Office, case: Case) -> c.Acknowledgement:
    assert case.recorded_at is not None and case.received_on is not None
    day = case.recorded_at.astimezone(office.zone).date()
    clock = clock_of(office, case, day)
    people = people_of(case)
    asked = people.asked_for or "A copy of the information we hold about you."
    return c.Acknowledgement(
        **base(office, case, day),  # pyright: ignore[reportArgumentType]
        received=case.received_on,
        understood=tuple(line.strip() for line in asked.splitlines() if line.strip()),
        due=clock.due,
        working=working_of(clock) if clock.due else "",
        still_needed=_still_needed(case),
        free_text=_of_several(case, people),
    )


def _of_several(case: Case, people: RequestPeople) -> tuple[str, ...]:
    """That a letter became several cases, told to whoever wrote it and to nobody else."""
    if not case.linked or people.answer_to != "requester":
        return ()
    return (
        "Your letter asked for more than one thing, or about more than one person. We answer each "
        "by itself. Each has a reference and a date of its own, and you will hear from us about "
        "each.",
    )


def working_of(clock: Clock) -> str:
    """How the due date was counted, for a letter: the law's own steps, without citations."""
    return " ".join(step.text for step in clock.steps)


def _still_needed(case: Case) -> tuple[str, ...]:
    words = {
        "identity": "Proof of who you are. The time to answer starts when it reaches us.",
        "authority": "Proof that you may act. The time to answer starts when it reaches us.",
    }
    came = {e.what for e in case.evidence if e.kind == "evidence_received"}
    asked = {e.what for e in case.evidence if e.kind == "evidence_asked"}
    return tuple(text for what, text in words.items() if what in asked - came)


def _proof(office: Office, case: Case, asked: EvidenceAsked) -> c.IdentityRequest:
    words = _PROOF[asked.what]
    return c.IdentityRequest(
        **base(office, case, asked.asked_on),  # pyright: ignore[reportArgumentType]
        need=c.IdentityNeed(asked.what),
        doubt=asked.doubt,
        accepted=words,
        how_to_show=office.council.how_to_show,
    )


def _clarification(office: Office, case: Case, letter: str) -> c.ClarificationRequest:
    asked_on = case.pause_letters[letter].asked_on
    return c.ClarificationRequest(
        **base(office, case, asked_on),  # pyright: ignore[reportArgumentType]
        unclear=case.pause_letters[letter].question,
        volume="We hold a large amount of information.",
        choices=(
            "the years you are most interested in",
            "a worker, a school or a home that matters to you",
            "everything: you may still ask for all of it",
        ),
        meanwhile="We go on searching while we wait, so that nothing is lost.",
        chase=asked_on + dt.timedelta(days=office.council.chase_days),
    )


def _extension(office: Office, case: Case) -> c.ExtensionNotice:
    extended = case.extension
    assert extended is not None
    before = clock_of(office, replace(case, extension=None), extended.noticed_on)
    after = clock_of(office, case, extended.noticed_on)
    return c.ExtensionNotice(
        **base(office, case, extended.noticed_on),  # pyright: ignore[reportArgumentType]
        ground=_GROUNDS[extended.ground],
        reasons=tuple(line for line in extended.reasons.splitlines() if line.strip()),
        old_due=before.standing_due,
        new_due=after.standing_due,
        meanwhile="We will send what is ready as soon as it is.",
        routes=routes(office, extended.noticed_on),
    )
