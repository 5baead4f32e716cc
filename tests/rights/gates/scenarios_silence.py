"""What must be refused where not even general words are said of what is withheld (mode C)."""

from __future__ import annotations

from rights.silence import ALLOW, REFUSE
from tests.rights.gates.build import (
    DPO,
    OFFICER,
    OTHER,
    PLANNED,
    READ_CASE,
    Refused,
    answered,
    approved,
    asked,
    decided,
    planned,
    sealed,
    started,
)

SILENT = (
    *READ_CASE,
    asked("page/D1/1", "page", "read", "withhold the whole page", document="D1", page=1),
    answered("page/D1/1", "withhold the whole page", OFFICER, mode="C", reason="An inquiry."),
)
ABOUT = "mode/page/D1/1"
BOTH = planned("D1", "D2")
LATER = PLANNED + len(SILENT) - len(READ_CASE)

SCENARIOS = (
    # A pack with something silent in it, without the DPO (hard block).
    Refused("silence_is_approved", "mode.not_approved", (*SILENT, BOTH), sealed(LATER)),
    Refused(
        "silence_is_approved",
        "mode.not_approved",
        (*SILENT, BOTH, sealed(LATER), approved()),
        started(),
    ),
    # The DPO allowed an earlier decision, and it was made anew since.
    Refused(
        "silence_is_approved",
        "mode.not_approved",
        (
            *SILENT,
            decided(ABOUT, "silent", OTHER),
            answered("page/D1/1", "withhold the whole page", OFFICER, LATER - 1, mode="C"),
            BOTH,
        ),
        sealed(LATER + 2),
    ),
    Refused(
        "silence_has_reasons",
        "mode.no_reasons",
        (*SILENT, asked(ABOUT, "mode", ALLOW, REFUSE, role="dpo", reasons=" ", document="D1")),
        answered(ABOUT, ALLOW, OTHER),
        DPO,
    ),
)
