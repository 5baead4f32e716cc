"""How often a request was decided and opened again: questions of one round are not those before."""

from __future__ import annotations

from rights.case import Case
from rights.decisions.record import OUTCOME

OPEN = "open"
"""Outcome of a request whose ending was taken back: it goes on."""


def round_of(case: Case) -> int:
    """The number of the round, from 1; a request opened again is weighed anew from the start."""
    return 1 + sum(
        1 for d in case.decisions if d.event.matter == OUTCOME and d.event.outcome == OPEN
    )
