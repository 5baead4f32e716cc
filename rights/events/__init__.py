"""What can happen to a case: frozen, versioned events, read through upcasters for ever."""

from rights.events.base import (
    DESTROYED,
    Actor,
    Attested,
    EventBase,
    Personal,
    PersonalMark,
    personal_fields,
)
from rights.events.kinds import Event, parse_event
from rights.events.upcast import current_form

__all__ = [
    "DESTROYED",
    "Actor",
    "Attested",
    "Event",
    "EventBase",
    "Personal",
    "PersonalMark",
    "current_form",
    "parse_event",
    "personal_fields",
]
