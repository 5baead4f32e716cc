"""What the desk asks about an objection: to which uses, why, and how it is weighed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.office import Office, Work
from casework.questions import Ask, Given
from casework.restriction.records import (
    chosen,
    entry,
    held,
    records_of,
    shown,
    titles_of,
)
from casework.suppressing import contact_entries, contacts_of, sending
from rights.case import Case, Question
from rights.errors import InputError
from rights.register import bases_for

TOPIC = "assess"
UNDERSTOOD = "this is what is objected to"
STOP, PART, CONTINUE, REFUSE = (
    "it stops",
    "some of it stops",
    "it goes on: compelling grounds override",
    "it cannot be objected to",
)


@dataclass(frozen=True, slots=True)
class Use:
    """One use of data, as the register has it.

    Attributes:
        service: Id of the service; `title` is its name.
        purpose: Id of the purpose; `text` is what the person reads.
        objection: One of its bases lets the person object.
        withdrawal: It ends when consent is taken back.
        basis: That basis, or the one that does not, as a sentence without its full stop.
        compelling: What the council says speaks for going on.
    """

    service: str
    title: str
    purpose: str
    text: str
    objection: bool
    withdrawal: bool
    basis: str
    citation: str
    compelling: str


def all_uses(office: Office, ref_case: Case) -> tuple[Use, ...]:
    """Every use in services that hold data of the subject, and in those that send something."""
    places = {
        place
        for one in records_of(ref_case, ref_case.documents)
        for place in (one.place, one.source)
    }
    names = {s.id: s.name for s in office.council.register.services}
    found = bases_for(office.council.register, places, office.law, on=office.today())
    return tuple(
        Use(
            service=one.service,
            title=names[one.service],
            purpose=one.purpose.id,
            text=one.purpose.text,
            objection=any(b.objection for b in one.bases),
            withdrawal=any(b.withdrawal for b in one.bases),
            basis=basis.plain,
            citation=basis.citation,
            compelling=one.purpose.compelling,
        )
        for one in found
        for basis in [next((b for b in one.bases if b.objection), one.bases[0])]
    )


def uses_of(office: Office, case: Case, facts: Mapping[str, Any]) -> tuple[Use, ...]:
    """The uses that were objected to, as the register has them today."""
    wanted = [tuple(pair) for pair in facts["uses"]]
    return tuple(u for u in all_uses(office, case) if (u.service, u.purpose) in wanted)


def ask_what(work: Work, now: str) -> Ask:
    """To which uses and to which marketing does the person object, and why?"""
    office, people = work.office, work.case.people
    found = held(work)
    uses = all_uses(office, work.case)
    body: dict[str, Any] = {
        "form": "lists",
        "words": "To what does the person object?",
        "asked_for": people.asked_for if people else "",
        "round": now,
        "documents_listed": [one.document for one in found],
        "uses_listed": [[u.service, u.purpose] for u in uses],
        "shown": [
            {
                "title": "Uses",
                "heads": ["Number", "Service", "Use", "It rests on", "Can be objected to"],
                "rows": [
                    [str(n), u.title, u.text, f"{u.basis} ({u.citation})", _yes(u.objection)]
                    for n, u in enumerate(uses, start=1)
                ],
            },
            {
                "title": "Direct marketing",
                "heads": ["Number", "Service", "What is sent", "By"],
                "rows": [
                    [str(n), s.title, s.what, s.channel]
                    for n, s in enumerate(sending(office), start=1)
                ],
            },
            shown(found, titles_of(office)),
        ],
        "notes": [
            "The use of the records chosen is limited at once, until it is decided. Direct "
            "marketing stops at once and nothing is weighed."
        ],
        "entries": [
            entry("uses", "Uses", "'none', 'all', or numbers such as 1, 3-5.", "line"),
            entry("marketing", "Direct marketing", "'none', 'all', or numbers.", "line"),
            entry(
                "not_marketing",
                "Taken for direct marketing, and none",
                "What the person wants stopped as marketing, as they name it; choose it as a use. "
                "It is answered as an objection, and the letter says so.",
                "line",
            ),
            entry("records", "Records concerned", "'none', 'all', or numbers.", "line"),
            entry(
                "situation",
                "What the person says of their own situation",
                "As you understood it; printed in the letter. Needed for a use.",
            ),
            *contact_entries(people),
        ],
    }
    return Ask(f"assess/objection/{now}", TOPIC, "officer", body, (UNDERSTOOD,))


def what_was_entered(
    office: Office, case: Case, question: Question, given: Given
) -> dict[str, Any]:
    """The officer's entries, checked, as facts of the decision on what is objected to.

    Raises:
        InputError: nothing is objected to, or something that is needed is missing.
    """
    listed = [tuple(pair) for pair in question.body["uses_listed"]]
    uses = chosen(listed, _text(given, "uses"), "uses")
    sent = chosen(sending(office), _text(given, "marketing"), "direct marketing")
    records = records_of(case, question.body["documents_listed"])
    picked = chosen(records, _text(given, "records"), "records")
    situation = _text(given, "situation")
    if not uses and not sent:
        raise InputError(
            "objection.nothing",
            "Nothing is chosen that is objected to.",
            "Write the numbers of the uses, or of the direct marketing.",
        )
    if _text(given, "not_marketing") and not uses:
        raise InputError(
            "marketing.as_objection",
            "What is no direct marketing is answered as an objection, and no use is chosen.",
            "Write the number of the use that the person wants stopped.",
        )
    if uses and not situation:
        raise InputError(
            "objection.situation",
            "Nothing says what speaks against the use in the person's own situation.",
            "Write what the person said; if nothing was said, ask them and write that.",
        )
    return {
        "round": question.body["round"],
        "uses": [list(pair) for pair in uses],
        "documents": [one.document for one in picked] if uses else [],
        "situation": situation,
        "not_marketing": _text(given, "not_marketing"),
        **contacts_of(office, sent, given),
    }


def ask_weighing(work: Work, facts: Mapping[str, Any], now: str) -> Ask:
    """Whether compelling legitimate grounds override those of the person (a manager's to say)."""
    office, case = work.office, work.case
    uses = uses_of(office, case, facts)
    able = [use for use in uses if use.objection]
    body: dict[str, Any] = {
        "form": "lists",
        "words": "Do compelling legitimate grounds override those of the person?"
        if able
        else "Nothing that is objected to rests on a basis that can be objected to. Do you agree?",
        "round": now,
        "notes": [f"The person says: {facts['situation']}", *_no_marketing(facts)],
        "shown": [
            {
                "title": "Uses",
                "heads": ["Number", "Use", "It rests on", "Can be objected to", "Speaks for it"],
                "rows": [
                    [
                        str(n),
                        f"{u.title}: {u.text}",
                        f"{u.basis} ({u.citation})",
                        _yes(u.objection),
                        u.compelling or "The register says nothing.",
                    ]
                    for n, u in enumerate(uses, start=1)
                ],
            }
        ],
        "entries": [
            entry(
                "weighed",
                "How it was weighed",
                "What speaks for each side. Kept in the journal, and shown to the Commissioner.",
            ),
            entry(
                "compelling",
                "Compelling grounds, for the person",
                "Printed in the letter. The burden of proof is the council's.",
                goes_with=[PART, CONTINUE],
            ),
            entry("stops", "Uses that stop", "Numbers such as 1, 3.", "line", goes_with=[PART]),
        ],
    }
    if not able:
        options = (REFUSE,)
    elif len(able) == 1:
        options = (STOP, CONTINUE)
    else:
        options = (STOP, PART, CONTINUE)
    return Ask(f"assess/objection/{now}/weigh", TOPIC, "manager", body, options)


def _no_marketing(facts: Mapping[str, Any]) -> list[str]:
    """What the manager agrees to by deciding."""
    named = facts.get("not_marketing", "")
    return [f"Asked for as direct marketing, and found to be none: {named}"] if named else []


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _text(given: Given, name: str) -> str:
    return str(given.details.get(name, "")).strip()
