"""Legal defaults for each kind of fact (law.md 4.2) and what a careful reviewer then decides."""

from __future__ import annotations

from rights.release import FactKind

KINDS = tuple(kind.value for kind in FactKind)


def kinds(name: str, contact: str, identifier: str, health: str, private: str) -> dict[str, str]:
    """One word for each kind of fact."""
    return dict(zip(KINDS, (name, contact, identifier, health, private), strict=True))


CLEAR = dict.fromkeys(KINDS, "clear")
OPEN = dict.fromkeys(KINDS, "disclose")
HOLD = dict.fromkeys(KINDS, "hold")
SHUT = dict.fromkeys(KINDS, "withhold")
FAMILY_ASK = kinds("ask", "hold", "hold", "hold", "ask")
FAMILY_OUT = kinds("disclose", "withhold", "withhold", "withhold", "disclose")
WORK = kinds("clear", "ask", "ask", "ask", "ask")
WORK_OUT = kinds("disclose", "disclose", "withhold", "withhold", "withhold")
CARER = kinds("clear", "ask", "hold", "hold", "ask")
CARER_OUT = kinds("disclose", "withhold", "withhold", "withhold", "withhold")
ASK_NAME = kinds("ask", "ask", "ask", "ask", "ask")
