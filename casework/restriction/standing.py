"""Which restrictions of a case stand in the sources: those set and not lifted.

Folded from what was done, whatever right called for it and whether the case is closed.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from rights.case import Case
from rights.events import DESTROYED
from rights.sources.actions import Act, Lift, Restrict


@dataclass(frozen=True, slots=True)
class Standing:
    """A restriction that stands.

    Attributes:
        order: What set it; its key names it.
        source: Where.
        since: The day on which it was set.
        by_hand: A person set it, and said so.
        point: The matter that called for it.
    """

    order: Restrict
    source: str
    since: dt.date
    by_hand: bool
    point: str

    @property
    def mark(self) -> str:
        """A short name of it without personal data, for the ids of questions."""
        return sha256(self.order.key.encode()).hexdigest()[:12]

    @property
    def line(self) -> str:
        """How the record is called, for a list in a letter; personal data."""
        return ", ".join(value for _, value in self.order.find_by if value) or self.order.record


def standing(case: Case) -> tuple[Standing, ...]:
    """Every restriction of the case that stands; none once the case's key is destroyed."""
    ended = {
        str(body.get("restriction", ""))
        for action in case.actions.values()
        if action.started.act == Act.LIFT and action.was_done
        for body in [_order(action.started.order)]
    }
    found: list[Standing] = []
    for key, action in case.actions.items():
        body = _order(action.started.order)
        if action.started.act != Act.RESTRICT or key in ended or not body:
            continue
        if action.done is None or not action.was_done:
            continue
        order = Restrict(
            key=key,
            record=str(body["record"]),
            expected=str(body["expected"]),
            find_by=tuple((str(a), str(b)) for a, b in body.get("find_by", ())),
        )
        done = action.done
        found.append(
            Standing(order, action.started.source, done.done_on, done.by_hand, action.started.point)
        )
    return tuple(found)


def lifting(one: Standing) -> Lift:
    """The order that ends a restriction."""
    return Lift(
        key=f"{one.order.key}/lift",
        record=one.order.record,
        expected="",
        restriction=one.order.key,
        find_by=one.order.find_by,
    )


def _order(text: str) -> dict[str, Any]:
    return {} if text == DESTROYED else json.loads(text)
