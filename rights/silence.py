"""Silence about what is withheld: which decisions choose it, and what the DPO said of each.

The silent mode needs written reasons and the DPO's approval (law.md 4.5). A decision that chose it
rests on a `DecisionMade` of the DPO, made after it, on the matter ``mode/<what it is about>``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rights.case import Case, Question, documents_of
from rights.release import DisclosureMode

MODE = "mode"
"""Topic of the DPO's question, and first word of the matter that the answer decides."""
SILENT, GENERAL_WORDS = "silent", "general words"
"""Outcomes of the DPO's decision."""
ALLOW, REFUSE = "say nothing at all", "say in general words that something is withheld"
"""The DPO's two answers."""
_WITHHOLDING = ("cast", "passage", "page")


@dataclass(frozen=True, slots=True)
class SilentChoice:
    """A decision that withholds in the silent mode.

    Attributes:
        about: Id of the question, or of the reviewer's decision, that chose it.
        seq: Where it stands in the journal.
        documents: Where it holds; None when that may be anywhere.
    """

    about: str
    seq: int
    documents: frozenset[str] | None


def matter_of(about: str) -> str:
    """The matter on which the DPO decides."""
    return f"{MODE}/{about}"


def in_force(case: Case, about: str, since: int, mode: DisclosureMode) -> DisclosureMode:
    """The mode that holds: general words where the DPO refused silence.

    Args:
        case: The case.
        about: What chose the mode.
        since: Sequence number of the choice; the DPO's word on an earlier one does not count.
        mode: What was chosen. While the DPO has not answered it stays silent, and the documents
            wait.
    """
    if mode is not DisclosureMode.SILENT:
        return mode
    decided = case.decision(matter_of(about))
    refused = decided is not None and decided.seq > since
    if decided is not None and refused and decided.event.outcome == GENERAL_WORDS:
        return DisclosureMode.GENERAL
    return mode


def silent_choices(case: Case) -> tuple[SilentChoice, ...]:
    """Every decision in force that chose silence, whatever the DPO said of it."""
    return (*_by_answers(case), *_by_hand(case))


def unapproved(case: Case, documents: Iterable[str]) -> tuple[SilentChoice, ...]:
    """Silent decisions that reach these documents and on which the DPO has not decided."""
    wanted = set(documents)
    return tuple(
        choice
        for choice in silent_choices(case)
        if (choice.documents is None or choice.documents & wanted) and not _decided(case, choice)
    )


def _decided(case: Case, choice: SilentChoice) -> bool:
    decision = case.decision(matter_of(choice.about))
    return decision is not None and decision.seq > choice.seq


def _by_answers(case: Case) -> Iterator[SilentChoice]:
    for topic in _WITHHOLDING:
        for question in case.answered(topic):
            if not question.withdrawn and _is_silent(question):
                assert question.answer is not None
                yield SilentChoice(question.id, question.answer.seq, documents_of(question))


def _is_silent(question: Question) -> bool:
    answer = question.answer
    if answer is None or answer.value.startswith("disclose"):
        return False
    details: dict[str, Any] = json.loads(answer.details) if answer.details else {}
    if "mode" in details:
        return details["mode"] == DisclosureMode.SILENT
    body = question.body
    modes = {body.get("mode"), *(p.get("mode") for p in body.get("passages", ()))}
    return DisclosureMode.SILENT in modes


def _by_hand(case: Case) -> Iterator[SilentChoice]:
    for key, (seq, text) in case.passages.items():
        decision = json.loads(text)
        if decision.get("mode") == DisclosureMode.SILENT and decision.get("outcome") == "redact":
            about = str(decision.get("about") or key)
            span = decision.get("span") or {}
            document = str(decision.get("document") or span.get("document") or "")
            yield SilentChoice(about, seq, frozenset({document}) if document else None)
