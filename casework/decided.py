"""What people decided, as the redaction engine takes it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from casework.bundle import DECISION
from casework.topics import (
    AS_MARKED,
    CANNOT_TELL,
    CAST,
    CLASH,
    DISCLOSE,
    HEALTH_HARM,
    KNOWN,
    MET,
    NOT_MET,
    PAGE,
    PASSAGE,
    STAYS_BACK,
    WHO,
    WITHHELD_EVERYWHERE,
)
from redaction.decisions import Outcome, PassageDecision, Proposal, Span
from redaction.document import Box, ReadDocument
from rights.case import Case, Question
from rights.release import DisclosureMode, FactKind, PersonDecision, PersonRef


def cast_decisions(case: Case) -> dict[tuple[PersonRef, FactKind], PersonDecision]:
    """One decision for each person and kind of fact, as it stands now."""
    decided: dict[tuple[PersonRef, FactKind], PersonDecision] = {}
    for question in _in_force(case, CAST):
        assert question.answer is not None
        _, ref, kind = question.id.split("/")
        decided[PersonRef(ref), FactKind(kind)] = (
            PersonDecision.DISCLOSE
            if question.answer.value == DISCLOSE
            else PersonDecision.WITHHOLD
        )
    return decided


def passage_decisions(
    case: Case,
    proposals: Sequence[Proposal],
    documents: Sequence[ReadDocument],
    subject: PersonRef,
) -> tuple[PassageDecision, ...]:
    """Decisions on passages, pages and clashes, and the reviewers' own marks, in order."""
    known = {p.id: p for p in proposals}
    found: list[tuple[int, PassageDecision]] = []
    for question in _in_force(case, PASSAGE):
        assert question.answer is not None
        found += [(question.answer.seq, d) for d in _on_passages(question, known)]
    for question in _in_force(case, WHO):
        assert question.answer is not None
        found += [(question.answer.seq, d) for d in _on_who(question, case, known, subject)]
    sizes = {(d.id, p.number): (p.width, p.height) for d in documents for p in d.pages}
    for question in _in_force(case, PAGE):
        assert question.answer is not None
        if question.answer.value == STAYS_BACK:
            body = question.body
            width, height = sizes.get((body["document"], body["page"]), (0.0, 0.0))
            found.append(
                (
                    question.answer.seq,
                    PassageDecision(
                        id=question.id,
                        outcome=Outcome.REDACT,
                        area=Box(0, 0, width, height),
                        document=body["document"],
                        page=body["page"],
                        code="3P",
                    ),
                )
            )
    for question in _in_force(case, CLASH):
        assert question.answer is not None
        if question.answer.value == WITHHELD_EVERYWHERE:
            for number, span in enumerate(question.body["spans"]):
                decision = PassageDecision(
                    id=f"{question.id}/{number}",
                    outcome=Outcome.REDACT,
                    span=Span(**span),
                    code="3P",
                )
                found.append((question.answer.seq, decision))
    found += [(seq, DECISION.validate_json(text)) for seq, text in case.passages.values()]
    return tuple(decision for _, decision in sorted(found, key=lambda item: item[0]))


def read_pages(case: Case) -> frozenset[tuple[str, int]]:
    """Pages that a human read, by their own question or marked while reviewing."""
    asked = {
        (q.body["document"], q.body["page"])
        for q in _in_force(case, PAGE)
        if q.answer is not None and q.answer.value != STAYS_BACK
    }
    return frozenset(asked) | case.pages_read


def _on_passages(question: Question, known: Mapping[str, Proposal]) -> list[PassageDecision]:
    assert question.answer is not None
    value = question.answer.value
    marks: dict[str, str] = {}
    if value == AS_MARKED:
        marks = json.loads(question.answer.details)["marks"]
    opened = {DISCLOSE, KNOWN, NOT_MET}
    decisions: list[PassageDecision] = []
    for passage in question.body.get("passages", ()):
        if passage["id"] not in known:
            continue
        said = marks.get(passage["id"], value)
        decisions.append(
            PassageDecision(
                id=f"{question.id}/{passage['id']}",
                outcome=Outcome.KEEP if said in opened else Outcome.REDACT,
                proposal=passage["id"],
                code=HEALTH_HARM if said == MET else question.body["code"],
                mode=DisclosureMode(passage["mode"]),
            )
        )
    return decisions


def _on_who(
    question: Question, case: Case, known: Mapping[str, Proposal], subject: PersonRef
) -> list[PassageDecision]:
    """A mention settled by whom it means: the decision on that person then holds for it."""
    assert question.answer is not None
    decided = cast_decisions(case)
    meant = PersonRef(question.answer.value)
    kind = FactKind(question.body["kind"])
    open_ = meant == subject or decided.get((meant, kind)) is PersonDecision.DISCLOSE
    cannot_tell = question.answer.value == CANNOT_TELL
    return [
        PassageDecision(
            id=f"{question.id}/{proposal}",
            outcome=Outcome.KEEP if open_ and not cannot_tell else Outcome.REDACT,
            proposal=proposal,
            code="3P",
            mode=known[proposal].mode,
            person=None if cannot_tell else meant,
        )
        for proposal in question.body["proposals"]
        if proposal in known
    ]


def _in_force(case: Case, topic: str) -> tuple[Question, ...]:
    return tuple(q for q in case.answered(topic) if not q.withdrawn)
