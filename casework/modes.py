"""How much may be said of something withheld: chosen by the officer, silence allowed by the DPO.

The silent mode (C) needs written reasons and the DPO's approval (law.md 4.5). Until the DPO has
said yes, a question holds back the documents it is about; a no makes it general words (B).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

from casework.bundle import DECISION
from casework.grounds import THIRD_PARTIES, check_ground
from casework.office import Office
from casework.questions import Given, SignedIn, on_answer
from redaction.decisions import PassageDecision, Proposal
from redaction.propose.mentions import BY_CAST
from rights.case import Case, Question, documents_of
from rights.decisions import record
from rights.errors import InputError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import QuestionAsked, QuestionWithdrawn
from rights.release import DisclosureMode, more_silent
from rights.road import Stage
from rights.silence import ALLOW, GENERAL_WORDS, MODE, REFUSE, SILENT, in_force, matter_of

OPTIONS = (ALLOW, REFUSE)
FIELD, REASONS = "mode", "why_silent"
"""Entries of an answer that withholds: the mode, and why not even general words may be said."""


def chosen(case: Case, question: Question, default: DisclosureMode) -> DisclosureMode:
    """The mode in which the answer in force under a question withholds.

    Args:
        case: The case.
        question: An answered question.
        default: The law's own, where the answer chose none.
    """
    assert question.answer is not None
    details: dict[str, Any] = json.loads(question.answer.details or "{}")
    mode = DisclosureMode(details.get(FIELD) or default)
    return in_force(case, question.id, question.answer.seq, mode)


def of_mark(case: Case, key: str, seq: int, text: str) -> PassageDecision:
    """A reviewer's own decision as it holds: in general words where the DPO refused silence.

    Args:
        case: The case.
        key: Its id.
        seq: Where it stands in the journal.
        text: Its JSON.
    """
    decision = DECISION.validate_json(text)
    about = str(json.loads(text).get("about") or key)
    return replace(decision, mode=in_force(case, about, seq, decision.mode))


def of_proposals(case: Case, proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """The proposals with the modes that the answers on the cast chose for their people."""
    modes: dict[tuple[str, str], DisclosureMode] = {}
    for question in case.answered("cast"):
        if question.body.get("context"):
            continue  # its mentions are decided one by one
        if not question.withdrawn and question.answer and FIELD in question.answer.details:
            _, ref, kind = question.id.split("/")
            law = DisclosureMode(question.body.get("mode") or DisclosureMode.NAMED)
            modes[ref, kind] = chosen(case, question, law)
    return tuple(_in_mode(p, modes) for p in proposals)


def _in_mode(proposal: Proposal, modes: Mapping[tuple[str, str], DisclosureMode]) -> Proposal:
    """One proposal; what may mean several people is told of as the most silent of them."""
    refs = (proposal.person,) if proposal.person else proposal.candidates
    found = [m for ref in refs if ref and (m := modes.get((ref, proposal.kind.value)))]
    if proposal.decided_by != BY_CAST or not found:
        return proposal
    others = [proposal.mode] if len(found) < len(refs) else []
    return replace(proposal, mode=reduce(more_silent, [*found, *others]))


def silence_asked(
    office: Office,
    case: Case,
    question: Question,
    given: Given,
    *,
    withholds: bool,
    code: str,
    default: DisclosureMode = DisclosureMode.NAMED,
) -> tuple[Event, ...]:
    """What follows from the mode of an answer: the DPO is asked when it is silent.

    Args:
        office: The office.
        case: The case before the answer.
        question: What is answered.
        given: The answer, with its entries ``mode`` and ``why_silent``.
        withholds: Whether it withholds anything.
        code: Exemption under which it does.
        default: The law's own mode, where the answer chooses none.

    Raises:
        InputError: no such mode, or silence without written reasons.
        RefusedError: the exemption may not be used in that mode.
    """
    outdated = _outdated(case, question.id)
    if not withholds:
        return outdated
    mode = _mode(given.details, default)
    if given.details.get(FIELD):
        check_ground(office, case, code, [mode.value])
    if mode is not DisclosureMode.SILENT:
        return outdated
    reasons = _reasons(given.details)
    about = documents_of(question) or frozenset()
    return (*outdated, ask_silence(case, question.id, about, code, reasons))


def ask_silence(
    case: Case, about: str, documents: Iterable[str], code: str, reasons: str
) -> QuestionAsked:
    """The DPO's question about one silent decision; the documents wait for the answer.

    Args:
        case: The case.
        about: Id of the question or of the reviewer's decision that withholds.
        documents: Where it stands; a question without any would hold back every part.
        code: Exemption.
        reasons: Why telling of it would itself do the harm, in writing.
    """
    held = sorted(documents)
    body: dict[str, Any] = {
        "words": "May this be held back without a word? Then the answer gives no hint of it.",
        "about": about,
        "code": code or THIRD_PARTIES,
        "reasons": reasons,
    }
    if held:
        body["documents"] = held
    return QuestionAsked(
        actor=ENGINE,
        question=f"{MODE}/{about}/{case.seq}",
        topic=MODE,
        stage=Stage.PROPOSE,
        role="dpo",
        text=json.dumps(body, ensure_ascii=False),
        options=OPTIONS,
    )


def reasons_given(details: Mapping[str, Any]) -> str:
    """The written reasons for silence among the entries of a form.

    Raises:
        InputError: there are none.
    """
    return _reasons(details)


def _outdated(case: Case, about: str) -> tuple[QuestionWithdrawn, ...]:
    return tuple(
        QuestionWithdrawn(actor=ENGINE, question=q.id, why="the answer it is about was changed")
        for q in case.open_questions
        if q.topic == MODE and q.body.get("about") == about
    )


def _mode(details: Mapping[str, Any], default: DisclosureMode) -> DisclosureMode:
    try:
        return DisclosureMode(details.get(FIELD) or default)
    except ValueError:
        raise InputError(
            "mode.unknown",
            "That is not one of the ways of telling.",
            "Choose A (named), B (general words) or C (silent).",
        ) from None


def _reasons(details: Mapping[str, Any]) -> str:
    text = str(details.get(REASONS, "")).strip()
    if not text:
        raise InputError(
            "mode.reasons",
            "Nothing says why the requester may not even learn that something is withheld.",
            "Write how telling of it would itself cause the harm, or choose general words.",
        )
    return text


@on_answer(MODE)
def _decided(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    body = question.body
    about, code = str(body["about"]), str(body["code"])
    allows = given.value == ALLOW
    reason = str(given.details.get("reason", "")).strip()
    if not allows:
        if not reason:
            raise InputError(
                "mode.refusal",
                "Nothing says why silence is refused.",
                "Write the reason: the officer must be able to learn from it.",
            )
        check_ground(office, case, code, [DisclosureMode.GENERAL.value])
    facts = {"reasons": body["reasons"], "reason": reason, "documents": body.get("documents", [])}
    return (
        record(
            case,
            actor=who.actor,
            matter=matter_of(about),
            outcome=SILENT if allows else GENERAL_WORDS,
            law=office.law,
            on=office.today(),
            rules=(f"exemption.{code}",),
            facts=facts,
        ),
    )
