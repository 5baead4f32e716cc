"""What every event has in common, and how its personal fields are marked."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict

T = TypeVar("T")

DESTROYED = "[destroyed]"
"""What a personal field reads as once the case's key is gone."""


class PersonalMark:
    """Marks a field whose value is stored only as ciphertext under the case's key."""


Personal = Annotated[T, PersonalMark()]
"""``Personal[str]``: the store seals the value. Only `str` may be marked; structured values are
JSON texts, so that a destroyed value still fits the type."""


class Attested(StrEnum):
    """How an actor's identity was established. A typed name attests nothing."""

    DESK = "desk session"
    PREFECT = "prefect form"
    COMMAND = "command line"
    ENGINE = "engine"


class Actor(BaseModel):
    """Who did it: a login, 'engine', or for Prefect forms the team's shared credential."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    login: str
    attested: Attested


ENGINE = Actor(login="engine", attested=Attested.ENGINE)


class EventBase(BaseModel):
    """Base of all events. `kind` and `version` tell which form the stored body has."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int = 1
    actor: Actor


def personal_fields(event: EventBase | type[EventBase]) -> tuple[str, ...]:
    """Names of the fields of an event that are stored as ciphertext."""
    model = event if isinstance(event, type) else type(event)
    return tuple(
        name
        for name, info in model.model_fields.items()
        if any(isinstance(m, PersonalMark) for m in info.metadata)
    )
