"""Further copies of an answer (UK GDPR Art 15(3)): the decision on each, and when it may go.

A request for another copy is decided like everything else: the matter is ``copy/<number>``, the
outcome whether a fee is asked for. The copy itself goes once there is no fee, or it was paid.
"""

from __future__ import annotations

from rights.case import Case

COPY = "copy"
"""Matter of the decision on a further copy, with its number."""
FREE, FOR_A_FEE = "without a fee", "for a fee"
PAID = "paid"
"""Outcome of the matter ``copy paid/<number>``."""
COPY_PAID = "copy paid"


def is_copy(what: str) -> bool:
    """Whether an id is that of a further copy, and not of a letter."""
    return what.partition("/")[0] == COPY


def numbers(case: Case) -> tuple[str, ...]:
    """Ids of the further copies asked for, in their order."""
    found = (d.event.matter for d in case.decisions if is_copy(d.event.matter))
    return tuple(dict.fromkeys(found))


def may_go(case: Case, copy: str) -> bool:
    """Whether a further copy may leave: it costs nothing, or was paid for."""
    decided = case.decision(copy)
    if decided is None or case.sent_on is None:
        return False
    if decided.event.outcome == FREE:
        return True
    paid = case.decision(f"{COPY_PAID}/{copy.partition('/')[2]}")
    return decided.event.outcome == FOR_A_FEE and paid is not None
