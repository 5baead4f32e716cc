"""The grounds on which the use of data is limited, what may still be done, and when it may end.

Law: UK GDPR Art 18(1) to (3).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from rights.errors import InputError
from rights.law import Law, Value

GROUNDS, USES = "restriction.grounds", "restriction.uses"
NOTICE, LOOK_AGAIN = "restriction.lifting_notice", "restriction.look_again"
OBJECTION_PENDING = "objection pending"
"""The ground that an objection brings by itself."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One ground for limiting a use.

    Attributes:
        code: As decisions keep it.
        plain: For officers.
        letter: Why, as a sentence to the person.
        ends: How long it lasts, as a sentence to the person.
    """

    code: str
    plain: str
    letter: str
    ends: str


def limits(law: Law, *, on: dt.date) -> tuple[Limit, ...]:
    """Every ground that the law has on a day."""
    rows = cast("Sequence[Mapping[str, Value]]", law.value(GROUNDS, on))
    return tuple(
        Limit(str(r["code"]), str(r["plain"]), str(r["letter"]), str(r["ends"])) for r in rows
    )


def limit(code: str, law: Law, *, on: dt.date) -> Limit:
    """One ground.

    Raises:
        InputError: ``restriction.ground``: the law has no such ground on that day.
    """
    found = {one.code: one for one in limits(law, on=on)}
    if code not in found:
        raise InputError(
            "restriction.ground",
            "No ground is chosen on which the use could be limited.",
            f"Choose one of: {', '.join(found)}.",
        )
    return found[code]


def still_allowed(law: Law, *, on: dt.date) -> tuple[str, ...]:
    """What may still be done with data whose use is limited, as sentences to the person."""
    return law.words(USES, on)


def lifting_not_before(law: Law, letter: dt.date) -> dt.date:
    """The first day on which a limit may end after a letter of this day said that it will."""
    return letter + dt.timedelta(days=law.number(NOTICE, letter))


def look_again(law: Law, looked: dt.date, on: dt.date) -> dt.date:
    """The day on which a person looks again for a mark that no machine can see.

    Args:
        law: The law data.
        looked: When somebody last looked, or set it.
        on: The day whose rule counts.
    """
    return looked + dt.timedelta(days=law.number(LOOK_AGAIN, on))
