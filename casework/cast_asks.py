"""The questions about the people in the file: one for each person, kind of fact and context.

A context is where the same fact of the same person stands under another rule: a nurse is deemed
reasonable to name in a health record, and weighed wherever else the file names them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from casework.bundle import snippet
from casework.knowing import with_knowledge_of_person
from casework.office import Office
from casework.questions import Ask
from casework.topics import CAST, CAST_OPTIONS, PAGE, SOMEBODY
from redaction.decisions import Proposal
from redaction.document import ReadDocument
from redaction.propose.known import known_to_subject
from redaction.propose.mentions import BY_CAST
from rights.case import Case
from rights.cast import CastDefault, default_for
from rights.classes import RecordKind
from rights.exemptions import THIRD_PARTIES
from rights.release import FactKind, Living, Person, Role, Treatment

EXAMPLES = 4
"""Places shown with a question."""
PICTURED = "pictured"
"""Entry of a question on somebody's name: the pictures in which they can be seen."""
ELSEWHERE = "elsewhere"
"""The context of a health professional named outside a health record."""

Sources: TypeAlias = Mapping[str, RecordKind]
"""Document -> the kind of record it is or comes from."""


def records_of(office: Office, case: Case) -> dict[str, RecordKind]:
    """The kind of record that each document of the case is or comes from."""
    kinds = {source.name: source.record_kind for source in office.sources}
    unknown = RecordKind.SOCIAL_WORK
    return {name: kinds.get(e.source, unknown) for name, e in case.documents.items()}


def default_of(
    office: Office, case: Case, person: Person, kind: FactKind, *, in_health_record: bool = True
) -> CastDefault:
    """What the law proposes for one person and kind of fact in this case, today."""
    return default_for(
        person,
        kind,
        office.law,
        on=office.today(),
        safety_flag=case.opened is not None and case.opened.danger,
        in_health_record=in_health_record,
        requester_is_subject=case.people is not None and case.people.requester == "self",
    )


def with_living(case: Case, people: Iterable[Person]) -> tuple[Person, ...]:
    """The people with what officers noted about who is alive, which goes before the sources."""

    def noted(person: Person) -> Person:
        note = case.living.get(person.ref)
        return replace(person, living=Living(note.living)) if note else person

    return tuple(noted(person) for person in people)


def context_of(proposal: Proposal, people: Mapping[str, Person], records: Sources) -> str:
    """Under which of a person's contexts a mention falls; '' for the usual one."""
    person = people.get(proposal.person or "")
    if person is None or person.role is not Role.HEALTH or proposal.kind is not FactKind.NAME:
        return ""
    here = records.get(proposal.span.document)
    return "" if here is RecordKind.HEALTH else ELSEWHERE


def cast_asks(
    office: Office,
    case: Case,
    documents: Sequence[ReadDocument],
    people: Sequence[Person],
    proposals: Sequence[Proposal],
) -> Iterable[Ask]:
    """One question for each person, kind of fact and context that the file holds."""
    records = records_of(office, case)
    cast = {str(p.ref): p for p in people}
    known = known_to_subject(documents, proposals)
    about: dict[tuple[str, FactKind, str], list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        if proposal.decided_by == BY_CAST:
            context = context_of(proposal, cast, records)
            for ref in [proposal.person] if proposal.person else proposal.candidates:
                about[ref, proposal.kind, context].append(proposal)
    pictured = _pictured(case)
    for (ref, kind, context), items in sorted(about.items()):
        person = cast[ref]
        if person.role is Role.SUBJECT:
            continue
        found = {p.span.document for p in items}
        health = all(records.get(d) is RecordKind.HEALTH for d in found)
        body = {
            "ref": ref,
            "kind": kind.value,
            "context": context,
            **proposed(office, case, person, kind, in_health_record=health),
            "mentions": len(items),
            "pages": len({(p.span.document, p.span.page) for p in items}),
            "documents": sorted(found),
            "examples": [snippet(documents, p.span) for p in items[:EXAMPLES]],
        }
        knows = known_of(documents, items, known)
        if knows:
            body["known"] = knows
        if context:
            body["proposals"] = [p.id for p in items]
        if kind is FactKind.NAME and ref in pictured:
            body = picture_body(office, case, person, body, pictured.pop(ref))
        body = with_knowledge_of_person(office, case, body)
        name = f"cast/{ref}/{kind.value}" + (f"/{context}" if context else "")
        yield Ask(name, CAST, "officer", body, CAST_OPTIONS)
    for ref, places in sorted(pictured.items()):
        if ref in cast and cast[ref].role is not Role.SUBJECT:
            body = picture_body(office, case, cast[ref], {}, places)
            body = with_knowledge_of_person(office, case, body)
            yield Ask(f"cast/{ref}/{FactKind.NAME.value}", CAST, "officer", body, CAST_OPTIONS)


def picture_body(
    office: Office,
    case: Case,
    person: Person,
    body: Mapping[str, Any],
    places: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """The question on somebody's name with the pictures in which they can be seen.

    Args:
        office: The office.
        case: The case.
        person: Who can be seen.
        body: The question so far; empty where their name stands nowhere.
        places: Document and page of each picture.
    """
    kind = FactKind.NAME
    unnamed = {
        "ref": str(person.ref),
        "kind": kind.value,
        "context": "",
        **proposed(office, case, person, kind, in_health_record=False),
        "mentions": 0,
        "pages": 0,
        "documents": [],
        "examples": [],
    }
    found = {**(body or unnamed)}
    unique = {(str(p["document"]), int(p["page"])): None for p in places}
    found[PICTURED] = [{"document": document, "page": page} for document, page in unique]
    found["documents"] = sorted({*found["documents"], *(document for document, _ in unique)})
    return found


def _pictured(case: Case) -> dict[str, list[dict[str, Any]]]:
    """The pictures in which each person of the cast can be seen, by the answers in force."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for question in case.answered(PAGE):
        answer = question.answer
        if question.withdrawn or answer is None or answer.value != SOMEBODY:
            continue
        place = {"document": question.body["document"], "page": question.body["page"]}
        for ref in json.loads(answer.details or "{}").get("people", ()):
            found[str(ref)].append(place)
    return dict(found)


def known_of(
    documents: Sequence[ReadDocument], items: Sequence[Proposal], known: Mapping[str, str]
) -> list[dict[str, Any]]:
    """What speaks for the subject knowing this: each sort once, with where it shows first."""
    first: dict[str, Proposal] = {}
    for item in items:
        if item.id in known:
            first.setdefault(known[item.id], item)
    return [{"how": how, **snippet(documents, p.span)} for how, p in first.items()]


def proposed(
    office: Office, case: Case, person: Person, kind: FactKind, *, in_health_record: bool
) -> dict[str, Any]:
    """What a question on a person says of them and of the law."""
    law = default_of(office, case, person, kind, in_health_record=in_health_record)
    died = person.living is Living.DIED
    return {
        "person": person.display,
        "role": person.role.value,
        "relation": person.relation,
        "protected": person.protected,
        "living": person.living.value,
        "treatment": law.treatment.value,
        "code": law.code,
        "mode": law.mode.value,
        "citation": law.citation,
        "rule": law.rule_id,
        "reason": law.reason,
        "question": law.question,
        "weigh": law.code == THIRD_PARTIES and law.treatment is not Treatment.CLEAR and not died,
        "health_record": in_health_record,
    }
