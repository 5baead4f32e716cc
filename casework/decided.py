"""What people decided, as the redaction engine takes it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence

from casework.faces import face_decision, not_looked_at, picture_decisions
from casework.modes import chosen, of_mark
from casework.opinions import item_of, locked
from casework.topics import (
    AS_MARKED,
    CANNOT_TELL,
    CAST,
    CLASH,
    DISCLOSE,
    HEALTH_HARM,
    HEALTH_LOCK,
    PAGE,
    PASSAGE,
    STAYS_BACK,
    WHO,
    WITHHELD_EVERYWHERE,
)
from casework.whose import is_whose, whose_decisions
from redaction.decisions import Outcome, PassageDecision, Proposal, Span
from redaction.document import Box, ReadDocument
from rights.case import Case, Question
from rights.law import Law
from rights.opinions import Lock, state_of
from rights.release import DisclosureMode, FactKind, PersonDecision, PersonRef


def cast_decisions(case: Case) -> dict[tuple[PersonRef, FactKind], PersonDecision]:
    """One decision for each person and kind of fact, as it stands now.

    Where a person stands in the file in one context only, that decision is the whole one.
    """
    decided: dict[tuple[PersonRef, FactKind], PersonDecision] = {}
    for question in sorted(_in_force(case, CAST), key=lambda q: bool(q.body.get("context"))):
        assert question.answer is not None
        _, ref, kind = question.id.split("/")[:3]
        shown = question.answer.value == DISCLOSE
        decision = PersonDecision.DISCLOSE if shown else PersonDecision.WITHHOLD
        decided.setdefault((PersonRef(ref), FactKind(kind)), decision)
    return decided


def passage_decisions(
    case: Case,
    proposals: Sequence[Proposal],
    documents: Sequence[ReadDocument],
    subject: PersonRef,
    *,
    on: dt.date,
    law: Law,
) -> tuple[PassageDecision, ...]:
    """Decisions on passages, pages and clashes, and the reviewers' own marks, in order.

    Args:
        case: The case.
        proposals: What was proposed.
        documents: The bundle.
        subject: Whom it is about.
        on: The day on which health opinions would be relied on.
        law: The law data.
    """
    known = {p.id: p for p in proposals}
    found = [(0, d) for d in health_decisions(case, proposals, on, law)]
    for question in _in_force(case, PASSAGE):
        assert question.answer is not None
        found += [(question.answer.seq, d) for d in _on_passages(case, question, known)]
    for question in _in_force(case, CAST):
        assert question.answer is not None
        found += [(question.answer.seq, d) for d in _in_context(case, question, known)]
    found += whose_decisions(case, known)
    for question in _in_force(case, WHO):
        assert question.answer is not None
        if is_whose(question):
            continue
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
                        mode=chosen(case, question, DisclosureMode.NAMED),
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
    people = cast_decisions(case)
    found += picture_decisions(case, people, subject)
    found += [
        (seq, face_decision(case, of_mark(case, key, seq, text), people, subject))
        for key, (seq, text) in case.passages.items()
    ]
    return tuple(decision for _, decision in sorted(found, key=lambda item: item[0]))


def health_decisions(
    case: Case, proposals: Sequence[Proposal], on: dt.date, law: Law
) -> tuple[PassageDecision, ...]:
    """What follows on that day for the subject's own health data; nothing for what is blocked.

    They come before any mark of a reviewer's, so that nothing marked as withheld is opened here.
    """
    decisions: list[PassageDecision] = []
    for proposal in locked(proposals):
        state = state_of(case, item_of(proposal), on, law)
        if state.is_blocked:
            continue
        harm = state.lock is Lock.HARM
        decisions.append(
            PassageDecision(
                id=f"health/{proposal.id}",
                outcome=Outcome.REDACT if harm else Outcome.KEEP,
                proposal=proposal.id,
                code=HEALTH_HARM if harm else HEALTH_LOCK,
                mode=proposal.mode,
            )
        )
    return tuple(decisions)


def read_pages(case: Case) -> frozenset[tuple[str, int]]:
    """Pages that a human read, by their own question or marked while reviewing."""
    asked = {
        (q.body["document"], q.body["page"])
        for q in _in_force(case, PAGE)
        if q.answer is not None and q.answer.value != STAYS_BACK
    }
    return (frozenset(asked) | case.pages_read) - not_looked_at(case)


def _on_passages(
    case: Case, question: Question, known: Mapping[str, Proposal]
) -> list[PassageDecision]:
    assert question.answer is not None
    value = question.answer.value
    marks: dict[str, str] = {}
    if value == AS_MARKED:
        marks = json.loads(question.answer.details)["marks"]
    decisions: list[PassageDecision] = []
    for passage in question.body.get("passages", ()):
        said = marks.get(passage["id"], value)
        decisions += [
            PassageDecision(
                id=f"{question.id}/{proposal}",
                outcome=Outcome.KEEP if said == DISCLOSE else Outcome.REDACT,
                proposal=proposal,
                code=question.body["code"],
                mode=chosen(case, question, DisclosureMode(passage["mode"])),
            )
            for proposal in (passage["id"], *passage.get("copies", ()))
            if proposal in known
        ]
    return decisions


def _in_context(
    case: Case, question: Question, known: Mapping[str, Proposal]
) -> list[PassageDecision]:
    """A decision on a person that holds in one context only: for the mentions of that context."""
    assert question.answer is not None
    shown = question.answer.value == DISCLOSE
    return [
        PassageDecision(
            id=f"{question.id}/{proposal}",
            outcome=Outcome.KEEP if shown else Outcome.REDACT,
            proposal=proposal,
            code=question.body["code"],
            mode=chosen(case, question, known[proposal].mode),
            person=known[proposal].person,
        )
        for proposal in question.body.get("proposals", ())
        if proposal in known
    ]


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
