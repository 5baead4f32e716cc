"""What is said before a document that may be hard to read: proposed by cues, decided by an officer.

An officer may add a warning, take it away or word it anew, section by section, once a pack is
sealed and before it is approved. That is a decision on the matter ``warning/<document>``; it voids
the seal, so the pack is built anew with it and approved as it then stands.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casework.office import Office, Work
from casework.painting import PaintedFile
from casework.questions import SignedIn
from casework.refusing import facts_of
from rights.case import WARNING, Case
from rights.decisions import record
from rights.errors import InputError
from rights.release import CaseRef

SAID, NOT_SAID = "said", "not said"
"""Outcomes: with these words, or without a warning."""
FILE = "warnings.json"
"""Beside a sealed pack: what was proposed for each of its documents."""
_MOST = 400


@dataclass(frozen=True, slots=True)
class Warned:
    """One document of the sealed part and what is said before it.

    Attributes:
        document: Its id.
        source: Where it comes from, by the source's name.
        dated: Its date.
        proposed: What the cues propose; empty for nothing.
        said: What stands in the pack, or will once it is built again.
        decided: Whether an officer decided it.
    """

    document: str
    source: str
    dated: dt.date | None
    proposed: str
    said: str
    decided: bool


def warning_for(work: Work, painted: PaintedFile) -> str:
    """What is said before a document: as an officer decided, or as the cues propose."""
    decided = _decided(work.case, painted.account.document)
    return painted.warning if decided is None else decided


def keep_proposed(work: Work, folder: str, painted: Sequence[PaintedFile]) -> None:
    """Keep what the cues propose for each document beside the pack, for the officer's page."""
    proposed = {one.account.document: one.warning for one in painted}
    work.put(f"{folder}/{FILE}", json.dumps(proposed, ensure_ascii=False).encode())


def warned(office: Office, case: Case) -> tuple[Warned, ...]:
    """The documents of the part that is sealed and not sent, in the order of their dates."""
    part, seal = case.part, case.seal
    if part is None or seal is None or part.sent_on is not None:
        return ()
    file = f"pack/{seal.event.sha256}/{FILE}"
    if not office.store.has_file(case.ref, file):
        return ()
    proposed: Mapping[str, str] = json.loads(office.store.get_file(case.ref, file))
    found: list[Warned] = []
    for document, words in proposed.items():
        collected, decided = case.documents[document], _decided(case, document)
        said = words if decided is None else decided
        found.append(
            Warned(document, collected.source, collected.dated, words, said, decided is not None)
        )
    return tuple(sorted(found, key=lambda one: (one.dated is None, one.dated or dt.date.max)))


def reword(
    office: Office, ref: CaseRef, document: str, words: str, reason: str, who: SignedIn
) -> Case:
    """Decide what is said before one document; no words take the warning away.

    Raises:
        InputError: the document is not in the sealed part, nothing says why, or it is no sentence.
        RefusedError: it is being sent, or the person is no officer.
    """
    case = office.case(ref)
    text = " ".join(words.split())
    if document not in {one.document for one in warned(office, case)}:
        raise InputError(
            "warning.document",
            "This document is not in the pack that waits for approval.",
            "Open the page again; the pack may have been built anew.",
        )
    if not reason.strip():
        raise InputError(
            "warning.reason", "Nothing says why.", "Write what a reader should know, or need not."
        )
    if text and (len(text) > _MOST or text[-1] not in ".!?"):
        raise InputError(
            "warning.words",
            "The warning is no sentence, or a very long one.",
            "Say in a calm sentence what the pages speak of, and name nobody.",
        )
    made = record(
        case,
        actor=who.actor,
        matter=f"{WARNING}/{document}",
        outcome=SAID if text else NOT_SAID,
        law=office.law,
        on=office.today(),
        facts={"words": text, "reason": reason.strip()},
    )
    return office.record(case, [made], roles=who.roles)


def _decided(case: Case, document: str) -> str | None:
    """What an officer decided to say; empty for nothing, None where nobody decided."""
    made = case.decision(f"{WARNING}/{document}")
    return None if made is None else str(facts_of(made).get("words", ""))
