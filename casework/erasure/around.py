"""What may stand in the way of an erasure: an access request of the same person that is open."""

from __future__ import annotations

from casework.office import Work
from rights.case import Case
from rights.names.fold import name_tokens
from rights.people import RequestPeople, SubjectDetails
from rights.release import CaseRef, Right


def open_access_requests(work: Work) -> tuple[CaseRef, ...]:
    """Open access requests about the same person, oldest first.

    What somebody has asked to see may not be destroyed before they have it (DPA 2018 s.173).
    """
    mine, store = work.case.people, work.office.store
    if mine is None:
        return ()
    linked = {link.other for link in work.case.linked}
    found: list[CaseRef] = []
    for ref, recorded in store.iter_cases_events():
        kinds = {row.event.kind for row in recorded}
        opened = next((row.event for row in recorded if row.event.kind == "case_opened"), None)
        if ref == work.ref or opened is None or "case_closed" in kinds:
            continue
        if opened.right is Right.ACCESS and _is_same(work.office.case(ref), mine, ref in linked):
            found.append(ref)
    return tuple(found)


def _is_same(case: Case, mine: RequestPeople, linked: bool) -> bool:
    if case.closed is not None or case.triage is not None or case.sent_on is not None:
        return False
    if case.people is None:
        return linked  # the same letter; who is who is not entered yet
    return is_same_person(case.people.subject, mine.subject)


def is_same_person(one: SubjectDetails, other: SubjectDetails) -> bool:
    """Whether two requests are surely about one person: a number, or a birthday and two names."""
    for name in ("nhs", "upn", "nino"):
        first, second = str(getattr(one, name)), str(getattr(other, name))
        if first and "".join(first.split()) == "".join(second.split()):
            return True
    if one.date_of_birth is None or one.date_of_birth != other.date_of_birth:
        return False
    return len(_words(one) & _words(other)) > 1


def _words(subject: SubjectDetails) -> set[str]:
    return {
        word for name in subject.names for word in name_tokens(f"{name.forenames} {name.surname}")
    }
