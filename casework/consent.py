"""Taking consent back: what rests on it stops at once; what goes on was never based on it.

Law: UK GDPR Art 7(3). No month is allowed. A manager confirms what goes on and on which basis,
after what stops has stopped; a basis is never switched silently.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from casework.acting import only_what_was_done
from casework.answering import Answering, Ordered, answers
from casework.at_once import TOPIC, UNDERSTOOD, AtOnce
from casework.letters import base, routes
from casework.objection.form import all_uses
from casework.office import Office, Work
from casework.questions import Ask, Given, SignedIn
from casework.refusing import facts_of
from casework.restriction.records import (
    chosen,
    entry,
    held,
    records_of,
    restricting,
    services_holding,
    shown,
    titles_of,
)
from casework.suppressing import (
    CONTACTS,
    contact_entries,
    sending,
    suppressing_in,
)
from letters.consent import ConsentLetter, GoesOn
from letters.context import LetterBase
from rights.case import Case, Decision, Question
from rights.decisions import record
from rights.decisions.record import OUTCOME
from rights.errors import InputError
from rights.events import Event
from rights.register import Stops, consent_based
from rights.release import Right

MATTER = "assess/consent"
TAKEN_BACK = "this is what was taken back"
AGREE = "this goes on, on the basis shown"
GOES_ON = "continues on another basis"
_RULES = ("right.consent", "time.at_once")


def _all(office: Office) -> tuple[Stops, ...]:
    return consent_based(office.council.register, office.law, on=office.today())


def _ended(office: Office, facts: Mapping[str, Any]) -> tuple[Stops, ...]:
    """What rests on consent and was taken back, as the register has it."""
    wanted = [tuple(pair) for pair in facts["consents"]]
    return tuple(s for s in _all(office) if (s.service, s.consent.id) in wanted)


def _sources(office: Office, ended: Sequence[Stops]) -> set[str]:
    """Where it has to be stopped: as the consent says, and the lists of the same mailing."""
    named = {source for one in ended for source in one.consent.sources}
    same = {(one.service, one.consent.id) for one in ended}
    return named | {s.source for s in sending(office) if s.source and (s.service, s.id) in same}


def _at_once(office: Office, case: Case, understood: Decision) -> tuple[Ordered, ...]:
    facts, decision = facts_of(understood), understood.event.decision
    sources = _sources(office, _ended(office, facts))
    records = records_of(case, facts["documents"])
    return (
        *suppressing_in(office, case, sources, facts["contacts"], decision),
        *restricting(office, case, records, decision),
    )


def _going_on(office: Office, case: Case, facts: Mapping[str, Any]) -> tuple[GoesOn, ...]:
    """What is still done, by the register: beside what was agreed to, or never based on it."""
    beside = (
        GoesOn(one.consent.goes_on, basis.plain, basis.citation)
        for one in _ended(office, facts)
        if one.consent.goes_on
        for basis in one.goes_on_basis[:1]
    )
    wanted = [tuple(pair) for pair in facts["uses"]]
    never = (
        GoesOn(use.text, use.basis, use.citation)
        for use in all_uses(office, case)
        if (use.service, use.purpose) in wanted
    )
    return (*beside, *never)


def _ask_what(work: Work, now: str) -> Ask:
    office, people = work.office, work.case.people
    found, titles = held(work), {s.id: s.name for s in office.council.register.services}
    uses = [u for u in all_uses(office, work.case) if not u.withdrawal]
    body: dict[str, Any] = {
        "form": "lists",
        "words": "What did the person take back their consent to? It stops when you answer.",
        "asked_for": people.asked_for if people else "",
        "round": now,
        "documents_listed": [one.document for one in found],
        "uses_listed": [[u.service, u.purpose] for u in uses],
        "shown": [
            {
                "title": "What rests on consent",
                "heads": ["Number", "Service", "What they agreed to", "Stops", "Goes on"],
                "rows": [
                    [str(n), titles[s.service], s.consent.what, s.consent.stops, s.consent.goes_on]
                    for n, s in enumerate(_all(office), start=1)
                ],
            },
            {
                "title": "What does not rest on consent",
                "heads": ["Number", "Service", "Use", "It rests on"],
                "rows": [
                    [str(n), u.title, u.text, f"{u.basis} ({u.citation})"]
                    for n, u in enumerate(uses, start=1)
                ],
            },
            shown(found, titles_of(office)),
        ],
        "entries": [
            entry("consents", "Taken back", "'none', 'all', or numbers of the first list.", "line"),
            entry(
                "uses",
                "Not based on consent",
                "What the person thinks rests on consent and does not: numbers of the second list.",
                "line",
            ),
            entry(
                "records",
                "Records that are no longer used",
                "Those held on this consent alone: 'none', 'all', or numbers.",
                "line",
            ),
            *contact_entries(people),
        ],
    }
    return Ask(f"assess/consent/{now}", TOPIC, "officer", body, (TAKEN_BACK,))


def _ask_basis(work: Work, facts: Mapping[str, Any], now: str) -> Ask | None:
    going_on = _going_on(work.office, work.case, facts)
    if not going_on:
        return None
    body: dict[str, Any] = {
        "form": "lists",
        "words": "What rested on consent has stopped. Does this go on, and on this basis?",
        "round": now,
        "notes": [
            "The basis must be the one that the use always had. If it rested on consent after all, "
            "correct the register and have it stopped."
        ],
        "shown": [
            {
                "title": "What goes on",
                "heads": ["What", "It rests on"],
                "rows": [[one.what, f"{one.basis} ({one.citation})"] for one in going_on],
            }
        ],
        "entries": [entry("reason", "How you know", "Kept in the journal.")],
    }
    return Ask(f"assess/consent/{now}/basis", TOPIC, "manager", body, (AGREE,))


WITHDRAWAL = AtOnce(MATTER, _ask_what, _at_once, _ask_basis, _RULES)


def decide(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    """Record what was taken back, or on which basis something goes on."""
    confirmed = question.id.endswith("/basis")
    if confirmed:
        facts: dict[str, Any] = {"round": question.body["round"], "reason": _text(given, "reason")}
        if not facts["reason"]:
            raise InputError(
                "consent.basis",
                "Nothing says how it is known that this never rested on consent.",
                "Write where the basis is recorded, such as the register or the form of that day.",
            )
    else:
        facts = _entered(office, case, question, given)
    made = record(
        case,
        actor=who.actor,
        matter=OUTCOME if confirmed else MATTER,
        outcome=GOES_ON if confirmed else UNDERSTOOD,
        law=office.law,
        on=office.today(),
        rules=_RULES,
        facts=facts,
    )
    return (made,)


def _entered(office: Office, case: Case, question: Question, given: Given) -> dict[str, Any]:
    """What the officer entered, checked."""
    ended = chosen(_all(office), _text(given, "consents"), "consents")
    listed = [tuple(pair) for pair in question.body["uses_listed"]]
    uses = chosen(listed, _text(given, "uses"), "uses")
    records = records_of(case, question.body["documents_listed"])
    picked = chosen(records, _text(given, "records"), "records")
    contacts = {kind: value for kind in CONTACTS if (value := _text(given, kind))}
    if not ended and not uses:
        raise InputError(
            "consent.nothing",
            "Nothing is chosen that was taken back.",
            "Write the numbers of the first list, or of the second where it never was consent.",
        )
    sources = _sources(office, ended)
    if sources and not contacts:
        raise InputError(
            "marketing.contact",
            "Nothing says which address is not to be written to.",
            "Write the email address or telephone number that is used now.",
        )
    if ended and not sources and not picked and not _text(given, "by_hand"):
        raise InputError(
            "consent.by_hand",
            "No system can stop this, and nobody has stopped it by hand yet.",
            "Ring the service, then write who has stopped it and how you know.",
        )
    return {
        "round": question.body["round"],
        "consents": [[one.service, one.consent.id] for one in ended],
        "uses": [list(pair) for pair in uses],
        "documents": [one.document for one in picked] if ended else [],
        "contacts": contacts if ended else {},
        "by_hand": _text(given, "by_hand"),
    }


def services(work: Work) -> frozenset[str]:
    """Those that hold the records no longer used: whoever received them is told."""
    understood = WITHDRAWAL.understood(work.case)
    if understood is None:
        return frozenset()
    return services_holding(work.office, records_of(work.case, facts_of(understood)["documents"]))


def letter(work: Work, day: dt.date) -> LetterBase:
    """What has stopped since when, what goes on and on which basis, and that it may be erased."""
    only_what_was_done(work)
    office, case = work.office, work.case
    understood = WITHDRAWAL.understood(case)
    assert understood is not None and case.received_on is not None
    facts = facts_of(understood)
    going_on = _going_on(office, case, facts)
    return ConsentLetter(
        **base(office, case, day),  # pyright: ignore[reportArgumentType]
        received=case.received_on,
        stopped=tuple(one.consent.stops for one in _ended(office, facts)),
        stopped_on=understood.event.decided_on,
        goes_on=going_on,
        routes=routes(office, day) if going_on else (),
    )


def _text(given: Given, name: str) -> str:
    return str(given.details.get(name, "")).strip()


answers(
    Right.CONSENT_WITHDRAWAL,
    Answering(WITHDRAWAL.assess, decide, WITHDRAWAL.ordered, services, letter),
)
