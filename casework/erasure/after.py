"""What follows an erasure that is done: marks against its return, our own copies, the certificate.

Every step may be repeated after a crash. Our own copies of what is gone go too: the journal keeps
that it was there, under the key of the case, until the case's own time is over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.acting import could_not
from casework.collect import about_of
from casework.erasure.letter import certificate
from casework.erasure.weighing import IN_PART, REFUSED, RESTRICTED
from casework.erasure.words import ERASE, RESTRICT, order_of
from casework.letters import people_of
from casework.office import Work
from casework.refusing import facts_of
from letters.render import render_letter
from rights.decisions import record
from rights.decisions.record import OUTCOME
from rights.events.base import ENGINE
from rights.events.kinds import LetterMade
from rights.failpoints import failpoint, register
from rights.people import SubjectDetails
from rights.release import PersonName
from rights.sources import Capability, SourcePerson
from rights.sources.suppression import ERASED as SUPPRESS_ERASED
from rights.sources.suppression import person_marks

register("erase.marked", "erase.copies-removed", "erase.certified")


def finish(work: Work) -> None:
    """Mark who must not come back, remove our copies, and certify what was done later."""
    stands = work.case.decision(OUTCOME)
    assert stands is not None
    facts = facts_of(stands)
    if facts.get("waits_until"):
        return
    records: list[Mapping[str, Any]] = list(facts.get("records", ()))
    gone = [r for r in records if r["act"] == ERASE and is_done(work, r)]
    _suppress(work, records, gone)
    failpoint("erase.marked")
    for item in gone:
        _remove_copies(work, str(item["document"]))
    failpoint("erase.copies-removed")
    _as_done(work, records, gone)
    if facts.get("waited"):
        _certify(work)
        failpoint("erase.certified")


def is_done(work: Work, item: Mapping[str, Any]) -> bool:
    """Whether what was ordered is done: proved by a fresh reading, or attested by who did it."""
    key = order_of(work, item).key
    action = work.case.actions.get(key)
    return action is not None and action.done is not None and not could_not(work.case, key)


def _suppress(work: Work, records: list[Mapping[str, Any]], gone: list[Mapping[str, Any]]) -> None:
    """Mark the person for each system that holds nothing about them any more."""
    office, store = work.office, work.office.store
    whole = {
        str(r["source"])
        for r in gone
        if all(other in gone for other in records if other["source"] == r["source"])
    }
    for source in office.sources:
        if source.name in whole and Capability.PEOPLE in source.capabilities:
            person = _as_person(source.name, people_of(work.case).subject)
            store.suppressed.add(
                person_marks(person, store.mark_key()),
                purpose=SUPPRESS_ERASED,
                key=f"{work.ref}/{source.name}",
                on=office.today(),
            )


def _as_person(source: str, subject: SubjectDetails) -> SourcePerson:
    numbers = (("nhs", subject.nhs), ("upn", subject.upn), ("nino", subject.nino))
    return SourcePerson(
        source,
        "",
        names=tuple(PersonName(n.forenames, n.surname) for n in subject.names),
        dob=subject.date_of_birth,
        identifiers=tuple((kind, text) for kind, text in numbers if text),
        phones=subject.phones,
        emails=subject.emails,
    )


def _remove_copies(work: Work, document: str) -> None:
    """Remove the bytes that were copied as evidence, and those of what came inside them."""
    for name, collected in work.case.documents.items():
        if name == document or about_of(collected).get("parent", "") == document:
            work.office.store.remove_file(work.ref, collected.file)


def _as_done(work: Work, records: list[Mapping[str, Any]], gone: list[Mapping[str, Any]]) -> None:
    """Where a person could not do what was ordered, the request ends with less than was decided."""
    stands = work.case.decision(OUTCOME)
    assert stands is not None
    wanted = [r for r in records if r["act"] in (ERASE, RESTRICT)]
    limited = [r for r in records if r["act"] == RESTRICT and is_done(work, r)]
    done, outcome = len(gone) + len(limited), stands.event.outcome
    less = outcome if done == len(wanted) else _less(bool(gone), bool(limited))
    if less == outcome:
        return
    work.append(
        record(
            work.case,
            actor=ENGINE,
            matter=OUTCOME,
            outcome=less,
            law=work.office.law,
            on=work.office.today(),
            rules=stands.event.rules,
            facts={**facts_of(stands), "could_not": len(wanted) - done},
        )
    )


def _less(any_gone: bool, any_limited: bool) -> str:
    if any_gone:
        return IN_PART
    return RESTRICTED if any_limited else REFUSED


def _certify(work: Work) -> None:
    """The certificate of an erasure that was done after the reply had gone."""
    decided = work.case.decision(OUTCOME)
    assert decided is not None
    letter = f"certificate/{decided.event.decision}"
    if letter in work.case.letters:
        return
    pdf = render_letter(certificate(work, work.office.today()))
    file = work.put(f"letters/{letter}-{pdf.sha256[:12]}.pdf", pdf.data)
    work.append(
        LetterMade(
            actor=ENGINE,
            letter=letter,
            template=pdf.kind,
            sha256=pdf.sha256,
            file=file,
            to_send=True,
        )
    )
