"""What somebody is about to record, as the guards see it, and how a guard gets its name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rights.case import Case, Question
from rights.events import Event
from rights.law import Law


@dataclass(frozen=True, slots=True)
class Attempt:
    """An event somebody wants to record.

    Attributes:
        case: The case before it.
        event: What is to be recorded.
        roles: The roles of whoever does it; empty for the engine and the shared form.
        law: The law data.
        today: The local day.
        question: The question that an answer is about.
        details: The entries of an answer; personal data.
    """

    case: Case
    event: Event
    roles: frozenset[str]
    law: Law
    today: dt.date
    question: Question | None = None
    details: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def text(self, name: str) -> str:
        """An entry of the answer, blanks trimmed; empty when it is not there."""
        return str(self.details.get(name, "")).strip()


Guard = Callable[[Attempt], None]
"""Raises a RefusedError with code, sentence and next step when the event must not be recorded."""

_GUARDS: dict[str, Guard] = {}


def guard(function: Guard) -> Guard:
    """Registers a guard under its own name, by which `gates.yaml` calls it."""
    name = function.__name__
    if name in _GUARDS:
        raise ValueError(f"two guards are called {name}")
    _GUARDS[name] = function
    return function


def guards() -> Mapping[str, Guard]:
    """Every guard registered so far, by name."""
    return dict(_GUARDS)
