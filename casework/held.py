"""Holding back whole documents: one ground, one reason and one mode for all that are named.

What came inside a document (attachments of a message) stays back with it. Questions that only such
documents raise need no answer while they stay back; they are asked again when one is given back.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from casework.bundle import DECISION
from casework.collect import about_of
from casework.grounds import check_ground
from casework.modes import REASONS, ask_silence, reasons_given
from casework.office import Office
from casework.questions import SignedIn
from redaction.decisions import EVERY_PAGE, WHOLE, Outcome, PassageDecision
from redaction.document import Box
from rights.case import REVIEW_TOPICS, Case, documents_of
from rights.decisions import record
from rights.errors import InputError, RefusedError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import PassageDecided, QuestionAsked, QuestionWithdrawn
from rights.release import CaseRef, DisclosureMode
from rights.silence import MODE
from rights.withheld import HeldBack, held_back
from rights.withholding import RULE, check_decider, check_record

_NOT_NEEDED = "its documents are held back whole"


@dataclass(frozen=True, slots=True)
class Ground:
    """Why documents stay back whole.

    Attributes:
        code: Exemption.
        reason: Which test of the law is met, and on what facts.
        mode: How much the requester may be told.
        why_silent: In the silent mode, why not even general words may be said.
        record: What else the ground asks to be written down, by the names of its entries.
    """

    code: str
    reason: str
    mode: DisclosureMode = DisclosureMode.NAMED
    why_silent: str = ""
    record: Mapping[str, str] = field(default_factory=dict[str, str])


def hold_back(
    office: Office, ref: CaseRef, documents: Collection[str], ground: Ground, who: SignedIn
) -> Case:
    """Hold back these documents whole; in the silent mode the DPO is asked, once for all.

    Raises:
        InputError: no document is named, or no reason is given.
        RefusedError: a document is sent already, the ground may not be used like this or lacks its
            record, or this person may not decide it.
    """
    case = office.case(ref)
    named = [d for d in case.read if d in set(documents)]
    if not named or len(named) != len(set(documents)):
        raise InputError(
            "held.documents",
            "No document was chosen, or one that is not in this case.",
            "Choose the documents that stay back.",
        )
    if not ground.reason.strip():
        raise InputError(
            "held.reason",
            "Nothing says why these documents stay back.",
            "Write the reason: which test of the law is met, and on what facts.",
        )
    if ground.code.startswith("HEALTH"):
        raise RefusedError(
            "held.health",
            "Health data are neither shown nor withheld without a health professional's opinion.",
            "Ask for the opinion, or use the ground that the rest of the document is held back on.",
        )
    check_ground(office, case, ground.code, [ground.mode.value])
    check_decider(ground.code, who.roles, office.law, on=office.today())
    check_record(ground.code, ground.record, office.law, on=office.today())
    about = f"held/{case.seq + 1}"
    parents = dict.fromkeys(named, "") | dict(_inside(case, named))
    before = held_back(case)
    events: list[Event] = [
        _decided(about, document, parent, place, ground, before.get(document), office, who)
        for place, (document, parent) in enumerate(parents.items())
    ]
    events += _no_longer_asked(case, {*before, *parents})
    if ground.mode is DisclosureMode.SILENT:
        why = reasons_given({REASONS: ground.why_silent})
        events.append(ask_silence(case, about, parents, ground.code, why))
    events.append(
        record(
            case,
            actor=who.actor,
            matter=f"passage/{about}",
            outcome="withhold",
            law=office.law,
            on=office.today(),
            rules=(f"exemption.{ground.code}", RULE),
            facts={"reason": ground.reason, "documents": list(parents), **ground.record},
        )
    )
    return office.record(case, events, roles=who.roles, details=ground.record)


def give_back(office: Office, ref: CaseRef, document: str, why: str, who: SignedIn) -> Case:
    """Take a document held back whole into review again, with what came inside it.

    Raises:
        InputError: it is not held back, or nothing says why it should not be.
    """
    case = office.case(ref)
    held = held_back(case)
    if document not in held:
        raise InputError(
            "held.not_held", "This document is not held back.", "Open the list of pages again."
        )
    if not why.strip():
        raise InputError(
            "held.why", "Nothing says why it should not stay back.", "Write the reason."
        )
    back = [d for d, h in held.items() if document in (d, h.by_parent)]
    events: list[Event] = [
        PassageDecided(
            actor=who.actor,
            decision_id=f"held/{case.seq + 1 + place}",
            decision=_sealed(_nothing(case.seq + 1 + place, d), reason=why.strip()),
            supersedes=held[d].decision,
            document=d,
            law_version=office.law.version,
        )
        for place, d in enumerate(back)
    ]
    events += _asked_again(case, set(held) - set(back))
    return office.record(case, events, roles=who.roles)


def _decided(
    about: str,
    document: str,
    parent: str,
    place: int,
    ground: Ground,
    before: HeldBack | None,
    office: Office,
    who: SignedIn,
) -> PassageDecided:
    decision = PassageDecision(
        id=f"{about}/{place}",
        outcome=Outcome.REDACT,
        area=WHOLE,
        document=document,
        page=EVERY_PAGE,
        code=ground.code,
        mode=ground.mode,
    )
    extra = {"about": about, "reason": ground.reason.strip(), "by_parent": parent}
    if ground.mode is DisclosureMode.SILENT:
        extra[REASONS] = ground.why_silent.strip()
    return PassageDecided(
        actor=who.actor,
        decision_id=decision.id,
        decision=_sealed(decision, **extra),
        supersedes=before.decision if before else "",
        document=document,
        law_version=office.law.version,
    )


def _nothing(number: int, document: str) -> PassageDecision:
    """Journals only grow: a hold is superseded by a decision that keeps an area of no size."""
    return PassageDecision(
        id=f"held/{number}",
        outcome=Outcome.KEEP,
        area=Box(0, 0, 0, 0),
        document=document,
        page=EVERY_PAGE,
    )


def _sealed(decision: PassageDecision, **extra: str) -> str:
    body = json.loads(DECISION.dump_json(decision)) | {k: v for k, v in extra.items() if v}
    return json.dumps(body, ensure_ascii=False)


def _inside(case: Case, documents: Iterable[str]) -> Iterable[tuple[str, str]]:
    """What came inside these documents, however deep, each with the outermost."""
    outer = {d: d for d in documents}
    for document, collected in case.documents.items():
        parent = about_of(collected).get("parent", "")
        if parent in outer and document in case.read and document not in outer:
            outer[document] = outer[parent]
            yield document, outer[parent]


def _no_longer_asked(case: Case, held: Collection[str]) -> Iterable[QuestionWithdrawn]:
    """The open questions that only documents held back raise, but for the DPO's own."""
    for question in case.open_questions:
        about = documents_of(question)
        if question.topic in REVIEW_TOPICS - {MODE} and about and about <= set(held):
            yield QuestionWithdrawn(actor=ENGINE, question=question.id, why=_NOT_NEEDED)


def _asked_again(case: Case, still_held: Collection[str]) -> Iterable[QuestionAsked]:
    """The questions that were not needed, and never answered, as they were asked."""
    for question in case.questions.values():
        about = documents_of(question)
        if (
            question.withdrawn
            and question.answer is None
            and question.topic in REVIEW_TOPICS - {MODE}
            and about
            and not about <= set(still_held)
        ):
            yield QuestionAsked(
                actor=ENGINE,
                question=question.id,
                topic=question.topic,
                stage=question.stage,
                role=question.role,
                text=question.text,
                options=question.options,
                due_on=question.due_on,
            )
