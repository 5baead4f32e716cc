"""Further copies of an answer (UK GDPR Art 15(3)): the decision on each, and when it may go.

A request for another copy is decided like everything else: the matter is ``further copy/<number>``,
the outcome whether a fee is asked for, and then that it was paid. The copy goes once there is no
fee, or it was paid. Its month runs from the day it was asked for: the law lets a fee move the time
only where the request itself is unfounded or excessive (Art 12A(2)(c)).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from rights.case import Case
from rights.law import Law

COPY = "further copy"
"""Matter of the decision on a further copy, with its number."""
LETTER = "further-copy"
"""First word of the ids of letters about further copies."""
FREE, FOR_A_FEE, PAID = "without a fee", "for a fee", "paid"
FEE_RULE = "copy.fee"
"""The rule that lets a fee be asked for."""


def is_copy(what: str) -> bool:
    """Whether an id is that of a further copy, and not of a letter."""
    return what.partition("/")[0] == COPY


def copies(case: Case) -> tuple[str, ...]:
    """Matters of the further copies asked for, in their order."""
    found = (d.event.matter for d in case.decisions if is_copy(d.event.matter))
    return tuple(dict.fromkeys(found))


def fee_allowed(law: Law, on: dt.date) -> bool:
    """Whether the law of a day lets a fee be asked for a further copy."""
    return bool(law.dated(FEE_RULE, on).value)


def may_go(case: Case, copy: str) -> bool:
    """Whether a further copy may leave: everything was sent once, and it is free or paid for."""
    decided = case.decision(copy)
    if decided is None or case.sent_on is None:
        return False
    return decided.event.outcome in (FREE, PAID)


def as_request(case: Case, asked_on: dt.date) -> Case:
    """The case as its time is counted for a further copy: from the day that it was asked for."""
    return replace(
        case,
        received_on=asked_on,
        evidence=(),
        fees=(),
        pauses=(),
        pause_letters={},
        extension=None,
    )
