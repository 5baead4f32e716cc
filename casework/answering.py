"""What makes each right its own: what is asked, what is done in the sources, what the reply says.

The stages are the same for all. A right brings four functions, registered under it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from casework.office import Work
from casework.questions import Effect
from letters.context import LetterBase
from letters.enclosure import Enclosure
from rights.errors import ConfigError
from rights.release import Right
from rights.sources.actions import Order

_MODULES: dict[Right, str] = {
    Right.RECTIFICATION: "rectification.answer",
    Right.AUTOMATED_DECISION: "automated.answer",
    Right.COMPLAINT: "complaint.answer",
    Right.RESTRICTION: "restriction.answer",
    Right.OBJECTION: "objection.answer",
    Right.CONSENT_WITHDRAWAL: "consent",
    Right.ERASURE: "erasure.answer",
    Right.PORTABILITY: "portability.answer",
}
"""The module that answers each right; loaded when first needed, for each imports this one."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order to a source, with what it carries out.

    Attributes:
        source: Which source.
        order: What is to be done there. Its key is made of the decision, never of the time.
        point: The point or decision it carries out.
    """

    source: str
    order: Order
    point: str = ""


def nothing_enclosed(work: Work) -> tuple[Enclosure, ...]:
    """For a right whose answer is the letter and its pack."""
    return ()


def nothing_more(work: Work) -> None:
    """For a right with nothing to do once its orders are carried out."""


@dataclass(frozen=True, slots=True)
class Answering:
    """How one right is answered.

    Attributes:
        assess: Asks what is still to be asked (topic 'assess', stage 'assess'). The effect of its
            last question decides the matter 'outcome'. It is called again after every answer and
            must ask nothing twice.
        decide: What an answer under 'assess' checks and does.
        orders: What the decisions in force call for in the sources; the same decisions give the
            same orders with the same keys, in the order in which they must be carried out.
        services: Ids of the services whose recipients are told (UK GDPR Art 19); none when nobody
            is owed a notice.
        letter: The reply as decided and done.
        finish: What follows once every order is proved or settled, before that is recorded. It may
            be called again after a crash.
        encloses: Files that go with the answer and are no pages of it, as decided and kept.
    """

    assess: Callable[[Work], None]
    decide: Effect
    orders: Callable[[Work], tuple[Ordered, ...]]
    services: Callable[[Work], frozenset[str]]
    letter: Callable[[Work, dt.date], LetterBase]
    finish: Callable[[Work], None] = nothing_more
    encloses: Callable[[Work], tuple[Enclosure, ...]] = nothing_enclosed


_ANSWERING: dict[Right, Answering] = {}


def answers(right: Right, answering: Answering) -> Answering:
    """Registers how a right is answered."""
    _ANSWERING[right] = answering
    return answering


def answering(right: Right) -> Answering:
    """How a right is answered.

    Raises:
        ConfigError: no module answers it.
    """
    name = _MODULES.get(right)
    if name is None:
        raise ConfigError(
            "answering.no_road",
            f"Nothing here answers a request for {right.value}.",
            "Answer it by hand, and tell an administrator.",
        )
    import_module(f"casework.{name}")
    return _ANSWERING[right]


def nothing_to_do(work: Work) -> tuple[Ordered, ...]:
    """For a right with no effect in the sources."""
    return ()


def nobody_to_tell(work: Work) -> frozenset[str]:
    """For a right after which no recipient is owed a notice."""
    return frozenset()
