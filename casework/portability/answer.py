"""Portability (UK GDPR Art 20): three tests for each place, and an export where all are met.

Held by machine, used by consent or contract, supplied by the person. In a council hardly anything
passes; then the letter says why and shows the road to a copy, and opens it where it is wanted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from casework.answering import Answering, answers, nobody_to_tell, nothing_to_do
from casework.erasure.scope import Group, groups
from casework.letters import base, people_of, routes
from casework.linked import open_for_right
from casework.office import Office, Work
from casework.portability.export import Export, Row, make_export
from casework.questions import Ask, Given, SignedIn, ask
from casework.refusing import facts_of
from letters.enclosure import Enclosure
from letters.portability import ExportFile, PortabilityLetter
from redaction.formats.records import load_record
from rights.case import Case, Question
from rights.decisions import record, right_table
from rights.decisions.record import OUTCOME
from rights.errors import InputError, RefusedError
from rights.events import Event
from rights.failpoints import failpoint, register
from rights.register import bases_for, portable, services_of
from rights.release import CaseRef, Right
from rights.road import Stage

ASSESS, FORM = "assess", "portable"
PLACE, FINISH = "place", "finish"
SUPPLIED, NOT_SUPPLIED = "the person supplied this: give it", "the person did not supply this"
DECIDE = "this is our decision"
ALSO_COPY, OFFER_COPY = "yes: open a request for a copy too", "no: only say that it can be had"
EXPORTED, REFUSED = "exported", "refused"
BY_MACHINE, BASIS, GAVE = "not by machine", "basis", "not supplied"

register("portability.exported", "portability.linked")


def assess(work: Work) -> None:
    """Ask about each place that could pass, and then about the whole."""
    found = groups(work)
    asks = [_ask_place(work, g) for g in found if _fails(work, g) == ""]
    questions = work.case.questions
    if all((q := questions.get(a.id)) is not None and q.answer for a in asks):
        asks.append(_ask_finish(work, found, [questions[a.id] for a in asks]))
    ask(work, tuple(asks), stage=Stage.ASSESS, topics=frozenset({ASSESS}))


def _fails(work: Work, group: Group) -> str:
    """Which of the tests that the register answers a place fails; '' for none."""
    register_, law, today = work.office.council.register, work.office.law, work.office.today()
    if group.place.endswith("/entry"):
        return BASIS
    services = services_of(register_, {group.place})
    if not any(h.by_machine for s in services for h in s.held_in):
        return BY_MACHINE
    if not any(
        b.portability
        for one in bases_for(register_, {group.place}, law, on=today)
        for b in one.bases
    ):
        return BASIS
    return "" if portable(register_, {group.place}, law, on=today) else GAVE


def _ask_place(work: Work, group: Group) -> Ask:
    today = work.office.today()
    found = portable(work.office.council.register, {group.place}, work.office.law, on=today)
    body = {
        "form": FORM,
        "kind": PLACE,
        "title": f"{group.title}: {group.what}",
        "words": "These are held by machine and used by consent or contract. Did the person supply "
        "them? What we wrote ourselves was not supplied.",
        "place": group.place,
        "purposes": [
            {"text": one.purpose.text, "bases": [b.plain for b in one.bases]} for one in found
        ],
        "records": [
            {"title": r.title, "dated": r.dated.isoformat() if r.dated else "", "item": r.item}
            for r in group.records
        ],
    }
    return Ask(f"portability/place/{group.id}", ASSESS, "manager", body, (SUPPLIED, NOT_SUPPLIED))


def _ask_finish(work: Work, found: tuple[Group, ...], placed: list[Question]) -> Ask:
    given = {q.body["place"] for q in placed if q.answer and q.answer.value == SUPPLIED}
    places = [
        {
            "place": g.place,
            "what": g.what,
            "where": g.title,
            "number": len(g.records),
            "documents": [r.document for r in g.records],
            "fails": "" if g.place in given else _fails(work, g) or GAVE,
        }
        for g in found
    ]
    basis = max((q.answer.seq for q in placed if q.answer), default=0)
    stands = work.case.decision(OUTCOME)
    if stands is not None and stands.event.outcome == "open":
        basis = max(basis, stands.seq)
    body = {
        "form": FORM,
        "kind": FINISH,
        "words": "What does the right reach? Whatever it does not reach can be had as a copy.",
        "places": places,
        "entries": [
            {
                "name": "copy",
                "label": "Does the person want a copy of the rest?",
                "kind": "choice",
                "hint": "",
                "goes_with": [],
                "choices": [OFFER_COPY, ALSO_COPY],
            }
        ],
    }
    return Ask(f"portability/finish/{basis}", ASSESS, "manager", body, (DECIDE,))


def decide(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    """The answer about the whole decides how the request ends."""
    if question.body["kind"] == PLACE:
        return ()
    places: list[Mapping[str, Any]] = question.body["places"]
    copy = str(given.details.get("copy", "")) or OFFER_COPY
    if copy not in (OFFER_COPY, ALSO_COPY):
        raise InputError(
            "portability.copy", "That is no answer about a copy.", "Choose one of those offered."
        )
    gives = [p for p in places if not p["fails"]]
    today = office.today()
    facts = {"places": places, "copy": copy == ALSO_COPY, "made_on": today.isoformat()}
    outcome = EXPORTED if gives else REFUSED
    if gives:
        _check_facts(office.reading(case.ref), facts)
    decision = record(
        case,
        actor=who.actor,
        matter=OUTCOME,
        outcome=outcome,
        law=office.law,
        on=today,
        rules=[right_table(Right.PORTABILITY, office.law, on=today).rule_id],
        facts=facts,
    )
    return (decision,)


def _check_facts(work: Work, facts: Mapping[str, Any]) -> None:
    """No trace of a protected fact may be in the export (Art 20(4): the rights of others)."""
    rows, _ = _rows(work, facts)
    if not rows:
        raise RefusedError(
            "portability.no_rows",
            "There are only documents there, and nothing that a machine could take in.",
            "Answer that the person did not supply it, and offer a copy.",
        )
    said = " ".join(
        part
        for row in rows
        for part in (row.record.title, row.record.text, *(v for _, v in row.record.fields))
    ).casefold()
    if any(fact.casefold() in said for fact in people_of(work.case).protected_facts):
        raise RefusedError(
            "portability.protected",
            "A fact that must not be let slip stands in what would be exported.",
            "Answer that the person did not supply it; a copy is read and checked page by page.",
        )


def _rows(work: Work, facts: Mapping[str, Any]) -> tuple[list[Row], int]:
    """The rows of what is given, and how many documents are left out because they are none."""
    rows: list[Row] = []
    left = 0
    for place in facts["places"]:
        for document in place["documents"] if not place["fails"] else ():
            data = work.get(work.case.documents[document].file)
            try:
                rows.append(Row(str(place["where"]), str(place["what"]), load_record(data)))
            except (ValueError, KeyError):
                left += 1
    return rows, left


def _export(work: Work, facts: Mapping[str, Any]) -> Export | None:
    rows, _ = _rows(work, facts)
    return make_export(work.ref, str(facts["made_on"]), rows) if rows else None


def finish(work: Work) -> None:
    """Keep the export, and open the request for a copy where it is wanted."""
    decided = work.case.decision(OUTCOME)
    assert decided is not None
    facts = facts_of(decided)
    if not facts.get("places"):
        return
    if export := _export(work, facts):
        work.put(file_of(export.sha256), export.data)
        failpoint("portability.exported")
    if facts["copy"]:
        open_for_right(work, Right.ACCESS)
        failpoint("portability.linked")


def encloses(work: Work) -> tuple[Enclosure, ...]:
    """The export, from where it was kept once the answer was decided."""
    decided = work.case.decision(OUTCOME)
    export = (
        _export(work, facts_of(decided)) if decided and facts_of(decided).get("places") else None
    )
    if export is None:
        return ()
    return (Enclosure(f"{work.ref}.zip", work.get(file_of(export.sha256)), export.sha256),)


def file_of(digest: str) -> str:
    """Name of an export in the case's vault."""
    return f"export/{digest}.zip"


def letter(work: Work, day: dt.date) -> PortabilityLetter:
    """The reply as decided."""
    office, decided = work.office, work.case.decision(OUTCOME)
    assert decided is not None and work.case.received_on is not None
    facts = facts_of(decided)
    export = _export(work, facts) if facts.get("places") else None
    left = _not_covered(facts)
    return PortabilityLetter(
        **base(office, work.case, day),  # pyright: ignore[reportArgumentType]
        received=work.case.received_on,
        file=ExportFile(f"{work.ref}.zip", export.sha256, export.records, export.inside)
        if export
        else None,
        how_handed=_HOW_HANDED if export else "",
        not_covered=left,
        citation=office.law.dated("right.portability", day).citation if left else "",
        copy_asked=bool(facts.get("copy")),
        routes=routes(office, day) if left else (),
    )


_HOW_HANDED = (
    "It comes inside a second copy of this letter, a PDF that is locked. We tell you the "
    "passphrase another way. Open the PDF, look for its attachments, and save the file. If you "
    "want it in another way, please call us."
)
_WHY = {
    BASIS: "we use it because the law asks us to, or for our public task, and not because you "
    "agreed or have a contract with us",
    BY_MACHINE: "it is not held on a computer",
    GAVE: "it was written by us or given by others, and not by you",
}


def _not_covered(facts: Mapping[str, Any]) -> tuple[str, ...]:
    places = facts.get("places", ())
    if not places:
        return ("We looked in every place where it could be, and hold nothing about you.",)
    why: dict[str, list[str]] = {}
    for place in places:
        if place["fails"]:
            why.setdefault(place["fails"], []).append(str(place["where"]))
    return tuple(f"{', '.join(dict.fromkeys(where))}: {_WHY[code]}." for code, where in why.items())


def export_of(office: Office, ref: CaseRef, who: SignedIn) -> bytes:
    """The export of an answered request, to be handed over; journaled.

    Raises:
        RefusedError: the answer is not approved and sent, or the person is no officer.
        InputError: nothing was exported.
    """
    work = office.reading(ref)
    if "officer" not in who.roles:
        raise RefusedError(
            "portability.role", "Only an officer may hand it over.", "Ask the officer of the case."
        )
    if work.case.sent_on is None:
        raise RefusedError(
            "portability.not_sent",
            "The answer has not been approved and sent yet.",
            "Hand the file over once the letter has gone.",
        )
    decided = work.case.decision(OUTCOME)
    export = _export(work, facts_of(decided)) if decided else None
    if export is None:
        raise InputError("portability.none", "Nothing was exported.", "Look at the letter.")
    office.store.journal_access(who.actor.login, "machine-readable export", ref)
    return office.store.get_file(ref, file_of(export.sha256))


ANSWERING = answers(
    Right.PORTABILITY,
    Answering(assess, decide, nothing_to_do, nobody_to_tell, letter, finish, encloses),
)
