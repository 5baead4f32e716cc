"""What the person is recorded to know, laid over proposals and over the questions about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from casework.office import Office
from redaction.decisions import Proposal
from redaction.propose.mentions import BY_CAST, BY_LAW, BY_PASSAGE
from rights.case import Case
from rights.exemptions import THIRD_PARTIES
from rights.knowledge import Knowledge, knowledge_of, treatment_of_known
from rights.release import FactKind, Person, Role, Treatment

RECORDED = "recorded"
"""Entry of a question: how the person is recorded to know it."""
_LAW = "law"
"""Entry of a question: treatment and reason as the law has them, before that."""
_WHEREABOUTS = (FactKind.CONTACT, FactKind.IDENTIFIER)


def sentence(way: str) -> str:
    """The reason that is added to a proposal."""
    return f"On record: {way}, which speaks for showing it."


def with_knowledge(
    office: Office, case: Case, people: Sequence[Person], proposals: Sequence[Proposal]
) -> tuple[Proposal, ...]:
    """Proposals about others, those that the person knows already asked about and not held."""
    known = knowledge_of(case)
    if not known.seq or _in_danger(case):
        return tuple(proposals)
    cast = {str(p.ref): p for p in people}
    return tuple(_laid_over(office, known, cast, p) for p in proposals)


def with_knowledge_of_person(office: Office, case: Case, body: Mapping[str, Any]) -> dict[str, Any]:
    """The question on a person and kind of fact, as it is asked with what is on record.

    It is known where the person themself is, or every document in which it stands.
    """
    known, found = knowledge_of(case), as_law(body)
    ref, documents = str(found["ref"]), [str(d) for d in found["documents"]]
    way = known.people.get(ref, "")
    if not way and documents and found["role"] != Role.REFERRER:
        there = [known.documents.get(d, "") for d in documents]
        way = there[0] if all(there) else ""
    hidden = found["protected"] and FactKind(found["kind"]) in _WHEREABOUTS
    if not way or hidden or _in_danger(case):
        return found
    return _argued(office, found, str(found["code"]), way)


def with_knowledge_of_passages(
    office: Office, case: Case, body: Mapping[str, Any]
) -> dict[str, Any]:
    """The question on passages, each as it is asked with what is on record.

    A passage that a manager or Legal decides is not argued with by the document it stands in.
    """
    known = knowledge_of(case)
    found = {**body, "passages": [as_law(p) for p in body.get("passages", ())]}
    if not known.seq or _in_danger(case):
        return found
    code = str(found["code"])
    for place, passage in enumerate(found["passages"]):
        way = known.passages.get(str(passage["id"]), "")
        way = way or known.people.get(str(passage.get("person") or ""), "")
        if not way and found["decider"] == BY_PASSAGE:
            way = known.documents.get(str(passage["document"]), "")
        if way:
            found["passages"][place] = _argued(office, passage, code, way)
    return found


def _laid_over(
    office: Office, known: Knowledge, cast: Mapping[str, Person], proposal: Proposal
) -> Proposal:
    if proposal.decided_by == BY_LAW or proposal.code != THIRD_PARTIES:
        return proposal
    person = cast.get(str(proposal.person or ""))
    here = known.passages.get(proposal.id, "") or known.people.get(str(proposal.person or ""), "")
    told_of = person is None or person.role is not Role.REFERRER
    if not here and told_of and proposal.decided_by in (BY_CAST, BY_PASSAGE):
        here = known.documents.get(proposal.span.document, "")
    hidden = person is not None and person.protected and proposal.kind in _WHEREABOUTS
    if not here or hidden:
        return proposal
    return replace(
        proposal,
        treatment=treatment_of_known(proposal.treatment, proposal.code, office.law, office.today()),
        reason=f"{proposal.reason} {sentence(here)}",
    )


def _argued(office: Office, body: dict[str, Any], code: str, way: str) -> dict[str, Any]:
    before = Treatment(body["treatment"])
    after = treatment_of_known(before, code or THIRD_PARTIES, office.law, office.today())
    return {
        **body,
        "treatment": after.value,
        "reason": f"{body['reason']} {sentence(way)}",
        RECORDED: way,
        _LAW: {"treatment": body["treatment"], "reason": body["reason"]},
    }


def as_law(body: Mapping[str, Any]) -> dict[str, Any]:
    """A question or passage as it was before anything was laid over it."""
    found = {name: value for name, value in body.items() if name not in (RECORDED, _LAW)}
    return {**found, **body.get(_LAW, {})}


def _in_danger(case: Case) -> bool:
    return case.opened is not None and case.opened.danger
