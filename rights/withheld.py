"""Documents that are held back whole by one decision, as the journal has it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from rights.case import Case
from rights.release import DisclosureMode
from rights.silence import in_force

EVERY_PAGE = 0
"""In place of a page number in a decision: the document as a whole."""


@dataclass(frozen=True, slots=True)
class HeldBack:
    """One document that stays back whole.

    Attributes:
        document: The document.
        decision: Id of the decision.
        code: Exemption.
        mode: How much the requester is told, as it holds: general words where the DPO refused
            silence.
        reason: Which test of the law is met, on what facts. Personal data.
        by_parent: The message that it came with, where it stays back because that does.
    """

    document: str
    decision: str
    code: str
    mode: DisclosureMode
    reason: str
    by_parent: str = ""


def held_back(case: Case) -> Mapping[str, HeldBack]:
    """Every document that is held back whole, by its id."""
    found: dict[str, HeldBack] = {}
    for key, (seq, text) in sorted(case.passages.items(), key=lambda item: item[1][0]):
        body = json.loads(text)
        if body.get("area") and body.get("page") == EVERY_PAGE and body.get("outcome") == "redact":
            about = str(body.get("about") or key)
            found[body["document"]] = HeldBack(
                document=body["document"],
                decision=key,
                code=body["code"],
                mode=in_force(case, about, seq, DisclosureMode(body["mode"])),
                reason=str(body.get("reason", "")),
                by_parent=str(body.get("by_parent", "")),
            )
    return found
